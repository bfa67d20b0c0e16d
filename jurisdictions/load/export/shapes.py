"""What all exports share: values of the model as values of the files, and JSON as the files write it."""

import json
from datetime import date
from typing import Any

from jurisdictions.load.tables import Row, Tables


def ternary(value: str) -> bool | str:
    """yes, no, unknown of the model as true, false or "unknown" of a file."""
    return {"yes": True, "no": False}.get(value, value)


def day(value: date | None) -> str:
    """A day as the files write it; "" for none."""
    return value.isoformat() if value else ""


def day_or_null(value: date | None) -> str | None:
    """A day as the files write it; null for none."""
    return value.isoformat() if value else None


def dumped(content: Any) -> str:
    """Readable JSON with a newline at its end."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def ordered(tables: Tables, model: str, iso2: str) -> list[Row]:
    """The rows of one State in their order."""
    name = "number" if model == "JurisdictionBasis" else "position"
    return sorted((row for row in tables.of(model) if row["state_id"] == iso2), key=lambda row: row[name])
