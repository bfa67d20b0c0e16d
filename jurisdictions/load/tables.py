"""The rows of a reference folder on their way to the database: plain dictionaries keyed by their natural key."""

from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]
Key = tuple[Any, ...]

# Order of loading (a row's State comes first) and the fields that name a row.
KEYS: dict[str, tuple[str, ...]] = {
    "State": ("iso2",),
    "TreatyStatus": ("state_id", "treaty"),
    "Declaration": ("state_id", "article"),
    "NationalLaw": ("state_id",),
    "Practice": ("state_id", "position"),
    "Source": ("state_id", "position"),
    "JurisdictionBasis": ("state_id", "number"),
    "Situation": ("slug",),
    "CrimeTreaty": ("crime",),
}


@dataclass
class Tables:
    """Rows by model name and natural key; field names are those of the models."""

    rows: dict[str, dict[Key, Row]] = field(default_factory=lambda: {name: {} for name in KEYS})

    def put(self, model: str, row: Row) -> None:
        """Add one row."""
        self.rows[model][tuple(row[name] for name in KEYS[model])] = row

    def of(self, model: str) -> list[Row]:
        """All rows of one model."""
        return list(self.rows[model].values())

    def states(self) -> set[str]:
        """The codes of all States."""
        return {iso2 for (iso2,) in self.rows["State"]}
