"""manage.py load_letters"""

from typing import Any

from django.core.management.base import BaseCommand

from cases.letter_texts import load


class Command(BaseCommand):
    """Load the texts with which letters begin; may be run again at any time."""

    help = "Load the texts of letters from cases/data/letters.json; a text that somebody has edited stays as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what changed."""
        done = load()
        self.stdout.write(f"Texts of letters: {done.added} new, {done.changed} changed, {done.kept} edited and kept.")
