"""One State as a briefing paper: rows of fact with source, confidence and what nobody has signed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from jurisdictions.models import JurisdictionBasis, NationalLaw, Practice, State, TreatyStatus
from jurisdictions.pages import lawrows, reader, treatyrows
from jurisdictions.pages.lede import lede
from jurisdictions.pages.rows import Point, Row
from jurisdictions.pages.sources import Listed, Sources
from jurisdictions.pages.stages import Ground, anchor, grounds
from jurisdictions.pages.subject import is_stale
from jurisdictions.pages.treatyrows import TreatyRow
from jurisdictions.pages.words import Statement, chip, grouped, remarks

KEY_DOT = re.compile(r"(?<=[a-z_])\.(?=[a-z_]+\b)")


@dataclass(frozen=True)
class Briefing:
    """Everything on the page of one State."""

    iso2: str
    name: str
    checked_on: date
    stale: bool
    lede: str
    grounds: tuple[Ground, ...]
    bases: tuple[Row, ...]
    offence: tuple[Row, ...]
    filing: tuple[Row, ...]
    time: tuple[Row, ...]
    role: tuple[Row, ...]
    treaties: tuple[TreatyRow, ...]
    events: tuple[Row, ...]
    unverified: tuple[str, ...]
    notes: str
    sources: tuple[Listed, ...]


def brief(state: State, today: date) -> Briefing:
    """The page of one State; a State without a national file still has its treaties."""
    law = NationalLaw.objects.filter(state=state).prefetch_related("state__law_sources").first()
    bases = list(state.bases.select_related("practice_about"))
    treaties = {status.treaty: status for status in state.treaties.all()}
    sources = Sources({source.url: source.title for source in state.law_sources.all()})
    checked = law.checked_on if law else state.checked_on
    return Briefing(
        iso2=state.iso2,
        name=reader.state_name(state),
        checked_on=checked,
        stale=is_stale(checked, today),
        lede=lede(state, bases, treaties.get(TreatyStatus.Treaty.CAT)),
        grounds=grounds(bases),
        bases=tuple(_basis(basis, sources) for basis in bases),
        offence=lawrows.offence(law, sources) if law else (),
        filing=lawrows.filing(law, sources) if law else (),
        time=lawrows.time(law, sources) if law else (),
        role=lawrows.role(law, sources) if law else (),
        events=tuple(_event(event, sources) for event in state.practice.all()),
        treaties=treatyrows.rows(state, treaties, sources),
        unverified=tuple(_spoken(sentence) for sentence in law.unverified) if law else (),
        notes=state.notes,
        sources=_all(sources, law),
    )


def _basis(basis: JurisdictionBasis, sources: Sources) -> Row:
    crime = reader.capital(reader.table("crimes")[basis.crime])
    title = f"{crime}, {basis.get_kind_display()}"
    return Row(
        label=title,
        statements=(Statement(f"{basis.provision}."),),
        points=tuple(Point(title, said) for title, said in grouped(basis)),
        anchor=anchor(basis),
        remarks=(*remarks(basis), *([basis.file_note] if basis.file_note else [])),
        verdict=chip(basis),
        confidence=basis.confidence,
        numbers=sources.numbers(basis.sources),
    )


def _event(event: Practice, sources: Sources) -> Row:
    outcome = _("Outcome: %(outcome)s.") % {"outcome": str(event.get_outcome_display()).lower()}
    return Row(
        label=str(event.year),
        statements=(Statement(event.summary), Statement(outcome)),
        confidence=event.confidence,
        numbers=sources.numbers([event.source]),
    )


def _spoken(sentence: str) -> str:
    """A sentence of the file with its key names read as words: "limitation.torture" is "limitation: torture"."""
    return KEY_DOT.sub(": ", sentence.replace("uj_bases", "bases")).replace("_", " ")


def _all(sources: Sources, law: NationalLaw | None) -> tuple[Listed, ...]:
    rest: Iterable[str] = law.sources if law else ()
    sources.numbers(rest)
    return sources.listed()
