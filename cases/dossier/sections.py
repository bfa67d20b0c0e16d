"""The sections of the main document, as its variant orders them. An empty field makes no sentence, a section without
sentences is left out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from cases.dossier.context import Material
from cases.dossier.document import Group, Para, Section
from cases.dossier.parts import make


def all_sections(material: Material) -> tuple[Section, ...]:
    """Every section that has something to say, in the order of the variant, not yet numbered."""
    made = (_section(each, material) for each in material.variant.find("sections"))
    return tuple(section for section in made if section.groups)


def _section(plan: dict[str, Any], material: Material) -> Section:
    groups = tuple(_groups(plan["parts"], material))
    if not groups and "otherwise" in plan:
        groups = (Group("", (_otherwise(plan["otherwise"]),)),)
    return Section(
        plan["title"], groups, plan.get("intro", ""), plan.get("closing", ""), is_numbered=plan.get("numbered", True)
    )


def _groups(parts: list[dict[str, Any]], material: Material) -> Iterator[Group]:
    """Parts under the same heading, or under none, stand together."""
    for heading, each in groupby(parts, key=lambda part: str(part.get("heading", ""))):
        paras = tuple(para for part in each for para in _paras(part, material))
        if paras:
            yield Group(heading, paras)


def _paras(part: dict[str, Any], material: Material) -> tuple[Para, ...]:
    paras = make(part["make"], material)
    return paras if paras or "otherwise" not in part else (_otherwise(part["otherwise"]),)


def _otherwise(text: dict[str, str]) -> Para:
    return Para(text["text"], (text["source"],))
