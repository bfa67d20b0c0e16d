"""What a clinician is given of a case: answers about health and the body, no contact, nothing sealed for two people.

Copied by a member, with the survivor's signed permission for health information (CNS-13), into a compartment of its
own. What counts is the catalogue's letter C. The clinician writes back a word: how the person is, whether a danger
is over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from cases import access
from cases.access import Account, OpenedVersion
from cases.actions.handing_over import require_scope
from cases.asked import asked_of
from cases.errors import NotReady, Refused
from cases.hold import require_no_hold
from cases.lawyers import rooms
from cases.limit_words import plain, spoken_by
from cases.limits import limits_of
from cases.models import Care, Case
from cases.permission import HEALTH
from cases.professionals import FIELD as WORD
from cases.statement import catalogue
from cases.told import Section
from people.models import Person, Role
from people.permissions import Permission, may
from people.recipients import STAFF, recipient_of
from vault import audit
from vault.directory import statement_for
from vault.errors import Unstated
from vault.keyring import Keyring
from vault.models import KeyPair, today

GIVEN = "health"
CLINICIAN = "C"  # the catalogue's letter for "seen by the clinician"
# Of what carries the letter: how to reach somebody goes by the team, files and permissions stay there too.
APART = ("CTC-", "EVD-", "CNS-")
SUICIDE = "SUICIDE"


@dataclass(frozen=True, slots=True)
class Given:
    """What a clinician holds. limits: lines as (before, strong, after); on: the day on which the copy was made."""

    account: Account
    corrections: frozenset[int]
    limits: list[list[str]]
    on: str


@transaction.atomic
def give(*, case: Case, clinician: Person, by: Person, ring: Keyring) -> Care:
    """Copy what a clinician may see, for the first time or, for the one who has it, as it stands now.

    Raises Refused: the permission, "clinician" for somebody who is none, "care" while another one has it; NotConsented
    ("all", "helper", "CNS-13"), NotReady("safety_hold"), vault.errors.Forged, NoGrant.
    """
    _require(may(by, Permission.GIVE_CARE, case))
    Case.objects.select_for_update().get(id=case.id)
    require_no_hold(case.id)
    require_scope(case, ring, HEALTH)
    _require_key(clinician)
    row = current(case)
    if row is not None and row.clinician_id != clinician.id:
        raise Refused("care")
    account = access.open_account(case, by=by, ring=ring, purpose="safety")
    content = _content(case, clinician, account, ring)
    if row is None:
        row = Care.objects.create(case=case, clinician=clinician, by=by)
        rooms.start(row, ring, GIVEN, content)
    else:
        rooms.write(row, ring, GIVEN, content)
    audit.record("care.given", "case", case.id, by=by.id, detail=_detail(row))
    return row


def open_care(*, care: Care, by: Person, ring: Keyring) -> Given:
    """Open it for its clinician; recorded like an opening of the account, and the survivor can ask about it.

    Raises Refused, NotReady("safety_hold"), vault.errors.NoGrant, Forged.
    """
    _require_clinician(care, by)
    require_no_hold(care.case_id)
    audit.record("care.opened", "case", care.case_id, by=by.id, detail=_detail(care))
    found = rooms.signed(care, ring, GIVEN)
    if found is None:
        raise NotReady("care")
    value, content = found
    statement_for(value.signer, {KeyPair.Use.PERSON}, value.made_on, roles=STAFF)
    versions = [_opened_version(each) for each in content["versions"]]
    return Given(Account(versions, []), frozenset(content["corrections"]), content["limits"], content["on"])


@transaction.atomic
def say(*, care: Care, by: Person, ring: Keyring, text: str, is_over: bool) -> None:
    """The clinician's word, signed. is_over: the thoughts of dying are no danger any more. Raises Refused."""
    row = _locked(care)
    _require_clinician(row, by)
    content = {"text": text, "flag": SUICIDE, "is_over": is_over, "on": today().isoformat()}
    rooms.write(row, ring, WORD, content)
    Care.objects.filter(id=row.id).update(has_news=True)
    audit.record("care.said", "case", row.case_id, by=by.id, detail=_detail(row))


