"""manage.py load_crisis"""

from typing import Any

from django.core.management.base import BaseCommand

from intake.numbers import load


class Command(BaseCommand):
    """Load the numbers to call; may be run again at any time."""

    help = "Load the numbers of intake/data/crisis.json; a number that a lead has edited stays as it is, and is named."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what changed, and what the file would have said otherwise."""
        done = load()
        self.stdout.write(f"Numbers to call: {done.added} new, {done.changed} changed, {done.gone} gone.")
        for each in done.kept:
            self.stdout.write(f"edited by a lead and kept, the file says otherwise: {each}")
