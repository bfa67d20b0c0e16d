"""Give the portal's own role on PostgreSQL its rights, and no more."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from vault import roles


class Command(BaseCommand):
    """`manage.py database_roles --app NAME [--apply [--password-file FILE]]`: run as the owner after migrating."""

    help = "Prints the GRANTs of the portal's own database role; --apply executes them."

    def add_arguments(self, parser: CommandParser) -> None:
        """The name of the role, and whether to execute."""
        parser.add_argument("--app", required=True, metavar="NAME")
        parser.add_argument("--apply", action="store_true")
        parser.add_argument("--password-file", type=Path, help="with --apply: makes the role, or changes its password")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the statements, or make the role and execute them in one transaction."""
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles.")
        try:
            statements = roles.statements(connection, options["app"])
            if options["apply"]:
                self._apply(options["app"], statements, options["password_file"])
        except roles.BadRole as error:
            raise CommandError(str(error)) from error
        self.stdout.write("done" if options["apply"] else ";\n".join(statements) + ";")

    @transaction.atomic
    def _apply(self, app: str, statements: list[str], password: Path | None) -> None:
        if password is not None:
            roles.make(connection, app, password.read_text().strip())
        roles.require_apart(connection, app)
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
