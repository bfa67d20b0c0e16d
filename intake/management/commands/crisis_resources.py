"""manage.py crisis_resources [--check] [--on DAY]"""

from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from intake import crisis, numbers
from intake.crisis import Resource
from vault.models import today


class Command(BaseCommand):
    """List the numbers of the help page, or with --check those that somebody must check again."""

    help = "List the numbers of the help page. --check: only what is overdue, and exit 1 if anything is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--check: only what is overdue. --on: as if it were that day, to see what comes."""
        parser.add_argument("--check", action="store_true")
        parser.add_argument("--on", type=date.fromisoformat, default=None, metavar="YYYY-MM-DD")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line for each number; exit 1 when --check finds one that is overdue."""
        on = options["on"] or today()
        known = numbers.current()
        late = crisis.overdue(on, known)
        self._list("overdue", late)
        if not options["check"]:
            self._list("shown", [each for each in known if each.is_shown(on) and each not in late])
        self._list("never confirmed, not shown", [each for each in known if not each.is_verified])
        for row in numbers.foreign():
            self.stdout.write(f"not written by this program, not shown: {row}")
        if options["check"] and late:
            raise CommandError(f"{len(late)} to check again; a check counts for {crisis.DAYS} days.")

    def _list(self, title: str, found: Sequence[Resource]) -> None:
        for each in found:
            self.stdout.write(f"{title}: {each.country} {each.number} {each.kind}, {each.checked_on}, {each.source}")
