"""docs/law-notes.md is what the command makes of the files, and names what fields cannot say."""

from pathlib import Path

from jurisdictions.load import parse
from jurisdictions.notes import document
from jurisdictions.vocabulary import EXTRA

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "law-notes.md"


def test_the_document_is_up_to_date():
    assert DOCUMENT.read_text(encoding="utf-8") == document(parse()), "run manage.py law_notes > docs/law-notes.md"


def test_every_condition_without_a_field_and_every_note_is_in_it():
    tables = parse()
    said = document(tables)
    for row in tables.of("JurisdictionBasis"):
        assert row["why"] in said
        assert row["file_note"] in said
        for code in row["extra"]:
            assert f"{EXTRA[code]} (`{code}`)" in said
    assert said.count("  - fields left unknown: ") > 100
    assert "a year where a day is needed: in force from 2024" in said


def test_the_marks_that_have_fields_are_left_out_and_conflicts_stay():
    said = document(parse())
    assert "CAT core: high" not in said
    assert "CAT core: medium (" not in said
    assert "UNVERIFIED[" not in said
    hungary = said.split("## Hungary\n")[1].split("\n## ")[0]
    assert "- treaties: " in hungary
    assert "withdrawal" in hungary
