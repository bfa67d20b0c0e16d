"""Small pieces of text that several annexes are made of."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cases.dossier.context import Material
from cases.dossier.document import Block, Pair
from cases.dossier.inert import one_line
from cases.dossier.passages import foreign
from cases.dossier.variant import Variant
from cases.statement import vocab

LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z]{2,8})?\Z")
CELL = 1_200  # characters of own words in a cell: a row stays on its page; annex B1 has all
JOINT = "; "
SILENT = frozenset({"unknown", "not_sure", "prefer_not"})  # what says nothing makes nothing


def own(text: str, lang: str, variant: Variant, limit: int = CELL) -> str:
    """Own words in quotation marks, marked with their language; empty for none."""
    line = one_line(text, limit)
    return variant.quoted(passage(line, lang, variant)) if line else ""


def passage(text: str, lang: str, variant: Variant) -> str:
    """A text, marked where it is in another language than the document."""
    return foreign(text, lang, variant.language) if LANGUAGE.match(lang) else text


def coded(code: str, table: str, variant: Variant, lists: str = "") -> str:
    """A code of the form in the words of a table of the variant; else in the English of the list, marked; else none."""
    words = variant.table(table).get(code)
    if words is not None:
        return str(words)
    known = bool(lists) and code not in SILENT and code in vocab.codes(lists)
    return foreign(vocab.label(lists, code, "en"), "en", variant.language) if known else ""


def joined(parts: Iterable[str], joint: str = JOINT) -> str:
    """The parts that say something."""
    return joint.join(part for part in parts if part)


def table(material: Material, code: str, rows: Iterable[tuple[str, ...]], title: str = "") -> tuple[Block, ...]:
    """One block with the heads of labels.<code>, or nothing without rows."""
    found = tuple(rows)
    heads = tuple(str(each) for each in material.variant.table(f"labels.{code}").values())
    return (Block(title, heads=heads, rows=found),) if found else ()


def pairs(variant: Variant, code: str, texts: dict[str, str]) -> tuple[Pair, ...]:
    """Labelled texts, without those that are empty."""
    return tuple(Pair(variant.say(f"labels.{code}.{key}"), text) for key, text in texts.items() if text)
