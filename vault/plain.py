"""Rows by plain statements: many at a time, or one that each request needs. Making a query costs more than the row.

Tables and columns are named by this package; nothing that comes from outside becomes part of a statement.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import chain
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

Native = UUID | str  # an id as this database gives it back; see native()
VALUES = 5000  # in one statement at most


def native(row: UUID) -> Native:
    """An id as this database gives it back: making a UUID of each would cost as much as reading the rows."""
    return row if _has_uuids() else row.hex


def as_uuid(row: Native) -> UUID:
    """An id as Python has it."""
    return row if isinstance(row, UUID) else UUID(row)


def as_bytes(row: Native) -> bytes:
    """The 16 bytes of an id."""
    return row.bytes if isinstance(row, UUID) else bytes.fromhex(row)


def day_of(value: date | str) -> date:
    """A day as Python has it; SQLite gives text."""
    return value if isinstance(value, date) else date.fromisoformat(value)


@cache
def _has_uuids() -> bool:
    return bool(connection.features.has_native_uuid_field)


def insert(model: type[Model], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows; names: the columns.

    PostgreSQL takes them in one statement, which it reads and plans once; SQLite is prepared for one row and given
    each, without a way to a server.
    """
    if not rows:
        return
    quote, marks = connection.ops.quote_name, f"({', '.join(['%s'] * len(names))})"
    columns = ", ".join(quote(name) for name in names)
    begin = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES "  # noqa: S608
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.executemany(begin + marks, rows)
            return
        step = max(VALUES // len(names), 1)
        for start in range(0, len(rows), step):
            part = rows[start : start + step]
            cursor.execute(begin + ", ".join([marks] * len(part)), list(chain.from_iterable(part)))


def insert_unless_there(model: type[Model], names: Sequence[str], row: Sequence[Any]) -> bool:
    """Insert a row unless one that must not be there twice is there already; False then, also while it comes to be."""
    quote, marks = connection.ops.quote_name, ", ".join(["%s"] * len(names))
    columns, table = ", ".join(map(quote, names)), quote(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks}) ON CONFLICT DO NOTHING", row)  # noqa: S608
        return bool(cursor.rowcount == 1)


def first(model: type[Model], names: Sequence[str], column: str, key: Any) -> tuple[Any, ...] | None:
    """Columns of the row that a unique column finds, as the database gives them back, or None."""
    quote = connection.ops.quote_name
    columns, table = ", ".join(map(quote, names)), quote(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table} WHERE {quote(column)} = %s", [key])  # noqa: S608
        found: tuple[Any, ...] | None = cursor.fetchone()
        return found


def select(model: type[Model], names: Sequence[str], **where: Collection[Any]) -> list[tuple[Any, ...]]:
    """Columns of the rows in which each of the named columns holds one of its values, in no order.

    All values as this database gives and takes them, see native().
    """
    if not all(where.values()):
        return []
    quote = connection.ops.quote_name
    columns, table = ", ".join(map(quote, names)), quote(model._meta.db_table)
    wanted = " AND ".join(f"{quote(name)} IN ({', '.join(['%s'] * len(values))})" for name, values in where.items())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table} WHERE {wanted}", list(chain(*where.values())))  # noqa: S608
        return list(cursor.fetchall())


def among(model: type[Model], column: str, ids: Collection[UUID], **equal: Any) -> set[UUID]:
    """Those of these ids that stand in a column. equal: other columns, and what they must hold."""
    if not ids:
        return set()
    quote, marks = connection.ops.quote_name, ", ".join(["%s"] * len(ids))
    wanted = [f"{quote(column)} IN ({marks})", *(f"{quote(name)} = %s" for name in equal)]
    table, where = quote(model._meta.db_table), " AND ".join(wanted)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {quote(column)} FROM {table} WHERE {where}",  # noqa: S608
            [*map(native, ids), *equal.values()],
        )
        return {row if isinstance(row, UUID) else UUID(row) for (row,) in cursor.fetchall()}


def update(model: type[Model], values: Mapping[str, Any], column: str, key: Any) -> int:
    """Change the row that a unique column finds; values: in the types of this database. Returns how many there were."""
    quote = connection.ops.quote_name
    marks, table = ", ".join(f"{quote(name)} = %s" for name in values), quote(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {marks} WHERE {quote(column)} = %s", [*values.values(), key])  # noqa: S608
        return int(cursor.rowcount)


def delete(model: type[Model], column: str, ids: Collection[UUID]) -> int:
    """Delete the rows whose column holds one of these ids, in one statement, and return how many there were.

    What refers to them is the caller's business; the database refuses at the end of the transaction what does not fit.
    """
    if not ids:
        return 0
    quote, marks = connection.ops.quote_name, ", ".join(["%s"] * len(ids))
    where = f"{quote(column)} IN ({marks})"
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {quote(model._meta.db_table)} WHERE {where}", list(map(native, ids)))  # noqa: S608
        return int(cursor.rowcount)


def delete_with(model: type[Model], column: str, named: type[Model], by: str, ids: Collection[UUID]) -> int:
    """Delete the rows that refer to a row of another table whose column `by` holds one of these ids."""
    if not ids:
        return 0
    quote, marks = connection.ops.quote_name, ", ".join(["%s"] * len(ids))
    others = f"SELECT {quote('id')} FROM {quote(named._meta.db_table)} WHERE {quote(by)} IN ({marks})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {quote(model._meta.db_table)} WHERE {quote(column)} IN ({others})",  # noqa: S608
            list(map(native, ids)),
        )
        return int(cursor.rowcount)
