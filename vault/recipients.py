"""Public keys that something may be sealed to. There are three ways to earn that, and no other constructor."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from hmac import compare_digest
from uuid import UUID

from vault.directory import in_use, statement_for
from vault.envelope.seeds import fingerprint, public_of
from vault.errors import Unstated
from vault.models import KeyPair, Statement

_PROOF = object()


@dataclass(frozen=True, slots=True)
class Recipient:
    """A key pair whose owner is proved. Made by stated(), held() or recorded()."""

    pair: KeyPair
    kem_public: bytes
    fingerprint: bytes
    role: str = ""
    holder: UUID | None = None
    until: date | None = None  # the last day of the statement that was found
    proof: object = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.proof is not _PROOF:
            raise Unstated(f"key pair {self.pair.id}: recipients are made by stated(), held() or recorded()")


def stated(
    pair: KeyPair, uses: set[str] | None = None, on: date | None = None, roles: Collection[str] | None = None
) -> Recipient:
    """A recipient whose directory statement verifies up to the organisation root. Raises Unstated.

    roles: the statement must name one of these; a pair may have several statements.
    """
    return _stated(pair, statement_for(pair, uses, on, roles))


def organisation(use: str) -> Recipient:
    """The key of the organisation that is in use now, such as "intake" or "leads". Raises Unstated."""
    return organisations(use)[use]


def organisations(*uses: str) -> dict[str, Recipient]:
    """organisation() for several uses at once, by use. Raises Unstated if one of them has no key."""
    found = in_use(uses)
    for use in uses:
        if use not in found:
            raise Unstated(f"organisation key {use}")
    return {use: _stated(found[use].pair, found[use]) for use in uses}


def held(seed: bytes, pair: KeyPair) -> Recipient:
    """A recipient whose seed we hold in memory right now, such as the receipt that is just being used."""
    if not compare_digest(public_of(seed).fingerprint, bytes(pair.fingerprint)):
        raise Unstated(f"key pair {pair.id}: the seed belongs to another pair")
    return recorded(pair, bytes(pair.fingerprint))


def recorded(pair: KeyPair, known_fingerprint: bytes) -> Recipient:
    """A recipient whose fingerprint was read from a sealed and signed record. Raises Unstated if it differs."""
    own = fingerprint(bytes(pair.kem_public), bytes(pair.sign_public))
    if not compare_digest(own, known_fingerprint) or own != bytes(pair.fingerprint):
        raise Unstated(f"key pair {pair.id}: not the recorded fingerprint")
    return _recipient(pair)


def _stated(pair: KeyPair, statement: Statement) -> Recipient:
    return _recipient(pair, role=statement.role, holder=statement.holder, until=statement.until_on)


def _recipient(
    pair: KeyPair, role: str = "", holder: UUID | None = None, until: date | None = None
) -> Recipient:  # fmt: skip
    return Recipient(
        pair=pair, kem_public=bytes(pair.kem_public), fingerprint=bytes(pair.fingerprint), role=role,
        holder=holder, until=until, proof=_PROOF,
    )  # fmt: skip
