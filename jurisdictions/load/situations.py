"""situations.json -> rows of Situation and CrimeTreaty, and the focus State of the practice columns."""

from collections.abc import Iterator
from datetime import date

from jurisdictions.load.files import Folder
from jurisdictions.load.shapes import (
    CONFIDENCE,
    DAY_TEXT,
    LANGUAGE,
    URL_TEXT,
    Check,
    Fault,
    list_of,
    nullable,
    one_of,
    record,
    text,
)
from jurisdictions.load.tables import Row, Tables

FILE = "situations.json"
TREATY = one_of("CAT", "OPCAT", "ROME", "ICCPR_OP1", "GENEVA")
PROVENANCE = {
    "sources": list_of(URL_TEXT, unique=True),
    "confidence": CONFIDENCE,
    "checked_on": DAY_TEXT,
    "unverified": list_of(text(), unique=True),
}
SITUATION_SHAPE: dict[str, Check] = {
    "slug": text(),
    "forum": one_of("ICC"),
    "forum_name": text(),
    "name": text(),
    "about": text(),
    "referred_by": nullable(text()),
    "referred_on": nullable(DAY_TEXT),
    "opened_on": nullable(DAY_TEXT),
    "acts_from": DAY_TEXT,
    "treaty": TREATY,
    "crime": one_of("deportation_persecution"),
    "charges": list_of(text(), unique=True),
    "basis": one_of("territorial"),
    "provision": text(),
    "practice": one_of("open_file", "none_found"),
    "filing_channels": list_of(text(), unique=True),
    "filing_languages": list_of(LANGUAGE, unique=True),
    "formalities": list_of(text(), unique=True),
    "note": text(empty=True),
    **PROVENANCE,
}
CRIME_TREATY_SHAPE: dict[str, Check] = {
    "crime": one_of("torture", "crimes_against_humanity", "war_crimes", "other"),
    "treaty": TREATY,
    "why": text(),
    **PROVENANCE,
}
SHAPE = record(
    {
        "focus": text(),
        "crime_treaties": list_of(record(CRIME_TREATY_SHAPE)),
        "situations": list_of(record(SITUATION_SHAPE)),
    }
)


def read(folder: Folder, tables: Tables) -> str:
    """Add situations and crime treaties; returns the code of the focus State ("" when the file is refused)."""
    content = folder.json(FILE, SHAPE)
    if content is None:
        return ""
    faults = list(_sense(content, tables.states()))
    for key, value, what in faults:
        folder.add(FILE, key, value, what)
    for row in [] if faults else content["situations"]:
        tables.put("Situation", _situation(row))
    for row in [] if faults else content["crime_treaties"]:
        tables.put("CrimeTreaty", row | {"checked_on": date.fromisoformat(row["checked_on"])})
    return str(content["focus"])


def _sense(content: Row, states: set[str]) -> Iterator[Fault]:
    if content["focus"] not in states:
        yield "focus", content["focus"], "is not a State of treaties.csv"
    yield from _once(content["crime_treaties"], "crime_treaties", "crime")
    yield from _once(content["situations"], "situations", "slug")
    for index, row in enumerate(content["situations"]):
        for name in ("about", "referred_by"):
            if row[name] is not None and row[name] not in states:
                yield f"situations[{index}].{name}", row[name], "is not a State of treaties.csv"
        if row["referred_on"] and row["opened_on"] and row["opened_on"] < row["referred_on"]:
            yield f"situations[{index}].opened_on", row["opened_on"], "is before referred_on"


def _once(rows: list[Row], place: str, name: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, row in enumerate(rows):
        if row[name] in seen:
            yield f"{place}[{index}].{name}", row[name], "stands there twice"
        seen.add(row[name])


def _situation(row: Row) -> Row:
    days = {
        name: date.fromisoformat(row[name]) if row[name] else None
        for name in ("referred_on", "opened_on", "acts_from", "checked_on")
    }
    own = {key: value for key, value in row.items() if key not in {"about", "referred_by"}}
    return own | days | {"about_id": row["about"], "referred_by_id": row["referred_by"]}
