"""Where a person is in the longer account: a section, perhaps a card of it, and a page of questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404
from django.urls import reverse

from cases.drafted import CARRIED, DraftContent, DraftSection
from cases.statement import cards, catalogue
from cases.statement.asked import known
from cases.statement.catalogue import Page, Question, Section
from cases.statement.conditions import has_answer
from intake import drafts, wizard

MOST_CARDS = 40  # of one section; whoever has more to tell does it on the last one or to a person


@dataclass(frozen=True)
class Place:
    """A section, or one card or file of it. number: 0 for what is asked once."""

    section: Section
    number: int
    content: DraftContent

    @property
    def key(self) -> str:
        """Where its answers are kept, and how the path names it."""
        return cards.key_of(self.section.id, self.number)

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages of questions, those for a file left out."""
        if not self.number:
            return tuple(page for page in self.section.pages if page[0].type != "file")
        return self.section.file_pages if self.section.id == wizard.FILES else self.section.card_pages

    @property
    def saved(self) -> DraftSection:
        """What was saved here last."""
        return self.content.sections.get(self.key, DraftSection())

    @property
    def answers(self) -> dict[str, Mapping[str, Any]]:
        """The answers on which the questions here hang."""
        return known(sections_of(self.content), self.key)

    @property
    def is_closed(self) -> bool:
        """Is it not offered to somebody in Belarus or Russia (S2)? What an open page still sends is kept."""
        return self.section.id not in (wizard.SAFETY, wizard.FILES) and wizard.is_in_danger(self.answers)

    def title(self, lang: str) -> str:
        """The section's title, or what the card is called."""
        if self.section.id == wizard.FILES and self.number:
            return next((each.name for each in self.content.exhibits if each.number == self.number), "")
        if not self.number:
            return self.section.title[lang]
        return cards.title(self.section, self.number, self.saved.answers, lang)

    def path(self, name: str, lang: str) -> str:
        """The path of a page about this place: "section", "parted" (its check page)."""
        return reverse(f"intake:{name}", args=[lang, self.key])

    def step_path(self, lang: str, step: int) -> str:
        """The path of one page of questions."""
        return reverse("intake:step", args=[lang, self.key, step])


@dataclass(frozen=True)
class Spot:
    """One page of questions at a place."""

    place: Place
    step: int
    answers: dict[str, Mapping[str, Any]] = field(repr=False)

    @property
    def page(self) -> Page:
        """All its questions, asked or not."""
        return self.place.pages[self.step - 1]

    @property
    def questions(self) -> list[Question]:
        """What is asked on it."""
        return wizard.on_page(self.page, self.answers)

    @property
    def hard(self) -> Question | None:
        """The question with a notice before it; it stands alone."""
        return next((each for each in self.questions if each.notice), None)

    @property
    def shown_answers(self) -> dict[str, Mapping[str, Any]]:
        """What is saved for its questions."""
        own = self.place.saved.answers
        return {each.id: own[each.id] for each in self.questions if each.id in own}

    @property
    def was_answered(self) -> bool:
        """Was everything that is asked here sent before, and nothing else said since? What it was is not shown."""
        sent = self.place.content.sections.get(CARRIED, DraftSection()).answers
        return all(has_answer(sent.get(each.id)) and each.id not in self.shown_answers for each in self.questions)

    @property
    def seen(self) -> str:
        """What this page shows of the draft."""
        return drafts.seen_mark(self.place.saved.version, self.shown_answers)

    def path(self, lang: str) -> str:
        """Its path."""
        return self.place.step_path(lang, self.step)


def sections_of(content: DraftContent) -> dict[str, dict[str, dict[str, Any]]]:
    """The answers of a draft by key."""
    return {key: saved.answers for key, saved in content.sections.items()}


def place_of(content: DraftContent, slug: str, *, writes: bool = False) -> Place:
    """The place that a path names. Raises Http404.

    writes: a page of it is on its way back, perhaps from before the account was sent; its words find a card again.
    """
    section_id, number = cards.split(slug)
    section = {each.id: each for each in wizard.told_here()}.get(section_id)
    if section is None or slug != cards.key_of(section_id, number):
        raise Http404
    place = Place(section, number, content)
    if number and not _is_there(place, writes):
        raise Http404
    return place


def spot_of(content: DraftContent, slug: str, step: int, *, writes: bool = False) -> Spot:
    """The page that a path names; writes: as in place_of. Raises Http404."""
    place = place_of(content, slug, writes=writes)
    if not 1 <= step <= len(place.pages):
        raise Http404
    return Spot(place, step, place.answers)


def next_number(section: Section, content: DraftContent) -> int:
    """The number of a new card; the number of one that was taken out is not given again."""
    used = [number for each, number in map(cards.split, content.sections) if each == section.id]
    return max([0, *used]) + 1


def _is_there(place: Place, writes: bool) -> bool:
    """Is there such a card or file, or would it be the next?"""
    if place.section.id == wizard.FILES:
        return any(each.number == place.number for each in place.content.exhibits)
    if place.section.card is None:
        return False
    return place.number <= (MOST_CARDS if writes else min(next_number(place.section, place.content), MOST_CARDS))


def episodes(content: DraftContent, lang: str) -> list[tuple[str, str]]:
    """The person's own episodes, as choices: number and name."""
    section, told = catalogue.section("story"), sections_of(content)
    numbers = cards.numbers(section.id, told)
    return [(str(n), cards.title(section, n, told[cards.key_of(section.id, n)], lang)) for n in numbers]
