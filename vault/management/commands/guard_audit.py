"""Make the triggers again that keep the audit trail append-only."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from vault import append_only


class Command(BaseCommand):
    """`manage.py guard_audit`: run as the owner of the tables, after finding out why a trigger is missing."""

    help = "Makes the triggers of the audit trail that are missing or changed."
    requires_system_checks: list[str] = []  # noqa: RUF012 - the checks are what refuses until this has run

    def handle(self, *args: Any, **options: Any) -> None:
        """Say which triggers were missing, and make all of them anew."""
        names = append_only.missing(connection)
        with transaction.atomic():
            append_only.guard(connection)
        self.stdout.write(f"made: {', '.join(names)}" if names else "every trigger was there")
