"""The authority of our own answers as a real one would, says in its name that it proves nothing, keeps its key."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from cryptography.x509.oid import NameOID

from cases.dossier.authority import Authority
from portal.environment import SELF_MADE_TIME
from portal.ops import authority
from portal.ops.authority import Made

pytestmark = pytest.mark.slow
DIGEST = bytes(range(32))


@contextmanager
def serving(made: Made) -> Iterator[str]:
    server = authority.serve(made, 0)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


def test_what_it_says_is_verified_like_a_real_answer(tmp_path: Path) -> None:
    made = authority.kept(tmp_path)
    with serving(made) as url:
        token = Authority(url, made.root).stamp(DIGEST)
    assert abs(token.at - datetime.now(UTC)) < timedelta(minutes=1)


def test_it_says_in_its_name_that_it_proves_nothing(tmp_path: Path) -> None:
    names = authority.kept(tmp_path).certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    assert [name.value for name in names] == [SELF_MADE_TIME]


def test_it_stays_the_same_for_its_owner_alone(tmp_path: Path) -> None:
    first = authority.kept(tmp_path / "authority")
    assert authority.kept(tmp_path / "authority").root == first.root
    files = list((tmp_path / "authority").iterdir())
    assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "authority").stat().st_mode) == 0o700


@pytest.mark.parametrize("damage", ["cut", "gone", "over"])
def test_one_that_is_damaged_or_over_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    if damage == "over":
        monkeypatch.setattr(authority, "YEARS", 0)
    first = authority.kept(tmp_path)
    monkeypatch.undo()
    if damage == "cut":
        (tmp_path / authority.OWN).write_bytes(b"-----BEGIN")
    if damage == "gone":
        (tmp_path / authority.ROOT).unlink()
    assert authority.kept(tmp_path).root != first.root


@pytest.mark.parametrize("asked", [b"", b"nonsense", b"\x30\x03\x02\x01\x01"])
def test_nonsense_gets_no_answer(tmp_path: Path, asked: bytes) -> None:
    with serving(authority.kept(tmp_path)) as url, pytest.raises(HTTPError) as refused:
        urlopen(Request(url, asked), timeout=5)
    assert refused.value.code == 400
    refused.value.close()
