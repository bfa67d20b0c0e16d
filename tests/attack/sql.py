"""Hands on the database: SQL as a thief types it, for both databases, past every class of ours."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connection


def run(statement: str, *values: Any) -> int:
    """Run one statement with %s for values; returns how many rows it touched, which must not be none."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [plain(value) for value in values])
        touched = int(cursor.rowcount)
    assert touched > 0, statement
    return touched


def ask(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Run one query; returns its rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [plain(value) for value in values])
        return list(cursor.fetchall())


def copied(table: str, where: str, *values: Any, **changed: Any) -> int:
    """Insert copies of rows with some columns changed."""
    columns = [column.name for column in connection.introspection.get_table_description(connection.cursor(), table)]
    wanted = ", ".join("%s" if column in changed else f'"{column}"' for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    given = [changed[column] for column in columns if column in changed]
    return run(f"INSERT INTO {table} ({names}) SELECT {wanted} FROM {table} WHERE {where}", *given, *values)


def plain(value: Any) -> Any:
    """An id as the database stores it: 32 letters on SQLite, a UUID on PostgreSQL."""
    return value.hex if isinstance(value, UUID) and connection.vendor == "sqlite" else value
