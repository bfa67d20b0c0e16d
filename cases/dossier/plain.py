"""From parsed JSON back to frozen dataclasses, strictly: an unknown key or a wrong type is an error."""

from __future__ import annotations

import types
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints

from cases.dossier.errors import BadInput


def revive(kind: Any, plain: Any, where: str) -> Any:
    """Build a value of type `kind` from JSON data.

    kind: a dataclass, tuple[X, ...], dict, X | None, str, int or bool. where: dotted name for the error code.
    Raises BadInput with the dotted name of the field that does not fit.
    """
    if is_dataclass(kind):
        return _dataclass(kind, plain, where)
    origin = get_origin(kind)
    if origin is tuple:
        return _tuple(get_args(kind)[0], plain, where)
    if origin in (Union, types.UnionType):
        return None if plain is None else revive(get_args(kind)[0], plain, where)
    return _scalar(origin or kind, plain, where)


def _dataclass(kind: Any, plain: Any, where: str) -> Any:
    wanted = {f.name: f for f in fields(kind)}
    if not isinstance(plain, dict) or set(plain) - set(wanted):
        raise BadInput(f"{where}:keys")
    hints = get_type_hints(kind)
    values = {}
    for name, entry in wanted.items():
        if name in plain:
            values[name] = revive(hints[name], plain[name], f"{where}.{name}".lstrip("."))
        elif entry.default is MISSING and entry.default_factory is MISSING:
            raise BadInput(f"{where}.{name}:missing".lstrip("."))
    return kind(**values)


def _tuple(item: Any, plain: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(plain, list):
        raise BadInput(f"{where}:list")
    return tuple(revive(item, entry, where) for entry in plain)


def _scalar(kind: Any, plain: Any, where: str) -> Any:
    if not isinstance(plain, kind) or (kind is int and isinstance(plain, bool)):
        raise BadInput(f"{where}:{kind.__name__}")
    return plain
