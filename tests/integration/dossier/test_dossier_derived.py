"""How a filed copy was made stands in the manifest and in the chain of custody, in the words of the variant."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import pytest

from cases.dossier import annexes, derived
from cases.dossier.context import FiledExhibit, Material
from cases.dossier.exhibits import prepare_exhibit
from cases.dossier.variant import find
from tests.factories.dossier import exhibit, make_input, photograph, scan
from tests.integration.dossier.reading import by_pypdf

PICTURE = f"{derived.PIXELS}pillow {version('pillow')}, weasyprint {version('weasyprint')}, longest side 3200, JPEG 90"


@pytest.mark.shown
def test_the_manifest_says_how_each_copy_was_made_and_from_what(bundle: dict[str, bytes]) -> None:
    files = {each["name"]: each for each in json.loads(bundle["manifest.json"])["files"]}
    copies = [each for each in files.values() if "derived" in each]
    assert [each["exhibit"] for each in copies] == ["E-001", "E-002"]
    assert copies[0]["derived"] == PICTURE
    assert copies[1]["derived"].startswith(f"{derived.PAGES}pikepdf {version('pikepdf')}")
    originals = {each["exhibit"]: each["sha256"] for each in files.values() if each["role"] == "original"}
    assert {each["exhibit"]: each["derived_from"] for each in copies} == originals


@pytest.mark.shown
def test_the_chain_of_custody_ends_with_the_making_of_the_copy(complaint: bytes) -> None:
    text = " ".join(by_pypdf(complaint).split())
    assert "a new picture of the pixels alone" in text
    assert "longest side 3200, JPEG 90" in text


@pytest.mark.parametrize("code", ["LT", "PL", "DE"])
def test_each_language_has_its_own_words_for_it(code: str) -> None:
    for kind in (derived.PIXELS, derived.PAGES, derived.DRAWN, derived.TYPED, derived.SHEET):
        said = annexes.happened(derived.line(kind, "weasyprint"), find(code))
        assert "copy" not in said
        assert f"weasyprint {version('weasyprint')}" in said


def test_what_has_no_copy_is_logged_too(tmpfs: Path) -> None:
    video = exhibit(1, "запіс.mp4", "video/mp4", b"....ftypisom")
    broken = exhibit(2, "скан.pdf", "application/pdf", b"%PDF-1.4 broken")
    for record, body in ((video, b"....ftypisom"), (broken, b"%PDF-1.4 broken")):
        made = prepare_exhibit(
            record, body, reference="D-1", built_on="2026-11-22", tmpfs=tmpfs, words=find("UJ-EN")
        )  # fmt: skip
        assert made.filed.derived.startswith(derived.SHEET)


def test_no_line_is_made_for_what_an_older_worker_left_without_one() -> None:
    data = make_input(exhibits=(exhibit(1, "a.jpg", "image/jpeg", photograph()),))
    older = FiledExhibit("E-001", "E-001_image.pdf", "0" * 64, 2)
    rows = annexes.custody(Material(data, (older,)))
    assert len(rows) == len(data.exhibits[0].custody)


def test_a_notice_stands_before_what_is_hard_to_look_at_and_not_before_a_sheet(tmpfs: Path) -> None:
    for code in ("UJ-EN", "ICC", "LT", "PL", "DE"):
        words = find(code)
        record = exhibit(2, "скан.pdf", "application/pdf", scan())
        made = prepare_exhibit(record, scan(), reference="D-1", built_on="2026-11-22", tmpfs=tmpfs, words=words)
        assert words.say("slip.notice")[:40] in " ".join(by_pypdf(made.body).split())
