"""The sections that are asked on the desk, and the place that an address names."""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from cases.statement import cards, catalogue
from cases.statement.asked import known
from cases.statement.catalogue import Section
from intake import wizard
from intake.recording.sheet import Sheet
from intake.spots import MOST_CARDS, Place, Spot, next_number, sections_of
from jurisdictions.pages import reader

LAST = _("Last questions")


def offered(sheet: Sheet) -> list[Section]:
    """The sections that may be asked now. Files come from the person alone; in danger, or while the person that it is
    about was not asked, only the section on safety is left."""
    answers = known(sections_of(sheet.asked_of))
    if wizard.asks_safety_alone(answers):
        return [catalogue.section(wizard.SAFETY)]
    told = [*wizard.told_here(), catalogue.section(wizard.END)]
    return [each for each in told if each.id != wizard.FILES and wizard.is_open(each, answers)]


def place_of(sheet: Sheet, slug: str) -> Place:
    """The section or card that an address names. Raises Http404."""
    section_id, number = cards.split(slug)
    section = {each.id: each for each in offered(sheet)}.get(section_id)
    if section is None or slug != cards.key_of(section_id, number):
        raise Http404
    if number and (section.card is None or number > min(next_number(section, sheet.asked_of), MOST_CARDS)):
        raise Http404
    return Place(section, number, sheet.asked_of)


def title_of(place: Place) -> str:
    """What a section or card is called on the desk, where the last section is no page of sending."""
    return str(LAST) if place.section.id == wizard.END else place.title(reader.language())


def spot_of(sheet: Sheet, slug: str, step: int) -> Spot:
    """One page of questions. Raises Http404."""
    place = place_of(sheet, slug)
    if not 1 <= step <= len(place.pages):
        raise Http404
    return Spot(place, step, place.answers)
