"""Opening the sealed part: one caseworker asks, a lead who did not ask lends the other share for some days.

The lead's approval is the release of share B to the asker's own key; nothing else is a flag. Share A stays with the
caseworkers' key, so that a release lent to somebody who is no caseworker opens nothing.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cases import keys, queue, work
from cases.errors import NotReady, Refused
from cases.models import Case, SealedRelease
from cases.sealed_part import REQUEST, epochs, release_purpose, request_value
from cases.signed import read_by
from people.models import Person, Role
from people.permissions import Decision, Permission, may
from people.recipients import recipient_of
from vault import audit, compartments
from vault.errors import Unstated
from vault.heads import check_head
from vault.keyring import Keyring
from vault.models import Grant, today
from vault.recipients import Recipient

DAYS = (0, 3, 7)  # how many days after today it stays open; 0 is until the end of today
RENEWED = "sealed_over"
SLICE = 5  # compartments that are renewed on one page
State = SealedRelease.State


@transaction.atomic
def ask(*, case: Case, by: Person, ring: Keyring, reason: str, days: int) -> SealedRelease:
    """Ask a lead to lend share B. The reason and the proposed days are sealed in `work` and signed.

    Raises Refused for anybody but a caseworker on the case, or while another request of this person waits or holds.
    """
    _require(may(by, Permission.REQUEST_SEALED, case))
    if days not in DAYS:
        raise Refused("days")
    if standing(case).filter(requested_by=by).exists():
        raise Refused("already_asked")
    release = SealedRelease.objects.create(case=case, requested_by=by)
    work.write(case, ring, *REQUEST, release.id, {"reason": reason, "days": days})
    audit.record("sealed.requested", "case", case.id, by=by.id, detail={"release": str(release.id)})
    return release


@transaction.atomic
def lend(*, release: SealedRelease, by: Person, ring: Keyring, reason: str, days: int) -> None:
    """Lend share B of every epoch to the asker's own key until a day. These grants are the release.

    Raises Refused for the asker, for anybody who is not a lead, and when it is decided already; NotReady("asker") when
    the asker is not a caseworker on the case any more; vault.errors.NoGrant, Forged.
    """
    locked = SealedRelease.objects.select_for_update().select_related("case", "requested_by__pair").get(id=release.id)
    _require_decider(locked, by)
    if days not in DAYS:
        raise Refused("days")
    asker, until = _asker(locked), today() + timedelta(days=days)
    purpose = _purpose_of_the_one_who_asked(locked, asker, ring)
    check_head(locked.case_id, keys.open_whole(locked.case, keys.MESSAGES, ring))
    for epoch in epochs(locked.case):
        share = ring.open_share(epoch, Grant.Share.B)
        Grant.objects.filter(epoch=epoch, recipient=asker.pair).delete()  # of a time that is over
        compartments.release_share(
            epoch, Grant.Share.B, share, asker, giver=ring.signer, purpose=purpose, until=until
        )  # fmt: skip
    _decide(locked, by, ring, reason, State.RELEASED, until_on=until)
    audit.record("sealed.released", "case", locked.case_id, by=by.id, detail=_detail(locked))


@transaction.atomic
def refuse(*, release: SealedRelease, by: Person, ring: Keyring, reason: str) -> None:
    """Refuse a request. Raises Refused like lend()."""
    locked = SealedRelease.objects.select_for_update().select_related("case").get(id=release.id)
    _require_decider(locked, by)
    _decide(locked, by, ring, reason, State.REFUSED)
    audit.record("sealed.not_released", "case", locked.case_id, by=by.id, detail=_detail(locked))


def request_record(release: SealedRelease, ring: Keyring) -> dict[str, Any]:
    """What the asker wrote and signed: {"reason", "days"}; readable to whoever holds the case's work."""
    return read_by(release.case, ring, *REQUEST, release.id, release.requested_by_id)


