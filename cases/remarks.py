"""What the system can say below an answer: between which days, in which place of the list, of which file.

Only what follows from the answers themselves. Nothing is judged, and nothing is compared with other cases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cases.statement import dates, days, facilities, vocab
from cases.statement.catalogue import Question
from cases.statement.wording import is_given

BEGAN, FACILITY, STORY = "EPI-02", "EPI-05", "EPI-08"
Answers = Mapping[str, Mapping[str, Any]]


def remarks(question: Question, beside: Answers, language: str) -> list[str]:
    """The lines below an answer. beside: the answers of the same section or card, this one among them."""
    value = beside[question.id].get("value")
    if not value:
        return []
    if question.type == "date~":
        return list(_between(value, language))
    if question.type == "place":
        return [_matched(value, language)]
    return list(_when_and_where(beside, language)) if question.id == STORY else []


def _between(value: Mapping[str, Any], language: str) -> Iterator[str]:
    """The first and the last day that a date allows, when it is more than one."""
    first, last = dates.span(dict(value))
    if first and last and first != last:
        words = {"first": _day(first, language), "last": _day(last, language)}
        yield _("between %(first)s and %(last)s") % words


def _matched(value: Mapping[str, Any], language: str) -> str:
    """Which place of the list has such a name. It stays a guess until somebody confirms it."""
    typed = " ".join(str(value.get(part) or "") for part in ("text", "town"))
    found = facilities.found(typed)
    if not found:
        return _("place: not matched with the list")
    names = "; ".join(vocab.label(facilities.LIST, code, language) for code in found)
    return _("place: perhaps, by its name, %(names)s") % {"names": names}


def _when_and_where(beside: Answers, language: str) -> Iterator[str]:
    """For the story itself: the day and the place as they were answered on the same card."""
    began, facility = beside.get(BEGAN, {}), beside.get(FACILITY, {})
    if is_given(began) and began.get("value"):
        value = began["value"]
        part = vocab.label("day_part", value["part"], language).lower() if value.get("part") else ""
        yield ", ".join(each for each in (days.known_parts(value, language), part) if each)
    code = str(facility.get("value") or "")
    if code in vocab.codes(facilities.LIST) and code not in facilities.KINDS:
        place = vocab.label(facilities.LIST, code, language)
        yield _("place: %(place)s, chosen from the list") % {"place": place}


def _day(day: date, language: str) -> str:
    return days.known_parts({"day": day.day, "month": day.month, "year": day.year}, language)
