"""Setting, changing, removing and using the second word of a number."""

from __future__ import annotations

from django.db import transaction

from cases import keys
from cases.errors import Refused
from cases.models import Case
from cases.second import Second, forget_pair, pair_id, second_of, write, write_none
from people.keys import cost
from vault import audit, compartments
from vault.envelope.second import new_salt, plain, second_seed
from vault.envelope.seeds import public_of
from vault.heads import check_head, settled, write_head
from vault.keyring import Keyring
from vault.models import AuditEvent, KeyPair, today
from vault.opened import Opened
from vault.recipients import Recipient, held

SHORTEST = 10  # letters and digits
TRIES = 20  # wrong words a day for one case
SET, REMOVED, WRONG = "second_word.set", "second_word.removed", "second_word.wrong"
PURPOSE = "second word"


def is_long_enough(word: str) -> bool:
    """May this be a second word?"""
    return len(plain(word).replace(" ", "")) >= SHORTEST


def word_of(case: Case, receipt: Keyring) -> Second | None:
    """What is known of the second word of a case. Raises vault.errors.Forged."""
    return settled(case.id, lambda: second_of(case, _messages(case, receipt)))


@transaction.atomic
def set_word(*, case: Case, receipt: Keyring, word: str, former: Keyring | None = None) -> None:
    """Set the second word: what is sent from now on opens with it too. What was sent before stays closed to it.

    former: the keyring of the word before; what it opened, the new one opens. Raises Refused("short"), and
    Refused("is_set") while there is another word and `former` is not its keyring.
    """
    if not is_long_enough(word):
        raise Refused("short")
    messages = _locked(case, receipt)
    now = second_of(case, messages)
    if now is not None and (former is None or former.pair.id != now.pair.id):
        raise Refused("is_set")
    opened = former.open_all(keys.compartment(case, keys.ACCOUNT)) if former else []
    forget_pair(case)
    salt, price = new_salt(), cost()
    recipient = _new_pair(case, receipt.derived(lambda own: second_seed(own, word, salt, price)))
    for each in opened:
        compartments.grant(each, recipient, giver=receipt.signer, purpose=PURPOSE)
    write(case, messages[-1], receipt.signer, fingerprint=recipient.fingerprint, salt=salt, cost=price)
    _finish(case, receipt, messages[-1], SET)


@transaction.atomic
def remove_word(*, case: Case, receipt: Keyring) -> None:
    """Delete what was granted to the second word: nothing that was sent opens with the number any more.

    It needs no word, so that whoever forgot it can remove it. Without a word it does nothing.
    """
    messages = _locked(case, receipt)
    if second_of(case, messages) is None:
        return
    forget_pair(case)
    write_none(case, messages[-1], receipt.signer)
    _finish(case, receipt, messages[-1], REMOVED)


@transaction.atomic
def try_word(*, case: Case, receipt: Keyring, word: str) -> Keyring | None:
    """The keyring of the second word, or None for a wrong one, which is recorded with its day.

    One try after another, and TRIES wrong ones a day; then Refused("tries") comes before any word is looked at.
    """
    second = second_of(case, _locked(case, receipt))
    if second is None:
        return None
    if AuditEvent.objects.filter(action=WRONG, subject=case.id, on=today()).count() >= TRIES:
        raise Refused("tries")
    ring = second.ring(receipt, word)
    if ring is None:
        audit.record(WRONG, "case", case.id, by=None)
    return ring


def _new_pair(case: Case, seed: bytes) -> Recipient:
    public = public_of(seed)
    pair = KeyPair.objects.create(
        id=pair_id(case), use=KeyPair.Use.SECOND, fingerprint=public.fingerprint, kem_public=public.kem,
        sign_public=public.sign,
    )  # fmt: skip
    return held(seed, pair)


def _finish(case: Case, receipt: Keyring, messages: Opened, action: str) -> None:
    audit.record(action, "case", case.id, by=None)
    write_head(case.id, messages, receipt.signer)


def _locked(case: Case, receipt: Keyring) -> list[Opened]:
    Case.objects.select_for_update().get(id=case.id)
    return _messages(case, receipt)


def _messages(case: Case, receipt: Keyring) -> list[Opened]:
    """Every epoch of `messages`, after the head was checked. Raises vault.errors.Forged."""
    keys.require_receipt(case, receipt)
    messages = keys.open_whole(case, keys.MESSAGES, receipt)
    check_head(case.id, messages)
    return messages
