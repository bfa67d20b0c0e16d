"""Bring a state folder up to date in one process: secrets, tables, reference data, static files, people, worker key.

What did not change since the last start is left alone, so that a portal is up again within seconds.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterable
from io import StringIO
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from portal.environment import BASE_DIR, secrets_dir
from portal.management.commands.make_secrets import write_missing

REFERENCE = (BASE_DIR / "jurisdictions",)
LETTERS = (BASE_DIR / "cases" / "data",)
NUMBERS = (BASE_DIR / "intake" / "data",)
STATIC = (BASE_DIR / "static",)


def main(arguments: list[str]) -> None:
    """Prepare; `--demo` also makes the demonstration organisation, `--demo=json` prints it as one JSON object."""
    write_missing(secrets_dir())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    stamps = Stamps()
    if migrate():
        stamps.forget()
    stamps.run("load_jurisdictions", REFERENCE)
    stamps.run("load_letters", LETTERS, stdout=StringIO())
    stamps.run("load_crisis", NUMBERS, stdout=StringIO())
    stamps.run("collectstatic", STATIC, interactive=False, verbosity=0, clear=True)
    if "--demo=json" in arguments:
        call_command("make_demo", json=True)
    elif "--demo" in arguments:
        call_command("make_demo")
    sys.stdout.flush()
    worker_key()


def migrate() -> bool:
    """Apply what is missing; False when every table was there."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    call_command("migrate", interactive=False, verbosity=0)
    return True


def worker_key() -> None:
    """Make the worker's key, once there is an organisation that admits this host."""
    if apps.get_model("people", "Person").objects.exists():
        call_command("worker_key", stdout=StringIO())


class Stamps:
    """Remembers which files a command last ran over, for one database and one state folder."""

    def __init__(self) -> None:
        """Read what was remembered."""
        self.path = settings.STATE_DIR / "stamps.json"
        self.place = str(settings.DATABASES["default"]["NAME"]) + str(settings.DATABASES["default"].get("HOST"))
        self.known: dict[str, str] = json.loads(self.path.read_text()) if self.path.exists() else {}

    def forget(self) -> None:
        """Make every command run again: the tables are new."""
        self.known = {}

    def run(self, command: str, sources: Iterable[Path], **options: object) -> None:
        """Call a command if its sources differ from the last time."""
        now = hashlib.sha256(repr((self.place, sorted(listed(sources)))).encode()).hexdigest()
        if self.known.get(command) == now:
            return
        call_command(command, **options)
        self.known[command] = now
        self.path.write_text(json.dumps(self.known))


def listed(sources: Iterable[Path]) -> Iterable[tuple[str, int, int]]:
    """List the files under some folders with size and time of change."""
    for source in sources:
        for path in source.rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                found = path.stat()
                yield str(path), found.st_size, found.st_mtime_ns


if __name__ == "__main__":
    main(sys.argv[1:])
