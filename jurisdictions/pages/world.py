"""What the map shows: where States stand with a treaty, what their law allows, or what a set of facts opens."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jurisdictions.assess.verdicts import RANK
from jurisdictions.models import State, TreatyStatus
from jurisdictions.pages import codes, reader
from jurisdictions.pages.overview import treaty
from jurisdictions.pages.standing import standing
from jurisdictions.pages.subject import Subject, subjects
from jurisdictions.pages.tiles import Drawing, Value, drawn
from jurisdictions.pages.treatyrows import STATUS
from jurisdictions.pages.treatyrows import UNKNOWN as NOT_KNOWN

# How a value is drawn: a full tile, a half, an empty one, one with a question mark, a struck one, a dotted one.
OF_STATUS = {"party": "full", "signatory": "half", "none": "empty", "withdrawn": "struck", "denounced": "struck"}
UNKNOWN = "unknown"
OF_VERDICT = {"open": "full", "conditional": "half", UNKNOWN: "query", "blocked": "struck"}
NO_LAW = _("no national law described")


@dataclass(frozen=True)
class Shown:
    """A thing that can be shown. words: what it is called in the choice; lede: what the colours say."""

    words: str | Promise
    lede: str | Promise


SHOWN = {
    "law": Shown(
        _("Opening a case by law alone"),
        _("Whether a case about acts abroad can be opened, before any facts are known."),
    ),
    "cat": Shown(_("Convention against Torture"), _("Who is bound by the Convention against Torture today.")),
    "opcat": Shown(_("Its Optional Protocol"), _("Who is bound by the Optional Protocol to the Convention today.")),
    "rome": Shown(_("Rome Statute"), _("Who is bound by the Rome Statute of the International Criminal Court today.")),
}
TREATIES = {"cat": TreatyStatus.Treaty.CAT, "opcat": TreatyStatus.Treaty.OPCAT, "rome": TreatyStatus.Treaty.ROME}


def world(show: str) -> Drawing:
    """The map of one thing in SHOWN."""
    every = subjects(State.objects.all())
    names = {it.state.iso2: reader.state_name(it.state) for it in every}
    if show in TREATIES:
        values = {it.state.iso2: _status(it, TREATIES[show]) for it in every}
        return drawn(names, values, [*map(str, STATUS.values()), str(NOT_KNOWN)])
    values = {it.state.iso2: _standing(it) for it in every}
    return drawn(names, values, [*map(codes.verdict, OF_VERDICT), str(NO_LAW)])


def opened(routes: Iterable[Mapping[str, Any]]) -> Drawing:
    """The map of the best verdict that a set of facts has in each State."""
    names = {state.iso2: reader.state_name(state) for state in State.objects.all()}
    best: dict[str, str] = {}
    for route in routes:
        known = best.setdefault(route["forum"], route["verdict"])
        best[route["forum"]] = min(known, route["verdict"], key=lambda verdict: RANK[verdict])
    values = {code: _value(best[code]) if code in best else _no_law() for code in names}
    return drawn(names, values, [*map(codes.verdict, OF_VERDICT), str(NO_LAW)])


def _status(subject: Subject, name: str) -> Value:
    known, status = treaty(subject, name), subject.treaties.get(name)
    return Value(known.status, OF_STATUS[status.status] if status else "query", known.unverified)


def _standing(subject: Subject) -> Value:
    found = standing(subject.bases)
    if not subject.bases:
        return _no_law()
    return _value(found.verdict, found.unverified)


def _value(verdict: str, unverified: bool = False) -> Value:
    return Value(codes.verdict(verdict), OF_VERDICT[verdict], unverified)


def _no_law() -> Value:
    return Value(str(NO_LAW), "dotted")
