"""The clocks: each at its edges, leap years, and what the data file may not say."""

from __future__ import annotations

import copy
import json
from datetime import date, timedelta
from typing import Any

import pytest

from cases.retention import DATA, BadClocks, CaseFacts, Due, clocks, due, months_later, packages_before, read
from vault.backup import SHARE_DAYS
from vault.management.commands.backup import LINES

DAY = timedelta(days=1)
START = date(2025, 3, 10)
YEAR_OVER, TWO_OVER = date(2026, 3, 10), date(2027, 3, 10)


def contact(**more: Any) -> CaseFacts:
    return CaseFacts(**{"said_on": START, "acted_on": START, **more})


def step(found: Due | None) -> str:
    return found.step if found else ""


def test_the_periods_are_those_that_were_decided() -> None:
    found = {name: (clock.days, clock.months) for name, clock in clocks().items()}
    assert found == {
        "unsent_draft": (14, None), "first_contact": (None, 12), "answer": (90, None), "account": (None, 24),
        "filed": (None, None), "package": (180, None), "unfetched": (60, None), "share_copy": (SHARE_DAYS, None),
        "audit": (None, 60),
    }  # fmt: skip
    assert all(len(clock.source) > 20 for clock in clocks().values())


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2023, 2, 28), 12, date(2024, 2, 28)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2025, 12, 31), 1, date(2026, 1, 31)),
        (date(2025, 1, 15), 24, date(2027, 1, 15)),
        (date(2025, 12, 1), 12, date(2026, 12, 1)),
    ],
)
def test_months_are_months_and_february_is_short(start: date, months: int, end: date) -> None:
    assert months_later(start, months) == end


@pytest.mark.parametrize(
    ("on", "expected"), [(YEAR_OVER - DAY, ""), (YEAR_OVER, ""), (YEAR_OVER + DAY, "ask"), (TWO_OVER, "ask")]
)
def test_a_first_contact_is_due_the_day_after_its_last_day(on: date, expected: str) -> None:
    assert step(due(contact(), on)) == expected


def test_a_first_contact_of_a_leap_day_is_due_on_the_first_of_march() -> None:
    leap = contact(said_on=date(2024, 2, 29))
    assert due(leap, date(2025, 2, 28)) is None
    assert step(due(leap, date(2025, 3, 1))) == "ask"


def test_our_own_letters_do_not_prolong_a_first_contact() -> None:
    assert step(due(contact(acted_on=YEAR_OVER, asked_on=YEAR_OVER), YEAR_OVER + DAY)) == "ask"


def test_after_the_question_ninety_days_are_left_to_answer() -> None:
    asked = YEAR_OVER + 5 * DAY
    facts = contact(asked_on=asked)
    found = [step(due(facts, day)) for day in (asked, asked + 90 * DAY, asked + 91 * DAY)]
    assert found == ["wait", "wait", "erase"]
    waiting = due(facts, asked)
    assert waiting
    assert waiting.until == asked + 90 * DAY


def test_an_answer_begins_the_year_anew() -> None:
    answered = contact(said_on=YEAR_OVER + 9 * DAY, asked_on=YEAR_OVER + 5 * DAY)
    assert due(answered, YEAR_OVER + 10 * DAY) is None


@pytest.mark.parametrize(("on", "expected"), [(TWO_OVER - DAY, ""), (TWO_OVER, ""), (TWO_OVER + DAY, "review")])
def test_an_account_is_reviewed_after_two_years_without_an_act(on: date, expected: str) -> None:
    assert step(due(contact(has_account=True), on)) == expected


def test_work_on_an_account_prolongs_it() -> None:
    assert due(contact(has_account=True, acted_on=YEAR_OVER), TWO_OVER + DAY) is None


def test_a_case_with_a_lawyer_is_never_proposed_while_counsel_sets_no_period() -> None:
    facts = contact(has_account=True, is_with_lawyer=True, final_on=START)
    assert due(facts, date(2090, 1, 1)) is None


def test_it_is_proposed_once_counsel_sets_one_and_the_end_is_known() -> None:
    content = loaded()
    next(each for each in content["clocks"] if each["id"] == "filed")["months"] = 60
    facts = contact(has_account=True, is_with_lawyer=True, final_on=START)
    assert due(facts, date(2030, 3, 10), read(content)) is None
    assert step(due(facts, date(2030, 3, 11), read(content))) == "review"
    assert due(contact(has_account=True, is_with_lawyer=True), date(2090, 1, 1), read(content)) is None


def test_the_last_day_of_a_package_counts() -> None:
    confirmed = date(2026, 1, 1)
    assert not confirmed < packages_before(confirmed + 180 * DAY)
    assert confirmed < packages_before(confirmed + 181 * DAY)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"days": 0}, "period"),
        ({"days": -3}, "period"),
        ({"days": "14"}, "period"),
        ({"days": True}, "period"),
        ({"days": None}, "period"),
        ({"months": 3}, "period"),
        ({"act": "burn"}, "act"),
        ({"source": " "}, "source"),
        ({"words": ""}, "words"),
        ({"id": "another"}, "another"),
        ({"id": "package"}, "unsent_draft"),
    ],
)
def test_a_wrong_data_file_is_refused(changed: dict[str, Any], named: str) -> None:
    content = loaded()
    content["clocks"][0] |= changed
    with pytest.raises(BadClocks, match=named):
        read(content)


def test_a_missing_clock_is_refused() -> None:
    content = loaded()
    content["clocks"].pop()
    with pytest.raises(BadClocks, match="audit"):
        read(content)


def test_the_page_for_operators_says_the_same() -> None:
    page = (DATA.parents[1] / "docs" / "retention.md").read_text(encoding="utf-8")
    rows = [line.lower() for line in page.splitlines() if line.startswith("|")]
    for clock in clocks().values():
        assert [row for row in rows if f"| {clock.words.lower()} | {clock.period} |".replace("’", "'") in row], clock.id
    for line in LINES.splitlines()[1:]:
        assert line.split("(")[0].strip() in page


def loaded() -> dict[str, Any]:
    return copy.deepcopy(json.loads(DATA.read_text(encoding="utf-8")))
