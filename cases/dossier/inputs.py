"""Everything a dossier is made of, as frozen data. Two equal inputs give the same bytes of PDF."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass, field
from typing import Any

from cases.dossier import annex_inputs as annex
from cases.dossier.errors import BadInput
from cases.dossier.expected import SHA256, is_day, is_partial_day
from cases.dossier.expected import expect as _expect
from cases.dossier.plain import revive
from cases.dossier.variant import Variant, codes, find
from cases.exhibit_types import TYPES

REFERENCE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,39}\Z")
SOURCES = ("account", "exhibit", "public", "provision")
VOICES = ("person", "exhibit", "counsel")  # says, shows, concludes
STRENGTHS = ("none", "account only", "account + other person", "account + document", "several independent")
NAMINGS = ("full", "name_sealed", "pseudonym", "org_only", "not_sure")
FULL, PSEUDONYMISED = "full", "pseudonymised"  # renderings


@dataclass(frozen=True)
class Lawyer:
    """Counsel and the address for service, as one line each."""

    name: str
    line: str


@dataclass(frozen=True)
class Complainant:
    """The name the survivor chose for this complaint, and how it is to be used (codes of name_mode)."""

    name: str
    naming: str

    def __post_init__(self) -> None:
        _expect(self.naming in NAMINGS, "complainant.naming")


@dataclass(frozen=True)
class Answer:
    """One answer. value_en is there only when the value comes from a vocabulary; free text is never machine translated.

    purposes: codes of the catalogue (T1, H5, ...), used by `elements.propose_elements`.
    """

    question_id: str
    question: str
    question_en: str
    value: str
    value_en: str | None
    lang: str
    own_words: bool
    purposes: tuple[str, ...] = ()


@dataclass(frozen=True)
class AccountSection:
    """One section of the first account as it was sent: `version` counts the sends, `sent_on` is an ISO day.

    hand: how it was told, when the complainant did not write it; else "". is_cut: only blank lines part paragraphs,
    because they were cut before names were replaced, so that they keep their numbers.
    """

    id: str
    title: str
    version: int
    sent_on: str
    language: str
    answers: tuple[Answer, ...]
    hand: str = ""
    is_cut: bool = False

    def __post_init__(self) -> None:
        _expect(is_day(self.sent_on), "account.sent_on")


@dataclass(frozen=True)
class FactSource:
    """One place that a sentence rests on. kind: of SOURCES. where: see FactSentence; of a provision its own words."""

    kind: str
    where: str

    def __post_init__(self) -> None:
        _expect(self.kind in SOURCES, "facts.sources.kind")
        _expect(bool(self.where.strip()), "facts.sources.where")


@dataclass(frozen=True)
class FactSentence:
    """A sentence in the third person and where it comes from.

    where: "¶ 3" or a question id for the account, "E-001" or "E-001/3" for an exhibit, "O-001" for a public source.
    topic: one of topics.TOPICS. on: ISO day, month or year if the sentence has a date, for the chronology.
    voice: of VOICES; "" in inputs of before the voices were named. sources: all of them, where there are several;
    source and where are then the first.
    """

    text: str
    source: str
    where: str
    topic: str = "facts"
    on: str = ""
    note: str = ""
    voice: str = ""
    sources: tuple[FactSource, ...] = ()

    def __post_init__(self) -> None:
        _expect(self.source in SOURCES, "facts.source")
        _expect(bool(self.where), "facts.where")
        _expect(not self.on or is_partial_day(self.on), "facts.on")
        _expect(self.voice in ("", *VOICES), "facts.voice")

    @property
    def rests_on(self) -> tuple[FactSource, ...]:
        """Every source, also of a sentence that names its only one apart."""
        return self.sources or (FactSource(self.source, self.where),)

    @property
    def spoken(self) -> str:
        """Whose voice it is: of an input that does not say so, an exhibit shows and the person says the rest."""
        return self.voice or ("exhibit" if self.source == "exhibit" else "person")


@dataclass(frozen=True)
class ElementRow:
    """A row of annex A1: what supports an element of a crime. The strength labels the evidence, not the person."""

    group: str
    element: str
    code: str
    paragraphs: str
    exhibits: str
    sources: str
    strength: str
    gap: str
    witnesses: str = ""

    def __post_init__(self) -> None:
        _expect(self.strength in STRENGTHS, "elements.strength")


@dataclass(frozen=True)
class CustodyEvent:
    """One entry of the chain of custody: an event code, an ISO day, the code of who did it."""

    event: str
    on: str
    by: str


@dataclass(frozen=True)
class ExhibitInput:
    """An exhibit as received; its bytes are handed over separately. sha256: hex, of the original bytes.

    sha256 is "" where it is withheld: whoever has a file could find by it whose dossier this is.
    """

    number: int
    name: str
    content_type: str
    size: int
    sha256: str
    received_on: str
    custody: tuple[CustodyEvent, ...] = ()

    def __post_init__(self) -> None:
        _expect(self.number > 0, "exhibits.number")
        _expect(self.content_type in TYPES, "exhibits.content_type")
        _expect(not self.sha256 or SHA256.match(self.sha256) is not None, "exhibits.sha256")
        _expect(is_day(self.received_on), "exhibits.received_on")

    @property
    def original(self) -> str:
        """The name of the original in the package, a pattern that nobody typed."""
        return f"originals/{self.label}.{TYPES[self.content_type].suffix}"

    @property
    def scan(self) -> str:
        """What its custody says of the scan for harmful software; files of before there was one have no such line."""
        events = [each.event for each in self.custody if each.event.startswith(("scanned", "not scanned"))]
        return events[-1] if events else "not recorded"

    @property
    def label(self) -> str:
        """E-001 and onwards; never reused within a dossier."""
        return f"E-{self.number:03d}"


@dataclass(frozen=True)
class Consent:
    """One answer to one consent question: scope, answer, version and language of the text shown, ISO day."""

    scope: str
    answer: str
    version: str
    language: str
    day: str


@dataclass(frozen=True)
class PublicSource:
    """A public report: reference O-001, title, address, and the day the address was last read."""

    id: str
    title: str
    address: str
    day: str


@dataclass(frozen=True)
class Cleared:
    """A lawyer's signed word on one open point. key, digest: of cases.dossier.points.Point, which it is bound to."""

    key: str
    digest: str
    by: str
    on: str
    because: str

    def __post_init__(self) -> None:
        _expect(SHA256.match(self.digest) is not None, "cleared.digest")
        _expect(is_day(self.on), "cleared.on")
        _expect(bool(self.by.strip() and self.because.strip()), "cleared.by")


