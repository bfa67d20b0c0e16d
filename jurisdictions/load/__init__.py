"""Load a folder of reference data: all of it or nothing, and say what changed."""

from pathlib import Path

from django.db import transaction

from jurisdictions.load import conditions, law, lengths, situations, treaties
from jurisdictions.load.changes import Changes, apply
from jurisdictions.load.files import Folder
from jurisdictions.load.problems import BadFile, Problem
from jurisdictions.load.tables import Tables

REFERENCE = Path(__file__).resolve().parent.parent / "reference"

__all__ = ["REFERENCE", "BadFile", "Changes", "Problem", "load", "parse"]


def parse(path: Path = REFERENCE) -> Tables:
    """Read and check the whole folder; nothing is written. Raises BadFile with the problems found."""
    folder, tables = Folder(path), Tables()
    treaties.read(folder, tables)
    _stop(folder)  # the rest would only repeat what is missing here
    focus = situations.read(folder, tables)
    bases = law.read(folder, tables, focus)
    _stop(folder)
    conditions.read(folder, tables, bases, focus)
    lengths.check(folder, tables)
    _stop(folder)
    return tables


def _stop(folder: Folder) -> None:
    if folder.problems:
        raise BadFile(folder.problems)


def load(path: Path = REFERENCE) -> Changes:
    """Make the database equal to the folder, in one transaction. Raises BadFile, and then nothing has changed."""
    tables = parse(path)
    with transaction.atomic():
        return apply(tables)
