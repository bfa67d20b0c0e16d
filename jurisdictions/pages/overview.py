"""The list of States: one line each, an open file first, then national law, then the rest by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jurisdictions.models import JurisdictionBasis, State, TreatyStatus
from jurisdictions.pages import reader
from jurisdictions.pages.lede import RANK, strongest
from jurisdictions.pages.standing import Standing, standing
from jurisdictions.pages.subject import Subject, subjects
from jurisdictions.pages.treatyrows import STATUS, UNKNOWN

PRACTICE = {
    "open_file": _("open file since {year}"),
    "indictment": _("charges in {year}"),
    "filed_stalled": _("filed {year}, no progress known"),
    "none_found": _("none found"),
}
# What a base must fit: the filter, and the field of the base; all of them on the same base.
OF_A_BASE = {"crime": "crime", "kind": "kind", "suspect": "suspect_open", "practice": "practice", "safety": "safety"}
ANY_BASE, NO_BASE = "any", "no"


@dataclass(frozen=True)
class Treaty:
    """Status as a code and in words, and whether somebody still has to confirm it."""

    code: str
    status: str
    unverified: bool


@dataclass(frozen=True)
class Line:
    """One State in the list."""

    iso2: str
    name: str
    cat: Treaty
    rome: Treaty
    bases: int
    standing: Standing
    practice: str
    confidence: str
    stale: bool
    unverified: bool
    rank: int


@dataclass(frozen=True)
class Overview:
    """The lines found, what of them counts, and what the practice column is about."""

    lines: tuple[Line, ...]
    counts: tuple[tuple[str, int], ...]
    about: str
    total: int
    with_law: int


def overview(chosen: Mapping[str, str], today: date) -> Overview:
    """States that fit every chosen filter, an exact code first; all of them when nothing is chosen."""
    every = subjects(State.objects.all())
    asked = chosen.get("q", "")
    named = _named(asked)
    found = [it for it in every if (named is None or it.state.iso2 in named) and _fits(it, chosen, today)]
    lines = sorted(
        (line(it, today) for it in found),
        key=lambda it: (it.iso2 != asked.upper(), it.rank, not it.bases, reader.in_order(it.name)),
    )
    about = next((reader.state_name(basis.practice_about) for it in every for basis in it.bases), "")
    return Overview(tuple(lines), counts(lines), about, len(every), sum(it.law is not None for it in every))


def line(subject: Subject, today: date) -> Line:
    """One State as it stands in the list."""
    best = strongest(subject.bases)
    return Line(
        iso2=subject.state.iso2,
        name=reader.state_name(subject.state),
        cat=treaty(subject, TreatyStatus.Treaty.CAT),
        rome=treaty(subject, TreatyStatus.Treaty.ROME),
        bases=len(subject.bases),
        standing=standing(subject.bases),
        practice=str(PRACTICE[best.practice]).format(year=best.practice_year) if best else gettext("no national file"),
        confidence=subject.confidence,
        stale=subject.is_stale(today),
        unverified=subject.has_unverified,
        rank=RANK.index(best.practice) if best else len(RANK),
    )


def counts(lines: list[Line]) -> tuple[tuple[str, int], ...]:
    """How many of these lines are what."""
    kinds: tuple[tuple[str, Callable[[Line], bool]], ...] = (
        (gettext("bound by the Convention against Torture"), lambda it: it.cat.code == "party"),
        (gettext("bound by the Rome Statute"), lambda it: it.rome.code == "party"),
        (gettext("can open a case with nobody there"), lambda it: it.standing.verdict == "open"),
        (gettext("older than twelve months"), lambda it: it.stale),
        (gettext("with something unverified"), lambda it: it.unverified),
    )
    return tuple((words, sum(map(fits, lines))) for words, fits in kinds)


def treaty(subject: Subject, name: str) -> Treaty:
    """Where the State stands with a treaty."""
    status = subject.treaties.get(name)
    if status is None:
        return Treaty("", str(UNKNOWN), unverified=True)
    return Treaty(status.status, str(STATUS[status.status]), bool({"status", "withdrawn_on"} & set(status.unverified)))


def _named(asked: str) -> set[str] | None:
    if not asked:
        return None
    fits = (
        Q(iso2__in=_in_own_words(asked))
        | Q(name__icontains=asked)
        | Q(iso2__iexact=asked)
        | Q(law__name__icontains=asked)
    )
    return set(State.objects.filter(fits).values_list("iso2", flat=True))


def _in_own_words(asked: str) -> list[str]:
    """Codes of States whose name in the reader's language has these letters."""
    return [code for code, name in reader.table("countries").items() if asked.casefold() in name.casefold()]


def _fits(subject: Subject, chosen: Mapping[str, str], today: date) -> bool:
    of_the_state = {
        "cat": _status(subject, TreatyStatus.Treaty.CAT),
        "rome": _status(subject, TreatyStatus.Treaty.ROME),
        "confidence": subject.confidence,
    }
    if any(chosen[name] != known for name, known in of_the_state.items() if name in chosen):
        return False
    return _fits_review(subject, chosen.get("review", ""), today) and _fits_bases(subject, chosen)


def _status(subject: Subject, name: str) -> str:
    status = subject.treaties.get(name)
    return status.status if status else ""


def _fits_review(subject: Subject, review: str, today: date) -> bool:
    return {"stale": subject.is_stale(today), "unverified": subject.has_unverified}.get(review, True)


def _fits_bases(subject: Subject, chosen: Mapping[str, str]) -> bool:
    wanted = {field: chosen[name] for name, field in OF_A_BASE.items() if name in chosen}
    if wanted.get("crime") == NO_BASE:
        return not subject.bases and len(wanted) == 1
    if wanted.get("crime") == ANY_BASE:
        del wanted["crime"]
        return any(_is(basis, wanted) for basis in subject.bases)
    return not wanted or any(_is(basis, wanted) for basis in subject.bases)


def _is(basis: JurisdictionBasis, wanted: Mapping[str, str]) -> bool:
    return all(getattr(basis, field) == value for field, value in wanted.items())
