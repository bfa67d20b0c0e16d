"""Two to four States side by side, line by line; a line says whether they differ in it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jurisdictions.models import Declaration, JurisdictionBasis, NationalLaw, State, TreatyStatus
from jurisdictions.pages import lawrows, reader
from jurisdictions.pages.lede import strongest
from jurisdictions.pages.overview import PRACTICE
from jurisdictions.pages.standing import best_of, standing
from jurisdictions.pages.subject import Subject, subjects
from jurisdictions.pages.treatyrows import ARTICLES, STATUS
from jurisdictions.pages.words import Statement, chip, conditions

LEAST, MOST = 2, 4  # States on one page
NOTHING = _("not stated")
CONDITIONS = {
    "suspect_link": _("Suspect"),
    "victim_link": _("Link of the survivor"),
    "in_force_from": _("In force"),
    "applies_to_earlier_acts": _("Earlier acts"),
    "limitation": _("Time limit"),
    "double_criminality": _("Law where it was done"),
    "subsidiarity": _("Other States and courts"),
    "territorial_state_must_be_party": _("State of the acts"),
    "gatekeeper": _("Consent"),
    "discretion": _("Prosecutor"),
    "victim_trigger": _("Survivor's part"),
}
NEEDED = {"victim_link": _("No link of the survivor is needed.")}


@dataclass(frozen=True)
class Cell:
    """What one State has to say in a line. verdict: shown as a chip before it, or ""."""

    statements: tuple[Statement, ...]
    verdict: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What is compared: the words, not how sure they are."""
        return (self.verdict, *(it.text for it in self.statements))


@dataclass(frozen=True)
class Line:
    """One line of the comparison: a cell for each State, in the order of the columns, and the States' names."""

    label: str
    cells: tuple[Cell, ...]
    names: tuple[str, ...] = ()

    @property
    def pairs(self) -> Iterator[tuple[str, Cell]]:
        """Each cell with the name of its State."""
        return zip(self.names, self.cells, strict=True)

    @property
    def differs(self) -> bool:
        """Do two of the States say something else?"""
        return len({cell.key for cell in self.cells}) > 1


@dataclass(frozen=True)
class Group:
    """Lines under one heading."""

    title: str
    lines: tuple[Line, ...]

    @property
    def differs(self) -> bool:
        """Does any of its lines differ?"""
        return any(line.differs for line in self.lines)


@dataclass(frozen=True)
class Column:
    """The head of one State."""

    iso2: str
    name: str
    confidence: str
    checked_on: date
    stale: bool


@dataclass(frozen=True)
class Comparison:
    """The whole page."""

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]

    @property
    def different(self) -> int:
        """How many lines differ."""
        return sum(line.differs for group in self.groups for line in group.lines)

    @property
    def total(self) -> int:
        """How many lines there are."""
        return sum(len(group.lines) for group in self.groups)


def compared(states: Sequence[State], today: date) -> Comparison:
    """These States in this order."""
    by_code = {it.state.iso2: it for it in subjects(State.objects.filter(iso2__in=[state.iso2 for state in states]))}
    found = [by_code[state.iso2] for state in states]
    columns = [
        Column(it.state.iso2, reader.state_name(it.state), it.confidence, it.checked_on, it.is_stale(today))
        for it in found
    ]
    groups = [_first(found), *_crimes(found), _filing(found), _treaties(found)]
    return Comparison(tuple(columns), tuple(_headed(group, columns) for group in groups if group.lines))


def _headed(group: Group, columns: Sequence[Column]) -> Group:
    names = tuple(column.name for column in columns)
    return Group(group.title, tuple(replace(line, names=names) for line in group.lines))


def _line(label: str, found: Sequence[Subject], read: Callable[[Subject], Cell]) -> Line:
    return Line(label, tuple(read(subject) for subject in found))


def _first(found: Sequence[Subject]) -> Group:
    lines = [
        _line(gettext("A case about acts abroad"), found, _standing),
        _line(gettext("Practice"), found, _practice),
        _line(gettext("Safety of filing"), found, _safety),
    ]
    return Group(gettext("At a glance"), tuple(lines))


def _standing(subject: Subject) -> Cell:
    found = standing(subject.bases)
    return Cell((Statement(found.why, found.unverified),), found.verdict if subject.bases else "")


def _practice(subject: Subject) -> Cell:
    best = strongest(subject.bases)
    if best is None:
        return Cell((Statement(gettext("no national file")),))
    words = str(PRACTICE[best.practice]).format(year=best.practice_year)
    return Cell((Statement(words, "practice_belarus" in best.unverified),))


def _safety(subject: Subject) -> Cell:
    levels = {basis.safety for basis in subject.bases}
    words = {
        "restricted": gettext("restricted: check wanted lists and location first"),
        "check_first": gettext("check first"),
    }
    found = next(
        (text for level, text in words.items() if level in levels),
        gettext("no warning") if levels else gettext("not known"),
    )
    return Cell((Statement(found, any("safety" in basis.unverified for basis in subject.bases)),))


