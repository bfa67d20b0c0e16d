"""From data files to a catalogue: data/catalogue-2026-11.json is one file, later versions have one for each section."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from cases.statement import conditions
from cases.statement.catalogue import (
    COMPARTMENTS,
    DATA,
    EVERYWHERE,
    LANGUAGES,
    TYPES,
    Card,
    Catalogue,
    Group,
    Notice,
    OwnWords,
    Question,
    Section,
    Text,
)

SINGLE = "2026-11"  # the version that was one file
ORDER = "order.json"
COMPLETE = (frozenset(LANGUAGES), frozenset(EVERYWHERE))


class BadCatalogue(Exception):
    """The data breaks a rule of the catalogue; the text names the question and the rule."""


def read(version: str) -> Catalogue:
    """Read one version. Raises BadCatalogue; KeyError for a version that never was."""
    if version == SINGLE:
        raw = json.loads((DATA / f"catalogue-{version}.json").read_text(encoding="utf-8"))["sections"]
    elif (DATA / version / ORDER).is_file():
        names = json.loads((DATA / version / ORDER).read_text(encoding="utf-8"))
        raw = [json.loads((DATA / version / f"{name}.json").read_text(encoding="utf-8")) for name in names]
    else:
        raise KeyError(version)
    return Catalogue(version, tuple(section(each) for each in raw))


def section(raw: Mapping[str, Any]) -> Section:
    """One section from its data. Raises BadCatalogue."""
    where = raw["id"]
    card = raw.get("card")
    return Section(
        where, _needed(raw["title"], where), tuple(question(each) for each in raw["questions"]), raw.get("tell") or
        _mark(raw), _text(raw.get("intro"), where), conditions.parse(raw.get("only_if")),
        Card(_needed(card["title"], where), _needed(card["add"], where), card["name"]) if card else None,
    )  # fmt: skip


def question(raw: Mapping[str, Any]) -> Question:
    """One question from its data. Raises BadCatalogue."""
    where, lists = raw["id"], raw.get("options") or ()
    if raw["type"] not in TYPES or raw["compartment"] not in COMPARTMENTS or raw["required"] not in "FRCO":
        raise BadCatalogue(f"{where}: type, compartment or required")
    plain: dict[str, Any] = {name: _text(raw.get(name), where) for name in ("why", "hint", "tick", "fold", "topic")}
    plain |= {name: tuple(raw.get(name, ())) for name in ("said", "likely", "apart")}
    plain |= {name: raw.get(name, "") for name in ("per", "page", "preset", "care", "guidance")}
    return Question(
        id=where, type=raw["type"], required=raw["required"], compartment=raw["compartment"],
        seen_by=tuple(raw["seen_by"].split()), purpose=tuple(raw["purpose"].split()), text=_needed(raw["text"], where),
        lists=(lists,) if isinstance(lists, str) else tuple(lists), left_out=frozenset(raw.get("left_out", ())),
        groups=tuple(Group(_needed(each["title"], where), tuple(each["codes"])) for each in raw.get("groups", ())),
        own_words=_own_words(raw.get("own_words"), where), only_if=conditions.parse(raw.get("only_if")),
        notice=_notice(raw.get("notice"), where), help_on=frozenset(raw.get("help_on", ())),
        by_day=bool(raw.get("by_day")),
        answers={code: _needed(text, where) for code, text in raw.get("answers", {}).items()},
        **plain,
    )  # fmt: skip


def _mark(raw: Mapping[str, Any]) -> str | None:
    return next((each["id"] for each in raw["questions"] if each["type"] == "mark"), None)


def _text(raw: Any, where: str) -> Text | None:
    if raw is None:
        return None
    if frozenset(raw) not in COMPLETE or not all(raw.values()):
        raise BadCatalogue(f"{where}: a text needs exactly {', '.join(LANGUAGES)}, or these and ar")
    return MappingProxyType(dict(raw))


def _needed(raw: Any, where: str) -> Text:
    text = _text(raw, where)
    if text is None:
        raise BadCatalogue(f"{where}: a text is missing")
    return text


def _own_words(raw: Any, where: str) -> OwnWords | None:
    return OwnWords(tuple(raw["codes"]), _needed(raw["label"], where)) if raw else None


def _notice(raw: Any, where: str) -> Notice | None:
    if not raw:
        return None
    return Notice(_needed(raw["title"], where), tuple(_needed(line, where) for line in raw["lines"]))
