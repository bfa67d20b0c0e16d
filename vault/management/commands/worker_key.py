"""Make the worker's half for this host before the worker starts."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vault import worker
from vault.errors import Unstated


class Command(BaseCommand):
    """`manage.py worker_key`: safe to run at every start."""

    help = "Makes the worker's key on tmpfs if there is none younger than an hour."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the half, or say why this host may not."""
        try:
            ring = worker.ensure()
        except Unstated as error:
            raise CommandError(f"This host's worker is not admitted: {error}") from error
        self.stdout.write(f"worker key {bytes(ring.pair.fingerprint).hex()[:16]}")
