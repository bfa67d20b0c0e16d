"""A base of jurisdiction in words: one short sentence for each condition, marked when nobody has confirmed it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from jurisdictions.models import JurisdictionBasis
from jurisdictions.pages import reader


@dataclass(frozen=True)
class Statement:
    """One sentence of fact."""

    text: str
    unverified: bool = False


OPEN_LINKS = {
    "none": _("No suspect in the country is needed to open a case."),
    "presence": _("A suspect must be in the country to open a case."),
    "residence": _("A suspect must live in the country to open a case."),
    "nationality": _("A suspect must be a national to open a case."),
    "unknown": _("Whether a suspect must be in the country to open a case is unknown."),
}
TRIAL_LINKS = {
    "none": _("No suspect in the country is needed to hold a trial."),
    "presence": _("A suspect must be in the country to hold a trial."),
    "residence": _("A suspect must live in the country to hold a trial."),
    "nationality": _("A suspect must be a national to hold a trial."),
    "unknown": _("Whether a suspect must be in the country to hold a trial is unknown."),
}
VICTIM = {  # the link, and when it must be there
    ("nationality", "acts"): _("The survivor must be a national at the time of the acts."),
    ("nationality", "filing"): _("The survivor must be a national when the complaint is made."),
    ("nationality", ""): _("The survivor must be a national; the moment is not stated."),
    ("residence", "acts"): _("The survivor must live there at the time of the acts."),
    ("residence", "filing"): _("The survivor must live there when the complaint is made."),
    ("residence", ""): _("The survivor must live there; the moment is not stated."),
    ("refugee_or_residence", "acts"): _(
        "The survivor must live there as a recognised refugee or a long resident at the time of the acts."
    ),
    ("refugee_or_residence", "filing"): _(
        "The survivor must live there as a recognised refugee or a long resident when the complaint is made."
    ),
    ("refugee_or_residence", ""): _(
        "The survivor must live there as a recognised refugee or a long resident; the moment is not stated."
    ),
}
DOUBLE = {
    "yes": _("The act must be punishable where it was done."),
    "no": _("The act need not be punishable where it was done."),
    "unknown": _("Whether the act must be punishable where it was done is unknown."),
}
SUBSIDIARITY = {
    "yes": _("Yields to another competent State or court."),
    "no": _("Does not yield to another State or court."),
    "unknown": _("Whether it yields to another State or court is unknown."),
}
TERRITORIAL = {
    "yes": _("The State of the acts must be party to the treaty."),
    "unknown": _("Whether the State of the acts must be party to a treaty is unknown."),
}
EARLIER = {"yes": _("Reaches earlier acts."), "no": _("Does not reach earlier acts.")}
LAPSES = {"none": _("Does not lapse."), "unknown": _("The time limit is unknown.")}
CONSENT = {  # whose, and before what
    ("prosecutor", "open"): _("Consent of a prosecutor is needed before a case is opened."),
    ("prosecutor", "prosecute"): _("Consent of a prosecutor is needed before charges."),
    ("prosecutor", "unknown"): _("Consent of a prosecutor is needed at a stage not stated."),
    ("prosecutor_general", "open"): _(
        "Consent of the head of the prosecution service is needed before a case is opened."
    ),
    ("prosecutor_general", "prosecute"): _("Consent of the head of the prosecution service is needed before charges."),
    ("prosecutor_general", "unknown"): _(
        "Consent of the head of the prosecution service is needed at a stage not stated."
    ),
    ("attorney_general", "open"): _("Consent of the Attorney General is needed before a case is opened."),
    ("attorney_general", "prosecute"): _("Consent of the Attorney General is needed before charges."),
    ("attorney_general", "unknown"): _("Consent of the Attorney General is needed at a stage not stated."),
    ("minister", "open"): _("Consent of a minister is needed before a case is opened."),
    ("minister", "prosecute"): _("Consent of a minister is needed before charges."),
    ("minister", "unknown"): _("Consent of a minister is needed at a stage not stated."),
}
NO_CONSENT = {
    "none": _("Nobody else has to consent."),
    "unknown": _("Whose consent is needed is unknown."),
}
DISCRETION = {
    "mandatory": _("The prosecutor must act on a well-founded complaint."),
    "discretionary": _("The prosecutor is free to decline."),
    "mixed": _("The prosecutor is partly free to decline."),
}
REVIEW = {
    "yes": _("A court reviews a refusal."),
    "no": _("No court reviews a refusal."),
    "unknown": _("Whether a court reviews a refusal is unknown."),
}
PRIVATE = {
    "yes": _("The survivor can prosecute or seize a judge."),
    "no": _("The survivor cannot prosecute alone."),
    "unknown": _("Whether the survivor can prosecute is unknown."),
}

QUESTIONS = (
    (_("Who must be there"), ("suspect_link", "victim_link")),
    (_("Since when, how long"), ("in_force_from", "applies_to_earlier_acts", "limitation")),
    (_("On what terms"), ("double_criminality", "subsidiarity", "territorial_state_must_be_party")),
    (_("Who decides"), ("gatekeeper", "discretion", "victim_trigger")),
)


def statements(basis: JurisdictionBasis) -> tuple[Statement, ...]:
    """Every condition of the base."""
    return tuple(statement for _, statement in conditions(basis))


def conditions(basis: JurisdictionBasis) -> tuple[tuple[str, Statement], ...]:
    """Every condition of the base with the name of its field (vocabulary.UNVERIFIED)."""
    return tuple(
        (field, Statement(text, field in basis.unverified))
        for text, field in (*_links(basis), *_time(basis), *_limits(basis), *_authority(basis))
    )


def grouped(basis: JurisdictionBasis) -> tuple[tuple[str, tuple[Statement, ...]], ...]:
    """Every condition of the base under the four questions that a reader has."""
    known = conditions(basis)
    found = [(str(title), tuple(it for field, it in known if field in fields)) for title, fields in QUESTIONS]
    return tuple((title, statements) for title, statements in found if statements)


def remarks(basis: JurisdictionBasis) -> tuple[str, ...]:
    """What the extra codes of the base say, and why it is read so."""
    return (*(f"{reader.table('extra')[code]}." for code in basis.extra), basis.why)


def chip(basis: JurisdictionBasis) -> str:
    """open, conditional or unknown: whether a case can be opened without a link of anybody with the State."""
    if basis.suspect_open == "unknown":
        return "unknown"
    free = basis.suspect_open == "none" and basis.victim_link == "none" and basis.confidence != "low"
    return "open" if free else "conditional"


def _links(basis: JurisdictionBasis) -> Iterator[tuple[str, str]]:
    yield str(OPEN_LINKS[basis.suspect_open]), "suspect_link"
    if basis.suspect_try != basis.suspect_open:
        yield str(TRIAL_LINKS[basis.suspect_try]), "suspect_link"
    if basis.victim_link != "none":
        yield str(VICTIM[basis.victim_link, basis.victim_link_when]), "victim_link"
        if years := basis.victim_link_years:
            words = ngettext("For at least %(years)s year.", "For at least %(years)s years.", years)
            yield words % {"years": years}, "victim_link"


def _time(basis: JurisdictionBasis) -> Iterator[tuple[str, str]]:
    if basis.in_force_earliest is None:
        yield gettext("Since when it is in force was not found."), "in_force_from"
    elif basis.in_force_earliest == basis.in_force_latest:
        yield gettext("In force since %(day)s.") % {"day": reader.day(basis.in_force_earliest)}, "in_force_from"
    else:
        words = gettext("In force since %(day)s; the day is not confirmed.")
        yield words % {"day": basis.in_force_from}, "in_force_from"
    if basis.applies_to_earlier_acts in EARLIER:
        yield str(EARLIER[basis.applies_to_earlier_acts]), "applies_to_earlier_acts"


def _limits(basis: JurisdictionBasis) -> Iterator[tuple[str, str]]:
    yield str(DOUBLE[basis.double_criminality]), "double_criminality"
    yield str(SUBSIDIARITY[basis.subsidiarity]), "subsidiarity"
    if basis.territorial_party in TERRITORIAL:
        yield str(TERRITORIAL[basis.territorial_party]), "territorial_state_must_be_party"
    yield _limitation(basis), "limitation"


def _limitation(basis: JurisdictionBasis) -> str:
    if basis.limitation != "years":
        return str(LAPSES[basis.limitation])
    years = basis.limitation_years or 0
    if basis.limitation_starts == "act":
        words = ngettext(
            "Lapses after %(years)s year; when that starts is the act.",
            "Lapses after %(years)s years; when that starts is the act.",
            years,
        )
    else:
        words = ngettext(
            "Lapses after %(years)s year; when that starts is unknown.",
            "Lapses after %(years)s years; when that starts is unknown.",
            years,
        )
    return words % {"years": years}


def _authority(basis: JurisdictionBasis) -> Iterator[tuple[str, str]]:
    if basis.gatekeeper in NO_CONSENT:
        yield str(NO_CONSENT[basis.gatekeeper]), "gatekeeper"
    else:
        yield str(CONSENT[basis.gatekeeper, basis.gatekeeper_stage]), "gatekeeper"
    if basis.discretion in DISCRETION:
        yield str(DISCRETION[basis.discretion]), "discretion"
    yield str(PRIVATE[basis.private_prosecution]), "victim_trigger"
    yield str(REVIEW[basis.court_review]), "victim_trigger"
