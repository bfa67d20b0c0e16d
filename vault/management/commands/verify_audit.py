"""Recompute the audit chain and say whether anything in it was touched."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from vault import audit


class Command(BaseCommand):
    """`manage.py verify_audit [--head HEX]`: exit 0 when the chain is whole, 1 when it is not."""

    help = "Verifies the audit chain; --head takes a head that was written down earlier."

    def add_arguments(self, parser: CommandParser) -> None:
        """One optional head as 64 hexadecimal digits."""
        parser.add_argument("--head", type=bytes.fromhex, default=None)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the verdict; the first touched event is named."""
        verdict = audit.verify(options["head"])
        if verdict.fault:
            self.stderr.write(f"BROKEN at {verdict.fault}")
            sys.exit(1)
        self.stdout.write(f"intact: {verdict.events} events, {verdict.pending} not yet chained")
        self.stdout.write(f"head {verdict.head.hex()}")
