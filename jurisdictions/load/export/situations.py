"""Rows of Situation and CrimeTreaty -> situations.json."""

from typing import Any

from jurisdictions.load.export.shapes import day, day_or_null, dumped
from jurisdictions.load.situations import CRIME_TREATY_SHAPE, FILE, SITUATION_SHAPE
from jurisdictions.load.tables import Row, Tables
from jurisdictions.vocabulary import CRIMES

__all__ = ["FILE", "text"]
ORDER = list(CRIMES)


def text(tables: Tables) -> str:
    """The whole file: the focus State, treaties in the order of the crimes, situations by their names."""
    treaties = sorted(tables.of("CrimeTreaty"), key=lambda row: ORDER.index(row["crime"]))
    situations = sorted(tables.of("Situation"), key=lambda row: row["slug"])
    return dumped(
        {
            "focus": _focus(tables),
            "crime_treaties": [_crime_treaty(row) for row in treaties],
            "situations": [_situation(row) for row in situations],
        }
    )


def _focus(tables: Tables) -> str:
    """The State that the columns on practice are about; every base and every situation names it."""
    about = [row["practice_about_id"] for row in tables.of("JurisdictionBasis")]
    return str((about or [row["about_id"] for row in tables.of("Situation")])[0])


def _crime_treaty(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in CRIME_TREATY_SHAPE} | {"checked_on": day(row["checked_on"])}


def _situation(row: Row) -> dict[str, Any]:
    days = {name: day_or_null(row[name]) for name in ("referred_on", "opened_on", "acts_from", "checked_on")}
    named = {"about": row["about_id"], "referred_by": row["referred_by_id"]}
    return {name: row[name] for name in SITUATION_SHAPE if name not in named} | days | named
