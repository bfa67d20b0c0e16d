"""Leads' words over the audit chain: at a sign-in its newest link is signed by Ed25519 and ML-DSA-65.

A database writer with a stolen worker key can rewrite the chain from some event on; the leads' earlier words do not fit
the rewritten links.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.db import transaction

from vault.directory import statement_for
from vault.envelope import signature
from vault.envelope.encoding import pack
from vault.envelope.errors import EnvelopeError
from vault.envelope.pq_signature import pq_public, pq_sign, pq_verify
from vault.errors import Forged, Unstated
from vault.models import AuditBatch, Countersignature, KeyPair
from vault.signers import Signer

DOMAIN = "audit head"
ROLE = "lead"  # what the directory must call the holder of the key on that day


@transaction.atomic
def countersign(signer: Signer) -> Countersignature | None:
    """Sign the newest link of the chain, unless this key has done so or nothing is chained yet.

    signer: a lead's own key. Raises Forged, naming the batch, if the chain does not continue from the link that this
    key signed last: then somebody has rewritten it, and nothing is signed.
    """
    require_continued(signer.pair)
    batch = AuditBatch.objects.order_by("-number").first()
    if batch is None or Countersignature.objects.filter(batch=batch, signer=signer.pair).exists():
        return None
    row = Countersignature(batch=batch, signer=signer.pair, pq_public=pq_public(signer.seed))
    row.signature = signer.sign(DOMAIN, _message(row))
    row.pq_signature = pq_sign(signer.seed, DOMAIN, _message(row))
    row.save(force_insert=True)
    return row


def require_continued(pair: KeyPair) -> None:
    """Raise Forged unless the link that a key signed last is as it was then and each later one follows the one before.

    Events are not read; vault.audit.verify() does that.
    """
    last = Countersignature.objects.filter(signer=pair).select_related("batch", "signer").order_by("-batch").first()
    if last is None:
        return
    if not holds(last):
        raise Forged(f"batch {last.batch_id}: not as it was countersigned")
    digest = bytes(last.batch.digest)
    for number, batch in enumerate(_after(last.batch_id), last.batch_id + 1):
        if batch.number != number or bytes(batch.previous) != digest:
            raise Forged(f"batch {number}: does not follow the one before")
        digest = bytes(batch.digest)


def faults() -> Iterator[str]:
    """Name each countersignature that does not hold over the link as it is now."""
    for row in Countersignature.objects.select_related("batch", "signer").order_by("batch", "id").iterator():
        if not holds(row):
            yield f"countersignature {row.id} of batch {row.batch_id}"


def holds(row: Countersignature) -> bool:
    """Are both signatures right, by a key that the directory gave to a lead on that day?"""
    try:
        stated = statement_for(row.signer, {KeyPair.Use.PERSON}, on=row.made_on)
        signature.verify(bytes(row.signer.sign_public), DOMAIN, _message(row), bytes(row.signature))
        pq_verify(bytes(row.pq_public), DOMAIN, _message(row), bytes(row.pq_signature))
    except (EnvelopeError, Unstated):
        return False
    return stated.role == ROLE


def _after(number: int) -> Iterator[AuditBatch]:
    return AuditBatch.objects.filter(number__gt=number).order_by("number").iterator()


def _message(row: Countersignature) -> bytes:
    return pack(settings.DEPLOYMENT, row.batch.number, bytes(row.batch.digest), bytes(row.pq_public))
