"""The directory: which public key belongs to whom, proved by the organisation root.

The root's fingerprint is in the environment and not in the database, so a row that was swapped or added by somebody
who can only write there proves nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.conf import settings

from vault import rows
from vault.envelope import signature
from vault.envelope.encoding import pack
from vault.envelope.errors import EnvelopeError
from vault.envelope.seeds import Public, fingerprint, public_of
from vault.errors import Unstated
from vault.events import record
from vault.models import AuditEvent, KeyPair, Revocation, Statement, today
from vault.plain import among
from vault.signers import Signer

DOMAIN, ENDED = "statement", "revocation"
REVOKED, WITHDRAWN = "directory.revoked", "directory.withdrawn"
ROOT_FILE, FINGERPRINT = "root_fingerprint", 32  # beside the secrets, and its bytes


def new_pair(seed: bytes, use: str) -> KeyPair:
    """Save the public halves of a seed and return the row; the same seed gives the same row."""
    return add_pair(public_of(seed), use)


def add_pair(public: Public, use: str) -> KeyPair:
    """Save public halves whose seed is at hand and return the row, or the one that is there."""
    made = KeyPair(fingerprint=public.fingerprint, use=use, kem_public=public.kem, sign_public=public.sign)
    return made if rows.store_unless_there(made) else KeyPair.objects.get(fingerprint=public.fingerprint)


def state(
    *, pair: KeyPair, holder: UUID | None, use: str, role: str, from_on: date, until_on: date | None, signer: Signer
) -> Statement:
    """Sign and save that a key pair is used by `holder` (None: the organisation) for `use` in the given days."""
    statement = Statement(
        pair=pair, holder=holder, use=use, role=role, from_on=from_on, until_on=until_on, signer=signer.pair
    )
    statement.signature = signer.sign(DOMAIN, _message(statement))
    statement.save()
    return statement


def statement_for(
    pair: KeyPair, uses: set[str] | None = None, on: date | None = None, roles: Collection[str] | None = None
) -> Statement:
    """Return the statement that covers a key pair on a day, the one without a last day first.

    roles: only one that names one of them. A person's statement with a last day adds a role until then and answers
    only those who ask for that role: who a person is, the statement without one says.

    Raises Unstated if the pair's own fingerprint does not fit its public halves, or no statement verifies up to the
    root whose fingerprint the settings name.
    """
    return Entry.of(pair).statement(uses, on, roles)


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything that the directory has about one key pair, read once for as long as one request or job needs it.

    statements: those without a last day first. ended: the days on which somebody says that the key was revoked.
    """

    pair: KeyPair
    statements: tuple[Statement, ...]
    ended: tuple[date, ...]

    @classmethod
    def of(cls, pair: KeyPair) -> Entry:
        """Read it. Raises Unstated if the pair's own fingerprint does not fit its public halves."""
        own_fingerprint(pair)
        stated = rows.read(Statement, pair_id=pair.id)
        signers = {each.id: each for each in rows.read(KeyPair, id={each.signer_id for each in stated})}
        for each in stated:
            each.pair, each.signer = pair, signers[each.signer_id]
        return cls(pair, tuple(sorted(stated, key=_lasting_first)), tuple(_revocations(pair)))

    def statement(self, uses: set[str] | None, on: date | None, roles: Collection[str] | None = None) -> Statement:
        """See statement_for()."""
        _require_not_revoked(self, on)
        for statement in self.statements:
            if _is_asked(statement, uses, roles) and _is_good(statement, on):
                return statement
        raise Unstated(f"key pair {self.pair.id}")


def in_use(uses: Collection[str]) -> dict[str, Statement]:
    """For each use of the organisation the statement of its newest key that statement_for() would answer with now.

    Read together for all of them; a use without such a key is missing.
    """
    named = _named(uses)
    revoked, found = _revoked({each.pair_id for each in named}), dict[str, Statement]()
    for row in named:
        is_wanted = row.use not in found and row.pair_id not in revoked
        if is_wanted and is_own(row.pair) and _is_asked(row, None, None) and _is_good(row, None):
            found[row.use] = row
    return found


def _named(uses: Collection[str]) -> list[Statement]:
    """What is stated of organisation keys that are not retired: the newest key first, of one key the lasting first."""
    known = {each.id: each for each in rows.read(KeyPair, use=[*uses, KeyPair.Use.ROOT], retired_on=None)}
    stated = rows.read(Statement, pair_id=[each.id for each in known.values() if each.use in uses])
    found = [each for each in stated if each.use == known[each.pair_id].use]
    others = {each.signer_id for each in found} - known.keys()
    known |= {each.id: each for each in rows.read(KeyPair, id=others)}
    for each in found:
        each.pair, each.signer = known[each.pair_id], known[each.signer_id]
    found.sort(key=_lasting_first)
    return sorted(found, key=lambda each: each.pair.made_on, reverse=True)


def revoke(pair: KeyPair, signer: Signer) -> Revocation:
    """End every statement of a key pair today, signed by the root.

    The audit chain knows of it too, so that a database from which the row was taken away does not name the key again.
    What the key signed on earlier days stays valid.
    """
    row, is_new = Revocation.objects.get_or_create(
        pair=pair, defaults={"signer": signer.pair, "signature": signer.sign(ENDED, _ended(pair, today()))}
    )
    if is_new:
        record(REVOKED, "keypair", pair.id, by=None)
    return row


