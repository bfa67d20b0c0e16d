"""Rows that stay as they were written: triggers of the database refuse to change, delete or empty them.

Whoever owns the tables can take the triggers away; portal.checks notices, and in production the portal's own role does
not own them. The audit chain and its exported heads are what a missing or changed row is measured against.
"""

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper

# table -> its primary key
TABLES = {
    "vault_auditevent": "id",
    "vault_auditbatch": "number",
    "vault_auditlink": "event_id",
    "vault_countersignature": "id",
    "vault_revocation": "pair_id",
}
FUNCTION = "vault_append_only"
BODY = "BEGIN RAISE EXCEPTION 'append only: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END"


def guard(connection: BaseDatabaseWrapper, tables: Iterable[str] = tuple(TABLES)) -> None:
    """Make the triggers of these tables; those that are there are made anew."""
    names = list(tables)
    unguard(connection, names)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $${BODY}$$")
        for table in names:
            for name, statement in triggers(connection.vendor, table).items():
                cursor.execute(statement)
                if connection.vendor == "postgresql":  # also for a session that calls itself a replica
                    cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def unguard(connection: BaseDatabaseWrapper, tables: Iterable[str] = tuple(TABLES)) -> None:
    """Take the triggers of these tables away: for turning a migration back, never for a running portal."""
    with connection.cursor() as cursor:
        for table in tables:
            for name in triggers(connection.vendor, table):
                of_table = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{of_table}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Name the triggers that are not there, are switched off or say something else; of tables that exist."""
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor)) & TABLES.keys()
    found = _found(connection)
    wanted = {name: text for table in sorted(there) for name, text in triggers(connection.vendor, table).items()}
    return [name for name, text in wanted.items() if found.get(name) != text]


def changeable(connection: BaseDatabaseWrapper) -> list[str]:
    """Name the tables that the current role of PostgreSQL may change, empty or take the triggers from."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANGEABLE, [list(TABLES)])
        return [name for (name,) in cursor.fetchall()]


def triggers(vendor: str, table: str) -> dict[str, str]:
    """Name -> statement of every trigger of a table, in the words in which the database gives it back."""
    return _of_postgresql(table) if vendor == "postgresql" else _of_sqlite(table, TABLES[table])


def _of_postgresql(table: str) -> dict[str, str]:
    do = f"EXECUTE FUNCTION {FUNCTION}()"
    stays, emptied = f"{table}_stays", f"{table}_no_truncate"
    return {
        stays: f"CREATE TRIGGER {stays} BEFORE DELETE OR UPDATE ON {table} FOR EACH ROW {do}",
        emptied: f"CREATE TRIGGER {emptied} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {do}",
    }


def _of_sqlite(table: str, key: str) -> dict[str, str]:
    """SQLite has no TRUNCATE; its REPLACE deletes what it replaces and fires no trigger for that."""
    refuse = f"BEGIN SELECT RAISE(ABORT, 'append only: {table}'); END"
    taken = f"EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key} OR rowid = NEW.rowid)"
    return {
        f"{table}_no_update": f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"{table}_no_delete": f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
        f"{table}_no_replace": f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {taken} {refuse}",
    }


def _found(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Name -> statement of the triggers that work now."""
    statement = (
        _WORKING if connection.vendor == "postgresql" else "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [BODY] if connection.vendor == "postgresql" else None)
        return dict(cursor.fetchall())


# A trigger that always fires and calls our function, whose body is ours.
_WORKING = """
SELECT tgname, pg_get_triggerdef(pg_trigger.oid, true) FROM pg_trigger
JOIN pg_proc ON pg_proc.oid = tgfoid JOIN pg_class ON pg_class.oid = tgrelid
WHERE NOT tgisinternal AND tgenabled = 'A' AND prosrc = %s AND pg_table_is_visible(tgrelid)
"""

# Membership of the owner counts as owning; a superuser is a member of every role.
_CHANGEABLE = """
SELECT relname FROM pg_class WHERE relname = ANY(%s) AND relkind = 'r' AND pg_table_is_visible(oid)
AND (pg_has_role(current_user, relowner, 'MEMBER')
     OR has_table_privilege(oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER') OR has_any_column_privilege(oid, 'UPDATE'))
ORDER BY relname
"""
