"""Who may sign records and give grants in a compartment, proved without believing any column.

The id of a compartment is made from its founder's key, its kind and its owner. Every grant and every sealed value binds
that id, so the founder cannot be exchanged without losing all that the compartment holds.
"""

from __future__ import annotations

import hashlib
from datetime import date
from uuid import UUID

from django.conf import settings

from vault.directory import Entry, is_root, own_fingerprint, statement_for
from vault.envelope import signature
from vault.envelope.encoding import pack
from vault.errors import Forged, Unstated, VaultError
from vault.models import Compartment, KeyPair
from vault.signers import Signer

FOUNDERS_ONLY = {KeyPair.Use.RECEIPT, KeyPair.Use.WORKER}


def compartment_id(founder: KeyPair, kind: str, owner: UUID) -> UUID:
    """The id of the compartment that this key opens for an owner: the first 16 bytes of a SHA-256. Raises Unstated."""
    message = pack("compartment", settings.DEPLOYMENT, own_fingerprint(founder), kind, owner.bytes)
    return UUID(bytes=hashlib.sha256(message).digest()[:16])


def require_founder(compartment: Compartment, founder: KeyPair) -> None:
    """Raise Forged unless this very key opened the compartment; Unstated if its halves were changed."""
    made = compartment_id(founder, compartment.kind, compartment.owner)
    if compartment.founder_id != founder.id or compartment.id != made:
        raise Forged(f"compartment {compartment.id}: founded by another key than {founder.id}")


def is_founded_by(compartment: Compartment, founder: KeyPair) -> bool:
    """Did this very key open the compartment?"""
    try:
        require_founder(compartment, founder)
    except VaultError:
        return False
    return True


def require_author(pair: KeyPair, compartment: Compartment, on: date) -> None:
    """Raise Forged or Unstated unless a key may sign and give in a compartment.

    A receipt or a worker's half may where it is the founder; the root and people whom the directory names may anywhere
    where they hold the key.
    """
    if pair.use in FOUNDERS_ONLY:
        require_founder(compartment, pair)
    if pair.use != KeyPair.Use.RECEIPT:
        _require_stated(Entry.of(pair), on)


def _require_stated(entry: Entry, on: date) -> None:
    use = entry.pair.use
    if use == KeyPair.Use.WORKER:
        entry.statement({KeyPair.Use.WORKER}, on)
    elif not is_root(entry.pair):
        entry.statement({KeyPair.Use.PERSON}, on)


def _is_stated(entry: Entry, on: date) -> bool:
    try:
        _require_stated(entry, on)
    except Unstated:
        return False
    return True


class Authors:
    """Remembers which keys may sign where for one request or job; a key whose halves differ is another key.

    own: the key at work, if there is one. What it signed itself is proved by signing it again.
    """

    def __init__(self, own: Signer | None = None) -> None:
        self._own = own
        self._proved: set[tuple[object, ...]] = set()
        self._named: dict[tuple[object, ...], bool] = {}
        self._entries: dict[tuple[object, ...], Entry] = {}

    @property
    def own(self) -> KeyPair | None:
        """The pair of the key at work."""
        return self._own.pair if self._own else None

    def verify(self, pair: KeyPair, domain: str, message: bytes, signed: bytes) -> None:
        """Raise an EnvelopeError unless this key signed the message; whether it may sign there is not asked."""
        if self._own is not None:
            self._own.verify(pair, domain, message, signed)
        else:
            signature.verify(bytes(pair.sign_public), domain, message, signed)

    def require(self, pair: KeyPair, compartment: Compartment, on: date) -> None:
        """Like require_author(), asked once for each key, day and, where it matters, compartment."""
        place = (compartment.id, compartment.founder_id) if pair.use in FOUNDERS_ONLY else None
        proof = (*_whose(pair), place, on)
        if proof not in self._proved:
            self._prove(pair, compartment, on)
            self._proved.add(proof)

    def is_current(self, pair: KeyPair) -> bool:
        """Is this the root, somebody whom the directory names today, or a founder of compartments, who stays one?"""
        if pair.use in FOUNDERS_ONLY or is_root(pair):
            return True
        if _whose(pair) not in self._named:
            self._named[_whose(pair)] = _is_named(pair)
        return self._named[_whose(pair)]

    def _prove(self, pair: KeyPair, compartment: Compartment, on: date) -> None:
        whose = _whose(pair)
        if pair.use in FOUNDERS_ONLY:
            require_author(pair, compartment, on)
        elif not (whose in self._entries and _is_stated(self._entries[whose], on)):
            self._entries[whose] = Entry.of(pair)  # read once for all days; again where it says no: stated since?
            _require_stated(self._entries[whose], on)


def _whose(pair: KeyPair) -> tuple[object, ...]:
    """A key as it is remembered: with its halves, for the row may be given others."""
    return pair.id, pair.use, bytes(pair.sign_public), bytes(pair.kem_public)


def _is_named(pair: KeyPair) -> bool:
    try:
        statement_for(pair, {KeyPair.Use.PERSON})
    except Unstated:
        return False
    return True
