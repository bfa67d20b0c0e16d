"""Sources as they are typed: "¶ 7, A 3, E-001/3, O-001". Letters of a Cyrillic keyboard that look the same count."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.complaint.draft import Source
from cases.complaint.grounds import Grounds, exhibit_code, has_page
from cases.dossier.inputs import PublicSource

BETWEEN = re.compile(r"[,;\n]")
PARAGRAPH = re.compile(r"(?:¶|§|[pP])?\s*([0-9]{1,5})", re.ASCII)
ANSWER = re.compile(r"[aAаА]\s*-?\s*([0-9]{1,5})")
EXHIBIT = re.compile(r"[eEеЕ]\s*-?\s*([0-9]{1,6})(?:\s*/\s*([0-9]{1,6}))?")
PUBLIC = re.compile(r"[oOоО]\s*-?\s*([0-9]{1,6})")
WORDS: dict[str, Promise] = {
    "code": _("“%(typed)s” names no source. Write ¶ 7, A 3, E-001/2 or O-001, with commas between."),
    "place": _("There is no %(typed)s in the account."),
    "corrected": _(
        "%(typed)s was corrected by the person with version %(version)s. Rest the sentence on what stands there."
    ),
    "exhibit": _("There is no exhibit %(typed)s."),
    "zero": _("Pages count from 1: there is no %(typed)s."),
    "page": _("%(typed)s is a page too many: this exhibit has one."),
    "public": _("There is no public source %(typed)s in the list."),
}


class NoSuchSource(Exception):
    """What was typed names nothing. `code` of WORDS, `typed` the part of it, `version` that corrected it."""

    def __init__(self, code: str, typed: str, version: int = 0) -> None:
        super().__init__(code)
        self.code, self.typed, self.version = code, typed, version

    @property
    def words(self) -> str:
        """In the reader's language."""
        return str(WORDS[self.code]) % {"typed": self.typed, "version": self.version}


def sources_in(typed: str, grounds: Grounds) -> list[Source]:
    """Each source once, in the order in which it was typed. Raises NoSuchSource for the first that is none."""
    return list(dict.fromkeys(_sources(typed, grounds)))


def _sources(typed: str, grounds: Grounds) -> Iterator[Source]:
    for part in (each.strip() for each in BETWEEN.split(typed)):
        if part:
            yield _source(part, grounds)


def _source(part: str, grounds: Grounds) -> Source:
    if found := PARAGRAPH.fullmatch(part):
        return _told(f"¶ {int(found[1])}", grounds)
    if found := ANSWER.fullmatch(part):
        return _told(f"A {int(found[1])}", grounds)
    if found := EXHIBIT.fullmatch(part):
        return _exhibit(int(found[1]), None if found[2] is None else int(found[2]), grounds)
    if found := PUBLIC.fullmatch(part):
        return _public(f"O-{int(found[1]):03d}", grounds)
    raise NoSuchSource("code", part[:60])


def _told(code: str, grounds: Grounds) -> Source:
    found = grounds.place(code)
    if found is None:
        raise NoSuchSource("place", code)
    if found.by:
        raise NoSuchSource("corrected", code, found.by)
    return found.source


def _exhibit(number: int, page: int | None, grounds: Grounds) -> Source:
    found = next((each for each in grounds.exhibits if each.number == number), None)
    if found is None:
        raise NoSuchSource("exhibit", exhibit_code(number, page or 0))
    if page == 0:
        raise NoSuchSource("zero", f"{exhibit_code(number, 0)}/0")
    if not has_page(found, page or 0):
        raise NoSuchSource("page", exhibit_code(number, page or 0))
    return Source("exhibit", file=str(found.id), number=number, page=page or 0)


def _public(label: str, grounds: Grounds) -> Source:
    found: PublicSource | None = next((each.record for each in grounds.public if each.record.id == label), None)
    if found is None:
        raise NoSuchSource("public", label)
    return Source("public", address=found.address)
