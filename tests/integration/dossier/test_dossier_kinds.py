"""Files that are not printed get a sheet with their custody; a text is printed as it was typed."""

from dataclasses import replace
from pathlib import Path

import pytest

from cases.dossier.errors import ExhibitUnusable
from cases.dossier.exhibit_text import LINES, PAGES, pages_of
from cases.dossier.exhibits import Prepared, prepare_exhibit
from cases.dossier.inputs import CustodyEvent
from cases.dossier.package import original_part
from cases.dossier.variant import find
from cases.exhibit_types import TYPES
from tests.factories.dossier import exhibit
from tests.integration.dossier.reading import by_pypdf

CUSTODY = (
    CustodyEvent("received", "2026-11-18", "survivor"),
    CustodyEvent("scanned, nothing found, signatures of 2026-11-17", "2026-11-18", "portal"),
    CustodyEvent("original opened: assessing routes", "2026-11-19", "caseworker"),
)
WORDS = "Мяне спынілі вечарам.\n\tА потым — у двары.\nنص عربي"


def prepared(kind: str, body: bytes, tmpfs: Path) -> Prepared:
    given = replace(exhibit(7, "двор", kind, body), custody=CUSTODY)
    return prepare_exhibit(given, body, reference="D-7QK4MT-1", built_on="2026-11-22", tmpfs=tmpfs, words=find("UJ-EN"))


@pytest.mark.parametrize("kind", ["image/heic", "video/mp4", "application/zip"])
def test_a_kind_that_is_not_printed_gets_a_sheet_with_its_custody(kind: str, tmpfs: Path) -> None:
    made = prepared(kind, b"\x00\x00", tmpfs)
    text = " ".join(by_pypdf(made.body).split())
    assert (made.filed.file_name, made.filed.pages) == ("E-007_sheet.pdf", 1)
    of_the_kind = (TYPES[kind].words, TYPES[kind].apart[:30], f"originals/E-007.{TYPES[kind].suffix}")
    for words in (*of_the_kind, "signatures of 2026-11-17", "by caseworker"):
        assert words in text


def test_a_text_is_printed_and_its_original_goes_beside_it(tmpfs: Path) -> None:
    made = prepared("text/plain", WORDS.encode("utf-8-sig"), tmpfs)
    text = by_pypdf(made.body)
    assert (made.filed.file_name, made.filed.pages) == ("E-007_text.pdf", 2)
    assert "Мяне спынілі вечарам." in text
    assert "page 1 of 1" in text
    assert original_part(exhibit(7, "двор", "text/plain", b"x"), []).name == "originals/E-007.txt"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1251"])
def test_a_text_is_read_as_it_was_written(encoding: str) -> None:
    pages, notes = pages_of("Мяне спынілі ў двары".encode(encoding))
    assert pages == ["Мяне спынілі ў двары"]
    assert any("1251" in note for note in notes) is (encoding == "cp1251")


def test_a_text_of_nothing_but_marks_and_long_lines_is_harmless() -> None:
    pages, _ = pages_of(("я" * 500 + "\n\u202eevil\x00\n" + "字" * 100).encode())
    assert max(len(line) for page in pages for line in page.split("\n")) <= 84
    assert "[U+202E]" in pages[0]


@pytest.mark.parametrize("text", ["\n" * (LINES * PAGES + 1), "a" * 84 * LINES * PAGES * 4 + "b"])
def test_a_text_too_long_to_print_gets_a_sheet(text: str, tmpfs: Path) -> None:
    with pytest.raises(ExhibitUnusable, match="pages"):
        pages_of(text.encode())
