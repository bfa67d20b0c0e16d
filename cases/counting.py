"""Counting several lists by one statement, each only as far as somebody reads on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.db.models import QuerySet

MOST = 1000  # what is counted out; beyond it a number tells nobody anything, and costs


def count_each(lists: Mapping[str, QuerySet[Any]], most: int = MOST) -> dict[str, int]:
    """How many rows each list has; most + 1 for every list that has more."""
    if not lists:
        return {}
    texts: list[str] = []
    values: list[Any] = []
    for rows in lists.values():
        text, given = rows.order_by().values("pk")[: most + 1].query.sql_with_params()
        texts.append(f"(SELECT COUNT(*) FROM ({text}) AS counted)")  # noqa: S608 - what Django made of a query, values apart
        values += given
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(texts)}", values)
        return dict(zip(lists, cursor.fetchone(), strict=True))


def shown(count: int, most: int = MOST) -> str:
    """A number as a page shows it: 23, or 1000+."""
    return str(count) if count <= most else f"{most}+"
