"""Recompute the audit chain and say whether anything in it was touched."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vault import audit, exported


class Command(BaseCommand):
    """`manage.py verify_audit [--head FILE_OR_HEX]`: exit 0 when the chain is whole, 1 when it is not."""

    help = "Verifies the audit chain; --head takes an exported head, or a digest that was written down."

    def add_arguments(self, parser: CommandParser) -> None:
        """One optional head: the file of an export, or 64 hexadecimal digits."""
        parser.add_argument("--head", default="", metavar="FILE_OR_HEX")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the verdict; what was touched is named, as exactly as the head allows."""
        try:
            known = self._known(options["head"])
        except (exported.NotAHead, OSError, UnicodeDecodeError) as error:
            raise CommandError(f"The head cannot be read: {error}") from error
        verdict = audit.verify(known if isinstance(known, bytes) else None)
        since = known.difference() if isinstance(known, exported.Known) else ""
        for fault in filter(None, (verdict.fault, since)):
            self.stderr.write(f"BROKEN at {fault}")
        if verdict.fault or since:
            sys.exit(1)
        self._praise(verdict, known)

    def _known(self, given: str) -> exported.Known | bytes | None:
        if not given:
            return None
        try:
            return bytes.fromhex(given)
        except ValueError:
            return exported.read(Path(given).read_text())

    def _praise(self, verdict: audit.Verdict, known: exported.Known | bytes | None) -> None:
        self.stdout.write(f"intact: {verdict.events} events, {verdict.pending} not yet chained")
        self.stdout.write(f"head {verdict.head.hex()}")
        for event in verdict.late:
            self.stdout.write(f"event {event} says an earlier day than those before it: was it added later?")
        if isinstance(known, exported.Known):
            stands = f"everything up to event {known.last_event} stands as in the head of {known.made_on}"
            self.stdout.write(f"{stands}, which {known.countersigners()} leads signed")
