"""Steps of a test's setting that were done once in this process and are put back for the next test.

Founding an organisation takes two hundred queries, telling an account a hundred more; what such a step leaves behind is
the same each time, up to its random keys. It is put back only on top of the very rows on which it was done.
"""

from __future__ import annotations

import copy
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from vault.models import KeyPair

Value = TypeVar("Value")
Rows = dict[Any, tuple[Any, ...]]  # the rows of a table by their key
ROOMS = ("vault", "people", "cases", "intake", "django_otp_webauthn", "axes")
FOLDERS = ("SECRETS_DIR", "FILES_DIR", "TMPFS_DIR")
SECONDS = 240  # older steps are done again: sessions and codes know what time it is
SETTINGS = ("DEPLOYMENT", "DEPLOYMENT_SALT", "WORKER_DELEGATE", "ARGON2")


@dataclass(frozen=True)
class State:
    """All rows of our tables and all files of our folders."""

    tables: dict[str, Rows]
    files: dict[tuple[str, str], tuple[int, bytes | None]]


@dataclass(frozen=True)
class Step:
    """What was there before, what was there afterwards, and what the step returned."""

    before: State
    after: State
    root: bytes | None
    value: Any
    made_at: float


STEPS: dict[tuple[object, ...], list[Step]] = {}


def kept(name: str, make: Callable[[], Value]) -> Value:
    """What `make` returns: done now, or put back if it was done before in just this state."""
    key, before = (name, *_place()), _state()
    STEPS[key] = [step for step in STEPS.get(key, []) if time.monotonic() - step.made_at < SECONDS]
    for step in STEPS[key]:
        if step.before == before:
            return _put_back(step)
    value = make()
    made = copy.deepcopy(value)
    STEPS[key].append(Step(before, _state(), settings.ROOT_FINGERPRINT, made, time.monotonic()))
    return value


def _put_back(step: Step) -> Any:
    with transaction.atomic(), connection.cursor() as cursor:  # keys to other tables are checked at its end
        for table, after in step.after.tables.items():
            _change(cursor, table, step.before.tables[table], after)
    for (folder, name), (mode, body) in step.after.files.items():
        _write(Path(getattr(settings, folder)) / name, mode, body)
    for folder, name in step.before.files.keys() - step.after.files.keys():
        _remove(Path(getattr(settings, folder)) / name)
    settings.ROOT_FINGERPRINT = step.root
    return copy.deepcopy(step.value)


def _change(cursor: Any, table: str, before: Rows, after: Rows) -> None:
    quoted, columns = connection.ops.quote_name, _tables()[table]
    named, marks = ", ".join(map(quoted, columns)), ", ".join(["%s"] * len(columns))
    gone = [(key,) for key in before if key not in after]
    changed = [(*row[1:], key) for key, row in after.items() if key in before and before[key] != row]
    new = [row for key, row in after.items() if key not in before]
    setting = ", ".join(f"{quoted(column)} = %s" for column in columns[1:])
    key_is = f"WHERE {quoted(columns[0])} = %s"
    for rows, sql in (
        (gone, f"DELETE FROM {quoted(table)} {key_is}"),
        (changed, f"UPDATE {quoted(table)} SET {setting} {key_is}"),
        (new, f"INSERT INTO {quoted(table)} ({named}) VALUES ({marks})"),
    ):
        if rows:
            cursor.executemany(sql, rows)


def _state() -> State:
    with connection.cursor() as cursor:
        filled = _filled(cursor)
        tables = {
            table: _rows(cursor, table, columns) if table in filled else {} for table, columns in _tables().items()
        }
    return State(tables, {found: kind for folder in FOLDERS for found, kind in _files(folder)})


def _filled(cursor: Any) -> set[str]:
    """The tables with rows, asked by one query: most have none, and a query for each is what a step costs."""
    quoted = connection.ops.quote_name
    cursor.execute("SELECT " + ", ".join(f"EXISTS (SELECT 1 FROM {quoted(table)})" for table in _tables()))
    return {table for table, has_rows in zip(_tables(), cursor.fetchone(), strict=True) if has_rows}


def _rows(cursor: Any, table: str, columns: list[str]) -> Rows:
    named = ", ".join(map(connection.ops.quote_name, columns))
    cursor.execute(f"SELECT {named} FROM {connection.ops.quote_name(table)}")
    rows = [tuple(bytes(each) if isinstance(each, memoryview) else each for each in row) for row in cursor]
    return {row[0]: row for row in rows}


def _tables() -> dict[str, list[str]]:
    """The tables of our rooms with their columns, the key first."""
    if not TABLES:
        for model in (
            model for room in ROOMS for model in apps.get_app_config(room).get_models(include_auto_created=True)
        ):
            key = model._meta.pk.column
            others = [field.column for field in model._meta.local_concrete_fields if not field.primary_key]
            TABLES[model._meta.db_table] = [key, *others]
    return TABLES


TABLES: dict[str, list[str]] = {}


def _files(folder: str) -> list[tuple[tuple[str, str], tuple[int, bytes | None]]]:
    top = Path(getattr(settings, folder))
    return [
        ((folder, str(path.relative_to(top))), (path.stat().st_mode, path.read_bytes() if path.is_file() else None))
        for path in sorted(top.rglob("*"))
        if path.is_file() or path.is_dir()
    ]


def _write(path: Path, mode: int, body: bytes | None) -> None:
    if body is None:
        path.mkdir(exist_ok=True)
    else:
        path.write_bytes(body)
    path.chmod(mode & 0o777)


def _remove(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def _place() -> tuple[object, ...]:
    """What is sealed into the keys: another deployment, another day, another price of passwords needs another step."""
    day = KeyPair._meta.get_field("made_on").default()
    return *(repr(getattr(settings, name)) for name in SETTINGS), day
