"""Compare the wanted rows with the stored ones, write the difference, and say it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.db import models

from jurisdictions.load.problems import shorten
from jurisdictions.load.tables import KEYS, Key, Row, Tables

NAMED = 12  # rows named one by one; more are counted


@dataclass
class Changes:
    """What a load did. lines: one short sentence for each changed field or group of rows."""

    added: dict[str, list[Key]] = field(default_factory=dict)
    removed: dict[str, list[Key]] = field(default_factory=dict)
    changed: dict[str, dict[Key, dict[str, tuple[object, object]]]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(any(part.values()) for part in (self.added, self.removed, self.changed))

    def lines(self) -> Iterator[str]:
        """The report, model by model."""
        for model in KEYS:
            yield from _named("added", model, self.added.get(model, []))
            yield from _named("removed", model, self.removed.get(model, []))
            for key, fields in self.changed.get(model, {}).items():
                for name, (old, new) in fields.items():
                    yield f"changed {model} {_name(key)}: {name} {shorten(old)} -> {shorten(new)}"


def _named(verb: str, model: str, keys: list[Key]) -> Iterator[str]:
    if len(keys) > NAMED:
        yield f"{verb} {model}: {len(keys)} rows"
    elif keys:
        yield f"{verb} {model}: {', '.join(_name(key) for key in keys)}"


def _name(key: Key) -> str:
    return "/".join(str(part) for part in key)


def apply(tables: Tables) -> Changes:
    """Make the database equal to the tables. Call it inside a transaction."""
    changes = Changes()
    stored = {name: _stored(name, tables) for name in KEYS}
    for name in reversed(KEYS):
        gone = [key for key in stored[name] if key not in tables.rows[name]]
        _remove(name, gone)
        changes.removed[name] = gone
    for name in KEYS:
        new = [key for key in tables.rows[name] if key not in stored[name]]
        model = apps.get_model("jurisdictions", name)
        model._default_manager.bulk_create([model(**tables.rows[name][key]) for key in new], batch_size=100)
        changes.added[name] = new
        changes.changed[name] = _update(name, stored[name], tables.rows[name])
    return changes


def _stored(name: str, tables: Tables) -> dict[Key, Row]:
    model = apps.get_model("jurisdictions", name)
    columns = [column.attname for column in model._meta.concrete_fields if not isinstance(column, models.BigAutoField)]
    return {tuple(row[part] for part in KEYS[name]): row for row in model._default_manager.values(*columns)}


def _remove(name: str, keys: list[Key]) -> None:
    model = apps.get_model("jurisdictions", name)
    for key in keys:
        model._default_manager.filter(**dict(zip(KEYS[name], key, strict=True))).delete()


def _update(name: str, old: dict[Key, Row], new: dict[Key, Row]) -> dict[Key, dict[str, tuple[object, object]]]:
    model = apps.get_model("jurisdictions", name)
    changed = {}
    for key in old.keys() & new.keys():
        fields = {part: (old[key][part], value) for part, value in new[key].items() if old[key][part] != value}
        if fields:
            changed[key] = fields
            row = model._default_manager.filter(**dict(zip(KEYS[name], key, strict=True)))
            row.update(**{part: value for part, (_, value) in fields.items()})
    return dict(sorted(changed.items()))
