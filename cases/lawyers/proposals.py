"""A lawyer named to the person, and the person's answer: two records in `messages`, which both sides hold.

The first is signed by a member, the second by the receipt; what counts is that the answer names the lawyer's key, the
country and the wording of the mandate that the first one showed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cases import keys, records
from cases.models import Case, Proposal
from people.recipients import STAFF
from vault.directory import statement_for
from vault.errors import Forged
from vault.heads import check_head, settled
from vault.keyring import Keyring
from vault.models import KeyPair
from vault.opened import Opened

TABLE, SHOWN, ANSWER = "proposal", "shown", "answer"
YES, NO, ANOTHER = "yes", "no", "another"
ANSWERS = (YES, NO, ANOTHER)
MANDATE = "2026-12"  # version of the words to which the person says yes; the words stand on the person's page


@dataclass(frozen=True, slots=True)
class Named:
    """What the person sees. profile: in `language`; country: alpha-2; fingerprint: of the lawyer's key."""

    lawyer: str
    fingerprint: str
    profile: str
    language: str
    country: str
    mandate: str

    def to_json(self) -> dict[str, str]:
        """As it is sealed."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Said:
    """What the person answered. words: what they want to add; on: the day, ISO."""

    answer: str
    words: str
    language: str
    on: str


def named_in(proposal: Proposal, messages: Iterable[Opened]) -> Named:
    """What was shown, signed by a member of staff. messages: every epoch, whose head was checked. Raises Forged."""
    found = _newest(proposal, messages, SHOWN)
    if found is None:
        raise Forged(f"proposal {proposal.id}: nothing was shown")
    value, content = found
    statement_for(value.signer, {KeyPair.Use.PERSON}, value.made_on, roles=STAFF)
    return Named(**content)


def said_in(proposal: Proposal, messages: Iterable[Opened]) -> Said | None:
    """What the person answered to what was shown, or None. Raises Forged for another hand, or for another lawyer."""
    opened = list(messages)
    found = _newest(proposal, opened, ANSWER)
    if found is None:
        return None
    value, content = found
    named = named_in(proposal, opened)
    if value.signer_id != proposal.case.receipt_id:
        raise Forged(f"proposal {proposal.id}: answered by another hand than the receipt's")
    if [content[each] for each in ("fingerprint", "country", "mandate")] != [
        named.fingerprint,
        named.country,
        named.mandate,
    ]:
        raise Forged(f"proposal {proposal.id}: the answer is to another proposal")
    return Said(content["answer"], content["words"], content["language"], content["on"])


def read(proposal: Proposal, ring: Keyring) -> tuple[Named, Said | None]:
    """Both, after the head of the case was checked. Raises vault.errors.NoGrant or Forged."""
    return settled(proposal.case_id, lambda: _read(proposal, ring))


def opened_messages(case: Case, ring: Keyring) -> list[Opened]:
    """Every epoch of `messages`, after the head of the case was checked."""
    messages = keys.open_whole(case, keys.MESSAGES, ring)
    check_head(case.id, messages)
    return messages


def _read(proposal: Proposal, ring: Keyring) -> tuple[Named, Said | None]:
    messages = opened_messages(proposal.case, ring)
    return named_in(proposal, messages), said_in(proposal, messages)


def _newest(proposal: Proposal, messages: Iterable[Opened], field: str) -> Any:
    values = records.read_all(list(messages), TABLE, proposal.id, field)
    return max(values, key=lambda each: each[0].version, default=None)
