"""Rows of NationalLaw, Practice, Source and JurisdictionBasis -> national_law/XX.json."""

from typing import Any

from jurisdictions.load.export.shapes import day, dumped, ordered, ternary
from jurisdictions.load.law import EXISTS
from jurisdictions.load.tables import Row, Tables

FOUND = {word: value for value, word in EXISTS.items()}


def texts(tables: Tables) -> dict[str, str]:
    """One file for each State with national law, by path."""
    return {
        f"national_law/{iso2}.json": dumped(_file(iso2, law, tables))
        for (iso2,), law in sorted(tables.rows["NationalLaw"].items())
    }


def _file(iso2: str, law: Row, tables: Tables) -> dict[str, Any]:
    return {
        "iso2": iso2,
        "name_en": law["name"],
        "torture_offence": {
            "exists": FOUND[law["torture_exists"]],
            "provision": law["torture_provision"],
            "note": law["torture_note"],
        },
        "uj_bases": [_base(row) for row in ordered(tables, "JurisdictionBasis", iso2)],
        "limitation": {
            "torture": law["limitation_torture"],
            "crimes_against_humanity": law["limitation_cah"],
            "provision": law["limitation_provision"],
            "note": law["limitation_note"],
        },
        "victim_role": _victim(law),
        "prosecutor_discretion": law["discretion"],
        "immunity_note": law["immunity_note"],
        "authority": _authority(law),
        **{name: law[name] for name in ("filing_languages", "translation_note", "formalities", "legal_aid_note")},
        "psychosocial_or_protection_note": law["protection_note"],
        "practice": [_event(row) for row in ordered(tables, "Practice", iso2)],
        "sources": [_source(row) for row in ordered(tables, "Source", iso2)],
        "confidence": law["confidence"],
        "unverified": law["unverified"],
        "last_reviewed": day(law["checked_on"]),
    }


def _base(row: Row) -> dict[str, Any]:
    return {
        "crime": row["crime"],
        "provision": row["provision"],
        "basis": row["kind"],
        "presence_required": row["file_presence"],
        "double_criminality": ternary(row["file_double_criminality"]),
        "subsidiarity": ternary(row["file_subsidiarity"]),
        "executive_consent": ternary(row["file_consent"]),
        "note": row["file_note"],
    }


def _victim(law: Row) -> dict[str, Any]:
    return {
        "can_file_complaint": ternary(law["victim_can_file"]),
        "private_prosecution": ternary(law["victim_private_prosecution"]),
        "joins_as": law["victim_joins_as"],
        "appeal_against_refusal": ternary(law["victim_appeal"]),
        "provision": law["victim_provision"],
    }


def _authority(law: Row) -> dict[str, Any]:
    return {
        "name_en": law["authority_name"],
        "name_local": law["authority_local"],
        "unit": law["authority_unit"],
        "city": law["authority_city"],
        "website": law["authority_website"] or None,
        "filing_channels": law["filing_channels"],
    }


def _event(row: Row) -> dict[str, Any]:
    own = {name: row[name] for name in ("year", "summary", "outcome", "source")}
    return own | {"belarus_related": row["about_id"] is not None}


def _source(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in ("url", "title", "used_for")}
