"""What ends by the survivor's own word: asking for erasing, and the power of the number to open the own page."""

from __future__ import annotations

from secrets import token_bytes

from django.db import transaction

from cases import asked, keys
from cases.actions import moving
from cases.actions.drafting import discard_draft
from cases.actions.opening import CLOSED
from cases.models import Case
from cases.second import forget_pair
from cases.workflow import is_possible
from vault import audit, compartments
from vault.heads import check_head, write_head
from vault.keyring import Keyring
from vault.models import Grant, KeyPair, today
from vault.opened import Opened

ASKED = asked.ERASING_ASKED
TAG_BYTES = 32


@transaction.atomic
def ask_for_erasing(*, case: Case, receipt: Keyring) -> None:
    """Record, signed by the receipt, that everything shall be erased. Asked twice, the first day counts.

    It erases nothing: two members decide, as about every erasing, because a legal hold may stand. Work stops at once.
    """
    messages = _messages(case, receipt)
    if asked.asked_in(case, messages).erasing_on is not None:
        return
    asked.note(case, messages[-1], asked.ERASING, receipt.signer)
    moving.heard(case, receipt)
    stop_work(case, receipt)
    audit.record(ASKED, "case", case.id, by=None)
    write_head(case.id, messages[-1], receipt.signer)


@transaction.atomic
def close_access(*, case: Case, receipt: Keyring) -> None:
    """End what the number opens, for good: no tag leads here any more, and no letter is sealed to the receipt again.

    `messages` gets an epoch without the receipt, and its grants go, with the unsent draft that nobody else could open.
    What the receipt has signed stays valid.
    """
    messages = _messages(case, receipt)
    holders = keys.Holders.of(case, messages)
    others = [
        each
        for each in keys.audiences(case, [keys.MESSAGES], holders)[keys.MESSAGES]
        if each.pair.id != case.receipt_id
    ]
    compartment = keys.compartment(case, keys.MESSAGES)
    newest = compartments.next_epoch(compartment, recipients=others, giver=receipt.signer, purpose=CLOSED)
    asked.note(case, newest, asked.CLOSED, receipt.signer)
    discard_draft(case)
    Grant.objects.filter(epoch__compartment__owner=case.id, recipient=case.receipt_id).delete()
    forget_pair(case)
    KeyPair.objects.filter(id=case.receipt_id).update(retired_on=today())
    moving.heard(case, receipt, tag=token_bytes(TAG_BYTES))
    audit.record(CLOSED, "case", case.id, by=None)
    write_head(case.id, newest, receipt.signer)


def stop_work(case: Case, receipt: Keyring) -> None:
    """Withdraw the case, unless it is over or filed: then the lawyer explains first what that can still do."""
    if is_possible(case, "withdraw"):
        moving.apply(case, "withdraw", receipt=receipt)


def has_papers_outside(case: Case) -> bool:
    """Has a lawyer fetched papers? They cannot be taken back from here."""
    return case.dossiers.exclude(delivered_at=None).exists()


def _messages(case: Case, receipt: Keyring) -> list[Opened]:
    """Every epoch of `messages`; the case is locked, and its head was checked. Raises vault.errors.Forged."""
    keys.require_receipt(case, receipt)
    Case.objects.select_for_update().get(id=case.id)
    messages = keys.open_whole(case, keys.MESSAGES, receipt)
    check_head(case.id, messages)
    return messages
