"""Sending the account: the draft becomes a version that nobody changes any more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from cases import asked, keys, raising, records, said, urgency, workflow
from cases.actions import moving
from cases.actions.drafting import FILES, discard_draft, is_same, load_draft
from cases.drafted import CORRECTS, NOT_TOLD, DraftContent, DraftSection
from cases.errors import NothingToSend
from cases.models import Case, Exhibit, StatementVersion
from cases.second import Second, second_of
from cases.statement import asked as statement
from cases.statement import cards, catalogue
from cases.statement.conditions import has_answer
from cases.told import Section, sealed_told
from people.models import Person
from vault import audit, files, rows
from vault.compartments import Making
from vault.heads import Held, extend_head, hold_head
from vault.heirs import Heirs
from vault.keyring import Keyring
from vault.models import Compartment, SealedValue, today
from vault.opened import Opened
from vault.places import Place
from vault.recipients import Recipient
from vault.signers import Signer

PURPOSE, ARRIVED = "account sent", "account.sent"
SENT = "sent with the account: moved from the draft to the case"
ADDED_TO = (keys.IDENTITY, keys.ACCOUNT)


@dataclass(frozen=True, slots=True)
class Further:
    """What a further version is sealed into, by kind, and the head that will list it."""

    opened: dict[str, Opened]
    head: Held


@transaction.atomic
def send_account(
    *, case: Case, receipt: Keyring, language: str, seen: DraftContent | None = None,
    last: Mapping[str, Section] | None = None,
) -> StatementVersion:  # fmt: skip
    """Freeze the draft as the next version and return it; sent twice, the second time returns the first's version.

    seen: the draft as it was just read; it is read again if somebody saved meanwhile. last: answers by section that
    were given with the click and are in no draft yet. Each send opens new epochs of `identity`, `account` and `sealed`
    that the code itself cannot read. Raises NothingToSend when nothing was ever written, DraftExpired when it was
    erased by the clock.
    """
    keys.require_receipt(case, receipt)
    urgency.lock(case)
    newest = max(rows.read(StatementVersion, case_id=case.id), key=lambda each: each.number, default=None)
    content = _with(seen if seen and seen.is_current() else load_draft(case, receipt), last or {})
    told = _as_sent(case, content)
    is_empty = not told or (bool(content.corrected) and not _says_something(told))
    if is_empty and not content.exhibits:
        if newest is None or newest.number == 0:
            raise NothingToSend
        discard_draft(case)  # perhaps a correction that changes nothing
        return newest
    number = (newest.number if newest else 0) + 1
    version = StatementVersion(case=case, number=number, catalogue=catalogue.VERSION, language=language)
    rows.store([version])
    _freeze(case, receipt, content, told, version)
    return version


def new_epochs(case: Case, ring: Keyring) -> dict[str, Opened]:
    """What a further version is sealed into, see further(). Whoever writes into it writes the head again."""
    return further(case, ring).opened


def further(case: Case, ring: Keyring) -> Further:
    """Check the head and open what a further version is sealed into: epochs that the code cannot read, and `messages`.

    ring: of the receipt, or of the member who recorded the case. The head stays locked until the transaction ends.
    Raises vault.errors.Forged.
    """
    rooms = keys.Rooms.of(case, keys.MESSAGES, keys.SEALED, *ADDED_TO)
    messages = ring.open_many(rooms.all(keys.MESSAGES))
    head = hold_head(case.id, messages)  # a new head must not bless what somebody changed before
    team, holders, second = keys.Team.now(), keys.Holders.of(case, messages), second_of(case, messages)
    heirs = Heirs(ring.signer, team.by_use.values())
    making, opened = Making(ring.signer, PURPOSE), {keys.MESSAGES: messages[-1]}
    for kind, recipients in keys.audiences(case, ADDED_TO, holders, rooms=rooms, heirs=heirs, team=team).items():
        opened[kind] = making.epoch(*_next(rooms, kind), _with_second(kind, recipients, second))
    compartment, number = _next(rooms, keys.SEALED)
    opened[keys.SEALED] = making.split(compartment, number, **team.sides)
    making.save()
    return Further(opened, head)


def _with_second(kind: str, recipients: list[Recipient], second: Second | None) -> list[Recipient]:
    """With the pair of the second word, where the survivor has set one and for the account alone."""
    return [*recipients, second.recipient()] if second is not None and kind == keys.ACCOUNT else recipients


def _says_something(told: dict[str, Section]) -> bool:
    """Is there an answer, and not only a page that was seen and left empty?"""
    return any(has_answer(answer) for own in told.values() for answer in own.values())


def _next(rooms: keys.Rooms, kind: str) -> tuple[Compartment, int]:
    newest = rooms.newest(kind)
    return newest.compartment, newest.number + 1


def _with(content: DraftContent, last: Mapping[str, Section]) -> DraftContent:
    """The draft with answers that were given last; those to other questions of their sections stay."""
    if not last:
        return content
    before = {key: content.sections.get(key, DraftSection()) for key in last}
    changed = {key: replace(saved, answers={**saved.answers, **last[key]}) for key, saved in before.items()}
    return replace(content, sections={**content.sections, **changed})


def _freeze(
    case: Case, receipt: Keyring, content: DraftContent, told: dict[str, Section], version: StatementVersion
) -> None:
    new, signer = further(case, receipt), receipt.signer
    values = sealed_told(told, version, new.opened, signer)
    values += _moved_exhibits(case, content, new.opened[keys.ACCOUNT], version, signer)
    found = raising.raised(told, today())
    values.append(raising.sealed(version, found, new.opened[keys.ACCOUNT], signer))
    corrects = bool(told.keys() & content.corrected.keys())
    about = said.content(told, version, corrects=corrects)
    values.append(asked.noted(case, new.opened[keys.MESSAGES], asked.SENT, signer, **about))
    extend_head(new.head, new.opened[keys.MESSAGES], signer, values)
    discard_draft(case)
    note_arrival(case, found, ARRIVED, version.number, receipt=receipt)


def _as_sent(case: Case, content: DraftContent) -> dict[str, Section]:
    """The answers by section and card, with the files under the numbers that they get.

    What was carried stays out, what hangs on a consent that was taken back, and what a correction leaves as it was.
    """
    first = _first_number(case)
    final = {each.number: number for number, each in enumerate(content.exhibits, start=first)}
    sections = {key: saved.answers for key, saved in content.sections.items() if key not in NOT_TOLD}
    known = {key: saved.answers for key, saved in content.sections.items() if key != CORRECTS}
    common, told = statement.known(known), {}
    for key, answers in sections.items():
        section, number = cards.split(key)
        is_gone = section == FILES and number and number not in final
        own = _changed(answers, content.corrected.get(key, {}))
        allowed = statement.without_taken_back(own, statement.known(known, key) if number else common)
        if allowed and not is_gone:
            told[cards.key_of(FILES, final[number]) if section == FILES and number else key] = allowed
    return told


def _first_number(case: Case) -> int:
    """The number of the next file that is sent."""
    return len(rows.columns(Exhibit, "id", case_id=case.id)) + 1


def _changed(answers: Section, before: Section) -> Section:
    """The answers that are not what they were; only another language of the page changes nothing."""
    return {key: answer for key, answer in answers.items() if key not in before or not is_same(answer, before[key])}


def _moved_exhibits(
    case: Case, content: DraftContent, account: Opened, version: StatementVersion, signer: Signer
) -> list[SealedValue]:
    """Give each file its number and seal its key and record for the account; the bytes stay where they are."""
    kept, first = content.kept, _first_number(case)
    if kept is None or not content.exhibits:
        return []
    numbered = list(enumerate(zip(content.files, content.exhibits, strict=True), start=first))
    made = [Exhibit(case=case, number=number, file=row.file, version=version) for number, (row, _) in numbered]
    rows.store(made)
    values = []
    for exhibit, arrived in zip(made, content.exhibits, strict=True):
        found = files.key_in(kept.newest("file", exhibit.file.id), exhibit.file, kept.opened)
        record = replace(arrived.with_event(SENT), id=exhibit.id, number=exhibit.number)
        values.append(files.sealed_key(found, account, signer))
        values.append(records.sealed(account, Place("exhibit", "record", exhibit.id), record.to_json(), signer))
    return values


def note_arrival(
    case: Case, found: raising.Raised, event: str, number: int, *, receipt: Keyring | None = None,
    by: Person | None = None,
) -> None:  # fmt: skip
    """Status, level and the hour by which to answer of a case to which an account has come, from what it raises.

    event, number: what the audit trail says, and the version. receipt or by: whose hand it is in.
    """
    news = {"has_news": True, "heard_on": today(), **urgency.risen(case, found, timezone.now())}
    detail: dict[str, object] = {"version": number}
    if step := workflow.arrival(case):
        moving.within(case, step, receipt=receipt, by=by, event=event, detail=detail, **news)
    else:
        rows.change(case, **news)
        rows.store([audit.event(event, "case", case.id, by=by.id if by else None, detail=detail)])
    if found.holds and workflow.is_possible(case, "hold"):
        moving.within(case, "hold")
