"""The pages about us: who we are, that it is free, how it goes, what can go wrong, privacy (data/about.json).

They are texts by language, not templates: whoever translates or corrects them needs no program. What differs from one
deployment to the next stands in them as a placeholder, see FILLED. Slugs and tabs say nothing about the subject (X8).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

DATA = Path(__file__).parent / "data" / "about.json"
TEXTS = ("en", "ru", "be", "ar")
FILLED = frozenset({"organisation", "address", "dpo", "address_url"})
SLUG = re.compile(r"[a-z]+(-[a-z]+)*")
ARTICLE = re.compile(r"\d+(?:\(\w\))+")  # such as 6(1)(a), which Arabic would turn round

Text = Mapping[str, str]


class BadPages(ValueError):
    """about.json does not say what it must; the text names the page and what is wrong."""


@dataclass(frozen=True, slots=True)
class Section:
    """Some paragraphs, then a list. is_to_copy: words that somebody may pass on as they stand."""

    heading: Text | None
    paragraphs: tuple[Text, ...]
    points: tuple[Text, ...]
    is_to_copy: bool = False

    @property
    def texts(self) -> tuple[Text, ...]:
        """Everything that is written in it."""
        return (*((self.heading,) if self.heading else ()), *self.paragraphs, *self.points)


@dataclass(frozen=True, slots=True)
class Page:
    """One page. title: its heading; tab: what the browser shows and keeps in its history."""

    slug: str
    title: Text
    tab: Text
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """What about.json holds: the heading and first words of the list of pages, and the pages."""

    title: Text
    lede: Text
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A section in one language, its placeholders filled."""

    heading: str
    paragraphs: list[SafeString]
    points: list[SafeString]
    is_to_copy: bool


def page(slug: str) -> Page | None:
    """The page with this slug, if there is one."""
    return next((each for each in contents().pages if each.slug == slug), None)


def parts(page: Page, language: str, filling: Mapping[str, str]) -> list[Part]:
    """The sections of a page in one language. filling: a text for each name in FILLED."""
    return [_part(each, language, filling) for each in page.sections]


def _part(section: Section, language: str, filling: Mapping[str, str]) -> Part:
    return Part(
        section.heading[language] if section.heading else "",
        [_fill(text[language], filling) for text in section.paragraphs],
        [_fill(text[language], filling) for text in section.points],
        section.is_to_copy,
    )


def _fill(text: str, filling: Mapping[str, str]) -> SafeString:
    """Put names and addresses into a text; these and articles keep their own direction in a line of any (L4)."""
    apart = {name: format_html("<bdi>{}</bdi>", filling[name]) for name in FILLED}
    return format_html(ARTICLE.sub(r'<bdi dir="ltr">\g<0></bdi>', escape(text)), **apart)


@cache
def contents() -> Contents:
    """The pages of about.json. Raises BadPages."""
    return read(json.loads(DATA.read_text(encoding="utf-8")))


def read(content: Any) -> Contents:
    """Check the content of the data file and return it typed. Raises BadPages."""
    try:
        found = tuple(_page(entry) for entry in content["pages"])
        made = Contents(_text(content["index"]["title"]), _text(content["index"]["lede"]), found)
    except (KeyError, TypeError) as error:
        raise BadPages(f"something is missing or of another kind: {error}") from error
    if len({each.slug for each in found}) != len(found):
        raise BadPages("two pages have the same slug")
    return made


def _page(entry: dict[str, Any]) -> Page:
    slug = str(entry["slug"])
    if not SLUG.fullmatch(slug):
        raise BadPages(f"{slug}: not a slug")
    try:
        sections = tuple(_section(each) for each in entry["sections"])
        return Page(slug, _text(entry["title"]), _text(entry.get("tab", entry["title"])), sections)
    except BadPages as error:
        raise BadPages(f"{slug}: {error}") from error


def _section(entry: dict[str, Any]) -> Section:
    made = Section(
        _text(entry["heading"]) if entry.get("heading") else None,
        tuple(_text(each) for each in entry.get("paragraphs", ())),
        tuple(_text(each) for each in entry.get("list", ())),
        bool(entry.get("is_to_copy", False)),
    )
    if not (made.paragraphs or made.points):
        raise BadPages("a section says nothing")
    return made


def _text(entry: Any) -> Text:
    """A text in every language, with the same known placeholders in each."""
    if not isinstance(entry, dict) or set(entry) != set(TEXTS) or not all(str(each).strip() for each in entry.values()):
        raise BadPages(f"not a text in every language: {entry!r:.60}")
    named = {language: _placeholders(text) for language, text in entry.items()}
    if len(set(named.values())) != 1 or not named["en"] <= FILLED:
        raise BadPages(f"placeholders differ or are unknown: {entry['en']:.60}")
    return {language: str(entry[language]) for language in TEXTS}


def _placeholders(text: str) -> frozenset[str]:
    try:
        return frozenset(name for _before, name, _form, _turn in Formatter().parse(text) if name is not None)
    except ValueError as error:
        raise BadPages(f"a brace too many: {text:.60}") from error