@dataclass(frozen=True)
class Filing:
    """The person's signed yes to this text. digest: of cases.dossier.agreed, hex; shown_on, agreed_on: ISO days.

    language: in which it was read; is_aloud: was it read to the person?
    """

    digest: str
    shown_on: str
    agreed_on: str
    language: str
    is_aloud: bool = False

    def __post_init__(self) -> None:
        _expect(SHA256.match(self.digest) is not None, "filing.digest")
        _expect(is_day(self.shown_on) and is_day(self.agreed_on), "filing.agreed_on")


@dataclass(frozen=True)
class AuditHead:
    """The newest link of the audit chain when the dossier was asked for: its number and digest (hex).

    Whoever holds the print can have the trail verified against it: a paper copy cannot be rewritten with the database.
    """

    number: int
    digest: str

    def __post_init__(self) -> None:
        _expect(self.number > 0, "audit_head.number")
        _expect(SHA256.match(self.digest) is not None, "audit_head.digest")


@dataclass(frozen=True)
class DossierInput:
    """All approved data of one dossier. route and confirmed have the shapes of the route assessment.

    From `persons` on: see cases.dossier.annex_inputs. identity, witness_contacts and whereabouts go into the sealed
    envelope alone. salt: 64 random hexadecimal digits, which keep hashes of little sheets from confirming a guess.
    rendering: FULL, or PSEUDONYMISED (see cases.dossier.pseudonym).
    """

    reference: str
    case_reference: str
    variant: str
    built_on: str
    route: dict[str, Any]
    lawyer: Lawyer
    complainant: Complainant
    account: tuple[AccountSection, ...]
    facts: tuple[FactSentence, ...] = ()
    elements: tuple[ElementRow, ...] = ()
    exhibits: tuple[ExhibitInput, ...] = ()
    consent: tuple[Consent, ...] = ()
    public_sources: tuple[PublicSource, ...] = ()
    confirmed: dict[str, Any] = field(default_factory=dict)
    cleared: tuple[Cleared, ...] = ()
    audit_head: AuditHead | None = None  # None while nothing is chained yet
    persons: tuple[annex.AccusedPerson, ...] = ()
    witnesses: tuple[annex.Witness, ...] = ()
    episodes: tuple[annex.Episode, ...] = ()
    translation: tuple[annex.Translated, ...] = ()
    certificates: tuple[annex.Certificate, ...] = ()
    certified: tuple[int, ...] = ()  # versions whose translation was certified before anything was replaced in it
    papers: tuple[annex.PaperInput, ...] = ()
    mandate: annex.Mandate | None = None
    medical: annex.Medical | None = None
    needs: tuple[annex.Need, ...] = ()
    identity: annex.Identity | None = None
    witness_contacts: tuple[annex.WitnessContact, ...] = ()
    whereabouts: tuple[annex.Whereabouts, ...] = ()
    salt: str = ""
    filing: Filing | None = None  # None for a draft, which says so on every page
    rendering: str = FULL

    def __post_init__(self) -> None:
        _expect(self.rendering in (FULL, PSEUDONYMISED), "rendering")
        withheld = [exhibit for exhibit in self.exhibits if not exhibit.sha256]
        _expect(self.is_pseudonymised or not withheld, "exhibits.sha256")
        _expect(REFERENCE.match(self.reference) is not None, "reference")
        _expect(self.variant in codes(), "variant")
        _expect(is_day(self.built_on), "built_on")
        numbers = [exhibit.number for exhibit in self.exhibits]
        _expect(len(set(numbers)) == len(numbers), "exhibits.number")
        _expect(SHA256.match(self.salt) is not None or not (self.salt or self.has_envelope), "salt")

    @property
    def is_pseudonymised(self) -> bool:
        """Was everything replaced that identifies a person?"""
        return self.rendering == PSEUDONYMISED

    @property
    def words(self) -> Variant:
        """The texts that print it; only a draft has the mark of one."""
        words = find(self.variant).rendered(is_pseudonymised=self.is_pseudonymised)
        return words if self.filing is None else words.filed()

    @property
    def named(self) -> str:
        """The reference as file names have it, so that nobody files one rendering for the other."""
        return f"{self.reference}_{self.rendering}" if self.is_pseudonymised else self.reference

    @property
    def has_envelope(self) -> bool:
        """Is there anything that goes into the sealed envelope?"""
        files = [each for each in self.papers if each.has_file]
        return bool(self.identity or self.witness_contacts or self.whereabouts or files)

    def to_bytes(self) -> bytes:
        """Canonical JSON: sorted keys, no spaces, ASCII only, so that lone surrogates survive too."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()

    @classmethod
    def from_bytes(cls, blob: bytes) -> DossierInput:
        """The inverse of to_bytes. Raises BadInput when keys or types differ from the dataclasses here."""
        try:
            plain = json.loads(blob)
        except ValueError as error:
            raise BadInput("json") from error
        result: DossierInput = revive(cls, plain, "")
        return result

    def digest(self) -> str:
        """SHA-256 of to_bytes, hex: printed in the colophon as the data hash."""
        return hashlib.sha256(self.to_bytes()).hexdigest()
