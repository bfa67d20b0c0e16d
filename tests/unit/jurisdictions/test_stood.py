"""The law as it stood on a day, from rows that say since when."""

from datetime import date

import pytest

from jurisdictions.stood import stood

PARTY = {
    "status": "party",
    "action": "ratification",
    "signed_on": date(2000, 1, 1),
    "deposited_on": date(2001, 1, 1),
    "in_force_on": date(2001, 1, 31),
    "withdrawn_on": None,
    "checked_on": date(2026, 1, 1),
    "unverified": [],
}
LEFT = PARTY | {"status": "withdrawn", "withdrawn_on": date(2010, 5, 1)}
BASE = {
    "in_force_earliest": date(2013, 1, 1),
    "in_force_latest": date(2013, 1, 1),
    "practice": "open_file",
    "practice_year": 2020,
    "unverified": ["safety"],
}


def one(kind, row, day):
    """The row as it stood, or None."""
    (found,) = stood({kind: [row]}, day).values()
    return found[0] if found else None


@pytest.mark.parametrize(
    ("row", "day", "status", "unverified"),
    [
        (PARTY, date(1999, 12, 31), "none", []),
        (PARTY, date(2000, 1, 1), "signatory", []),
        (PARTY, date(2001, 1, 30), "signatory", []),
        (PARTY, date(2001, 1, 31), "party", []),
        (PARTY | {"signed_on": None}, date(2000, 6, 1), "none", ["status"]),
        (LEFT, date(2010, 4, 30), "party", []),
        (LEFT, date(2010, 5, 1), "withdrawn", []),
        (PARTY | {"in_force_on": None}, date(2020, 1, 1), "party", ["status"]),
        (PARTY | {"in_force_on": None}, date(2026, 1, 1), "party", []),
        (PARTY | {"status": "denounced", "in_force_on": None}, date(2020, 1, 1), "denounced", ["status"]),
    ],
)
def test_a_treaty_as_it_stood(row, day, status, unverified):
    found = one("TreatyStatus", row, day)
    assert (found["status"], found["unverified"]) == (status, unverified)


def test_a_base_that_came_later_was_not_there_and_one_without_a_day_is_marked():
    assert one("JurisdictionBasis", BASE, date(2012, 12, 31)) is None
    assert one("JurisdictionBasis", BASE, date(2013, 1, 1))["unverified"] == ["safety"]
    undated = BASE | {"in_force_earliest": None, "in_force_latest": None}
    assert one("JurisdictionBasis", undated, date(2019, 1, 1))["unverified"] == ["safety", "in_force_from"]
    year = BASE | {"in_force_latest": date(2013, 12, 31)}
    assert one("JurisdictionBasis", year, date(2013, 6, 1))["unverified"] == ["safety", "in_force_from"]


@pytest.mark.parametrize(
    ("day", "practice", "doubted"),
    [
        (date(2019, 12, 31), "none_found", False),
        (date(2020, 6, 1), "open_file", True),
        (date(2021, 1, 1), "open_file", False),
    ],
)
def test_practice_of_later_years_had_not_happened(day, practice, doubted):
    found = one("JurisdictionBasis", BASE, day)
    assert (found["practice"], "practice_belarus" in found["unverified"]) == (practice, doubted)


def test_events_and_situations_that_came_later_are_left_out():
    assert one("Practice", {"year": 2021}, date(2020, 12, 31)) is None
    assert one("Practice", {"year": 2021}, date(2021, 1, 1))
    assert one("Situation", {"opened_on": date(2026, 3, 12)}, date(2026, 3, 11)) is None
    assert one("Situation", {"opened_on": date(2026, 3, 12)}, date(2026, 3, 12))
    assert one("Source", {"url": "x"}, date(1990, 1, 1)) == {"url": "x"}
