"""The portal's own role on PostgreSQL, for tests inside one transaction; SQLite has no roles."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from vault import roles

APP = "portal_app_of_tests"


@contextmanager
def own_role() -> Iterator[None]:
    """Act as a role that has the rights of the portal and owns nothing."""
    if connection.vendor != "postgresql":
        yield
        return
    roles.make(connection, APP, "not used: the tests' server trusts")
    with connection.cursor() as cursor:
        for statement in roles.statements(connection, APP):
            cursor.execute(statement)
        cursor.execute(f"SET LOCAL ROLE {APP}")
        yield
        cursor.execute("RESET ROLE")
