"""Numbers to call: what is shown on which day, in which order, in which language (C1 to C4)."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from intake import crisis
from intake.crisis import DAYS, BadNumbers, Resource, help_for, overdue, read, resources

CHECKED = date(2026, 11, 23)
LAST, LATE = CHECKED + timedelta(days=DAYS), CHECKED + timedelta(days=DAYS + 1)
CONTENT: dict[str, Any] = json.loads(crisis.DATA.read_text(encoding="utf-8"))
WORDS = {"en": "Line", "ru": "Линия", "be": "Лінія", "ar": "خط"}


def made(country: str, kind: str, number: str, **more: Any) -> Resource:
    """An invented number that was checked on CHECKED."""
    plain = Resource(
        country, kind, number, WORDS, WORDS, ("de",), True, None, "https://example.org/", CHECKED, "ben", "high"
    )  # fmt: skip
    return replace(plain, **more)


EU_DANGER, EU_VICTIMS = made("EU", "danger", "112"), made("EU", "victims", "000 1", missing_in=("PL",))
HERE, THERE = made("DE", "emotional", "000 2"), made("LV", "emotional", "000 3")
KNOWN = [made("DE", "rehabilitation", "000 4"), EU_VICTIMS, HERE, THERE, EU_DANGER]


def numbers(country: str, on: date = CHECKED, language: str = "ru", known: list[Resource] | None = None) -> list[str]:
    """The numbers of a page in their order."""
    return [line.number for line in help_for(country, language, on, KNOWN if known is None else known).lines]


def entry(**changed: Any) -> dict[str, Any]:
    """A data file with one entry, changed."""
    content = copy.deepcopy(CONTENT)
    return {**content, "entries": [{**content["entries"][0], **changed}]}


def test_112_of_the_union_stands_in_the_file_and_every_kind_in_the_order_of_c2() -> None:
    assert [(each.number, each.country) for each in resources() if each.kind == "danger"] == [("112", "EU")]
    assert crisis.KINDS == ("danger", "emotional", "victims", "rehabilitation")


def test_every_entry_has_each_language_a_source_a_day_and_a_checker() -> None:
    assert len(resources()) == len(CONTENT["entries"])
    for each in resources():
        assert {*each.name} == {*each.hours} == {*crisis.TEXTS}
        assert each.source.startswith("https://")
        assert each.checked_by
        assert each.checked_on <= date.today()
        assert len(each.note) > 10
        assert set(each.missing_in) <= crisis.MEMBERS


def test_no_number_stands_twice_for_a_country() -> None:
    found = [(each.country, each.number) for each in resources()]
    assert len(found) == len(set(found))


def test_each_text_is_written_in_its_own_letters() -> None:
    for each in resources():
        texts = [each.hours, *([] if each.name["be"].startswith("Lifeline") else [each.name])]
        for text in texts:
            assert any("а" <= letter <= "я" for letter in text["ru"].lower())
            assert any("\u0621" <= letter <= "\u064a" for letter in text["ar"])
            assert not set("ищъ") & set(text["be"].lower())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("country", "Germany"),
        ("kind", "other"),
        ("number", "call us"),
        ("name", {"en": "Only English"}),
        ("hours", {"en": "", "ru": "", "be": "", "ar": ""}),
        ("languages", ["xx"]),
        ("free", "yes"),
        ("anonymous", "no"),
        ("source", "a leaflet"),
        ("checked_by", " "),
        ("confidence", "certain"),
        ("checked_on", "last week"),
    ],
)
def test_an_entry_that_is_not_complete_is_refused(field: str, value: object) -> None:
    with pytest.raises(BadNumbers):
        read(entry(**{field: value}))


@pytest.mark.parametrize("field", ["country", "name", "free", "anonymous", "checked_on", "checked_by", "confidence"])
def test_a_missing_field_is_refused(field: str) -> None:
    content = entry()
    del content["entries"][0][field]
    with pytest.raises(BadNumbers):
        read(content)


def test_a_language_without_its_names_is_refused() -> None:
    with pytest.raises(BadNumbers, match="de"):
        read({**entry(), "languages": {"de": {"en": "German"}}})


def test_c2_danger_then_somebody_to_talk_to_then_help_after_a_crime_then_treatment() -> None:
    assert numbers("DE") == ["112", "000 2", "000 1", "000 4"]


def test_a_line_in_the_readers_language_comes_before_the_others_of_its_kind() -> None:
    russian = made("DE", "emotional", "000 5", languages=("de", "ru"))
    assert numbers("DE", known=[HERE, russian]) == ["000 5", "000 2"]
    assert numbers("DE", language="be", known=[HERE, russian]) == ["000 5", "000 2"]
    assert numbers("DE", language="en", known=[HERE, russian]) == ["000 2", "000 5"]


def test_a_country_of_its_own_is_shown_with_its_own_numbers_only() -> None:
    assert numbers("LV") == ["112", "000 3", "000 1"]
    own = made("LV", "victims", "000 6")
    assert numbers("LV", known=[*KNOWN, own]) == ["112", "000 3", "000 6"]


@pytest.mark.parametrize("country", ["", "ZZ", "unsaid"])
def test_without_a_country_there_are_the_numbers_of_the_union(country: str) -> None:
    assert numbers(country) == ["112", "000 1"]


def test_a_number_of_the_union_is_left_out_where_it_does_not_work() -> None:
    assert numbers("PL") == ["112"]
    assert numbers("BY") == ["112"]
    assert numbers("GE") == ["112"]


def test_c1_a_check_counts_for_ninety_days() -> None:
    assert numbers("DE", LAST) == ["112", "000 2", "000 1", "000 4"]
    assert numbers("DE", LATE) == ["112"]


def test_a_check_in_the_future_is_none() -> None:
    assert numbers("DE", CHECKED - timedelta(days=1)) == ["112"]


def test_a_number_that_nobody_confirmed_is_never_shown() -> None:
    candidates = [HERE, made("DE", "danger", "000 7")]
    assert numbers("DE", known=[replace(each, confidence="unverified") for each in candidates]) == []


def test_the_union_stands_in_when_the_countrys_own_number_is_outdated() -> None:
    own = made("DE", "victims", "000 6", checked_on=CHECKED - timedelta(days=200))
    assert numbers("DE", known=[EU_VICTIMS, own]) == ["000 1"]


def test_when_all_is_outdated_the_page_keeps_112_and_says_that_the_others_are_checked() -> None:
    fresh, old = help_for("DE", "ru", CHECKED, KNOWN), help_for("DE", "ru", LATE, KNOWN)
    assert (fresh.is_checking, old.is_checking) == (False, True)
    assert [line.number for line in old.lines] == ["112"]
    assert not help_for("GE", "ru", LATE, KNOWN).is_checking


def test_what_must_be_checked_again_is_listed_the_oldest_first() -> None:
    older = replace(THERE, checked_on=CHECKED - timedelta(days=5))
    candidate = replace(HERE, confidence="unverified", checked_on=date(2020, 1, 1))
    assert overdue(LAST, [HERE, candidate]) == []
    assert overdue(LATE, [HERE, older, candidate, EU_DANGER]) == [older, HERE, EU_DANGER]


@pytest.mark.parametrize(("language", "spoken"), [("en", "German"), ("ru", "немецкий"), ("be", "нямецкая")])
def test_a_line_speaks_the_language_of_the_page(language: str, spoken: str) -> None:
    [line] = help_for("LV", language, CHECKED, [THERE]).lines
    assert (line.name, line.hours, line.languages) == (WORDS[language], WORDS[language], spoken)


def test_c4_a_link_has_no_spaces() -> None:
    [line] = help_for("DE", "ru", CHECKED, [made("DE", "emotional", "+49 30 000")]).lines
    assert (line.number, line.href) == ("+49 30 000", "tel:+4930000")


def test_lines_are_given_by_kind() -> None:
    calls = help_for("LV", "ru", CHECKED, KNOWN).calls
    assert {kind: [line.number for line in lines] for kind, lines in calls.items()} == {
        "danger": ["112"], "emotional": ["000 3"], "victims": ["000 1"], "rehabilitation": [],
    }  # fmt: skip
