"""manage.py export_jurisdictions DIR"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jurisdictions.load import export
from jurisdictions.load.current import current


class Command(BaseCommand):
    """Write the reference data as the files that load_jurisdictions reads."""

    help = "Write treaties.csv, national_law/, conditions.json and situations.json, with what reviewers have signed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder to write into."""
        parser.add_argument("folder", type=Path, metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 1 when nothing is loaded or the folder cannot be written."""
        tables = current()
        if not tables.rows["State"]:
            raise CommandError("Nothing is loaded. Run load_jurisdictions first.")
        try:
            files = export.texts(tables)
            export.write(files, options["folder"])
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        self.stdout.write(f"{len(files)} files written.")
