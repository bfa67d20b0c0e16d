"""Models read and stored by plain statements. Django builds a query anew each time, which costs more than its row.

For what every sending reads and writes; tables and columns come from the models, values are parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import AutoField, Field, Model
from django.db.transaction import TransactionManagementError

from vault import plain

Row = TypeVar("Row", bound=Model)
MANY = (list, tuple, set, frozenset)


@dataclass(frozen=True, slots=True)
class _Table:
    """A model's table in one kind of database. steps: by place, what makes Python's value of a column's."""

    fields: dict[str, Field[Any, Any]]  # by attribute, such as `epoch_id`
    names: tuple[str, ...]  # the attributes that are read, as `select` has them
    select: str
    steps: tuple[tuple[int, Any, Callable[..., Any]], ...]


def read(model: type[Row], *, locked: bool = False, **where: Any) -> list[Row]:
    """The rows whose columns hold these values, or one of a collection of them; in no order.

    where: by attribute, such as `epoch_id`. locked: until the transaction ends (SQLite locks all of it anyway); raises
    TransactionManagementError outside one, where a lock would be gone at once.
    """
    if locked and not connection.in_atomic_block:
        raise TransactionManagementError(f"{model._meta.label} is locked outside a transaction")
    table = _table(model, connection.vendor)
    return [model.from_db("default", table.names, row) for row in _found(table, where, locked)]


def first(model: type[Row], *, locked: bool = False, **where: Any) -> Row | None:
    """The row that these values find, or None; for what there is once. See read()."""
    return next(iter(read(model, locked=locked, **where)), None)


def columns(model: type[Model], *names: str, **where: Any) -> list[Sequence[Any]]:
    """Some columns of the rows that read() would find. names: of attributes."""
    return _found(_table(model, connection.vendor, names), where)


def store(rows: Iterable[Model]) -> None:
    """Insert new rows of one model by one statement. What a database would refuse raises as usual."""
    made = list(rows)
    if made:
        fields = _stored(type(made[0]))
        plain.insert(type(made[0]), [*map(_column, fields)], [_values(row, fields) for row in made])
    for row in made:
        row._state.adding, row._state.db = False, "default"


def store_unless_there(row: Model) -> bool:
    """Insert a new row, or return False when one that must not be there twice is there already."""
    fields = _stored(type(row))
    is_new = plain.insert_unless_there(type(row), [*map(_column, fields)], _values(row, fields))
    row._state.adding, row._state.db = not is_new, "default"
    return is_new


def change(row: Model, **values: Any) -> int:
    """Set columns of the row that this one stands for, by attribute; returns 0 when it is gone. The object stays."""
    fields, key = _table(type(row), connection.vendor).fields, row._meta.pk
    prepared = {_column(fields[name]): fields[name].get_db_prep_save(each, connection) for name, each in values.items()}
    return plain.update(type(row), prepared, _column(key), key.get_db_prep_value(row.pk, connection))


def _stored(model: type[Model]) -> list[Field[Any, Any]]:
    """The columns that a new row brings: all but a number that the database gives."""
    return [each for each in model._meta.concrete_fields if not isinstance(each, AutoField)]


def _values(row: Model, fields: Iterable[Field[Any, Any]]) -> list[Any]:
    return [each.get_db_prep_save(each.pre_save(row, True), connection) for each in fields]


def _found(table: _Table, where: dict[str, Any], locked: bool = False) -> list[Sequence[Any]]:
    if any(isinstance(value, MANY) and not value for value in where.values()):
        return []
    conditions = [_condition(table.fields[name], value) for name, value in where.items()]
    text = f"{table.select} WHERE {' AND '.join(text for text, _ in conditions)}"
    end = " FOR UPDATE" if locked and connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(text + end, [value for _, values in conditions for value in values])
        return [_converted(table, row) for row in cursor.fetchall()]


def _condition(field: Field[Any, Any], value: Any) -> tuple[str, list[Any]]:
    """What a column has to hold, with its parameters."""
    column = connection.ops.quote_name(_column(field))
    if value is None:
        return f"{column} IS NULL", []
    if not isinstance(value, MANY):
        return f"{column} = %s", [field.get_db_prep_value(value, connection)]
    marks = ", ".join(["%s"] * len(value))
    return f"{column} IN ({marks})", [field.get_db_prep_value(each, connection) for each in value]


def _converted(table: _Table, row: Sequence[Any]) -> Sequence[Any]:
    if not table.steps:
        return row
    values = list(row)
    for place, column, step in table.steps:
        values[place] = step(values[place], column, connection)
    return values


@cache
def _table(model: type[Model], vendor: str, names: tuple[str, ...] = ()) -> _Table:
    quote, table = connection.ops.quote_name, model._meta.db_table
    fields = {each.attname: each for each in model._meta.concrete_fields}
    wanted = names or tuple(fields)
    steps = []
    for place, name in enumerate(wanted):
        column = fields[name].get_col(table)
        makers = (*connection.ops.get_db_converters(column), *column.get_db_converters(connection))
        steps += [(place, column, maker) for maker in makers]
    text = ", ".join(quote(_column(fields[name])) for name in wanted)
    return _Table(fields, wanted, f"SELECT {text} FROM {quote(table)}", tuple(steps))  # noqa: S608


def _column(field: Field[Any, Any]) -> str:
    return str(field.column)
