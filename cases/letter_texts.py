"""Texts with which letters begin: which there are, what fits where a case stands, filled for one person.

They come from data/letters.json and may be edited afterwards; loading again changes no text that somebody has edited.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases.limits import Limits
from cases.models import Case, LetterTemplate
from cases.placeholders import filled
from cases.statement.days import day_in_words, known_parts
from cases.wording import LANGUAGES
from people.models import Person, Role
from vault.models import today

DATA = Path(__file__).with_name("data") / "letters.json"
Kind, Status = LetterTemplate.Kind, Case.Status
# Where a case stands when a text of this kind is offered first.
FITS: dict[str, frozenset[str]] = {
    Kind.FIRST: frozenset({Status.RECEIVED, Status.SAFETY_HOLD}),
    Kind.READ: frozenset({Status.STATEMENT_RECEIVED, Status.IN_REVIEW}),
    Kind.QUESTION: frozenset({Status.ACKNOWLEDGED, Status.IN_REVIEW}),
    Kind.SUPPORT: frozenset({Status.IN_REVIEW, Status.SUPPORT_ONLY}),
    Kind.REFER: frozenset({Status.IN_REVIEW, Status.REFERRED}),
    Kind.NOBODY: frozenset({Status.MATCHING, Status.IN_REVIEW}),
    Kind.LAWYER: frozenset({Status.MATCHING}),
    Kind.CLOSING: frozenset({Status.DORMANT, Status.SUPPORT_ONLY, Status.REFERRED, Status.WITHDRAWN, Status.CLOSED}),
    Kind.WITHDRAWAL: frozenset({Status.WITHDRAWN}),
    Kind.BAD_NEWS: frozenset({Status.FILED, Status.FOLLOW_UP}),
}
# In how many days we promise to be back, if nobody chooses a day.
DAYS: dict[str, int] = {Kind.NOBODY: 30, Kind.LAWYER: 14, Kind.SUPPORT: 180, Kind.WITHDRAWAL: 7, Kind.BAD_NEWS: 7}
USUAL_DAYS = 14
Groups = list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True, slots=True)
class Text:
    """A text for one letter, its placeholders filled."""

    words: str
    language: str
    is_reviewed: bool


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did: how many texts are new, changed, or kept because somebody edited them."""

    added: int
    changed: int
    kept: int


def language_for(case: Case, limits: Limits) -> str:
    """The language of letters to the person: the one they asked for, or that of their pages."""
    return limits.language if limits.language in LANGUAGES else case.language


def offered(case: Case) -> Groups:
    """The kinds of texts as groups of choices: what fits where the case stands, then the others."""
    fits = [(kind.value, str(kind.label)) for kind in Kind if case.status in FITS[kind]]
    others = [(kind.value, str(kind.label)) for kind in Kind if case.status not in FITS[kind]]
    return [(str(title), kinds) for title, kinds in ((_("Fits now"), fits), (_("Others"), others)) if kinds]


def text_for(kind: str, *, language: str, form: str, by: Person, day: date | None) -> Text | None:
    """The text of a kind in a language, for a form of address if there is one of its own; None if there is none.

    It is signed by the role of whoever writes, never by a name. day: None for the usual one.
    """
    rows = LetterTemplate.objects.filter(kind=kind, language=language, form__in=["", form]).order_by("-form")
    row = rows.first()
    if row is None:
        return None
    values = {"role_name": role_name(by, language), "day": _day(day or usual_day(kind), language)}
    return Text(filled(row.text, values), language, row.is_reviewed)


def usual_day(kind: str) -> date:
    """The day by which we are back, a working day before a Friday: nobody waits over a weekend for what we said."""
    day = today() + timedelta(days=DAYS.get(kind, USUAL_DAYS))
    return day if day.weekday() < 4 else day + timedelta(days=7 - day.weekday())


def role_name(person: Person, language: str) -> str:
    """What the person reads instead of a name."""
    role = Role.LEAD if person.is_lead else Role.CASEWORKER
    return str(_content()["roles"][role][language])


@transaction.atomic
def load(path: Path = DATA) -> Loaded:
    """Bring the texts of a file into the table; what somebody edited stays as it is."""
    there = {(row.kind, row.language, row.form): row for row in LetterTemplate.objects.all()}
    added = changed = kept = 0
    for kind, language, form, text in _texts(json.loads(path.read_text(encoding="utf-8"))["texts"]):
        row = there.get((kind, language, form))
        if row is None:
            LetterTemplate.objects.create(kind=kind, language=language, form=form, text=text, seeded=text)
            added += 1
        elif row.is_edited:
            kept += 1
        elif row.text != text:
            LetterTemplate.objects.filter(id=row.id).update(text=text, seeded=text, is_reviewed=False)
            changed += 1
    return Loaded(added, changed, kept)


def _texts(kinds: Mapping[str, Mapping[str, Mapping[str, str]]]) -> Iterable[tuple[str, str, str, str]]:
    for kind, forms in kinds.items():
        for form, languages in forms.items():
            for language, text in languages.items():
                yield kind, language, form, text


def _day(day: date, language: str) -> str:
    """With the weekday if it is soon, with the year if it is another one."""
    if day.year == today().year:
        return day_in_words(day, language)
    return known_parts({"day": day.day, "month": day.month, "year": day.year}, language)


@cache
def _content() -> Any:
    return json.loads(DATA.read_text(encoding="utf-8"))
