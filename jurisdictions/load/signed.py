"""Signed values over the rows of the files: a reviewer's word stays, and what the files say otherwise is reported."""

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from django.apps import apps

from jurisdictions.load import export
from jurisdictions.load.problems import BadFile, Problem
from jurisdictions.load.reading import parse_texts
from jurisdictions.load.tables import Key, Row, Tables
from jurisdictions.load.treaties import ARTICLES, COLUMNS
from jurisdictions.load.values import SINGLE, VALUES, Place, as_row, columns, of_row, read_key, written

LISTS = ("Practice", "Source")  # rows named by their position in a file
FIXED = ("crime", "kind")  # another crime under the same number is another base
Signatures = Mapping[Place, Any]  # rows of Proposal


def signatures() -> dict[Place, Any]:
    """The newest signature under each value."""
    proposals = apps.get_model("jurisdictions", "Proposal")._default_manager
    rows = proposals.filter(state="signed").order_by("decided_on", "pk")
    return {(row.kind, read_key(row.kind, row.key), row.field): row for row in rows}


def overlay(wanted: Tables, stored: Tables, signed: Signatures) -> tuple[Tables, list[str]]:
    """The wanted rows with signed values kept, and one sentence for each value that the files say otherwise.

    What follows from a signed value (a day of entry into force) is computed again from it, by reading the files anew.
    Raises BadFile when a signed row is missing from the files, or when the files do not fit to what is signed.
    """
    if not signed:
        return wanted, []
    mixed, conflicts = deepcopy(wanted), list[str]()
    for place in signed:
        conflicts += _place(place, mixed, stored, signed)
    found = parse_texts(export.texts(mixed))
    for place, proposal in signed.items():
        lift(found, place, proposal)
    return found, conflicts


def _place(place: Place, mixed: Tables, stored: Tables, signed: Signatures) -> Iterator[str]:
    kind, key, _ = place
    if _is_moved(place, mixed, stored, signed):
        yield from _keep_list(kind, key[0], mixed, stored)
        return
    row = mixed.rows[kind].get(key)
    if row is None:
        what = "is signed by a reviewer, but the files no longer have it"
        raise BadFile([Problem("files", written(key), kind, what)])
    kept = as_row(kind, signed[place].value)
    for column in (name for name in columns(*place) if row[name] != kept[name]):
        who = f"signed by {signed[place].decided_by} on {signed[place].decided_on}"
        yield f"kept {kind} {written(key)}: {column} {kept[column]!r}, {who}; the files say {row[column]!r}"
    row.update(kept)


def _is_moved(place: Place, mixed: Tables, stored: Tables, signed: Signatures) -> bool:
    """Whether the row under this key is now another one: then a signed value must not be put into it."""
    kind, key, _ = place
    old, new = stored.rows[kind].get(key), mixed.rows[kind].get(key)
    if kind in LISTS:
        says = of_row(place, new) if new else None
        return says not in (signed[place].value, signed[place].before)
    if old is None or new is None:
        return False
    return kind == "JurisdictionBasis" and any(old[name] != new[name] for name in FIXED)


def _keep_list(kind: str, iso2: str, mixed: Tables, stored: Tables) -> Iterator[str]:
    """Keep every row of a list in which a signed one has moved."""
    old, new = (_of_state(tables.rows[kind], iso2) for tables in (stored, mixed))
    if old != new:
        for key in new:
            del mixed.rows[kind][key]
        mixed.rows[kind] |= deepcopy(old)
        yield f"kept {kind} {iso2}: the whole list, because the files move an entry that a reviewer has signed"


def _of_state(rows: Mapping[Key, Row], iso2: str) -> dict[Key, Row]:
    return {key: row for key, row in rows.items() if key[0] == iso2}


def lift(tables: Tables, place: Place, proposal: Any) -> None:
    """Take the marks "unverified" from a signed value; a row of one value takes its confidence and day of check."""
    kind, key, name = place
    row = tables.rows[kind].get(key)
    if row is None:
        return
    if "unverified" in row and kind != "NationalLaw":
        row["unverified"] = _without(row["unverified"], (name, *columns(*place), *_derived(kind, key)))
    if kind in SINGLE:
        row |= {"confidence": proposal.confidence, "checked_on": proposal.decided_on}
    if kind in {"TreatyStatus", "Declaration"}:
        state = tables.rows["State"][key[:1]]
        state["unverified"] = _without(state["unverified"], _cells(kind, key))


def _without(marks: Iterable[str], names: Iterable[str]) -> list[str]:
    return [mark for mark in marks if mark not in set(names)]


def _derived(kind: str, key: Key) -> tuple[str, ...]:
    return ("status", "in_force_on") if kind == "TreatyStatus" else ()


def _cells(kind: str, key: Key) -> tuple[str, ...]:
    """The columns of treaties.csv behind a value."""
    return tuple(COLUMNS[key[1]]) if kind == "TreatyStatus" else (ARTICLES[key[1]],)


def known(place: Place) -> bool:
    """Whether there is a value of this name."""
    return place[2] in VALUES.get(place[0], {})


def read_back(tables: Tables, proposals: Iterable[Any]) -> Tables:
    """The rows before these signed changes of the law, the newest change first; what follows from them is as it was."""
    mixed, gone = deepcopy(tables), set[tuple[str, str, str]]()
    for proposal in proposals:
        gone.add((proposal.kind, proposal.key, proposal.field))
        row = mixed.rows[proposal.kind].get(read_key(proposal.kind, proposal.key))
        if row is not None:
            row.update(as_row(proposal.kind, proposal.before))
    found = parse_texts(export.texts(mixed))
    for place, proposal in signatures().items():
        if (proposal.kind, proposal.key, proposal.field) not in gone:
            lift(found, place, proposal)
    return found