def decision_record(release: SealedRelease, ring: Keyring) -> dict[str, Any]:
    """What the lead wrote: {"decision", "reason", "until"}, or nothing yet."""
    found: dict[str, Any] = work.read(release.case, ring, "sealed_release", "decision", release.id) or {}
    return found


def standing(case: Case) -> QuerySet[SealedRelease]:
    """The requests of a case that wait, or are open today; a screen believes these columns, no key does."""
    waiting = case.sealed_releases.filter(state=State.REQUESTED)
    return waiting | case.sealed_releases.filter(state=State.RELEASED, until_on__gte=today())


def open_to(case: Case, person: Person) -> SealedRelease | None:
    """The release to this person that is open today, as the columns say; the keys decide."""
    mine = case.sealed_releases.filter(requested_by=person, state=State.RELEASED, until_on__gte=today())
    return mine.select_related("decided_by").first()


def overdue(viewer: Person) -> QuerySet[SealedRelease]:
    """The releases whose time is over, in cases that this lead sees, and whose sealed part has no new epoch yet."""
    cases = queue.visible(viewer)
    return SealedRelease.objects.filter(case__in=cases, state=State.RELEASED, until_on__lt=today()).order_by("until_on")


def renew(*, by: Person, ring: Keyring) -> int:
    """Close a slice of what is over: grants deleted, a new epoch that nobody opens alone. Returns how many it did."""
    if not may(by, Permission.DECIDE_SEALED):
        return 0
    found = list(overdue(by).select_related("case", "requested_by")[:SLICE])
    for each in found:
        _close(each, by, ring)
    return len(found)


@transaction.atomic
def _close(release: SealedRelease, by: Person, ring: Keyring) -> None:
    Case.objects.select_for_update().get(id=release.case_id)
    if not SealedRelease.objects.filter(id=release.id, state=State.RELEASED).update(state=State.OVER):
        return  # another lead was faster
    compartment = keys.compartment(release.case, keys.SEALED)
    Grant.objects.filter(
        epoch__compartment=compartment, recipient__person=release.requested_by, until_on__lt=today()
    ).delete()
    compartments.next_split(compartment, giver=ring.signer, purpose=RENEWED, **keys.sealed_audience())
    audit.record("sealed.closed", "case", release.case_id, by=by.id, detail=_detail(release))


def _asker(release: SealedRelease) -> Recipient:
    """The asker's own key, as the directory states it for a caseworker. Raises NotReady("asker")."""
    if not may(release.requested_by, Permission.REQUEST_SEALED, release.case):
        raise NotReady("asker")
    try:
        return recipient_of(release.requested_by, {Role.CASEWORKER})
    except Unstated as error:
        raise NotReady("asker") from error


def _purpose_of_the_one_who_asked(release: SealedRelease, asker: Recipient, ring: Keyring) -> str:
    """The purpose of the grants, after the request was opened as signed by the asker. Raises NotReady("asker")."""
    request_record(release, ring)
    if request_value(release).signer_id != asker.pair.id:
        raise NotReady("asker")
    return release_purpose(release, asker.fingerprint)


def _decide(release: SealedRelease, by: Person, ring: Keyring, reason: str, state: str, **columns: Any) -> None:
    content = {"decision": state, "reason": reason}
    work.write(release.case, ring, "sealed_release", "decision", release.id, content)
    SealedRelease.objects.filter(id=release.id).update(
        state=state, decided_by=by, decided_at=timezone.now(), **columns
    )  # fmt: skip


def _detail(release: SealedRelease) -> dict[str, object]:
    return {"release": str(release.id), "person": str(release.requested_by_id)}


def _require(decision: Decision) -> None:
    if not decision.ok:
        raise Refused(decision.reason)


def _require_decider(release: SealedRelease, by: Person) -> None:
    _require(may(by, Permission.DECIDE_SEALED, release.case))
    if release.requested_by_id == by.id:
        raise Refused("own_request")
    if release.state != State.REQUESTED:
        raise Refused("already_decided")
