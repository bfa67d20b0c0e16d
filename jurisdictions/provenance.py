"""Every value of one State and where it comes from: source, confidence, day of check, reviewer, and since when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from jurisdictions.checks import standing
from jurisdictions.load.current import current
from jurisdictions.load.signed import Signatures, signatures
from jurisdictions.load.tables import Key, Row
from jurisdictions.load.values import VALUES, Place, as_row, of_row, places, state_of, written
from jurisdictions.models import Proposal
from jurisdictions.naming import lines, row_name, value_name

SINCE = {"TreatyStatus": ("in_force_on", "withdrawn_on"), "JurisdictionBasis": ("in_force_from", "")}


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the value was before the law changed. until: the last day on which it was the law."""

    lines: tuple[tuple[str, str], ...]
    until: date


@dataclass(frozen=True, slots=True)
class Value:
    """One value. reviewer: "" when nobody has signed it. since, until: the days in which it is the law, or ""."""

    kind: str
    key: str
    field: str
    row: str
    name: str
    lines: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    confidence: str
    checked_on: date
    reviewer: str
    since: str
    until: str
    why: tuple[str, ...]
    earlier: tuple[Earlier, ...]


def values(iso2: str, today: date | None = None) -> list[Value]:
    """Every value of a State, row by row; "" for those that are about all States."""
    on, signed, tables = today or timezone.now().date(), signatures(), current()
    return [
        _value(place, row, on, signed)
        for kind in VALUES
        for key, row in sorted(tables.rows[kind].items())
        if state_of(kind, key) == iso2
        for place in places(kind, key)
    ]


def _value(place: Place, row: Row, on: date, signed: Signatures) -> Value:
    kind, key, name = place
    why, checked = standing(place, row, on, signed)
    proposal, (since, until) = signed.get(place), _span(kind, row, signed.get(place))
    return Value(
        kind=kind,
        key=written(key),
        field=name,
        row=row_name(kind, key, row),
        name=value_name(name),
        lines=tuple(lines(*place, of_row(place, row))),
        sources=(proposal.source,) if proposal else _sources(kind, row),
        confidence=proposal.confidence if proposal else row.get("confidence", ""),
        checked_on=checked,
        reviewer=proposal.decided_by if proposal else "",
        since=since,
        until=until,
        why=why,
        earlier=tuple(_earlier(kind, key, name)) if proposal else (),
    )


def _sources(kind: str, row: Row) -> tuple[str, ...]:
    if kind in {"Practice", "Source"}:
        return (row.get("source") or row["url"],)
    return tuple(row["sources"])


def _span(kind: str, row: Row, proposal: Any) -> tuple[str, str]:
    """From when to when the value is the law: as it was signed, else as its row says."""
    begun, ended = SINCE.get(kind, ("", ""))
    since = proposal.law_from if proposal and proposal.law_from else row.get(begun)
    return str(since or ""), str(row.get(ended) or "")


def _earlier(kind: str, key: Key, name: str) -> Iterator[Earlier]:
    """The values before each signed change of the law, the newest first."""
    found: Iterable[Any] = Proposal.objects.filter(
        state=Proposal.State.SIGNED, kind=kind, key=written(key), field=name, law_from__isnull=False
    ).order_by("-law_from", "-pk")
    for proposal in found:
        before = of_row((kind, key, name), as_row(kind, proposal.before))
        yield Earlier(tuple(lines(kind, key, name, before)), proposal.law_from - timedelta(days=1))