def withdraw(statement: Statement) -> None:
    """End a person's statement with a last day before that day, and leave the key's other statements as they are.

    The audit chain knows of it, so that a row put back is not believed. A statement without a last day cannot be
    withdrawn: its key is revoked.
    """
    if statement.until_on is None or statement.holder is None:
        raise ValueError(f"statement {statement.id} has no last day or no holder")
    record(WITHDRAWN, "statement", _digest(statement), by=None)
    statement.delete()


def known_root() -> bytes | None:
    """The fingerprint of the organisation's root (32 bytes), or None before there is one.

    The settings read it once, at the start of a process. A first run that ended after that has left it beside the
    secrets, outside the database; then it is taken from there, once.
    """
    if settings.ROOT_FINGERPRINT is None:
        try:
            written = bytes.fromhex((settings.SECRETS_DIR / ROOT_FILE).read_text("ascii").strip())
        except (OSError, ValueError):
            return None
        settings.ROOT_FINGERPRINT = written if len(written) == FINGERPRINT else None
    found: bytes | None = settings.ROOT_FINGERPRINT
    return found


def is_root(pair: KeyPair) -> bool:
    """Is this the root whose fingerprint we know, with halves that fit?"""
    root = known_root()
    return root is not None and fingerprint(bytes(pair.kem_public), bytes(pair.sign_public)) == root


def own_fingerprint(pair: KeyPair) -> bytes:
    """The fingerprint of a pair's public halves. Raises Unstated if the row carries another one."""
    if not is_own(pair):
        raise Unstated(f"key pair {pair.id}: halves and fingerprint differ")
    return bytes(pair.fingerprint)


def is_own(pair: KeyPair) -> bool:
    """Is the fingerprint in the row that of its public halves?"""
    return fingerprint(bytes(pair.kem_public), bytes(pair.sign_public)) == bytes(pair.fingerprint)


def _lasting_first(statement: Statement) -> tuple[date, UUID]:
    return statement.until_on or date.min, statement.id


def _revoked(pairs: set[UUID]) -> set[UUID]:
    """Those of these keys that are revoked, by a row or as the audit chain knows."""
    return among(Revocation, "pair_id", pairs) | among(AuditEvent, "subject", pairs, action=REVOKED)


def _revocations(pair: KeyPair) -> list[date]:
    """The days on which a key was revoked. One that nobody signed ends a key all the same: whoever writes to the
    database may destroy, not admit."""
    noted = rows.columns(AuditEvent, "on", action=REVOKED, subject=pair.id)
    return [on for (on,) in (*rows.columns(Revocation, "on", pair_id=pair.id), *noted)]


def _require_not_revoked(entry: Entry, on: date | None) -> None:
    """Raise Unstated for a revoked key: now (on=None) at once, and for every day after the revocation.

    What it signed on that day and before stays valid.
    """
    if entry.ended and (on is None or on > min(entry.ended)):
        raise Unstated(f"key pair {entry.pair.id}: revoked")


def _ended(pair: KeyPair, on: date) -> bytes:
    return pack(settings.DEPLOYMENT, bytes(pair.fingerprint), on.isoformat())


def _message(statement: Statement) -> bytes:
    return pack(
        settings.DEPLOYMENT, bytes(statement.pair.fingerprint), statement.holder.bytes if statement.holder else None,
        statement.use, statement.role, statement.from_on.isoformat(),
        statement.until_on.isoformat() if statement.until_on else None,
    )  # fmt: skip


def _digest(statement: Statement) -> UUID:
    """What the audit chain calls a statement: made from what was signed, for a row's id can be changed."""
    return UUID(bytes=hashlib.sha256(_message(statement)).digest()[:16])


def _is_withdrawn(statement: Statement) -> bool:
    if statement.until_on is None or statement.holder is None:
        return False
    return AuditEvent.objects.filter(action=WITHDRAWN, subject=_digest(statement)).exists()


def _is_asked(statement: Statement, uses: set[str] | None, roles: Collection[str] | None) -> bool:
    is_extra = statement.use == KeyPair.Use.PERSON and statement.until_on is not None
    return (uses is None or statement.use in uses) and (not is_extra if roles is None else statement.role in roles)


def _is_good(statement: Statement, on: date | None) -> bool:
    return _covers(statement, on or today()) and _holds(statement, on) and not _is_withdrawn(statement)


def _covers(statement: Statement, on: date) -> bool:
    return statement.from_on <= on and (statement.until_on is None or on <= statement.until_on)


def _holds(statement: Statement, on: date | None) -> bool:
    """Does the signature verify, and may this signer state this use?"""
    try:
        _verify(bytes(statement.signer.sign_public), _message(statement), bytes(statement.signature))
        return is_root(statement.signer) or _is_delegated(statement, on)
    except (EnvelopeError, Unstated):
        return False


@lru_cache(maxsize=1024)
def _verify(sign_public: bytes, message: bytes, signed: bytes) -> None:
    """Raise an EnvelopeError unless the key signed a statement that says this.

    Public bytes alone decide that, for good: each statement is verified once in a process. What verified is kept, not
    whom it names today; what did not raises again.
    """
    signature.verify(sign_public, DOMAIN, message, signed)


def _is_delegated(statement: Statement, on: date | None) -> bool:
    """A worker's hourly half is stated by its host's delegate, which the root has stated."""
    if statement.use != KeyPair.Use.WORKER or statement.signer_id == statement.pair_id:
        return False
    delegate = statement_for(statement.signer, {KeyPair.Use.DELEGATE}, on)
    return is_root(delegate.signer)
