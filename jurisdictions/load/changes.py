"""Compare the wanted rows with the stored ones, write the difference with its history, and say it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from jurisdictions.load.problems import shorten
from jurisdictions.load.tables import KEYS, Key, Row, Tables
from jurisdictions.load.values import state_of, written

NAMED = 12  # rows named one by one; more are counted
BATCH = 100
IMPORT, REVIEW = "import", "review"


@dataclass(frozen=True)
class Hand:
    """Who changes the law and why, as it stands in the history. proposed_by, signed_by: empty for an import."""

    how: str
    reason: str = "import"
    proposed_by: str = ""
    signed_by: str = ""

    def told(self) -> dict[str, Any]:
        """The options of simple_history's bulk functions."""
        extra = {"proposed_by": self.proposed_by}
        return {
            "batch_size": BATCH,
            "default_user": self.signed_by,
            "default_change_reason": self.reason,
            "custom_historical_attrs": extra,
        }


@dataclass
class Changes:
    """What a load did. lines: one short sentence for each changed field or group of rows. kept: values that a reviewer
    signed and that the files say otherwise."""

    added: dict[str, list[Key]] = field(default_factory=dict)
    removed: dict[str, list[Key]] = field(default_factory=dict)
    changed: dict[str, dict[Key, dict[str, tuple[object, object]]]] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any(any(part.values()) for part in (self.added, self.removed, self.changed))

    def lines(self) -> Iterator[str]:
        """The report, model by model, and then what was not overwritten."""
        for model in KEYS:
            yield from _named("added", model, self.added.get(model, []))
            yield from _named("removed", model, self.removed.get(model, []))
            for key, fields in self.changed.get(model, {}).items():
                for name, (old, new) in fields.items():
                    yield f"changed {model} {written(key)}: {name} {shorten(old)} -> {shorten(new)}"
        yield from self.kept

    def states(self) -> set[str]:
        """The codes of the States whose law changed; "" for a change that is about every State."""
        parts = (self.added, self.removed, self.changed)
        return {state_of(kind, key) for part in parts for kind, keys in part.items() for key in keys}


def _named(verb: str, model: str, keys: list[Key]) -> Iterator[str]:
    if len(keys) > NAMED:
        yield f"{verb} {model}: {len(keys)} rows"
    elif keys:
        yield f"{verb} {model}: {', '.join(written(key) for key in keys)}"


def apply(wanted: Tables, stored: Tables, hand: Hand, what: str = "") -> Changes:
    """Make the database equal to the wanted rows. Call it inside a transaction. what: the change in words."""
    changes = Changes()
    for name in reversed(KEYS):
        gone = [key for key in stored.rows[name] if key not in wanted.rows[name]]
        _remove(name, gone, hand)
        changes.removed[name] = gone
    for name in KEYS:
        _begin_history(name)
        new = [key for key in wanted.rows[name] if key not in stored.rows[name]]
        _add(name, [wanted.rows[name][key] for key in new], hand)
        changes.added[name] = new
        changes.changed[name] = _update(name, stored.rows[name], wanted.rows[name], hand)
    if changes:
        _tell(changes, hand, what)
    return changes


def _tell(changes: Changes, hand: Hand, what: str) -> None:
    """Raise the number of the law and write which States it is about, for whoever assessed something before."""
    versions, rows = _model("LawVersion")._default_manager, _model("LawChange")
    versions.get_or_create(pk=1)
    version = versions.select_for_update().get(pk=1)
    version.number += 1
    version.save()
    today = timezone.now().date()
    rows._default_manager.bulk_create(
        rows(number=version.number, iso2=iso2, what=what[:140], how=hand.how, made_on=today)
        for iso2 in sorted(changes.states())
    )


def _begin_history(name: str) -> None:
    """Rows that were loaded before there was a history get a first entry."""
    model = _model(name)
    if not model.history.exists():
        model.history.bulk_history_create(model._default_manager.all(), default_change_reason="before the history")


def _add(name: str, rows: list[Row], hand: Hand) -> None:
    model = _model(name)
    if rows:
        bulk_create_with_history([model(**row) for row in rows], model, **hand.told())


def _remove(name: str, keys: list[Key], hand: Hand) -> None:
    for key in keys:
        for row in _model(name)._default_manager.filter(**dict(zip(KEYS[name], key, strict=True))):
            row._change_reason, row._history_user = hand.reason, hand.signed_by
            row.delete()


def _update(
    name: str, old: dict[Key, Row], new: dict[Key, Row], hand: Hand
) -> dict[Key, dict[str, tuple[object, object]]]:
    changed = {}
    for key in old.keys() & new.keys():
        fields = {part: (old[key][part], value) for part, value in new[key].items() if old[key][part] != value}
        if fields:
            changed[key] = fields
    _write(name, changed, new, hand)
    return dict(sorted(changed.items()))


def _write(name: str, changed: dict[Key, dict[str, tuple[object, object]]], new: dict[Key, Row], hand: Hand) -> None:
    """Write the changed rows together, with their history."""
    if not changed:
        return
    model, rows = _model(name), []
    for key in changed:
        row = model._default_manager.get(**dict(zip(KEYS[name], key, strict=True)))
        for part in changed[key]:
            setattr(row, part, new[key][part])
        rows.append(row)
    columns = {model._meta.get_field(part).name for fields in changed.values() for part in fields}
    bulk_update_with_history(rows, model, sorted(columns), **hand.told())


def _model(name: str) -> Any:
    return apps.get_model("jurisdictions", name)
