"""Print the address at which the first lead makes the organisation in a browser."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from people.first_run import HOURS, issue
from people.organisation import AlreadyFounded


class Command(BaseCommand):
    """`manage.py first_run`: where the worker's secrets are and with the state folder of the web server."""

    help = "Print a one-time address for the first run. It works once, for 24 hours, until there is an organisation."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the path; the host is the one under which members reach the portal."""
        try:
            token = issue()
        except AlreadyFounded as error:
            raise CommandError(f"There is no first run: {error}.") from error
        self.stdout.write(
            f"Open this at the address of your portal. It works once, within {HOURS} hours; nobody else may see it.\n\n"
            f"  {reverse('people:first-run', args=[token])}\n"
        )
