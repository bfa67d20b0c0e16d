"""What the annexes on people, places, translation and rights are made of, as frozen data.

Every value has a field of its own, so that one of them can be taken out without reading sentences. What goes into the
sealed envelope (Identity, WitnessContact, Whereabouts, the files of PaperInput) stands apart from what is printed
openly: the main document is made without looking at it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cases.dossier.expected import expect, is_day, is_digest, is_partial_day
from cases.exhibit_types import TYPES

PERSON, WITNESS, PAPER = re.compile(r"P-\d{3,4}\Z"), re.compile(r"W-\d{2,4}\Z"), re.compile(r"L-\d{3,4}\Z")
HEARSAY = frozenset({"later_media", "later_database", "leak"})  # what such a basis alone gives is no fact
# Bases of an identification that come from one and the same source count once.
SOURCES = (
    frozenset({"knew_before", "introduced", "heard_called", "badge", "voice"}),
    frozenset({"document", "court"}),
    frozenset({"told_by_other"}),
    HEARSAY,
)


@dataclass(frozen=True)
class AccusedPerson:
    """A row of annex A2. kind, agency, roles, bases, certainty: codes of the form; own words in `lang`.

    code: "P-001". name: as the survivor gave it; variants: other spellings. other_agency, unit, rank: own words.
    episodes: numbers, for the roles. exhibits: "E-001".
    """

    code: str
    lang: str
    kind: str = ""
    name: str = ""
    variants: tuple[str, ...] = ()
    agency: str = ""
    other_agency: str = ""
    unit: str = ""
    rank: str = ""
    roles: tuple[str, ...] = ()
    episodes: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    certainty: str = ""
    exhibits: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        expect(PERSON.match(self.code) is not None, "persons.code")

    @property
    def is_confirmed(self) -> bool:
        """Does the name rest on something else than leaked or published data, or on nothing that was said?"""
        return bool(set(self.bases) - HEARSAY)

    @property
    def sources(self) -> int:
        """How many independent sources the survivor names for who it was."""
        return sum(not group.isdisjoint(self.bases) for group in SOURCES)


@dataclass(frozen=True)
class Whereabouts:
    """Where somebody was last known to be, in the survivor's words. Sealed envelope."""

    code: str
    lang: str
    text: str

    def __post_init__(self) -> None:
        expect(PERSON.match(self.code) is not None, "whereabouts.code")


@dataclass(frozen=True)
class Witness:
    """A row of annex A5: a code, and what this person can speak about, in the survivor's words."""

    code: str
    lang: str
    can_tell: str = ""
    translated: str = ""  # the same in the language of filing, where somebody has put it there

    def __post_init__(self) -> None:
        expect(WITNESS.match(self.code) is not None, "witnesses.code")


@dataclass(frozen=True)
class WitnessContact:
    """Who a witness is and how to reach them. Sealed envelope. country: alpha-2, or ""."""

    code: str
    lang: str
    name: str
    contact: str = ""
    country: str = ""

    def __post_init__(self) -> None:
        expect(WITNESS.match(self.code) is not None, "witness_contacts.code")


@dataclass(frozen=True)
class Episode:
    """A row of annex A6. begin, end: ISO day, month or year, or "". facility, region, places: codes of the form.

    other_facility, town: own words in `lang`. country: alpha-2, or "".
    """

    number: int
    lang: str
    begin: str = ""
    end: str = ""
    facility: str = ""
    other_facility: str = ""
    places: tuple[str, ...] = ()
    town: str = ""
    region: str = ""
    country: str = ""

    def __post_init__(self) -> None:
        expect(self.number > 0, "episodes.number")
        expect(all(not each or is_partial_day(each) for each in (self.begin, self.end)), "episodes.begin")


@dataclass(frozen=True)
class Translated:
    """One answer of annex B1 in the language of filing. revision: of the translation, as its author saved it."""

    section_id: str
    version: int
    question_id: str
    language: str
    text: str
    revision: int = 1


@dataclass(frozen=True)
class Certificate:
    """What a translator signed for. version: of the account; source, translation: SHA-256 of the texts (see certified).

    paper: "L-003", the signed sheet, or "". on: ISO day. is_complete: complete and faithful, in the translator's word.
    """

    version: int
    translator: str
    qualification: str
    source_language: str
    language: str
    source: str
    translation: str
    place: str
    on: str
    is_complete: bool
    remarks: str = ""
    paper: str = ""

    def __post_init__(self) -> None:
        expect(is_digest(self.source) and is_digest(self.translation), "certificates.source")
        expect(is_day(self.on), "certificates.on")


@dataclass(frozen=True)
class PaperInput:
    """A paper that was signed or written down with counsel, as it was brought. kind: of cases.models.Paper.

    has_file: whether its bytes go into the package. file: the id of the sealed file.
    """

    label: str
    kind: str
    content_type: str
    size: int
    sha256: str
    received_on: str
    has_file: bool = False
    file: str = ""

    def __post_init__(self) -> None:
        expect(PAPER.match(self.label) is not None, "papers.label")
        expect(self.content_type in TYPES, "papers.content_type")
        expect(is_digest(self.sha256), "papers.sha256")
        expect(is_day(self.received_on), "papers.received_on")


@dataclass(frozen=True)
class Mandate:
    """Since when counsel has the mandate, and for which country; both may be empty."""

    since: str = ""
    country: str = ""

    def __post_init__(self) -> None:
        expect(not self.since or is_day(self.since), "mandate.since")


@dataclass(frozen=True)
class Identity:
    """Who the complainant is. Sealed envelope; there is none without their word that the name may be used.

    birth_date: ISO day, month or year, or "". gender, documents: codes of the form.
    """

    family_name: str = ""
    given_names: str = ""
    latin_name: str = ""
    other_names: str = ""
    birth_date: str = ""
    birth_place: str = ""
    gender: str = ""
    documents: tuple[str, ...] = ()
    document_numbers: str = ""

    def __post_init__(self) -> None:
        expect(not self.birth_date or is_partial_day(self.birth_date), "identity.birth_date")


@dataclass(frozen=True)
class Care:
    """What was said of medical care in one episode. codes: of the form; provider: who and when, own words in `lang`."""

    episode: int
    lang: str
    codes: tuple[str, ...] = ()
    provider: str = ""


@dataclass(frozen=True)
class Medical:
    """Annex B8. exam: code of the form; consistency: of CONSISTENCY, or ""; exhibits: "E-001", the reports."""

    exam: str = ""
    consistency: str = ""
    care: tuple[Care, ...] = ()
    exhibits: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        expect(self.consistency in ("", *CONSISTENCY), "medical.consistency")


CONSISTENCY = ("not", "consistent", "highly", "typical", "diagnostic")  # Istanbul Protocol 2022, paragraph 379


@dataclass(frozen=True)
class Need:
    """One answer that a request of annex B9 rests on: a code of the form, or own words in `lang`."""

    question_id: str
    code: str = ""
    words: str = ""
    lang: str = ""
