"""Copy the database, with or without the erase shares."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vault import backup
from vault.models import today

LINES = (
    "This database is not SQLite. Use its own tools:\n"
    f"  pg_dump --format=custom --exclude-table-data={backup.SHARES} --file=FILE DATABASE   (--long)\n"
    f"  pg_dump --format=custom --data-only --table={backup.SHARES} --file=FILE DATABASE   (--shares)"
)


class Command(BaseCommand):
    """`manage.py backup [--long | --shares] FILE`."""

    help = "Copies the SQLite database. --long leaves the erase shares out, --shares copies nothing else."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, which must not exist yet, and which of the three kinds."""
        parser.add_argument("file", type=Path)
        kinds = parser.add_mutually_exclusive_group()
        for name in (backup.LONG, backup.ONLY_SHARES):
            kinds.add_argument(f"--{name}", dest="kind", action="store_const", const=name)
        parser.set_defaults(kind=backup.WHOLE)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the copy and say how long it may be kept."""
        try:
            rows = backup.write(options["file"], options["kind"])
        except backup.NotHere as error:
            raise CommandError(LINES) from error
        except FileExistsError as error:
            raise CommandError("This file exists. A copy is never written over another one.") from error
        self.stdout.write(f"{rows} rows. {_limit(options['kind'])} Copy the file store with it.")


def _limit(kind: str) -> str:
    if kind == backup.LONG:
        return "No erase share in it: what is erased from now on opens from this copy no more."
    return f"It holds erase shares: destroy it by {today() + timedelta(days=backup.SHARE_DAYS)}."
