"""The law as it stood on a day: what was not yet in force, not yet joined, not yet opened or signed later, is left out.

Pure functions over rows by model name. What cannot be placed in time stays and is marked as unverified: nothing unknown
becomes a yes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

Row = dict[str, Any]
Rows = Mapping[str, Iterable[Row]]


def stood(rows: Rows, day: date) -> dict[str, list[Row]]:
    """The rows as the law stood on a day, from rows that say since when."""
    return {
        name: [kept for row in found for kept in ON_DAY.get(name, _always)(row, day)] for name, found in rows.items()
    }


def _always(row: Row, day: date) -> Iterator[Row]:
    yield row


def _treaty(row: Row, day: date) -> Iterator[Row]:
    """A party before its entry into force was none, or a signatory; a withdrawal to come was none."""
    status, begun, ended = row["status"], row["in_force_on"], row["withdrawn_on"]
    if begun and begun > day:
        signed = bool(row["signed_on"] and row["signed_on"] <= day)
        # Who has no day of signature may have signed before the deposit: that is not known.
        doubt = [] if signed or row["signed_on"] else ["status"]
        yield row | {
            "status": "signatory" if signed else "none",
            "in_force_on": None,
            "deposited_on": None,
            "withdrawn_on": None,
            "unverified": _marked(row, doubt),
        }
    elif ended and ended > day:
        yield row | {"status": "party", "withdrawn_on": None}
    elif ended and status == "party":
        yield row
    else:
        undated = status in {"denounced", "signatory"} or (status == "party" and begun is None)
        known_since = row["signed_on"] if status == "signatory" else None
        late = undated and not (known_since and known_since <= day) and row["checked_on"] > day
        yield row | {"unverified": _marked(row, ["status"] if late else [])}


def _basis(row: Row, day: date) -> Iterator[Row]:
    """A base that came later is left out; one whose day is not known stays, with that said."""
    earliest, latest = row["in_force_earliest"], row["in_force_latest"]
    if earliest and earliest > day:
        return
    doubt = [] if latest and latest <= day else ["in_force_from"]
    later = bool(row["practice_year"] and row["practice_year"] > day.year)
    if row["practice_year"] == day.year:
        doubt.append("practice_belarus")
    told = {"practice": "none_found", "practice_year": None} if later else {}
    yield row | told | {"unverified": _marked(row, doubt)}


def _situation(row: Row, day: date) -> Iterator[Row]:
    if row["opened_on"] is None or row["opened_on"] <= day:
        yield row


def _event(row: Row, day: date) -> Iterator[Row]:
    if row["year"] <= day.year:
        yield row


def _marked(row: Row, doubts: Iterable[str]) -> list[str]:
    return [*row["unverified"], *(doubt for doubt in doubts if doubt not in row["unverified"])]


ON_DAY: dict[str, Callable[[Row, date], Iterator[Row]]] = {
    "TreatyStatus": _treaty,
    "JurisdictionBasis": _basis,
    "Situation": _situation,
    "Practice": _event,
}
