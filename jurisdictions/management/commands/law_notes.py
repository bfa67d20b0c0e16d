"""manage.py law_notes [--from DIR] > docs/law-notes.md"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jurisdictions.load import REFERENCE, BadFile, parse
from jurisdictions.notes import document


class Command(BaseCommand):
    """Print every place where a note of the reference files says more than a field."""

    help = "Print, as Markdown, where a note of the reference files says more than a field can; see docs/law-notes.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--from: another folder than the one kept with the code."""
        parser.add_argument("--from", dest="folder", type=Path, default=REFERENCE, metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 1 when the files cannot be read."""
        try:
            tables = parse(options["folder"])
        except BadFile as error:
            raise CommandError(str(error)) from error
        self.stdout.write(document(tables), ending="")
