"""The reference folder again, from its rows: what was loaded comes back, with whatever reviewers have signed since."""

from collections.abc import Mapping
from pathlib import Path

from jurisdictions.load.export import conditions, law, situations, treaties
from jurisdictions.load.tables import Tables

__all__ = ["texts", "write"]


def texts(tables: Tables) -> dict[str, str]:
    """The files of the folder as texts, by path: treaties.csv, national_law/XX.json, conditions.json, situations.json.

    The JSON files hold the same values as those loaded; treaties.csv the same bytes.
    """
    return {
        treaties.FILE: treaties.text(tables),
        **law.texts(tables),
        conditions.FILE: conditions.text(tables),
        situations.FILE: situations.text(tables),
    }


def write(files: Mapping[str, str], folder: Path) -> None:
    """Write the files into a folder, which is made when it is not there."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8"))
