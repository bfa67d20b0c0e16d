"""The bench of weights says when a page is too heavy, compressed, unpadded or missing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench import intake_weight
from bench.intake_weight import PAGE, Sent

GOOD = Sent("/be/", 200, "", 900, 4096, "")
SHEET = {"/static/intake.css": Sent("/static/intake.css", 200, "br", 300, 4000, "")}


def test_a_page_over_the_budget_is_not_ok() -> None:
    assert intake_weight._line("html.be", PAGE, PAGE)["ok"]
    assert not intake_weight._line("html.be", PAGE + 1, PAGE)["ok"]


def test_pages_and_a_sheet_as_they_should_be_are_ok() -> None:
    assert intake_weight._summary([GOOD], SHEET, [])["ok"]


@pytest.mark.parametrize(
    "change", [{"encoding": "gzip"}, {"body": 4097}, {"status": 500}], ids=["compressed", "not padded", "broken"]
)
def test_a_page_that_is_not_sent_as_it_should_be_is_a_fault(change: dict) -> None:
    assert intake_weight._summary([replace(GOOD, **change)], SHEET, [])["faults"] == ["/be/"]


def test_a_sheet_that_is_not_compressed_and_a_picture_are_faults() -> None:
    plain = {path: replace(each, encoding="") for path, each in SHEET.items()}
    assert intake_weight._summary([GOOD], plain, ["/static/a.png"])["faults"] == [*SHEET, "/static/a.png"]
