"""Rows, values and columns of the law in words, for the pages on changes and reviews."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from jurisdictions.load.tables import Key, Row
from jurisdictions.load.values import column_of, columns
from jurisdictions.pages import reader
from jurisdictions.pages.treatyrows import ARTICLES
from jurisdictions.vocabulary import UNVERIFIED

VALUE = {
    "standing": _("where it stands"),
    "value": _("the declaration"),
    "torture_offence": _("the offence of torture"),
    "limitation": _("the time limit"),
    "victim_role": _("the survivor's role"),
    "prosecutor_discretion": _("the prosecutor's discretion"),
    "immunity_note": _("immunity"),
    "authority": _("the authority"),
    "filing_languages": _("languages of filing"),
    "formalities": _("formalities"),
    "legal_aid_note": _("legal aid"),
    "psychosocial_or_protection_note": _("support and protection"),
    "confidence": _("how far the whole row is to be trusted"),
    "event": _("what happened"),
    "source": _("the source"),
    "provision": _("the provision"),
    "extra": _("special conditions"),
    "why": _("what the row rests on"),
    "note": _("the note of the file"),
    "dates": _("the days"),
    "practice": _("practice"),
    "filing": _("how it is filed"),
    "treaty": _("the treaty that counts"),
}
COLUMN = {
    "value": pgettext_lazy("declaration", "value"),
    "in_force_on": _("in force since"),
    "deposited_on": _("deposited on"),
    "signed_on": _("signed on"),
    "withdrawn_on": _("withdrawal takes effect on"),
    "action": _("how it joined"),
    "victim_link": _("link of the survivor"),
    "victim_link_when": _("moment of that link"),
    "victim_link_years": _("years of residence needed"),
    "suspect_file": _("link of the suspect to file"),
    "suspect_open": _("link of the suspect to open a case"),
    "suspect_try": _("link of the suspect to try"),
    "territorial_party": _("State of the acts must be a party"),
    "limitation_cah": _("time limit of crimes against humanity"),
    "limitation_torture": _("time limit of torture"),
    "victim_appeal": _("can appeal a refusal"),
    "victim_can_file": _("can file a complaint"),
    "file_note": _("note of the file"),
    "file_presence": _("presence, as the file says it"),
    "file_double_criminality": _("double criminality, as the file says it"),
    "file_subsidiarity": _("subsidiarity, as the file says it"),
    "file_consent": _("consent of an authority, as the file says it"),
}
KINDS = {
    "State": _("States"),
    "TreatyStatus": _("treaties of a State"),
    "Declaration": _("declarations under the Convention"),
    "NationalLaw": _("national law"),
    "Practice": _("practice"),
    "Source": _("sources"),
    "JurisdictionBasis": _("grounds of jurisdiction"),
    "Situation": _("situations before a court"),
    "CrimeTreaty": _("treaties behind a crime"),
}
RATHER = {
    "NationalLaw": _("National law"),
    "Practice": _("Practice"),
    "Source": _("Source"),
    "Situation": _("Situation"),
    "CrimeTreaty": _("Treaty behind the crime"),
    "State": _("Name and notes"),
}


CODES = {  # values of many columns
    "yes": _("yes"),
    "no": _("no"),
    "unknown": _("unknown"),
    "none": _("none"),
    "party": _("party"),
    "signatory": _("signed only"),
    "withdrawn": _("withdrawn"),
    "denounced": _("denounced"),
    "high": pgettext_lazy("confidence", "high"),
    "medium": pgettext_lazy("confidence", "medium"),
    "low": pgettext_lazy("confidence", "low"),
    "True": _("yes"),
    "False": _("no"),
}


def row_name(kind: str, key: Key, row: Row | None = None) -> str:
    """What a row is about, without its State: "Convention against Torture", "ground 1: torture"."""
    if kind == "TreatyStatus":
        return reader.capital(reader.table("treaties")[key[1]].removeprefix("the "))
    if kind == "Declaration":
        return str(ARTICLES[key[1]][0])
    if kind == "JurisdictionBasis":
        name = gettext("Ground %(number)s") % {"number": key[1] + 1}
        return f"{name}: {reader.table('crimes')[row['crime']]}, {row['provision']}" if row else name
    number = f" {key[1] + 1}" if kind in {"Practice", "Source"} else ""
    about = f": {key[0]}" if kind in {"Situation", "CrimeTreaty"} else ""
    return f"{RATHER[kind]}{number}{about}".replace("_", " ")


def value_name(name: str) -> str:
    """The name of a value in words."""
    return str(VALUE.get(name) or UNVERIFIED.get(name) or column_name(name))


def column_name(name: str) -> str:
    """The name of a column in words."""
    return str(COLUMN.get(name) or name.removesuffix("_id").replace("_", " "))


def told(value: Any) -> str:
    """A stored value in words; nothing is a dash."""
    if isinstance(value, list):
        return "; ".join(str(part) for part in value) or "-"
    if value in (None, ""):
        return "-"
    text = str(value)
    if text in CODES:
        return str(CODES[text])
    return text if " " in text or "/" in text else text.replace("_", " ")


def lines(kind: str, key: Key, name: str, value: dict[str, Any]) -> list[tuple[str, str]]:
    """A value as pairs of label and text, column by column."""
    return [(reader.capital(column_name(column)), told(value.get(column))) for column in columns(kind, key, name)]


def choices(kind: str, column: str) -> list[tuple[Any, str]]:
    """The codes of a column and their words, or none."""
    return [(code, str(words)) for code, words in column_of(kind, column).flatchoices]
