"""Rows, values and columns of the law in words, for the pages on changes and reviews."""

from __future__ import annotations

from typing import Any

from jurisdictions.load.tables import Key, Row
from jurisdictions.load.values import column_of, columns
from jurisdictions.pages.treatyrows import ARTICLES
from jurisdictions.vocabulary import CRIMES, TREATIES, UNVERIFIED

VALUE = {
    "standing": "where it stands",
    "value": "the declaration",
    "torture_offence": "the offence of torture",
    "limitation": "the time limit",
    "victim_role": "the survivor's role",
    "prosecutor_discretion": "the prosecutor's discretion",
    "immunity_note": "immunity",
    "authority": "the authority",
    "filing_languages": "languages of filing",
    "formalities": "formalities",
    "legal_aid_note": "legal aid",
    "psychosocial_or_protection_note": "support and protection",
    "confidence": "how far the whole row is to be trusted",
    "event": "what happened",
    "source": "the source",
    "provision": "the provision",
    "extra": "special conditions",
    "why": "what the row rests on",
    "note": "the note of the file",
    "dates": "the days",
    "practice": "practice",
    "filing": "how it is filed",
    "treaty": "the treaty that counts",
}
COLUMN = {
    "in_force_on": "in force since",
    "deposited_on": "deposited on",
    "signed_on": "signed on",
    "withdrawn_on": "withdrawal takes effect on",
    "action": "how it joined",
    "victim_link": "link of the survivor",
    "victim_link_when": "moment of that link",
    "victim_link_years": "years of residence needed",
    "suspect_file": "link of the suspect to file",
    "suspect_open": "link of the suspect to open a case",
    "suspect_try": "link of the suspect to try",
    "territorial_party": "State of the acts must be a party",
    "limitation_cah": "time limit of crimes against humanity",
    "limitation_torture": "time limit of torture",
    "victim_appeal": "can appeal a refusal",
    "victim_can_file": "can file a complaint",
    "file_note": "note of the file",
    "file_presence": "presence, as the file says it",
    "file_double_criminality": "double criminality, as the file says it",
    "file_subsidiarity": "subsidiarity, as the file says it",
    "file_consent": "consent of an authority, as the file says it",
}
KINDS = {
    "State": "States",
    "TreatyStatus": "treaties of a State",
    "Declaration": "declarations under the Convention",
    "NationalLaw": "national law",
    "Practice": "practice",
    "Source": "sources",
    "JurisdictionBasis": "grounds of jurisdiction",
    "Situation": "situations before a court",
    "CrimeTreaty": "treaties behind a crime",
}
RATHER = {
    "NationalLaw": "National law",
    "Practice": "Practice",
    "Source": "Source",
    "Situation": "Situation",
    "CrimeTreaty": "Treaty behind the crime",
    "State": "Name and notes",
}


def row_name(kind: str, key: Key, row: Row | None = None) -> str:
    """What a row is about, without its State: "Convention against Torture", "ground 1: torture"."""
    if kind == "TreatyStatus":
        return _capital(TREATIES[key[1]].removeprefix("the "))
    if kind == "Declaration":
        return ARTICLES[key[1]][0]
    if kind == "JurisdictionBasis":
        crime = f": {CRIMES[row['crime']]}, {row['provision']}" if row else ""
        return f"Ground {key[1] + 1}{crime}"
    number = f" {key[1] + 1}" if kind in {"Practice", "Source"} else ""
    about = f": {key[0]}" if kind in {"Situation", "CrimeTreaty"} else ""
    return f"{RATHER[kind]}{number}{about}".replace("_", " ")


def value_name(name: str) -> str:
    """The name of a value in words."""
    return VALUE.get(name) or UNVERIFIED.get(name) or column_name(name)


def column_name(name: str) -> str:
    """The name of a column in words."""
    return COLUMN.get(name) or name.removesuffix("_id").replace("_", " ")


def told(value: Any) -> str:
    """A stored value in words; nothing is a dash."""
    if isinstance(value, list):
        return "; ".join(str(part) for part in value) or "-"
    if value in (None, ""):
        return "-"
    text = str(value)
    return text if " " in text or "/" in text else text.replace("_", " ")


def lines(kind: str, key: Key, name: str, value: dict[str, Any]) -> list[tuple[str, str]]:
    """A value as pairs of label and text, column by column."""
    return [(_capital(column_name(column)), told(value.get(column))) for column in columns(kind, key, name)]


def choices(kind: str, column: str) -> list[tuple[Any, str]]:
    """The codes of a column and their words, or none."""
    return [(code, str(words)) for code, words in column_of(kind, column).flatchoices]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
