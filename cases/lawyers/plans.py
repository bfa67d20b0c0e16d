"""The plan of an interview: made by the lawyer in the brief, shown to the person by a member, answered by the receipt.

The lawyer cannot open `messages`. So the answer carries a signature of the receipt over what was shown and said; a
member copies it into the brief, and the lawyer proves it with the receipt's key, whose fingerprint the brief holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from cases import records
from cases.lawyers import rooms
from cases.lawyers.proposals import opened_messages
from cases.models import Proposal
from cases.statement.dates import span
from people.recipients import STAFF
from vault.authors import Authors
from vault.directory import own_fingerprint, statement_for
from vault.envelope.encoding import pack
from vault.envelope.errors import EnvelopeError
from vault.errors import Forged
from vault.heads import settled
from vault.keyring import Keyring
from vault.models import KeyPair
from vault.opened import Opened
from vault.signers import Signer

PLAN, COPY, ACCOUNT = "plan", "plan_answer", "account"  # fields of the brief
TABLE, SHOWN, ANSWER = "plan", "shown", "answer"  # in `messages`
DOMAIN = "interview plan"
YES, ANOTHER, NO = "yes", "another", "no"
ANSWERS = (YES, ANOTHER, NO)
MOST_MINUTES, BREAK_MINUTES = 90, 30
ARREST = ("EPI-02", "EPI-03")  # whose anniversaries are hard days, as far as the day is known


@dataclass(frozen=True, slots=True)
class Plan:
    """What triage.md 8.3 asks for. day: ISO; at, until: hh:mm; minutes: 90 at most, with a break each 30."""

    purpose: str
    topics: str
    left_out: str
    place: str
    present: str
    interpreter: str
    gender: str
    stop_sign: str
    support: str
    after_care: str
    recording: bool
    minutes: int
    day: str
    at: str
    until: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """What the person reads. plan: the version that it tells of; text: the plan in the person's language."""

    plan: int
    text: str
    language: str
    day: str
    at: str
    until: str
    minutes: int
    recording: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What the person answered. hard: days on which nobody should call, as mm-dd; signature: of the receipt."""

    answer: str
    on: str
    hard: tuple[str, ...]
    shown: Shown
    number: int  # how many plans were shown until this one
    signature: str = field(default="", repr=False)

    def to_json(self) -> dict[str, Any]:
        """As it is sealed."""
        return {**asdict(self), "hard": list(self.hard)}

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Said:
        """As it was sealed."""
        return cls(**{**content, "hard": tuple(content["hard"]), "shown": Shown(**content["shown"])})

    def message(self, proposal: Proposal) -> bytes:
        """What the receipt signs: the plan as it was shown, and everything that was answered."""
        shown = json.dumps(asdict(self.shown), sort_keys=True)
        return pack(proposal.id.bytes, self.number, shown, self.answer, self.on, *self.hard)

    def signed(self, proposal: Proposal, signer: Signer) -> Said:
        """The same, with the receipt's signature."""
        return Said(**{**self._parts(), "signature": signer.sign(DOMAIN, self.message(proposal)).hex()})

    def require(self, proposal: Proposal, receipt: KeyPair) -> Said:
        """The same. Raises Forged unless this receipt signed it."""
        try:
            Authors().verify(receipt, DOMAIN, self.message(proposal), bytes.fromhex(self.signature))
        except (EnvelopeError, ValueError) as error:
            raise Forged(f"proposal {proposal.id}: the answer to a plan is not signed by the receipt") from error
        return self

    def _parts(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def plan_of(proposal: Proposal, ring: Keyring) -> Plan | None:
    """The newest plan, as the lawyer signed it, or None. Raises Forged for another hand."""
    found = rooms.signed(proposal, ring, PLAN)
    if found is None:
        return None
    rooms.read_by(proposal, ring, PLAN, proposal.lawyer)
    return Plan(**{**found[1], "version": found[0].version})


def copied(proposal: Proposal, ring: Keyring) -> list[Said]:
    """The answers that were copied into the brief, oldest first, each proved with the receipt's key. Raises Forged."""
    opened = rooms.opened(proposal, ring)
    values = list(records.read_all(opened, rooms.TABLE, proposal.id, COPY))
    receipt = _receipt(proposal, opened) if values else None
    return [
        Said.from_json(content).require(proposal, receipt or proposal.case.receipt)
        for _, content in sorted(values, key=lambda each: each[0].version)
    ]


def answer_to(proposal: Proposal, ring: Keyring, plan: Plan | None) -> Said | None:
    """The person's answer to this very plan, out of the brief, or None."""
    found = [each for each in copied(proposal, ring) if plan is not None and each.shown.plan == plan.version]
    return found[-1] if found else None


def is_accepted(proposal: Proposal, ring: Keyring) -> bool:
    """Did the person say yes to the plan that stands now? Proved, whatever a member wrote."""
    said = answer_to(proposal, ring, plan_of(proposal, ring))
    return said is not None and said.answer == YES


def shown_in(proposal: Proposal, messages: Iterable[Opened]) -> tuple[int, Shown] | None:
    """How many plans were shown, and the newest, signed by a member; None before the first. Raises Forged."""
    found = _newest(proposal, messages, SHOWN)
    if found is None:
        return None
    value, content = found
    statement_for(value.signer, {KeyPair.Use.PERSON}, value.made_on, roles=STAFF)
    return value.version, Shown(**content)


def said_in(proposal: Proposal, messages: Iterable[Opened]) -> Said | None:
    """What the person answered to the newest plan that was shown, or None. Raises Forged for another hand."""
    opened = list(messages)
    shown, found = shown_in(proposal, opened), _newest(proposal, opened, ANSWER)
    if shown is None or found is None or found[0].version != shown[0]:
        return None
    said = Said.from_json(found[1]).require(proposal, proposal.case.receipt)
    if found[0].signer_id != proposal.case.receipt_id or (said.number, said.shown) != shown:
        raise Forged(f"proposal {proposal.id}: the answer is to another plan")
    return said


def read(proposal: Proposal, ring: Keyring) -> tuple[Shown | None, Said | None]:
    """What was shown last, and the answer to it. Raises NoGrant or Forged."""
    return settled(proposal.case_id, lambda: _read(proposal, ring))


def waits_for_answer(proposal: Proposal) -> bool:
    """Was a plan shown that is not answered yet? For pages; the records decide."""
    numbers = [records.newest_version(TABLE, each, proposal.id) for each in (SHOWN, ANSWER)]
    return numbers[0] > numbers[1]


def waiting(proposal: Proposal, ring: Keyring) -> dict[str, bool]:
    """Does the lawyer's plan wait for the team, or the person's answer to it? Raises NoGrant or Forged."""
    plan, (shown, said) = plan_of(proposal, ring), read(proposal, ring)
    return {
        "plan_waits": plan is not None and (shown is None or shown.plan != plan.version),
        "answer_waits": said is not None and said not in copied(proposal, ring),
    }


def hard_days(proposal: Proposal, ring: Keyring) -> set[str]:
    """Days of a year, as mm-dd, on which nobody calls: anniversaries of the arrest, and what the person named."""
    found = rooms.read(proposal, ring, ACCOUNT) or {"versions": []}
    named = {day for said in copied(proposal, ring) for day in said.hard}
    return named | {day for version in found["versions"] for day in _anniversaries(version["sections"])}


def is_hard(day: date, hard: set[str]) -> bool:
    """Is this such a day?"""
    return f"{day:%m-%d}" in hard


def _anniversaries(sections: dict[str, Any]) -> Iterator[str]:
    for section in sections.values():
        for question in ARREST:
            first, last = span((section.get(question) or {}).get("value"))
            if first is not None and first == last:
                yield f"{first:%m-%d}"


def _read(proposal: Proposal, ring: Keyring) -> tuple[Shown | None, Said | None]:
    messages = opened_messages(proposal.case, ring)
    shown = shown_in(proposal, messages)
    return (shown[1] if shown else None), said_in(proposal, messages)


def _receipt(proposal: Proposal, opened: Iterable[Opened]) -> KeyPair:
    """The receipt's key, as a member who handed the brief over has signed it. Raises Forged for another."""
    values = list(records.read_all(list(opened), rooms.TABLE, proposal.id, ACCOUNT))
    content: dict[str, Any] = {}
    if values:
        value, content = max(values, key=lambda each: each[0].version)
        statement_for(value.signer, {KeyPair.Use.PERSON}, value.made_on, roles=STAFF)
    receipt = proposal.case.receipt
    if content.get("receipt") != own_fingerprint(receipt).hex():
        raise Forged(f"brief {proposal.id}: the receipt is not the one that was handed over")
    return receipt


def _newest(proposal: Proposal, messages: Iterable[Opened], field_name: str) -> Any:
    values = records.read_all(list(messages), TABLE, proposal.id, field_name)
    return max(values, key=lambda each: each[0].version, default=None)
