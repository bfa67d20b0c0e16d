"""The reference data as `load_jurisdictions` leaves it: read and checked once in a process, then put back as rows."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

from jurisdictions.load import Changes, load

# What the first loading of this process left behind: its answer, and each table's columns and rows.
FIRST: list[tuple[Changes, dict[str, tuple[list[str], list[tuple[Any, ...]]]]]] = []


def loaded_law() -> Changes:
    """What load() returns, with all its rows in the tables."""
    if not FIRST or any(model.objects.exists() for model in _models()):  # type: ignore[attr-defined]
        changes = load()
        if not FIRST:
            tables = {connection.ops.quote_name(model._meta.db_table): _rows(model) for model in _models()}
            FIRST.append((copy.deepcopy(changes), tables))
        return changes
    changes, tables = FIRST[0]
    with transaction.atomic(), connection.cursor() as cursor:
        for table, (columns, rows) in tables.items():
            if rows:
                named, marks = ", ".join(columns), ", ".join(["%s"] * len(columns))
                cursor.executemany(f"INSERT INTO {table} ({named}) VALUES ({marks})", rows)
        for text in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(text)
    return copy.deepcopy(changes)


@cache
def _models() -> list[type[models.Model]]:
    return list(apps.get_app_config("jurisdictions").get_models(include_auto_created=True))


def _rows(model: type[models.Model]) -> tuple[list[str], list[tuple[Any, ...]]]:
    quoted = connection.ops.quote_name
    columns = [quoted(field.column) for field in model._meta.local_concrete_fields]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM {quoted(model._meta.db_table)}")
        return columns, list(cursor.fetchall())
