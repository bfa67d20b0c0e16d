"""The list of States: one line each, an open file first, then national law, then the rest by name."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q

from jurisdictions.models import JurisdictionBasis, State, TreatyStatus
from jurisdictions.pages.lede import RANK, strongest
from jurisdictions.pages.treatyrows import STATUS

PRACTICE = {
    "open_file": "open file since {year}",
    "indictment": "charges in {year}",
    "filed_stalled": "filed {year}, no progress known",
    "none_found": "none found",
}
SHOWN = (TreatyStatus.Treaty.CAT, TreatyStatus.Treaty.ROME)


@dataclass(frozen=True)
class Treaty:
    """Status in words, and whether somebody still has to confirm it."""

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
    practice: str
    confidence: str
    rank: int


@dataclass(frozen=True)
class Overview:
    """The lines found, and what the practice column is about."""

    lines: tuple[Line, ...]
    about: str
    total: int
    with_law: int


def overview(asked: str) -> Overview:
    """States whose name or code fits, an exact code first; all of them for an empty search."""
    fits = Q(name__icontains=asked) | Q(iso2__iexact=asked) | Q(law__name__icontains=asked) if asked else Q()
    wanted = State.objects.filter(fits).prefetch_related(
        Prefetch("treaties", TreatyStatus.objects.filter(treaty__in=SHOWN)), "bases", "law"
    )
    lines = sorted(
        (_line(state) for state in wanted), key=lambda it: (it.iso2 != asked.upper(), it.rank, not it.bases, it.name)
    )
    first = JurisdictionBasis.objects.select_related("practice_about").first()
    return Overview(
        lines=tuple(lines),
        about=first.practice_about.name if first else "",
        total=State.objects.count(),
        with_law=State.objects.filter(law__isnull=False).count(),
    )


def _line(state: State) -> Line:
    treaties = {status.treaty: status for status in state.treaties.all()}
    bases = list(state.bases.all())
    best = strongest(bases)
    practice = PRACTICE[best.practice].format(year=best.practice_year) if best else "no national file"
    law = getattr(state, "law", None)
    return Line(
        iso2=state.iso2,
        name=state.name,
        cat=_treaty(treaties.get("CAT")),
        rome=_treaty(treaties.get("ROME")),
        bases=len(bases),
        practice=practice,
        confidence=law.confidence if law else state.confidence,
        rank=RANK.index(best.practice) if best else len(RANK),
    )


def _treaty(status: TreatyStatus | None) -> Treaty:
    if status is None:
        return Treaty("unknown", unverified=True)
    return Treaty(STATUS[status.status], bool({"status", "withdrawn_on"} & set(status.unverified)))
