"""manage.py load_jurisdictions [--from DIR]"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jurisdictions.load import REFERENCE, BadFile, load


class Command(BaseCommand):
    """Load the legal reference data; may be run again at any time."""

    help = "Load treaties, national law, conditions and situations; print what changed. A bad file refuses them all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--from: another folder than the one kept with the code."""
        parser.add_argument("--from", dest="folder", type=Path, default=REFERENCE, metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 1 with every problem named, or print the changes."""
        try:
            changes = load(options["folder"])
        except BadFile as error:
            count = len(error.problems)
            raise CommandError(f"{error}\nNothing was loaded: {count} problem{'s' * (count > 1)}.") from error
        for line in changes.lines():
            self.stdout.write(line)
        if not changes and not changes.kept:
            self.stdout.write("Nothing changed.")
