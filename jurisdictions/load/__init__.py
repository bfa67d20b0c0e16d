"""Load a folder of reference data: all of it or nothing, and say what changed. Files in here, and out again."""

from pathlib import Path

from django.db import transaction

from jurisdictions.load.changes import IMPORT, Changes, Hand, apply
from jurisdictions.load.current import current
from jurisdictions.load.problems import BadFile, Problem
from jurisdictions.load.reading import REFERENCE, parse
from jurisdictions.load.signed import overlay, signatures

__all__ = ["REFERENCE", "BadFile", "Changes", "Problem", "load", "parse"]


def load(path: Path = REFERENCE) -> Changes:
    """Make the database equal to the folder, in one transaction; a value that a reviewer signed stays, and is said.

    Raises BadFile, and then nothing has changed.
    """
    wanted = parse(path)
    with transaction.atomic():
        stored = current()
        kept, conflicts = overlay(wanted, stored, signatures())
        changes = apply(kept, stored, Hand(IMPORT))
    changes.kept = conflicts
    return changes
