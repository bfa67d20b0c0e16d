"""Conditions on which a paragraph of a variant hangs: "displaced", "not crossed:LT", "before:2020-05-01"."""

from __future__ import annotations

from collections.abc import Callable

from cases.dossier.context import Material


def holds(condition: str, material: Material) -> bool:
    """Whether a condition holds for this case; several are joined by " and ". Raises KeyError for an unknown one."""
    return all(_one(part, material) for part in condition.split(" and ") if part)


def _one(condition: str, material: Material) -> bool:
    asked = condition.removeprefix("not ")
    name, _, value = asked.partition(":")
    return CONDITIONS[name](material, value) is (asked == condition)


def _crossed(material: Material, state: str) -> bool:
    """A border was crossed, into one State or into any."""
    into = str((material.confirmed.get("displacement") or {}).get("crossed_into") or "")
    return into == state if state else bool(into)


def _before(material: Material, day: str) -> bool:
    """The earliest confirmed day of the acts lies before a day. An unknown one does not."""
    first = material.period[0]
    return bool(first) and first < day[: len(first)]


def _crime_fact(material: Material, code: str) -> bool:
    return any(code in act.get("crime_facts", ()) for act in material.confirmed.get("acts", ()))


CONDITIONS: dict[str, Callable[[Material, str], bool]] = {
    "displaced": lambda material, _: material.is_displaced,
    "forced": lambda material, _: (material.confirmed.get("displacement") or {}).get("forced") is True,
    "crossed": _crossed,
    "before": _before,
    "fact": _crime_fact,
    "lives": lambda material, state: (material.confirmed.get("victim") or {}).get("residence_now") == state,
    "national": lambda material, state: any(
        each.get("country") == state for each in (material.confirmed.get("victim") or {}).get("nationalities", ())
    ),
    "crime": lambda material, crime: str(material.data.route.get("crime")) == crime,
    "complained": lambda material, _: bool(material.confirmed.get("complaints")),
    "suspects": lambda material, _: bool(material.confirmed.get("suspects")),
}
