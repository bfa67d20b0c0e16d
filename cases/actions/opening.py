"""The first contact opens a case. The same code sent twice opens one."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils import timezone

from cases import asked, hands, keys, records, said, urgency
from cases.hands import Recorder
from cases.keys import Holders
from cases.models import Assignment, Case, StatementVersion
from cases.raising import Raised, raised
from cases.statement import catalogue
from cases.told import Section, sealed_told
from people.recipients import STAFF, recipient_of
from vault import audit, rows
from vault.compartments import Making
from vault.directory import add_pair
from vault.envelope.receipt import ReceiptKeys
from vault.envelope.seeds import Halves
from vault.heads import found_heads
from vault.keyring import Keyring
from vault.models import AuditEvent, KeyPair, SealedValue, today
from vault.opened import Opened
from vault.places import Place
from vault.recipients import Recipient, recorded
from vault.signers import Signer

PURPOSE = "first contact"
FIRST = "first"  # the section of the five answers
CLOSED = "access.closed"
SINGLE = "case"  # the table name of records that exist once a case


def find_case(receipt_keys: ReceiptKeys) -> Case | None:
    """The case of a receipt code, or None. The seed must fit too, so a copied tag opens nothing.

    A number whose access was closed opens nothing for good: the audit trail knows, whatever rows were put back.
    """
    found = rows.first(Case, tag=receipt_keys.tag)
    return None if found is None or is_closed(found) else with_receipt(found)


def with_receipt(case: Case) -> Case:
    """A case that was just read, with the key pair of its receipt."""
    case.receipt = rows.read(KeyPair, id=case.receipt_id)[0]
    return case


def is_closed(case: Case) -> bool:
    """Did the survivor end what the number opens?"""
    return AuditEvent.objects.filter(action=CLOSED, subject=case.id).exists()


def receipt_keyring(case: Case, seed: bytes) -> Keyring:
    """The survivor's keyring. Raises vault.errors.Forged if the seed is another case's."""
    return Keyring(seed, case.receipt)


def open_case(
    *, keys: ReceiptKeys, answers: Section, language: str, more: Mapping[str, Section] | None = None,
    recorder: Recorder | None = None,
) -> Case:  # fmt: skip
    """Open a case from the five answers, or return the one that this code has opened already.

    answers: by question id, {"value": ..., "lang": ...}. more: further sections that were told with them. recorder: the
    member who writes it down for the person; then that member signs what was told, and is asked to take the case.
    Raises vault.errors.Unstated while the organisation has no keys, and vault.errors.NotKept or a database error when
    nothing could be stored; then nothing was.
    """
    found = find_case(keys)
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return _open(keys, {**(more or {}), FIRST: answers}, language, recorder)
    except IntegrityError:
        found = find_case(keys)  # the other of two sends was faster
        if found is None:
            raise
        return found


def _open(receipt_keys: ReceiptKeys, told: Mapping[str, Section], language: str, recorder: Recorder | None) -> Case:
    halves = Halves(receipt_keys.seed)
    pair = add_pair(halves.public, KeyPair.Use.RECEIPT)
    signer = Signer(pair, receipt_keys.seed, halves)
    found = raised(told, today())
    case = _case_row(receipt_keys, pair, told[FIRST], language, found)
    own = [recipient_of(recorder.person, STAFF)] if recorder else []
    opened = _compartments(case, signer, own)
    version = StatementVersion(case=case, number=0, catalogue=catalogue.VERSION, language=language)
    rows.store([version])
    values = sealed_told(told, version, opened, recorder.ring.signer if recorder else signer)
    about = said.content(told, version)
    values.append(asked.noted(case, opened[keys.MESSAGES], asked.SENT, signer, is_new_case=True, **about))
    values += _fixed_records(case, opened, found, signer, recorder.ring.pair if recorder else None)
    if recorder:
        values += _noted(version, opened[keys.MESSAGES], recorder)
    events = [] if recorder else [audit.event("case.opened", "case", case.id, by=None)]
    heads = {case.id: opened[keys.MESSAGES], opened[keys.WORK].epoch.compartment_id: opened[keys.WORK]}
    found_heads(heads, values, signer, events)
    return case


def _noted(version: StatementVersion, messages: Opened, recorder: Recorder) -> list[SealedValue]:
    """Who wrote it down and how, sealed for both sides; the case is given to that member, who then accepts it."""
    case, person = version.case, recorder.person
    Assignment.objects.create(case=case, person=person, by=person)
    audit.record("case.recorded", "case", case.id, by=person.id)
    signer = recorder.ring.signer
    return [
        hands.noted(version, messages, recorder.how, signer),
        Holders(frozenset({person.id})).sealed(case, messages, 1, signer),
    ]


def _case_row(receipt_keys: ReceiptKeys, pair: KeyPair, answers: Section, language: str, found: Raised) -> Case:
    level = found.level or Case.Level.P2
    case = Case(
        tag=receipt_keys.tag, receipt=pair, language=language, level=level, status=urgency.first_status(found),
        residence=str(answers.get("ELG-02", {}).get("value") or ""),
        answer_by=urgency.answer_by(level, timezone.now()),
        answer_day=urgency.working_day(today(), urgency.FIRST_REPLY_DAYS),
    )  # fmt: skip
    rows.store([case])
    return case


def _compartments(case: Case, signer: Signer, own: list[Recipient]) -> dict[str, Opened]:
    """Make the five compartments. `sealed` exists for every case, so that its presence says nothing.

    own: the key of the member who writes it down, if one does.
    """
    team, making = keys.Team.now(), Making(signer, PURPOSE)
    staff, survivor = [*team.of_new, *own], recorded(case.receipt, bytes(case.receipt.fingerprint))
    opened = {
        kind: making.epoch(making.found(kind, case.id), 1, [*staff, survivor] if kind == keys.MESSAGES else staff)
        for kind in keys.ASSIGNED_KINDS
    }
    opened[keys.SEALED] = making.split(making.found(keys.SEALED, case.id), 1, **team.sides)
    making.save()
    return opened


def _fixed_records(
    case: Case, opened: dict[str, Opened], found: Raised, signer: Signer, recorder: KeyPair | None
) -> list[SealedValue]:
    founding = hands.founding_record(case.receipt, recorder)
    return [
        records.sealed(opened[keys.MESSAGES], Place(*hands.FOUNDING, case.id), founding, signer),
        records.sealed(opened[keys.WORK], Place(SINGLE, "flags", case.id), found.record(), signer),
        records.sealed(opened[keys.SEALED], Place(SINGLE, "sealed", case.id), {}, signer),
    ]
