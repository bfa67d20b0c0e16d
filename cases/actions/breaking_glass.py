"""The safety hold of a case: put on, lifted by two people, or by one lead alone who is looked at within a day.

Breaking the glass lifts the hold of a P0 case and does nothing else: no key is given, no share of the sealed part.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases import work
from cases.actions import moving
from cases.errors import Refused
from cases.evidence import Pair
from cases.models import Case, HoldRelease
from cases.signed import read_by, signed_at
from people import alarms
from people.models import Person, Role
from people.permissions import Decision, Permission, may
from people.recipients import STAFF
from vault import audit
from vault.errors import Forged
from vault.keyring import Keyring

REVIEW_HOURS = 24
ALARM = "hold_released"
NOTE = ("hold_release", "note")
Status = Case.Status


@transaction.atomic
def hold(*, case: Case, by: Person, ring: Keyring, reason: str) -> None:
    """Put a case on safety hold. The reason is sealed in `work`. Raises Refused."""
    _require(may(by, Permission.SEE_CASE, case))
    if _locked(case).status == Status.SAFETY_HOLD:
        raise Refused("already_held")
    _put_on_hold(case, by, ring, reason)


@transaction.atomic
def write_note(*, case: Case, by: Person, ring: Keyring, note: str) -> HoldRelease:
    """Say why the hold can be lifted; a lead who did not write it decides. Raises Refused."""
    _require(may(by, Permission.SEE_CASE, case))
    _require_held(case)
    if case.hold_releases.filter(is_alone=False, reviewed_at=None).exists():
        raise Refused("note_waits")
    row = HoldRelease.objects.create(case=case, by=by)
    work.write(case, ring, *NOTE, row.id, {"note": note})
    audit.record("hold.note", "case", case.id, by=by.id)
    return row


@transaction.atomic
def break_glass(*, case: Case, by: Person, ring: Keyring, reason: str) -> HoldRelease:
    """One lead lifts the safety hold of a P0 case alone. It is told to all, and an alarm waits for another lead.

    Raises Refused for anybody else, for another level, and for a case that is not held.
    """
    _require(may(by, Permission.RELEASE_HOLD, case))
    _require_held(case)
    if case.level != Case.Level.P0:
        raise Refused("not_p0")
    due = timezone.now() + timedelta(hours=REVIEW_HOURS)
    row = HoldRelease.objects.create(case=case, by=by, is_alone=True, review_by=due)
    work.write(case, ring, *NOTE, row.id, {"note": reason})
    about: dict[str, object] = {"reference": case.reference}
    moving.apply(case, "release", by=by, is_alone=True, event="hold.released", detail=about)
    alarms.raise_alarm(ALARM, "hold_release", row.id, by.id, {**about, "until": due.isoformat(timespec="minutes")})
    return row


@transaction.atomic
def decide(*, release: HoldRelease, by: Person, ring: Keyring, reason: str, is_agreed: bool) -> None:
    """The second person's word, by a lead who is not the first: a note is accepted or not, a lone release reviewed.

    A note that is accepted lifts the hold; a lone release that is not agreed with puts the case back on hold. Raises
    Refused, vault.errors.Forged when somebody else than `release.by` signed the note.
    """
    row = HoldRelease.objects.select_for_update().select_related("case", "by").get(id=release.id)
    _require(may(by, Permission.REVIEW_RELEASE, row.case))
    if row.by_id == by.id:
        raise Refused("own_release")
    if row.reviewed_at is not None:
        raise Refused("already_decided")
    note_of(row, ring)  # a column that names another first person does not help the first one
    work.write(row.case, ring, NOTE[0], "decision", row.id, {"agreed": is_agreed, "reason": reason})
    HoldRelease.objects.filter(id=row.id).update(
        reviewed_by=by, reviewed_at=timezone.now(), is_agreed=is_agreed
    )  # fmt: skip
    (_reviewed if row.is_alone else _decided)(row, by, ring, reason, is_agreed)


def note_of(release: HoldRelease, ring: Keyring) -> dict[str, Any]:
    """The words of the first person, who must have signed them: {"note"}. Raises vault.errors.Forged."""
    return read_by(release.case, ring, *NOTE, release.id, release.by_id)


def decision_of(release: HoldRelease, ring: Keyring) -> dict[str, Any]:
    """The words of the second person: {"agreed", "reason"}, or nothing yet."""
    found: dict[str, Any] = work.read(release.case, ring, NOTE[0], "decision", release.id) or {}
    return found


def _decided(row: HoldRelease, by: Person, ring: Keyring, reason: str, is_agreed: bool) -> None:
    if not is_agreed:
        audit.record("hold.kept", "case", row.case_id, by=by.id)
        return
    _require_held(row.case)
    moving.apply(row.case, "release", by=by, pair=_pair(row, ring), event="hold.lifted")


def _reviewed(row: HoldRelease, by: Person, ring: Keyring, reason: str, is_agreed: bool) -> None:
    if not is_agreed and _locked(row.case).status != Status.SAFETY_HOLD:
        _put_on_hold(row.case, by, ring, reason)
    audit.record("hold.reviewed", "case", row.case_id, by=by.id, detail={"reference": row.case.reference})
    outcome = alarms.AGREED if is_agreed else alarms.DISAGREED
    alarms.settle(code=ALARM, subject=row.id, by=by, outcome=outcome)


def _put_on_hold(case: Case, by: Person, ring: Keyring, reason: str) -> None:
    work.write(case, ring, "hold", "reason", case.id, {"reason": reason})
    moving.apply(case, "hold", by=by, event="hold.placed")


def _pair(row: HoldRelease, ring: Keyring) -> Pair:
    """Who wrote the note and who agreed, as their signatures say. Raises vault.errors.Forged."""
    note = signed_at(row.case, ring, *NOTE, row.id, STAFF)
    decided = signed_at(row.case, ring, NOTE[0], "decision", row.id, {Role.LEAD})
    if note is None or decided is None or decided.content["agreed"] is not True:
        raise Forged(f"hold release {row.id}: not agreed to by a second person")
    return Pair(note.holder, decided.holder)


def _locked(case: Case) -> Case:
    return Case.objects.select_for_update().get(id=case.id)


def _require_held(case: Case) -> None:
    if _locked(case).status != Status.SAFETY_HOLD:
        raise Refused("not_held")


def _require(decision: Decision) -> None:
    if not decision.ok:
        raise Refused(decision.reason)
