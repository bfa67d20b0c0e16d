"""The work list of the law: every value that is stale or that nobody has confirmed, and who may act on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jurisdictions.load.current import current
from jurisdictions.load.signed import Signatures, signatures
from jurisdictions.load.tables import Key, Row, Tables
from jurisdictions.load.values import VALUES, Place, columns, places, state_of, written
from jurisdictions.models import Proposal
from jurisdictions.naming import row_name, value_name
from jurisdictions.pages import reader
from jurisdictions.pages.lede import RANK
from jurisdictions.review import place_of

STALE = timedelta(days=365)
UNVERIFIED, OLD = "unverified", "stale"
PROPOSES = _("An editor, a lawyer or a lead proposes; a second lawyer or lead signs.")
SIGNS = _("A lawyer or a lead other than {name} signs or refuses.")
ABOUT_ALL = _("all States")


@dataclass(frozen=True, slots=True)
class Check:
    """One value to look at. why: UNVERIFIED, OLD or both. proposal: the number of the one that waits, or None."""

    iso2: str
    state: str
    kind: str
    key: str
    field: str
    row: str
    value: str
    why: tuple[str, ...]
    checked_on: date
    proposal: int | None
    who: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the page is narrowed to; empty means everything."""

    iso2: str = ""
    why: str = ""
    kind: str = ""


def checks(wanted: Wanted, today: date | None = None) -> list[Check]:
    """The values to look at, each once: what waits for a signature, then States by how far their practice has come."""
    tables, on = current(), today or timezone.now().date()
    signed, waiting = signatures(), _waiting()
    found = [
        check
        for kind in VALUES
        if wanted.kind in ("", kind)
        for key, row in tables.rows[kind].items()
        if wanted.iso2 in ("", state_of(kind, key))
        for check in _row(kind, key, row, tables, on, signed, waiting)
        if wanted.why in ("", *check.why)
    ]
    rank, kinds = _ranks(tables), list(VALUES)
    return sorted(
        found,
        key=lambda it: (
            it.proposal is None, rank.get(it.iso2, len(RANK)), reader.in_order(it.state), kinds.index(it.kind),
            it.key, it.field,
        ),
    )  # fmt: skip


def _ranks(tables: Tables) -> dict[str, int]:
    """Of each State with grounds of its own, the furthest practice: an open file is 0."""
    ranks: dict[str, int] = {}
    for key, row in tables.rows["JurisdictionBasis"].items():
        iso2 = state_of("JurisdictionBasis", key)
        ranks[iso2] = min(ranks.get(iso2, len(RANK)), RANK.index(row["practice"]))
    return ranks


def _row(
    kind: str, key: Key, row: Row, tables: Tables, on: date, signed: Signatures, waiting: Mapping[Place, Proposal]
) -> Iterator[Check]:
    for place in places(kind, key):
        why, checked = standing(place, row, on, signed)
        if why:
            proposal, iso2 = waiting.get(place), state_of(kind, key)
            yield Check(
                iso2=iso2,
                state=_state(tables, iso2),
                kind=kind,
                key=written(key),
                field=place[2],
                row=row_name(kind, key, row),
                value=value_name(place[2]),
                why=why,
                checked_on=checked,
                proposal=proposal.pk if proposal else None,
                who=str(SIGNS).format(name=proposal.proposed_by) if proposal else str(PROPOSES),
            )


def _state(tables: Tables, iso2: str) -> str:
    return reader.table("countries").get(iso2) or str(tables.rows["State"][iso2,]["name"]) if iso2 else str(ABOUT_ALL)


def standing(place: Place, row: Row, on: date, signed: Signatures) -> tuple[tuple[str, ...], date]:
    """Why a value needs somebody, and when it was checked last: its row then, or its own signature since."""
    signature = signed.get(place)
    checked: date = max(row["checked_on"], signature.decided_on) if signature else row["checked_on"]
    why = (UNVERIFIED,) if not signature and is_doubted(place, row) else ()
    return (*why, OLD) if on - checked > STALE else why, checked


def is_doubted(place: Place, row: Row) -> bool:
    """Whether the files mark this value as unverified: by its name, a column of it, or a sentence that names it."""
    kind, _, name = place
    marks: list[Any] = row.get("unverified", [])
    if kind == "NationalLaw":
        return name != "confidence" and any(name in sentence for sentence in marks)
    derived = ("status", "in_force_on") if kind == "TreatyStatus" else ()
    return bool({name, *columns(*place), *derived} & set(marks))


def _waiting() -> dict[Place, Proposal]:
    from_rows = Proposal.objects.filter(state=Proposal.State.OPEN)
    return {place_of(proposal): proposal for proposal in from_rows}
