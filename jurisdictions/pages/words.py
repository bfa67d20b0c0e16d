"""A base of jurisdiction in words: one short sentence for each condition, marked when nobody has confirmed it."""

from collections.abc import Iterator
from dataclasses import dataclass

from jurisdictions.assess.texts import in_words
from jurisdictions.models import JurisdictionBasis
from jurisdictions.vocabulary import EXTRA


@dataclass(frozen=True)
class Statement:
    """One sentence of fact."""

    text: str
    unverified: bool = False


LINKS = {
    "none": "No suspect in the country is needed to {stage}.",
    "presence": "A suspect must be in the country to {stage}.",
    "residence": "A suspect must live in the country to {stage}.",
    "nationality": "A suspect must be a national to {stage}.",
    "unknown": "Whether a suspect must be in the country to {stage} is unknown.",
}
VICTIM = {
    "nationality": "The survivor must be a national",
    "residence": "The survivor must live there",
    "refugee_or_residence": "The survivor must live there as a recognised refugee or a long resident",
}
WHEN = {"acts": " at the time of the acts", "filing": " when the complaint is made", "": "; the moment is not stated"}
DOUBLE = {
    "yes": "The act must be punishable where it was done.",
    "no": "The act need not be punishable where it was done.",
    "unknown": "Whether the act must be punishable where it was done is unknown.",
}
SUBSIDIARITY = {
    "yes": "Yields to another competent State or court.",
    "no": "Does not yield to another State or court.",
    "unknown": "Whether it yields to another State or court is unknown.",
}
TERRITORIAL = {
    "yes": "The State of the acts must be party to the treaty.",
    "unknown": "Whether the State of the acts must be party to a treaty is unknown.",
}
AUTHORITIES = {
    "prosecutor": "a prosecutor",
    "prosecutor_general": "the head of the prosecution service",
    "attorney_general": "the Attorney General",
    "minister": "a minister",
}
STAGES = {"open": "before a case is opened", "prosecute": "before charges", "unknown": "at a stage not stated"}
DISCRETION = {
    "mandatory": "The prosecutor must act on a well-founded complaint.",
    "discretionary": "The prosecutor is free to decline.",
    "mixed": "The prosecutor is partly free to decline.",
}
REVIEW = {
    "yes": "A court reviews a refusal.",
    "no": "No court reviews a refusal.",
    "unknown": "Whether a court reviews a refusal is unknown.",
}
PRIVATE = {
    "yes": "The survivor can prosecute or seize a judge.",
    "no": "The survivor cannot prosecute alone.",
    "unknown": "Whether the survivor can prosecute is unknown.",
}

QUESTIONS = {
    "Who must be there": ("suspect_link", "victim_link"),
    "Since when, how long": ("in_force_from", "applies_to_earlier_acts", "limitation"),
    "On what terms": ("double_criminality", "subsidiarity", "territorial_state_must_be_party"),
    "Who decides": ("gatekeeper", "discretion", "victim_trigger"),
}


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
    found = [(title, tuple(it for field, it in known if field in fields)) for title, fields in QUESTIONS.items()]
    return tuple((title, statements) for title, statements in found if statements)


def remarks(basis: JurisdictionBasis) -> tuple[str, ...]:
    """What the extra codes of the base say, and why it is read so."""
    return (*(f"{EXTRA[code]}." for code in basis.extra), basis.why)


def chip(basis: JurisdictionBasis) -> str:
    """open, conditional or unknown: whether a case can be opened without a link of anybody with the State."""
    if basis.suspect_open == "unknown":
        return "unknown"
    free = basis.suspect_open == "none" and basis.victim_link == "none" and basis.confidence != "low"
    return "open" if free else "conditional"


def _links(basis: JurisdictionBasis) -> Iterator[tuple[str, str]]:
    yield LINKS[basis.suspect_open].format(stage="open a case"), "suspect_link"
    if basis.suspect_try != basis.suspect_open:
        yield LINKS[basis.suspect_try].format(stage="hold a trial"), "suspect_link"
    if basis.victim_link != "none":
        years = f", for at least {basis.victim_link_years} years" if basis.victim_link_years else ""
        yield f"{VICTIM[basis.victim_link]}{years}{WHEN[basis.victim_link_when]}.", "victim_link"


def _time(basis: JurisdictionBasis) -> Iterator[tuple[str, str]]:
    if basis.in_force_earliest is None:
        yield "Since when it is in force was not found.", "in_force_from"
    elif basis.in_force_earliest == basis.in_force_latest:
        yield f"In force since {in_words(basis.in_force_earliest)}.", "in_force_from"
    else:
        yield f"In force since {basis.in_force_from}; the day is not confirmed.", "in_force_from"
    if basis.applies_to_earlier_acts != "unknown":
        reach = "Reaches" if basis.applies_to_earlier_acts == "yes" else "Does not reach"
        yield f"{reach} earlier acts.", "applies_to_earlier_acts"


def _limits(basis: JurisdictionBasis) -> Iterator[tuple[str, str]]:
    yield DOUBLE[basis.double_criminality], "double_criminality"
    yield SUBSIDIARITY[basis.subsidiarity], "subsidiarity"
    if basis.territorial_party in TERRITORIAL:
        yield TERRITORIAL[basis.territorial_party], "territorial_state_must_be_party"
    if basis.limitation == "years":
        yield f"Lapses after {basis.limitation_years} years; when that starts {_starts(basis)}.", "limitation"
    else:
        known = {"none": "Does not lapse.", "unknown": "The time limit is unknown."}
        yield known[basis.limitation], "limitation"


def _starts(basis: JurisdictionBasis) -> str:
    return "is the act" if basis.limitation_starts == "act" else "is unknown"


def _authority(basis: JurisdictionBasis) -> Iterator[tuple[str, str]]:
    if basis.gatekeeper == "none":
        yield "Nobody else has to consent.", "gatekeeper"
    elif basis.gatekeeper == "unknown":
        yield "Whose consent is needed is unknown.", "gatekeeper"
    else:
        stage = STAGES[basis.gatekeeper_stage]
        yield f"Consent of {AUTHORITIES[basis.gatekeeper]} is needed {stage}.", "gatekeeper"
    if basis.discretion in DISCRETION:
        yield DISCRETION[basis.discretion], "discretion"
    yield PRIVATE[basis.private_prosecution], "victim_trigger"
    yield REVIEW[basis.court_review], "victim_trigger"
