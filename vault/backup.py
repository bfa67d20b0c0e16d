"""Copies of an SQLite database: whole, without the erase shares, or the erase shares alone.

The copy is made table by table inside one reading transaction and not page by page: a share that is left out is never
written to the target, not even for the moment in which it would be deleted again. For PostgreSQL pg_dump does the
same, see docs/retention.md.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from django.db import connection

from vault.models import EraseShare

SHARE_DAYS = 14  # whatever holds an erase share is destroyed after this many days
SHARES = EraseShare._meta.db_table
Wanted = Callable[[str], bool]
WHOLE, LONG, ONLY_SHARES = "whole", "long", "shares"
KINDS: dict[str, Wanted] = {
    WHOLE: lambda table: True,
    LONG: lambda table: table != SHARES,
    ONLY_SHARES: lambda table: table == SHARES,
}


class NotHere(Exception):
    """The database is not SQLite: its own tools make the copy."""


def write(target: Path, kind: str) -> int:
    """Write a copy of the kind and return the number of rows in it.

    Raises NotHere, or FileExistsError: no copy is ever written over another one.
    """
    if connection.vendor != "sqlite":
        raise NotHere(connection.vendor)
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("ATTACH ? AS live", (str(connection.settings_dict["NAME"]),))
        copy.execute("BEGIN")
        rows = _fill(copy, KINDS[kind])
        copy.execute("COMMIT")
    _sync(target)
    return rows


def _fill(copy: sqlite3.Connection, wanted: Wanted) -> int:
    """Tables first, then rows, and only then indexes and triggers: a trigger may forbid what a copy must do."""
    schema = copy.execute("SELECT type, name, tbl_name, sql FROM live.sqlite_master WHERE sql IS NOT NULL").fetchall()
    tables = [(name, sql) for kind, name, _, sql in schema if kind == "table" and not name.startswith("sqlite_")]
    for _, sql in tables:
        copy.execute(sql)
    rows = sum(_copy_rows(copy, name) for name, _ in tables if wanted(name))
    for kind, _, _, sql in schema:
        if kind in ("index", "trigger", "view"):
            copy.execute(sql)
    return rows


def _copy_rows(copy: sqlite3.Connection, table: str) -> int:
    name = table.replace('"', '""')
    return copy.execute(f'INSERT INTO main."{name}" SELECT * FROM live."{name}"').rowcount  # noqa: S608


def _sync(target: Path) -> None:
    descriptor = os.open(target, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
