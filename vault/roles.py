"""The rights of the portal's own role on PostgreSQL: it works with the tables and does not own them."""

import re

from django.db.backends.base.base import BaseDatabaseWrapper

from vault import append_only

NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}\Z")
READ_ONLY = {"django_migrations"}


class BadRole(ValueError):
    """A name that PostgreSQL would need quotes for, or a role that could undo what is granted here."""


def statements(connection: BaseDatabaseWrapper, app: str) -> list[str]:
    """The statements that leave `app` with its rights and no other, for the tables that exist now.

    Run after each migration, by the owner of the tables. Raises BadRole.
    """
    role, tables = checked(app), sorted(connection.introspection.table_names())
    return [
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {role}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {role}",
        *(f'GRANT {rights(table)} ON "{table}" TO {role}' for table in tables),
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    ]


def rights(table: str) -> str:
    """What the portal does with a table. Nowhere may it empty one, make triggers or refer to it."""
    if table in append_only.TABLES:
        return "SELECT, INSERT"
    return "SELECT" if table in READ_ONLY else "SELECT, INSERT, UPDATE, DELETE"


def checked(app: str) -> str:
    """The name of a role, as it may stand in a statement. Raises BadRole."""
    if not NAME.match(app):
        raise BadRole("A role's name has small letters, digits and underscores only.")
    return app


def make(connection: BaseDatabaseWrapper, app: str, password: str) -> None:
    """Make the role, or give it this password. The server gets the SCRAM verifier, never the password itself."""
    role = checked(app)
    with connection.cursor() as cursor:
        verifier = cursor.connection.pgconn.encrypt_password(
            password.encode(), role.encode(), b"scram-sha-256"
        ).decode()
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        verb = "ALTER" if cursor.fetchone() else "CREATE"
        limits = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
        cursor.execute(f"{verb} ROLE {role} LOGIN {limits} PASSWORD '{verifier}'")


def require_apart(connection: BaseDatabaseWrapper, app: str) -> None:
    """Raise BadRole if the role does not exist or may become the owner of the tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_has_role(oid, current_user, 'MEMBER') FROM pg_roles WHERE rolname = %s", [checked(app)]
        )
        found = cursor.fetchone()
    if found is None:
        raise BadRole(f"There is no role {app}; --password-file makes it.")
    if found[0]:
        raise BadRole(f"The role {app} may act as the owner of the tables.")
