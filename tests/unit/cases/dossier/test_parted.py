"""A package in parts: every file once, none too large if it can be helped, and together the whole."""

from __future__ import annotations

import io
import random
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.dossier import parted
from cases.dossier.parted import EPOCH

CLOSING = ("keys.json", "manifest.json", "SHA256SUMS", "manifest.ed25519")


def package(sizes: list[int]) -> tuple[dict[str, bytes], bytes]:
    """Files of these sizes with the closing ones at the end, and the ZIP as the worker writes it."""
    chance = random.Random(len(sizes))
    files = {f"E-{at:03d}_document.pdf": chance.randbytes(size) for at, size in enumerate(sizes, 1)}
    files |= {name: name.encode() * 9 for name in CLOSING}
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, EPOCH), data)
    return files, body.getvalue()


def opened(body: bytes) -> zipfile.ZipFile:
    return parted.opened(lambda start, stop: [body[start:stop]], len(body))


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(0, 4000), min_size=1, max_size=12), st.sampled_from([1500, 4000, 9000]))
def test_the_parts_hold_every_file_once_and_keep_the_limit(sizes: list[int], limit: int) -> None:
    files, body = package(sizes)
    parts = parted.plan(opened(body), limit)
    found: dict[str, bytes] = {}
    for part in parts:
        made = b"".join(parted.written(opened(body), part.names))
        assert len(made) <= part.size
        assert len(made) <= limit or len(part.names) == 1
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            assert archive.testzip() is None
            assert not found.keys() & set(archive.namelist())
            found |= {name: archive.read(name) for name in archive.namelist()}
    assert found == files
    assert [part.number for part in parts] == list(range(1, len(parts) + 1))


def test_the_first_part_has_what_is_needed_to_verify() -> None:
    _, body = package([3000, 3000])
    assert set(CLOSING) <= set(parted.plan(opened(body), 4000)[0].names)


def test_a_part_is_the_same_each_time_and_comes_in_pieces() -> None:
    _, body = package([500_000])
    names = ("E-001_document.pdf",)
    pieces = list(parted.written(opened(body), names))
    assert max(map(len, pieces)) <= parted.BLOCK + 1024
    assert b"".join(pieces) == b"".join(parted.written(opened(body), names))


def test_what_is_read_is_asked_for_in_ranges_of_the_file() -> None:
    _, body = package([200_000])
    asked: list[tuple[int, int]] = []

    def read(start: int, stop: int) -> list[bytes]:
        asked.append((start, stop))
        return [body[start:stop]]

    b"".join(parted.written(parted.opened(read, len(body)), ("manifest.json",)))
    assert all(0 <= start < stop <= len(body) for start, stop in asked)
    assert sum(stop - start for start, stop in asked) < len(body)  # the rest of the package is not opened


def test_a_package_that_was_cut_is_refused() -> None:
    _, body = package([1000])
    with pytest.raises(zipfile.BadZipFile):
        opened(body[:-30])
