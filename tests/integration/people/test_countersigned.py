"""A lead's sign-in countersigns the audit chain; a chain that was rewritten alarms the leads instead."""

from __future__ import annotations

from uuid import uuid4

import pytest

from people import alarms
from people.countersigned import REWRITTEN
from tests.factories.cast import Cast
from tests.factories.intruder import overwrite
from tests.factories.rewriter import Rewriter
from vault import audit, worker
from vault.models import AuditBatch, AuditEvent, Countersignature
from vault.signers import Signer


@pytest.fixture
def signer(cast: Cast) -> Signer:
    """The half of this host; the events of the founding are linked by it."""
    half = worker.ensure().signer
    audit.chain(half)
    return half


def test_a_lead_who_signs_in_countersigns_the_newest_link(cast: Cast, signer: Signer) -> None:
    cast.dana.browser()
    row = Countersignature.objects.get()
    assert (row.batch, row.signer) == (AuditBatch.objects.get(), cast.dana.person.pair)
    assert audit.verify().fault == ""
    cast.dana.browser()
    assert Countersignature.objects.count() == 1
    audit.chain(signer)
    cast.dana.browser()
    assert Countersignature.objects.count() == 2


def test_nobody_else_does(cast: Cast, signer: Signer) -> None:
    for member in (cast.ben, cast.lena):
        member.browser()
    assert not Countersignature.objects.exists()


def test_a_rewritten_chain_alarms_the_leads_once_and_is_not_signed(cast: Cast, signer: Signer) -> None:
    audit.record("case.seen", "case", uuid4(), by=cast.ben.person.id)
    audit.chain(signer)
    cast.dana.browser()
    event = AuditEvent.objects.get(action="case.seen")
    Rewriter(signer, keeps_countersignatures=True).rewrite(lambda: overwrite(event, action="case.left"))
    for _ in range(2):
        cast.dana.browser()
    assert Countersignature.objects.count() == 1
    (alarm,) = [each for each in alarms.waiting() if each.code == REWRITTEN]
    assert (alarm.subject, alarm.by) == (audit.CHAIN, cast.dana.person.id)
    assert "verify_audit" in alarm.kind.advice
