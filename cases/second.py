"""The second word that a survivor may set: with it, and the number, what was sent since then can be read again.

It is a key pair of its own. A record in `messages`, which the receipt opens and has signed, says which pair it is and
what a guess costs; only a pair that such a record names is granted anything. The pair opens `account`, never `sealed`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hmac import compare_digest
from typing import Any
from uuid import UUID

from cases import records
from cases.models import Case
from vault.envelope.encoding import pack
from vault.envelope.password import Cost
from vault.envelope.second import second_seed
from vault.envelope.seeds import public_of
from vault.errors import Forged
from vault.keyring import Keyring
from vault.models import Grant, KeyPair, today
from vault.opened import Opened
from vault.recipients import Recipient, recorded
from vault.signers import Signer

PLACE = ("case", "second")  # table and field of the record


@dataclass(frozen=True, slots=True)
class Second:
    """What is needed to try a word. fingerprint: of its pair, 32 bytes; salt: 16 bytes; since: the day it was set."""

    pair: KeyPair
    fingerprint: bytes
    salt: bytes
    cost: Cost
    since: date

    def recipient(self) -> Recipient:
        """The pair as a recipient. Raises vault.errors.Unstated if the row is not what the record says."""
        return recorded(self.pair, self.fingerprint)

    def ring(self, receipt: Keyring, word: str) -> Keyring | None:
        """The keyring of a word, or None for another word; the work is the same. Raises Unstated."""
        seed = receipt.derived(lambda own: second_seed(own, word, self.salt, self.cost))
        return self.ring_of(seed)

    def ring_of(self, seed: bytes) -> Keyring | None:
        """The keyring of a seed, or None if it is not this pair's."""
        return (
            Keyring(seed, self.recipient().pair)
            if compare_digest(public_of(seed).fingerprint, self.fingerprint)
            else None
        )


def second_of(case: Case, messages: Iterable[Opened]) -> Second | None:
    """The second word of a case, None while there is none. messages: every epoch, after the head was checked.

    Raises vault.errors.Forged for a record by another hand, or whose pair is gone.
    """
    found = records.read_newest(messages, *PLACE, case.id, by=case.receipt_id)
    if found is None or found["fingerprint"] is None:
        return None
    pair = KeyPair.objects.filter(id=pair_id(case), use=KeyPair.Use.SECOND).first()
    if pair is None:
        raise Forged(f"case {case.id}: the pair of its second word is gone")
    cost = Cost(found["memory_kib"], found["iterations"], found["lanes"])
    return Second(pair, bytes.fromhex(found["fingerprint"]), bytes.fromhex(found["salt"]), cost, _day(found["on"]))


def write(case: Case, messages: Opened, signer: Signer, *, fingerprint: bytes, salt: bytes, cost: Cost) -> None:
    """Seal which pair the second word has; the head must be written after it."""
    content = {
        "fingerprint": fingerprint.hex(), "salt": salt.hex(), "memory_kib": cost.memory_kib,
        "iterations": cost.iterations, "lanes": cost.lanes,
    }  # fmt: skip
    _write(case, messages, signer, content)


def write_none(case: Case, messages: Opened, signer: Signer) -> None:
    """Seal that there is no second word any more; the head must be written after it."""
    _write(case, messages, signer, {"fingerprint": None})


def pair_id(case: Case) -> UUID:
    """The id of the pair of a case's second word: it goes with the case, whether anything was granted to it or not."""
    return UUID(bytes=hashlib.sha256(pack("second", case.id.bytes)).digest()[:16])


def forget_pair(case: Case) -> None:
    """Delete the pair of the second word and everything that was granted to it."""
    Grant.objects.filter(recipient=pair_id(case)).delete()
    KeyPair.objects.filter(id=pair_id(case)).delete()


def _write(case: Case, messages: Opened, signer: Signer, content: dict[str, Any]) -> None:
    records.write_next(messages, *PLACE, case.id, {**content, "on": today().isoformat()}, signer)


def _day(text: str) -> date:
    return date.fromisoformat(text)
