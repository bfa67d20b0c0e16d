"""Texts that are longer than the column they go to: said before anything is written, on every database alike."""

from django.apps import apps

from jurisdictions.load.files import Folder
from jurisdictions.load.tables import KEYS, Tables

FILES = {
    "State": "treaties.csv",
    "TreatyStatus": "treaties.csv",
    "Declaration": "treaties.csv",
    "JurisdictionBasis": "conditions.json",
    "Situation": "situations.json",
    "CrimeTreaty": "situations.json",
}


def check(folder: Folder, tables: Tables) -> None:
    """Note a problem for each text that its column cannot hold."""
    for name, keys in KEYS.items():
        limits = _limits(name)
        for row in tables.of(name):
            for column, limit in limits.items():
                if len(row[column] or "") > limit:
                    place = "/".join(str(row[key]) for key in keys)
                    file = FILES.get(name, f"national_law/{row.get('state_id')}.json")
                    folder.add(file, f"{place}.{column}", row[column], f"is longer than {limit} characters")


def _limits(name: str) -> dict[str, int]:
    model = apps.get_model("jurisdictions", name)
    found = {field.attname: getattr(field, "max_length", None) for field in model._meta.concrete_fields}
    return {column: limit for column, limit in found.items() if limit}
