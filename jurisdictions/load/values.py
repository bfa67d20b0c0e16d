"""What one value of the law is: the columns that are read, proposed and signed together, and its name in the files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models

from jurisdictions.load.tables import Key, Row

Columns = tuple[str, ...]
Place = tuple[str, Key, str]  # model, natural key of the row, name of the value

# Values of a treaty depend on the treaty: what the table of treaties has a column for.
STANDING: dict[str, Columns] = {
    "CAT": ("action", "signed_on", "deposited_on"),
    "OPCAT": ("status", "deposited_on"),
    "ROME": ("status", "in_force_on", "withdrawn_on"),
    "ICCPR_OP1": ("status",),
    "GENEVA": ("status",),
}
VALUES: dict[str, dict[str, Columns]] = {
    "TreatyStatus": {"standing": ()},
    "Declaration": {"value": ("value",)},
    "NationalLaw": {
        "torture_offence": ("torture_exists", "torture_provision", "torture_note"),
        "limitation": ("limitation_torture", "limitation_cah", "limitation_provision", "limitation_note"),
        "victim_role": (
            "victim_can_file",
            "victim_private_prosecution",
            "victim_appeal",
            "victim_joins_as",
            "victim_provision",
        ),
        "prosecutor_discretion": ("discretion",),
        "immunity_note": ("immunity_note",),
        "authority": (
            "authority_name",
            "authority_local",
            "authority_unit",
            "authority_city",
            "authority_website",
            "filing_channels",
        ),
        "filing_languages": ("filing_languages", "translation_note"),
        "formalities": ("formalities",),
        "legal_aid_note": ("legal_aid_note",),
        "psychosocial_or_protection_note": ("protection_note",),
        "confidence": ("confidence", "unverified"),
    },
    "Practice": {"event": ("year", "summary", "outcome", "source")},
    "Source": {"source": ("url", "title", "used_for")},
    "JurisdictionBasis": {
        "provision": ("provision",),
        "in_force_from": ("in_force_from",),
        "applies_to_earlier_acts": ("applies_to_earlier_acts",),
        "victim_link": ("victim_link", "victim_link_when", "victim_link_years"),
        "suspect_link": ("suspect_file", "suspect_open", "suspect_try"),
        "extra": ("extra",),
        "double_criminality": ("double_criminality",),
        "subsidiarity": ("subsidiarity",),
        "territorial_state_must_be_party": ("territorial_party",),
        "gatekeeper": ("gatekeeper", "gatekeeper_stage"),
        "discretion": ("discretion",),
        "victim_trigger": ("private_prosecution", "court_review"),
        "limitation": ("limitation", "limitation_years", "limitation_starts"),
        "practice_belarus": ("practice", "practice_year"),
        "safety": ("safety", "safety_reason"),
        "why": ("why", "sources"),
        "note": ("file_note", "file_presence", "file_double_criminality", "file_subsidiarity", "file_consent"),
        "confidence": ("confidence",),
    },
    "Situation": {
        "dates": ("referred_on", "opened_on", "acts_from"),
        "provision": ("provision", "charges"),
        "practice": ("practice",),
        "filing": ("filing_channels", "filing_languages"),
        "formalities": ("formalities",),
        "note": ("note", "sources"),
        "confidence": ("confidence",),
    },
    "CrimeTreaty": {"treaty": ("treaty", "why", "sources")},
}
SINGLE = frozenset({"TreatyStatus", "Declaration", "CrimeTreaty", "Practice"})  # rows of one value: it grades the row


def columns(kind: str, key: Key, name: str) -> Columns:
    """The columns of one value. Raises KeyError when there is no such value."""
    found = VALUES[kind][name]
    return found or STANDING[key[1]]


def places(kind: str, key: Key) -> Iterator[Place]:
    """All values of one row."""
    for name in VALUES.get(kind, {}):
        yield kind, key, name


def of_row(place: Place, row: Row) -> dict[str, Any]:
    """The value as it stands in a row, in types that JSON has."""
    return {column: as_json(row[column]) for column in columns(*place)}


def as_json(value: Any) -> Any:
    """A day as ISO 8601; everything else as it is."""
    return value.isoformat() if isinstance(value, date) else value


def as_row(kind: str, value: dict[str, Any]) -> Row:
    """The value in the types of the model's columns."""
    return {column: _typed(column_of(kind, column), found) for column, found in value.items()}


def column_of(kind: str, name: str) -> models.Field[Any, Any]:
    """The column of a model."""
    return next(each for each in apps.get_model("jurisdictions", kind)._meta.concrete_fields if each.name == name)


def written(key: Key) -> str:
    """A natural key as one text: "LT/0"."""
    return "/".join(str(part) for part in key)


def read_key(kind: str, text: str) -> Key:
    """The natural key behind its text; numbers are numbers again. Raises ValueError for a wrong one."""
    state, _, rest = text.partition("/")
    if kind in {"NationalLaw", "Situation", "CrimeTreaty"}:
        return (text,)
    return (state, int(rest)) if kind != "TreatyStatus" else (state, rest)


def state_of(kind: str, key: Key) -> str:
    """The code of the State that a row is about, or "" for a situation or the treaty behind a crime."""
    return "" if kind in {"Situation", "CrimeTreaty"} else str(key[0])


def _typed(column: models.Field[Any, Any], value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(column, models.DateField) and value else value