@transaction.atomic
def end(*, care: Care, by: Person, ring: Keyring) -> None:
    """End it, by a member or the clinician: the room is lost to that key, and written on without it. Raises Refused."""
    row = _locked(care)
    if row.ended_on is not None:
        raise Refused("answered")
    if row.clinician_id != by.id:
        _require(may(by, Permission.GIVE_CARE, row.case))
    rooms.leave(row, ring, KeyPair.objects.filter(id=row.clinician.pair_id), rooms.OVER)
    Care.objects.filter(id=row.id).update(ended_on=today())
    audit.record("care.ended", "case", row.case_id, by=by.id, detail=_detail(row))


def stop_care(case: Case) -> int:
    """The person took the permission back: no clinician reads on, at once, without keys. Returns how many held it."""
    held = 0
    rows = Care.objects.select_for_update(of=("self",)).filter(case=case, ended_on=None)
    for row in rows.select_related("clinician"):
        held += bool(rooms.drop_grants(row))
        Care.objects.filter(id=row.id).update(ended_on=today())
        audit.record("care.stopped", "case", case.id, by=None, detail=_detail(row))
    return held


def current(case: Case) -> Care | None:
    """The clinician who has it now."""
    return case.cares.select_related("clinician__pair", "case__receipt").filter(ended_on=None).first()


def _require_key(clinician: Person) -> None:
    try:
        recipient_of(clinician, {Role.CLINICIAN})
    except Unstated as error:
        raise Refused("clinician") from error
    if clinician.role != Role.CLINICIAN or not clinician.is_active:
        raise Refused("clinician")


def _content(case: Case, clinician: Person, account: Account, ring: Keyring) -> dict[str, Any]:
    with spoken_by(clinician):
        limits = plain(limits_of(case, ring).lines)
    return {
        "versions": [_version(each) for each in account.versions], "on": today().isoformat(),
        "corrections": sorted(asked_of(case, ring).corrections),
        "limits": limits,
    }  # fmt: skip


def _version(version: OpenedVersion) -> dict[str, Any]:
    """A version with what a clinician may see of it."""
    known = catalogue.at(version.catalogue).questions
    sections = {
        key: {each: answer for each, answer in section.items() if each in known and is_for_clinician(known[each])}
        for key, section in version.sections.items()
    }  # fmt: skip
    return {
        "id": str(version.id), "number": version.number, "catalogue": version.catalogue, "language": version.language,
        "sent_on": version.sent_on.isoformat(), "sections": {key: each for key, each in sections.items() if each},
    }  # fmt: skip


def is_for_clinician(question: Any) -> bool:
    """Is an answer to this question copied for a clinician?"""
    return CLINICIAN in question.seen_by and question.compartment != "sealed" and not question.id.startswith(APART)


def _opened_version(content: dict[str, Any]) -> OpenedVersion:
    sections: dict[str, Section] = content["sections"]
    return OpenedVersion(
        UUID(content["id"]), content["number"], content["catalogue"], content["language"],
        date.fromisoformat(content["sent_on"]), sections,
    )  # fmt: skip


def _require_clinician(care: Care, by: Person) -> None:
    _require(may(by, Permission.READ_CARE))
    if care.clinician_id != by.id or care.ended_on is not None:
        raise Refused("another_clinician")


def _locked(care: Care) -> Care:
    Case.objects.select_for_update().filter(id=care.case_id).first()
    rows = Care.objects.select_for_update(of=("self",)).select_related("case__receipt", "clinician__pair")
    found = rows.filter(id=care.id).first()
    if found is None:
        raise Refused("answered")
    return found


def _detail(row: Care) -> dict[str, object]:
    return {"care": str(row.id), "person": str(row.clinician_id)}


def _require(decision: Any) -> None:
    if not decision.ok:
        raise Refused(decision.reason)
