"""The papers of a brief: which there are, and that each row fits the signed record of who brought it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from cases import records
from cases.custody import Entry, custody_of
from cases.exhibit_types import TYPES
from cases.lawyers import rooms
from cases.models import Case, Paper, Proposal
from people.models import Role
from people.recipients import STAFF
from vault.directory import statement_for
from vault.errors import Forged
from vault.keyring import Keyring
from vault.models import KeyPair, SealedValue, today
from vault.opened import Opened

TABLE, FIELD, OPENED = "paper", "record", "paper.opened"
BRINGERS = {*STAFF, Role.LAWYER}


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """One paper. size in bytes; sha256: hexadecimal, of the original bytes; custody: as of an exhibit, oldest first."""

    id: UUID
    number: int
    kind: str
    name: str
    content_type: str
    size: int
    sha256: str
    received_on: str
    custody: tuple[Entry, ...] = ()
    file: str = ""

    @property
    def label(self) -> str:
        """The number as it stands in lists and file names: L-001."""
        return f"L-{self.number:03d}"

    @property
    def kind_words(self) -> str:
        """What kind of paper it is."""
        return str(Paper.Kind(self.kind).label)

    @property
    def type_words(self) -> str:
        """What kind of file it is."""
        return gettext(TYPES[self.content_type].words) if self.content_type in TYPES else self.content_type

    @property
    def suffix(self) -> str:
        """The ending of the name that the file gets from us."""
        found = TYPES.get(self.content_type)
        return found.suffix if found else "bin"

    @property
    def scan(self) -> str:
        """What the custody says of the scan."""
        return self.custody[-1]["event"] if self.custody else ""

    def to_json(self) -> dict[str, Any]:
        """As it is sealed."""
        return {**asdict(self), "id": str(self.id), "custody": list(self.custody)}

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> PaperRecord:
        """As it was sealed."""
        return cls(**{**content, "id": UUID(content["id"]), "custody": tuple(content["custody"])})


def received(by: str, scan: str) -> tuple[Entry, ...]:
    """The first steps of a paper's custody. by: a role in words; scan: what the scanner said."""
    day = today().isoformat()
    return (
        {"event": "received", "on": day, "by": by},
        {"event": "hashed, sha-256", "on": day, "by": "portal"},
        {"event": scan, "on": day, "by": "portal"},
    )


def papers_of(proposal: Proposal, ring: Keyring) -> list[PaperRecord]:
    """The papers of a brief, as they came. Raises NoGrant, or Forged for a row that does not fit its record."""
    return read(proposal, rooms.opened(proposal, ring))


def papers_of_case(case: Case, ring: Keyring) -> list[tuple[Proposal, list[PaperRecord]]]:
    """Every brief of a case that has papers, with them, the newest lawyer first."""
    rows = case.proposals.select_related("lawyer__pair", "case__receipt").filter(papers__isnull=False).distinct()
    return [(row, papers_of(row, ring)) for row in rows.order_by("-made_on", "-id")]


def has_paper(proposal: Proposal, ring: Keyring, kind: str) -> bool:
    """Is there a paper of this kind, with a record that fits?"""
    return any(each.kind == kind for each in papers_of(proposal, ring))


def read(proposal: Proposal, opened: list[Opened]) -> list[PaperRecord]:
    """The papers in epochs whose head was checked. Raises Forged."""
    found = list(Paper.objects.filter(proposal=proposal))
    records.require_rows(opened, TABLE, [row.id for row in found])
    return sorted((_record(row, opened) for row in found), key=lambda each: each.number)


def steps(found: Iterable[PaperRecord]) -> list[tuple[PaperRecord, list[Entry]]]:
    """Each paper with its custody: what its record says, and who opened it since."""
    listed = list(found)
    taken = custody_of({each.id: each.custody for each in listed}, OPENED)
    return [(each, taken[each.id]) for each in listed]


def _record(row: Paper, opened: list[Opened]) -> PaperRecord:
    value, content = max(records.read_all(opened, TABLE, row.id, FIELD), key=lambda each: each[0].version)
    _require_bringer(row.proposal, value)
    record = PaperRecord.from_json(content)
    if (record.id, record.kind, record.file) != (row.id, row.kind, str(row.file_id)):
        raise Forged(f"paper {row.id}: its row says something else than its record")
    return record


def _require_bringer(proposal: Proposal, value: SealedValue) -> None:
    """Raise Forged unless the lawyer of this brief, or a member of staff, signed it."""
    statement = statement_for(value.signer, {KeyPair.Use.PERSON}, value.made_on, roles=BRINGERS)
    if statement.role == Role.LAWYER and statement.holder != proposal.lawyer_id:
        raise Forged(f"paper {value.row}: signed by another lawyer")
