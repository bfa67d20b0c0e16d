"""Where a note says more than a field can: conditions without a field, fields left unknown, and files that differ.

Made from the rows of the files, so that docs/law-notes.md stays true; nothing is judged here, only put side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jurisdictions.load.tables import Key, Row, Tables
from jurisdictions.load.values import written
from jurisdictions.naming import value_name
from jurisdictions.vocabulary import CRIMES, EXTRA, UNVERIFIED

HEAD = """# Where a note says more than a field

Made by `manage.py law_notes` from the reference files; a test fails when it is out of date. The rules of the route
assessment read fields. What stands here is what a lawyer reads beside them: conditions that no field can hold, fields
that the files leave unknown although a note speaks about them, and places where the national file and its conditions
differ.
"""
# Fields of a base that may be left unknown, with the columns that say so and the value that means it.
OPEN: dict[str, tuple[str, str]] = {
    "in_force_from": ("in_force_from", ""),
    "applies_to_earlier_acts": ("applies_to_earlier_acts", "unknown"),
    "suspect_link": ("suspect_open", "unknown"),
    "double_criminality": ("double_criminality", "unknown"),
    "subsidiarity": ("subsidiarity", "unknown"),
    "territorial_state_must_be_party": ("territorial_party", "unknown"),
    "gatekeeper": ("gatekeeper", "unknown"),
    "victim_trigger": ("court_review", "unknown"),
    "limitation": ("limitation", "unknown"),
}
DIFFER = {"double_criminality": "file_double_criminality", "subsidiarity": "file_subsidiarity"}
# Notes of a national file that stand beside coded fields.
BESIDE = {
    "the offence of torture": ("torture_note", ("torture_exists",)),
    "the time limits": ("limitation_note", ("limitation_torture", "limitation_cah")),
    "languages of filing": ("translation_note", ("filing_languages",)),
    "immunity": ("immunity_note", ()),
    "legal aid": ("legal_aid_note", ()),
    "support and protection": ("protection_note", ()),
}
GRADES = re.compile(r"CAT core: (?:high|medium|low) \((?:[^()]|\([^()]*\))*\)|(?:UNVERIFIED|TO CHECK)\[[^\]]*\]: [^;]*")


def document(tables: Tables) -> str:
    """The whole list as Markdown."""
    parts = [HEAD, *_states(tables), *_situations(tables)]
    return "\n".join(parts) + "\n"


def _states(tables: Tables) -> Iterator[str]:
    for (iso2,), state in sorted(tables.rows["State"].items(), key=lambda it: it[1]["name"]):
        lines = [*_treaties(state), *_law(tables.rows["NationalLaw"].get((iso2,)))]
        for key, row in sorted(tables.rows["JurisdictionBasis"].items()):
            if key[0] == iso2:
                lines += _base(key, row)
        if lines:
            yield f"## {state['name']}\n"
            yield "\n".join(lines) + "\n"


def _treaties(state: Row) -> Iterator[str]:
    """What is left of the notes of treaties.csv when the grades and marks, which have fields, are taken out."""
    rest = [part.strip() for part in GRADES.sub("", state["notes"]).split(";")]
    if said := "; ".join(part for part in rest if part):
        yield f"- treaties: {said}"


def _law(law: Row | None) -> Iterator[str]:
    if law is None:
        return
    for about, (note, coded) in BESIDE.items():
        if law[note]:
            fields = ", ".join(_shown(law[name]) for name in coded)
            yield f"- {about}{f' (field: {fields})' if fields else ' (no field)'}: {law[note]}"
    for sentence in law["unverified"]:
        yield f"- unverified, in words only: {sentence}"


def _base(key: Key, row: Row) -> Iterator[str]:
    yield f"- **{written(key)}**, {CRIMES[row['crime']]}, {row['provision']}"
    yield f"  - rests on: {row['why']}"
    if row["file_note"]:
        yield f"  - note of the file: {row['file_note']}"
    for code in row["extra"]:
        yield f"  - without a field: {EXTRA[code]} (`{code}`)"
    if left := [str(UNVERIFIED[name]) for name, (column, value) in OPEN.items() if row[column] == value]:
        yield f"  - fields left unknown: {'; '.join(left)}"
    if len(row["in_force_from"]) == 4:
        yield f"  - a year where a day is needed: in force from {row['in_force_from']}"
    for name, other in DIFFER.items():
        if row[name] != row[other]:
            yield f"  - {value_name(name)}: {row[name]} here, {row[other]} in the national file"
    if row["safety"] != "normal":
        yield f"  - safety ({row['safety']}): {row['safety_reason']}"


def _situations(tables: Tables) -> Iterator[str]:
    yield "## Situations, and treaties behind crimes\n"
    lines = [f"- {row['slug']}: {row['note']}" for row in tables.of("Situation") if row["note"]]
    lines += [f"- {CRIMES[row['crime']]} ({row['treaty']}): {row['why']}" for row in tables.of("CrimeTreaty")]
    yield "\n".join(lines)


def _shown(value: object) -> str:
    return ", ".join(str(part) for part in value) if isinstance(value, list) else str(value)
