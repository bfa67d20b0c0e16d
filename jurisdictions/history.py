"""What changed: the law between two days, and the records of this portal, entry by entry, with who and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jurisdictions import models
from jurisdictions.load.tables import KEYS, Key, Row
from jurisdictions.load.values import state_of
from jurisdictions.naming import KINDS, column_name, row_name, told
from jurisdictions.stored import rows_as_they_stood

UNSEEN = {"id", "checked_on", "unverified", "sources", "confidence"}  # about our records, not about the law
ONE_BY_ONE = 6  # rows added or removed together that are named one by one


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that differs between two days. iso2: "" when it is about every State."""

    iso2: str
    row: str
    value: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the history. proposed_by, signed_by: empty for an import."""

    on: date
    iso2: str
    row: str
    lines: tuple[tuple[str, str, str], ...]
    reason: str
    proposed_by: str
    signed_by: str
    note: str = ""


def differences(first: date, then: date, iso2: str = "") -> list[Difference]:
    """How the law of one State, or of all, differs between two days, as far as we know it today."""
    old, new = (_keyed(rows_as_they_stood(day)) for day in (first, then))
    found = [
        each
        for kind in KEYS
        for key in sorted(old[kind].keys() | new[kind].keys())
        if iso2 in ("", state_of(kind, key))
        for each in _row(kind, key, old[kind].get(key), new[kind].get(key))
    ]
    return sorted(found, key=lambda it: it.iso2)


def _keyed(rows: dict[str, list[Row]]) -> dict[str, dict[Key, Row]]:
    return {kind: {tuple(row[name] for name in KEYS[kind]): row for row in found} for kind, found in rows.items()}


def _row(kind: str, key: Key, old: Row | None, new: Row | None) -> Iterator[Difference]:
    name, iso2 = row_name(kind, key, new or old), state_of(kind, key)
    if old is None or new is None:
        then, now = (_("not yet"), _("there")) if old is None else (_("there"), _("no longer"))
        yield Difference(iso2, name, "", then, now)
        return
    for column in old:
        if column not in UNSEEN and old[column] != new[column]:
            yield Difference(iso2, name, column_name(column), told(old[column]), told(new[column]))


def entries(first: datetime, then: datetime, iso2: str = "") -> list[Entry]:
    """Every entry of the history between two moments, newest first; rows that came or went together are one entry."""
    found = [entry for kind in KEYS for entry in _entries(kind, first, then, iso2)]
    return sorted(found, key=lambda it: (it.on, it.iso2), reverse=True)


def _entries(kind: str, first: datetime, then: datetime, iso2: str) -> Iterator[Entry]:
    history: Any = getattr(models, kind).history
    rows = history.filter(history_date__gt=first, history_date__lte=then).order_by("history_date", "history_id")
    if iso2:
        rows = rows.filter(**{KEYS[kind][0]: iso2}) if kind not in {"Situation", "CrimeTreaty"} else rows.none()
    yield from _together(kind, [row for row in rows if row.history_type != "~"])
    yield from _changed(kind, [row for row in rows if row.history_type == "~"], history)


def _together(kind: str, rows: list[Any]) -> Iterator[Entry]:
    def same(row: Any) -> tuple[date, str, str]:
        return row.history_date.date(), row.history_type, row.history_change_reason

    for (on, how, reason), group in groupby(rows, same):
        found = list(group)
        verb = _("recorded first") if how == "+" else _("taken out")
        if len(found) > ONE_BY_ONE:
            yield Entry(on, "", _rows(len(found), kind), (), reason, "", "", verb)
            continue
        for row in found:
            yield _entry(kind, row, (), verb)


def _rows(count: int, kind: str) -> str:
    words = ngettext("%(count)s row: %(kind)s", "%(count)s rows: %(kind)s", count)
    return words % {"count": count, "kind": KINDS[kind]}


def _changed(kind: str, rows: list[Any], history: Any) -> Iterator[Entry]:
    pks = {_pk(row) for row in rows}
    name = getattr(models, kind)._meta.pk.attname
    before: dict[Any, Any] = {}
    wanted = {row.history_id for row in rows}
    for row in history.filter(**{f"{name}__in": pks}).order_by("history_date", "history_id"):
        if row.history_id in wanted:
            yield _entry(kind, row, tuple(_lines(before.get(_pk(row)), row)), "")
        before[_pk(row)] = row


def _pk(row: Any) -> Any:
    return getattr(row, row.instance_type._meta.pk.attname)


def _lines(old: Any, new: Any) -> Iterator[tuple[str, str, str]]:
    for field in new.tracked_fields:
        was, now = getattr(old, field.attname, None), getattr(new, field.attname)
        if was != now:
            yield column_name(field.attname), told(was), told(now)


def _entry(kind: str, row: Any, lines: tuple[tuple[str, str, str], ...], note: str) -> Entry:
    key = tuple(getattr(row, name) for name in KEYS[kind])
    known = {"crime": row.crime, "provision": row.provision} if kind == "JurisdictionBasis" else None
    return Entry(
        on=row.history_date.date(),
        iso2=state_of(kind, key),
        row=row_name(kind, key, known),
        lines=lines,
        reason=row.history_change_reason,
        proposed_by=row.proposed_by,
        signed_by=row.history_user_id,
        note=note or ("" if lines else _("checked again, and still so")),
    )
