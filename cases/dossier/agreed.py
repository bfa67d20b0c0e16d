"""The words of a dossier to which a person says yes, and their digest.

The same function reads them for the person, for the lead who releases and for the worker who renders, so that what is
filed is what was agreed to. Days, references, marks of counsel, the state of exhibits and the papers of a lawyer or a
translator are no words of the text.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cases.dossier.build import build
from cases.dossier.document import Document, Section
from cases.dossier.inputs import Cleared, DossierInput, Filing
from cases.dossier.points import all_points
from cases.dossier.variant import find

ANY_DAY, ANY_REFERENCE = "2000-01-01", "TEXT"
ANY_YES = Filing("0" * 64, ANY_DAY, ANY_DAY, "be")


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and its paragraphs, in the language of filing."""

    title: str
    lines: tuple[str, ...]


def words_of(data: DossierInput) -> tuple[Part, ...]:
    """Every part of the main document that says something, first to whom it goes. Raises RenderFailed("too-long")."""
    document = build(_settled(data))
    return (_to(document), *(_part(each) for each in document.sections), Part("", document.declaration))


def digest_of(variant: str, parts: tuple[Part, ...]) -> str:
    """SHA-256 of the words, hex. It confirms a guess at them: it stands in sealed records only."""
    plain = [variant, [[part.title, list(part.lines)] for part in parts]]
    return hashlib.sha256(json.dumps(plain, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def digest(data: DossierInput) -> str:
    """Of the words of one input."""
    return digest_of(data.variant, words_of(data))


def _settled(data: DossierInput) -> DossierInput:
    """The input as it will be filed: every point cleared, on any day, under any reference, without papers around it."""
    points = all_points(find(data.variant), data.route, data.facts)
    cleared = tuple(Cleared(each.key, each.digest, "-", ANY_DAY, "-") for each in points)
    return replace(
        data, reference=ANY_REFERENCE, case_reference=ANY_REFERENCE, built_on=ANY_DAY, cleared=cleared,
        audit_head=None, translation=(), certificates=(), papers=(), mandate=None, identity=None, salt="",
        witness_contacts=(), whereabouts=(), filing=ANY_YES,
    )  # fmt: skip


def _to(document: Document) -> Part:
    cover = document.cover
    return Part(cover.title, (cover.kind, cover.addressee, cover.protection))


def _part(section: Section) -> Part:
    return Part(section.title, tuple(_lines(section)))


def _lines(section: Section) -> Iterator[str]:
    yield from filter(None, [section.intro])
    for group in section.groups:
        yield from filter(None, [group.title])
        yield from (para.text for para in group.paras)
    yield from filter(None, [section.closing])
