"""national_law/XX.json -> rows of NationalLaw, Practice and Source; the bases are kept for conditions.json to join."""

from datetime import date
from pathlib import PurePosixPath
from typing import Any

from jurisdictions.load.files import Folder
from jurisdictions.load.shapes import (
    CONFIDENCE,
    DAY_TEXT,
    LANGUAGE,
    TERNARY,
    URL_TEXT,
    integer,
    list_of,
    nullable,
    one_of,
    record,
    text,
    when,
)
from jurisdictions.load.tables import Row, Tables

CRIME = one_of("torture", "crimes_against_humanity", "war_crimes", "other")
KIND = one_of("universal", "treaty_obligation", "passive_personality", "active_personality", "territorial_effect")
PERIOD = when(
    lambda value: isinstance(value, str) and (value in {"none", "unknown"} or value.removesuffix(" years").isdecimal()),
    'is not none, unknown or "N years"',
)
BASE = record(
    {
        "crime": CRIME,
        "provision": text(),
        "basis": KIND,
        "presence_required": one_of(
            "none",
            "victim_residence",
            "suspect_presence_to_open",
            "suspect_presence_to_try",
            "suspect_residence",
            "unknown",
        ),
        "double_criminality": TERNARY,
        "subsidiarity": TERNARY,
        "executive_consent": TERNARY,
        "note": text(empty=True),
    }
)
PRACTICE = record(
    {
        "year": integer(1945, 2100),
        "summary": text(),
        "outcome": one_of("opened", "pending", "refused", "conviction", "acquittal", "unknown"),
        "belarus_related": one_of(True, False),
        "source": URL_TEXT,
    }
)
SHAPE = record(
    {
        "iso2": text(),
        "name_en": text(),
        "torture_offence": record(
            {"exists": one_of(True, False, "partial"), "provision": text(), "note": text(empty=True)}
        ),
        "uj_bases": list_of(BASE),
        "limitation": record(
            {
                "torture": PERIOD,
                "crimes_against_humanity": PERIOD,
                "provision": text(empty=True),
                "note": text(empty=True),
            }
        ),
        "victim_role": record(
            {
                "can_file_complaint": TERNARY,
                "private_prosecution": TERNARY,
                "joins_as": text(empty=True),
                "appeal_against_refusal": TERNARY,
                "provision": text(empty=True),
            }
        ),
        "prosecutor_discretion": one_of("mandatory (legality)", "discretionary (opportunity)", "mixed", "unknown"),
        "immunity_note": text(empty=True),
        "authority": record(
            {
                "name_en": text(),
                "name_local": text(empty=True),
                "unit": text(empty=True),
                "city": text(empty=True),
                "website": nullable(URL_TEXT),
                "filing_channels": list_of(text(), unique=True),
            }
        ),
        "filing_languages": list_of(LANGUAGE, unique=True),
        "translation_note": text(empty=True),
        "formalities": list_of(text(), unique=True),
        "legal_aid_note": text(empty=True),
        "psychosocial_or_protection_note": text(empty=True),
        "practice": list_of(PRACTICE),
        "sources": list_of(record({"url": URL_TEXT, "title": text(), "used_for": text(empty=True)})),
        "confidence": CONFIDENCE,
        "unverified": list_of(text(), unique=True),
        "last_reviewed": DAY_TEXT,
    }
)
EXISTS = {True: "yes", False: "no", "partial": "partial"}


def ternary(value: Any) -> str:
    """true, false or "unknown" of a file as the model's yes, no, unknown."""
    return {True: "yes", False: "no"}.get(value, "unknown")


def read(folder: Folder, tables: Tables, focus: str) -> dict[tuple[str, int], Row]:
    """Add every national file; returns its bases by (State, number).

    focus: the State that `belarus_related` speaks about.
    """
    bases: dict[tuple[str, int], Row] = {}
    names = folder.names("national_law/*")
    if not names:
        folder.add("national_law", "", 0, "files are there, expected at least one")
    for name in names:
        law = folder.json(name, SHAPE)
        if law is not None and _belongs(folder, tables, name, law):
            _add(law, tables, focus)
            bases |= {(law["iso2"], number): base for number, base in enumerate(law["uj_bases"])}
    return bases


def _belongs(folder: Folder, tables: Tables, name: str, law: Row) -> bool:
    """Whether the file speaks about the State of its name, and the treaty table knows that State."""
    if PurePosixPath(name).name != f"{law['iso2']}.json":
        folder.add(name, "iso2", law["iso2"], "is not the name of the file")
        return False
    if law["iso2"] not in tables.states():
        folder.add(name, "iso2", law["iso2"], "is not a State of treaties.csv")
        return False
    return True


def _add(law: Row, tables: Tables, focus: str) -> None:
    checked = date.fromisoformat(law["last_reviewed"])
    tables.put("NationalLaw", _law(law, checked))
    for position, source in enumerate(law["sources"]):
        own = {"state_id": law["iso2"], "position": position, "checked_on": checked}
        tables.put("Source", own | source)
    for position, event in enumerate(law["practice"]):
        own = {"state_id": law["iso2"], "position": position, "checked_on": checked, "confidence": law["confidence"]}
        about = {"about_id": focus if event["belarus_related"] else None}
        tables.put("Practice", own | about | {key: event[key] for key in ("year", "summary", "outcome", "source")})


def _law(law: Row, checked: date) -> Row:
    offence, limitation = law["torture_offence"], law["limitation"]
    return {
        "state_id": law["iso2"],
        "name": law["name_en"],
        "torture_exists": EXISTS[offence["exists"]],
        "torture_provision": offence["provision"],
        "torture_note": offence["note"],
        "limitation_torture": limitation["torture"],
        "limitation_cah": limitation["crimes_against_humanity"],
        "limitation_provision": limitation["provision"],
        "limitation_note": limitation["note"],
        "discretion": law["prosecutor_discretion"],
        "immunity_note": law["immunity_note"],
        "filing_languages": law["filing_languages"],
        "formalities": law["formalities"],
        "translation_note": law["translation_note"],
        "legal_aid_note": law["legal_aid_note"],
        "protection_note": law["psychosocial_or_protection_note"],
        "sources": [source["url"] for source in law["sources"]],
        "confidence": law["confidence"],
        "unverified": law["unverified"],
        "checked_on": checked,
        **_victim(law["victim_role"]),
        **_authority(law["authority"]),
    }


def _victim(role: Row) -> Row:
    return {
        "victim_can_file": ternary(role["can_file_complaint"]),
        "victim_private_prosecution": ternary(role["private_prosecution"]),
        "victim_appeal": ternary(role["appeal_against_refusal"]),
        "victim_joins_as": role["joins_as"],
        "victim_provision": role["provision"],
    }


def _authority(authority: Row) -> Row:
    return {
        "authority_name": authority["name_en"],
        "authority_local": authority["name_local"],
        "authority_unit": authority["unit"],
        "authority_city": authority["city"],
        "authority_website": authority["website"] or "",
        "filing_channels": authority["filing_channels"],
    }
