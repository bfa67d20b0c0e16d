"""The directory: which public key belongs to whom, proved by the organisation root.

The root's fingerprint is in the environment and not in the database, so a row that was swapped or added by somebody
who can only write there proves nothing.
"""

from datetime import date
from uuid import UUID

from django.conf import settings

from vault.envelope import signature
from vault.envelope.encoding import pack
from vault.envelope.errors import EnvelopeError
from vault.envelope.seeds import fingerprint, public_of
from vault.errors import Unstated
from vault.models import KeyPair, Statement, today
from vault.signers import Signer

DOMAIN = "statement"


def new_pair(seed: bytes, use: str) -> KeyPair:
    """Save the public halves of a seed and return the row; the same seed gives the same row."""
    public = public_of(seed)
    pair, _ = KeyPair.objects.get_or_create(
        fingerprint=public.fingerprint,
        defaults={"use": use, "kem_public": public.kem, "sign_public": public.sign},
    )
    return pair


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


def statement_for(pair: KeyPair, uses: set[str] | None = None, on: date | None = None) -> Statement:
    """Return the statement that covers a key pair on a day.

    Raises Unstated if the pair's own fingerprint does not fit its public halves, or no statement verifies up to the
    root whose fingerprint the settings name.
    """
    own_fingerprint(pair)
    for statement in pair.statements.select_related("signer", "pair"):
        if (uses is None or statement.use in uses) and _covers(statement, on or today()) and _holds(statement, on):
            return statement
    raise Unstated(f"key pair {pair.id}")


def is_root(pair: KeyPair) -> bool:
    """Is this the root that the settings name, with halves that fit?"""
    own = fingerprint(bytes(pair.kem_public), bytes(pair.sign_public))
    return settings.ROOT_FINGERPRINT is not None and own == settings.ROOT_FINGERPRINT


def own_fingerprint(pair: KeyPair) -> bytes:
    """The fingerprint of a pair's public halves. Raises Unstated if the row carries another one."""
    own = fingerprint(bytes(pair.kem_public), bytes(pair.sign_public))
    if own != bytes(pair.fingerprint):
        raise Unstated(f"key pair {pair.id}: halves and fingerprint differ")
    return own


def _message(statement: Statement) -> bytes:
    return pack(
        settings.DEPLOYMENT, bytes(statement.pair.fingerprint), statement.holder.bytes if statement.holder else None,
        statement.use, statement.role, statement.from_on.isoformat(),
        statement.until_on.isoformat() if statement.until_on else None,
    )  # fmt: skip


def _covers(statement: Statement, on: date) -> bool:
    return statement.from_on <= on and (statement.until_on is None or on <= statement.until_on)


def _holds(statement: Statement, on: date | None) -> bool:
    """Does the signature verify, and may this signer state this use?"""
    try:
        signature.verify(bytes(statement.signer.sign_public), DOMAIN, _message(statement), bytes(statement.signature))
        return is_root(statement.signer) or _is_delegated(statement, on)
    except (EnvelopeError, Unstated):
        return False


def _is_delegated(statement: Statement, on: date | None) -> bool:
    """A worker's hourly half is stated by its host's delegate, which the root has stated."""
    if statement.use != KeyPair.Use.WORKER or statement.signer_id == statement.pair_id:
        return False
    delegate = statement_for(statement.signer, {KeyPair.Use.DELEGATE}, on)
    return is_root(delegate.signer)
