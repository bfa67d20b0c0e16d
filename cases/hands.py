"""In whose hand an account is: the survivor's own, or a member's who wrote it down for the person.

A new case names its recorder in a record that the receipt signs while the case is founded, so nobody becomes a recorder
later. A version is the recorder's when a record in `messages` says how it was written down; then the recorder must have
signed all of it, else the receipt. No column is asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from cases import keys, records
from cases.models import Case, StatementVersion
from people.models import Person
from people.recipients import STAFF
from vault.directory import own_fingerprint, statement_for
from vault.errors import Forged
from vault.heads import check_head, settled
from vault.keyring import Keyring
from vault.models import KeyPair, SealedValue, today
from vault.opened import Opened
from vault.places import Place
from vault.signers import Signer

FOUNDING = ("case", "receipt")  # table and field of what the receipt signs about itself and the recorder
TABLE, FIELD = "recorded", "how"
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class How:
    """How an account was written down. way: a code of cases.wording.TOLD_WAYS; language: of the conversation.

    read_back: YES, NO, or "" before it is asked. has_number: did the person take a number to come back with?
    """

    way: str
    language: str
    has_interpreter: bool
    read_back: str = ""
    has_number: bool = True


@dataclass(frozen=True, slots=True)
class Recorder:
    """A member who founds a case for a person, with keys and with how the person told it."""

    person: Person
    ring: Keyring
    how: How


@dataclass(frozen=True, slots=True)
class Recorded:
    """One version that a member wrote down. by: the id of the member; number: of the version."""

    by: UUID
    on: date
    number: int
    how: How


@dataclass(frozen=True, slots=True)
class Hands:
    """Who may have written the versions of a case. recorder: the fingerprint of a member's key, or b""."""

    receipt: UUID
    recorder: bytes = b""
    recorded: dict[UUID, Recorded] = field(default_factory=dict)

    @classmethod
    def of(cls, case: Case, messages: Iterable[Opened]) -> Hands:
        """Read them from every epoch of `messages`, whose head was checked. Raises vault.errors.Forged or Unstated."""
        opened = list(messages)
        founding = records.read_newest(opened, *FOUNDING, case.id, by=case.receipt_id) or {}
        hands = cls(case.receipt_id, bytes.fromhex(founding.get("recorder", "")))
        found = (hands._how(each, content) for each, content in _hows(opened))
        return cls(hands.receipt, hands.recorder, dict(found))

    def require(self, value: SealedValue, number: int) -> None:
        """Raise vault.errors.Forged unless a record of version `number` is in the hand that it must be in."""
        recorded = self.recorded.get(value.row)
        if recorded is None:
            if value.signer_id != self.receipt:
                raise Forged(f"sealed value {value.id}: not signed by this case's receipt")
            return
        if self._member(value) != recorded.by or recorded.number != number:
            raise Forged(f"sealed value {value.id}: not signed by the member who recorded it")

    @property
    def newest(self) -> Recorded | None:
        """The newest version that was written down for the person, or None."""
        return max(self.recorded.values(), key=lambda each: each.number, default=None)

    @property
    def has_number(self) -> bool:
        """Can the person come back? False for somebody who wanted no number."""
        return all(each.how.has_number for each in self.recorded.values())

    def is_recorder(self, ring: Keyring) -> bool:
        """Is this the keyring of the member who founded the case for the person?"""
        return bool(self.recorder) and own_fingerprint(ring.pair) == self.recorder

    def _how(self, value: SealedValue, content: dict[str, Any]) -> tuple[UUID, Recorded]:
        by, how = self._member(value), How(**content["how"])
        return value.row, Recorded(by, date.fromisoformat(content["on"]), content["number"], how)

    def _member(self, value: SealedValue) -> UUID:
        """The member who signed a record as the recorder of this case. Raises vault.errors.Forged or Unstated."""
        if not self.recorder or own_fingerprint(value.signer) != self.recorder:
            raise Forged(f"sealed value {value.id}: not in the hand of this case's recorder")
        holder = statement_for(value.signer, {KeyPair.Use.PERSON}, value.made_on, roles=STAFF).holder
        if holder is None:
            raise Forged(f"sealed value {value.id}: in nobody's hand")
        return holder


def hands_of(case: Case, ring: Keyring) -> Hands:
    """Whose hands a case is in, after checking its head. Raises vault.errors.Forged, NoGrant."""
    return settled(case.id, lambda: _checked(case, ring))


def founding_record(receipt: KeyPair, recorder: KeyPair | None) -> dict[str, str]:
    """What the receipt signs about a new case: its own key, and whose hand may write beside it."""
    found = {"fingerprint": bytes(receipt.fingerprint).hex()}
    return found if recorder is None else found | {"recorder": bytes(recorder.fingerprint).hex()}


def note(version: StatementVersion, messages: Opened, how: How, signer: Signer) -> None:
    """Seal how a version was written down; the head must be written after it."""
    noted(version, messages, how, signer).save(force_insert=True)


def noted(version: StatementVersion, messages: Opened, how: How, signer: Signer) -> SealedValue:
    """Like note(), but the record is not saved yet."""
    content = {"number": version.number, "on": today().isoformat(), "how": asdict(how)}
    return records.sealed(messages, Place(TABLE, FIELD, version.id), content, signer)


def _checked(case: Case, ring: Keyring) -> Hands:
    messages = keys.open_whole(case, keys.MESSAGES, ring)
    check_head(case.id, messages)
    return Hands.of(case, messages)


def _hows(opened: list[Opened]) -> Iterable[tuple[SealedValue, dict[str, Any]]]:
    for row in records.rows(opened, TABLE):
        yield from records.read_all(opened, TABLE, row, FIELD)
