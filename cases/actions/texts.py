"""Showing the text of a complaint to the person, and the person's answer, signed by the receipt."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from cases import access, consenting, guards, keys, records
from cases.access import Account
from cases.actions import moving, recalling
from cases.actions.facts import current_facts
from cases.actions.proposing import key_of
from cases.complaint import rooms
from cases.dossier.agreed import digest_of, words_of
from cases.dossier.inputs import FULL, DossierInput
from cases.dossier.variant import find
from cases.errors import NotReady, Refused
from cases.guards import Sight
from cases.hold import require_no_hold
from cases.lawyers.proposals import opened_messages
from cases.models import Case, Dossier, Proposal, Text
from cases.second import second_of
from cases.texts import own, shown
from cases.texts.own import Own
from cases.texts.prepared import engaged, prepare
from cases.texts.shown import ANSWER, ANSWERS, SHOWN, TABLE, WORDS, YES, Shown, Words
from cases.workflow import is_possible
from people.models import Person
from people.permissions import Permission, may
from vault import audit
from vault.compartments import Making
from vault.heads import check_head, write_head
from vault.keyring import Keyring
from vault.models import today
from vault.opened import Opened

State = Text.State
PURPOSE, READ_FOR = "text shown", "dossier"
UNDER_WAY = [each for each in Dossier.State if each not in ("refused", "cancelled", "expired")]
STATUSES = (Case.Status.LEGAL_REVIEW, Case.Status.SURVIVOR_APPROVAL)  # where a text may be shown


@transaction.atomic
def show(
    *, case: Case, by: Person, ring: Keyring, route: dict[str, Any], put: Own, aloud: str = "",
    is_urgent: bool = False, seen: str = "", rendering: str = FULL,
) -> Text:  # fmt: skip
    """A lead clears the draft and shows it, in the person's language and as it is filed.

    aloud: how and when it was read to a person who has no second word, in whose language; else it can be read on the
    own page alone. rendering: the full text, or the one in which names are replaced. seen: the status that the page
    showed. Raises Refused (the permission, "stale"), NotConsented, and NotReady: "safety_hold", "facts",
    "facts_draft", "facts_sourced", "engaged", "own_words" while a sentence is not put into the own language, "no_word"
    when the person could neither read nor hear it.
    """
    _require(by, case)
    require_no_hold(case.id)
    moving.lock(case)
    if case.status not in STATUSES or (seen and seen != case.status):
        raise Refused(moving.CODE)
    proposal, account = engaged(case), access.open_account(case, by=by, ring=ring, purpose=READ_FOR)
    data = _data(case, account, by, ring, route, put.variant, proposal, rendering)
    words = Words(words_of(data), own.parts_of(_complete(case, ring, put), rooms.read(case, ring, put.variant).draft))
    text = _row(case, by, put.variant)
    _seal(text, ring, words, _shown(data, words, route, proposal, put, aloud, is_urgent))
    audit.record("text.shown", "case", case.id, by=by.id, detail={"text": str(text.id)})
    if case.status == Case.Status.LEGAL_REVIEW:
        guards.require("clear", Sight(case, ring))
        moving.apply(case, "clear", by=by)
    return text


@transaction.atomic
def answer(
    *, text: Text, receipt: Keyring, answer: str, words: str, language: str, no_wait: bool = False,
    second: Keyring | None = None,
) -> None:  # fmt: skip
    """The person's word on a text, signed by the receipt. A yes can be taken back until it is filed.

    second: the keyring of the second word, with which it was read; a text that was read aloud needs none. Raises
    Refused: "answered" for one that is not open any more, "answer" for anything else, "unread" for a yes to what was
    neither read nor heard.
    """
    case = text.case
    keys.require_receipt(case, receipt)
    moving.lock(case)
    row = Text.objects.select_for_update().get(id=text.id)
    if row.state not in Text.OPEN or (row.state == State.AGREED and answer == YES):
        raise Refused("answered")
    if answer not in ANSWERS:
        raise Refused("answer")
    messages = opened_messages(case, receipt)
    said = shown.shown_in(text, messages)
    if answer == YES and not said.aloud and (second is None or shown.own_words(text, said, second) is None):
        raise Refused("unread")
    content = {"answer": answer, "words": words, "language": language, "no_wait": no_wait and answer == YES}
    _write_answer(text, messages[-1], receipt, said, content)
    state = {YES: State.AGREED, shown.CHANGES: State.CHANGES, shown.NO: State.REFUSED}[answer]
    Text.objects.filter(id=row.id).update(state=state, answered_on=today())
    write_head(case.id, messages[-1], receipt.signer)
    _go_on(case, receipt, answer, text.variant)
    audit.record("text.answered", "case", case.id, by=None)


@transaction.atomic
def take_back(*, text: Text, by: Person, ring: Keyring) -> None:
    """A lead takes a text back that changed, or that nobody answered; what was agreed to is agreed to no more.

    Raises Refused: the permission, "answered", "filing" while a dossier for filing is made of it or with the lawyer.
    """
    case = text.case
    _require(by, case)
    moving.lock(case)
    row = Text.objects.select_for_update().get(id=text.id)
    if row.state not in Text.OPEN:
        raise Refused("answered")
    if case.dossiers.filter(is_for_filing=True, variant=row.variant, state__in=UNDER_WAY).exists():
        raise Refused("filing")
    Text.objects.filter(id=row.id).update(state=State.TAKEN_BACK)
    audit.record("text.taken_back", "case", case.id, by=by.id, detail={"text": str(row.id)})
    if is_possible(case, "change") and not case.texts.filter(state__in=Text.OPEN).exists():
        moving.apply(case, "change", by=by)


def _go_on(case: Case, receipt: Keyring, answer: str, variant: str) -> None:
    """What follows from an answer: the case goes on, or back to the draft, and nothing is filed from this text."""
    if answer != YES:
        recalling.recall(case, variant=variant)
    step = "approve" if answer == YES else "change"
    news = {"has_news": True, "heard_on": today()}
    if is_possible(case, step):
        if answer == YES:
            guards.require(step, Sight(case, receipt))
        moving.apply(case, step, receipt=receipt, **news)
    else:
        moving.heard(case, receipt)


def _write_answer(text: Text, messages: Opened, receipt: Keyring, said: Shown, content: dict[str, Any]) -> None:
    bound = {name: getattr(said, name) for name in ("digest", "forum", "fingerprint", "variant")}
    whole = {**content, **bound, "at": _now()}
    records.write_next(messages, TABLE, ANSWER, text.id, whole, receipt.signer)


def _require(by: Person, case: Case) -> None:
    decision = may(by, Permission.DECIDE_STEP, case)
    if not decision.ok:
        raise Refused(decision.reason)


def _data(
    case: Case, account: Account, by: Person, ring: Keyring, route: dict[str, Any], variant: str, proposal: Proposal,
    rendering: str,
) -> DossierInput:  # fmt: skip
    consenting.require_in_account(account, str(route.get("forum", "")))
    facts = current_facts(case, ring)
    if facts is None:
        raise NotReady("facts")
    return prepare(
        case, account, by, ring, facts=facts, route=route, variant=variant, proposal=proposal, rendering=rendering
    )


def _complete(case: Case, ring: Keyring, put: Own) -> Own:
    if put.missing(rooms.read(case, ring, put.variant).draft):
        raise NotReady("own_words")
    return put


def _shown(
    data: DossierInput, words: Words, route: dict[str, Any], proposal: Proposal, put: Own, aloud: str, is_urgent: bool
) -> Shown:  # fmt: skip
    return Shown(
        put.variant, str(route.get("forum", "")), words.filed[0].lines[1], digest_of(put.variant, words.filed),
        proposal.lawyer.name, key_of(proposal.lawyer).fingerprint.hex(), put.language, find(put.variant).language,
        _now(), aloud.strip(), is_urgent, data.rendering,
    )  # fmt: skip


def _row(case: Case, by: Person, variant: str) -> Text:
    """The row of a new text; the one of the same variant before it counts no more."""
    case.texts.filter(variant=variant, state__in=Text.OPEN).update(state=State.TAKEN_BACK)
    return Text.objects.create(case=case, variant=variant, shown_by=by)


def _seal(text: Text, ring: Keyring, words: Words, said: Shown) -> None:
    """Seal the words into a new epoch of `account`, which the second word opens, and the rest into `messages`."""
    case = text.case
    parts = keys.Rooms.of(case, keys.MESSAGES, keys.ACCOUNT)
    messages = ring.open_many(parts.all(keys.MESSAGES))
    check_head(case.id, messages)
    second, holders = second_of(case, messages), keys.Holders.of(case, messages)
    if second is None and not said.aloud:
        raise NotReady("no_word")
    audience = keys.audiences(case, [keys.ACCOUNT], holders, rooms=parts)[keys.ACCOUNT]
    newest, making = parts.newest(keys.ACCOUNT), Making(ring.signer, PURPOSE)
    readers = [*audience, second.recipient()] if second is not None else audience
    opened = making.epoch(newest.compartment, newest.number + 1, readers)
    making.save()
    records.write_next(opened, TABLE, WORDS, text.id, words.to_json(), ring.signer)
    content = {name: getattr(said, name) for name in Shown.__slots__}
    records.write_next(messages[-1], TABLE, SHOWN, text.id, content, ring.signer)
    write_head(case.id, messages[-1], ring.signer)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