def _crimes(found: Sequence[Subject]) -> Iterator[Group]:
    for crime in ("torture", "crimes_against_humanity", "war_crimes"):
        best = [_best(subject, crime) for subject in found]
        if any(best):
            yield Group(reader.capital(reader.table("crimes")[crime]), tuple(_of_a_crime(best)))


def _best(subject: Subject, crime: str) -> JurisdictionBasis | None:
    bases = [basis for basis in subject.bases if basis.crime == crime]
    return best_of(bases) if bases else None


def _of_a_crime(best: Sequence[JurisdictionBasis | None]) -> Iterator[Line]:
    yield Line(gettext("Ground"), tuple(_ground(basis) for basis in best))
    said = [_by_field(basis) if basis else None for basis in best]
    for field, label in CONDITIONS.items():
        if any(known and field in known for known in said):
            yield Line(str(label), tuple(_condition(known, field) for known in said))


def _ground(basis: JurisdictionBasis | None) -> Cell:
    if basis is None:
        return Cell((Statement(gettext("no ground described")),))
    return Cell((Statement(f"{reader.capital(str(basis.get_kind_display()))}. {basis.provision}."),), chip(basis))


def _by_field(basis: JurisdictionBasis) -> dict[str, tuple[Statement, ...]]:
    found: dict[str, tuple[Statement, ...]] = {}
    for field, statement in conditions(basis):
        found[field] = (*found.get(field, ()), statement)
    return found


def _condition(known: Mapping[str, tuple[Statement, ...]] | None, field: str) -> Cell:
    if known is None:
        return Cell((Statement("—"),))
    return Cell(known.get(field, (Statement(str(NEEDED.get(field, NOTHING))),)))


def _filing(found: Sequence[Subject]) -> Group:
    if not any(subject.law for subject in found):
        return Group(gettext("How it is filed"), ())
    parts: tuple[tuple[str, Callable[[NationalLaw], str]], ...] = (
        (gettext("Authority"), lambda law: f"{law.authority_name}, {law.authority_city}"),
        (gettext("Channels"), lambda law: ", ".join(law.filing_channels)),
        (gettext("Languages"), lambda law: reader.languages_of(law.filing_languages)),
        (gettext("Formalities"), lambda law: "; ".join(law.formalities)),
        (gettext("Offence of torture"), lambda law: f"{lawrows.EXISTS[law.torture_exists]}: {law.torture_provision}"),
        (gettext("Immunity"), lambda law: law.immunity_note),
        (gettext("Refusal"), lambda law: str(lawrows.APPEAL[law.victim_appeal])),
    )
    return Group(gettext("Law and filing"), tuple(_line(label, found, _of_the_law(read)) for label, read in parts))


def _of_the_law(read: Callable[[NationalLaw], str]) -> Callable[[Subject], Cell]:
    def cell(subject: Subject) -> Cell:
        return Cell((Statement((subject.law and reader.capital(read(subject.law))) or str(NOTHING)),))

    return cell


def _treaties(found: Sequence[Subject]) -> Group:
    lines = [_line(str(treaty.label), found, _of_a_treaty(treaty)) for treaty in TreatyStatus.Treaty]
    declared = {(it.state_id, it.article): it for it in Declaration.objects.filter(state__in=[s.state for s in found])}
    lines[1:1] = [_line(str(ARTICLES[article][0]), found, _declared(declared, article)) for article in ARTICLES]
    return Group(gettext("Treaties"), tuple(lines))


def _of_a_treaty(treaty: str) -> Callable[[Subject], Cell]:
    def cell(subject: Subject) -> Cell:
        status = subject.treaties.get(treaty)
        if status is None:
            return Cell((Statement(gettext("unknown"), unverified=True),))
        doubted = set(status.unverified)
        words = reader.capital(str(STATUS[status.status]))
        if status.in_force_on:
            words = gettext("%(words)s, in force since %(day)s") % {
                "words": words,
                "day": reader.day(status.in_force_on),
            }
        if status.withdrawn_on:
            words = gettext("%(words)s, until %(day)s") % {"words": words, "day": reader.day(status.withdrawn_on)}
        return Cell((Statement(words, bool(doubted)),))

    return cell


def _declared(known: Mapping[tuple[str, int], Declaration], article: int) -> Callable[[Subject], Cell]:
    def cell(subject: Subject) -> Cell:
        found = known.get((subject.state.iso2, article))
        if found is None:
            return Cell((Statement(gettext("does not apply")),))
        return Cell((Statement(reader.capital(str(ARTICLES[article][1][found.value])), bool(found.unverified)),))

    return cell
