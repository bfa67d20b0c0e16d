"""The offer to the lawyer whom the person said yes to: a summary without names, the conflict check, the mandate.

Until the lawyer has taken the mandate nothing of the account is sealed to that key.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from cases import access, guards
from cases.access import OpenedVersion
from cases.actions import moving
from cases.actions.approving import Agreed
from cases.actions.proposing import key_of, require_agreed
from cases.actions.releasing import standing
from cases.errors import NotReady, Refused
from cases.hold import require_no_hold
from cases.lawyers import rooms
from cases.lawyers.conflicts import QUESTIONS, Hashes
from cases.lawyers.offers import CHECK, DECISION, OFFER, WAIVER, offer_of
from cases.lawyers.proposals import YES, read
from cases.limit_words import plain, spoken_by
from cases.limits import limits_of
from cases.models import Case, Proposal, SealedRelease
from cases.sealed_part import open_sealed
from people.models import Person
from people.permissions import Permission, may
from vault import audit
from vault.keyring import Keyring
from vault.models import today

PURPOSE = "lawyer"
DAYS = 14  # for the lawyer to answer
MOST_NAMES = 500  # in one list of a lawyer
DECLINED = ("no_time", "no_language", "no_experience", "conflict", "other")
State = Proposal.State


@transaction.atomic
def offer(*, proposal: Proposal, by: Person, ring: Keyring, summary: str, language: str) -> None:
    """Seal a pseudonymised summary to the lawyer, with the hashes of the names for the conflict check.

    The survivor's yes and the permissions are verified now, from what was signed. Raises Refused, NotConsented,
    NotReady ("safety_hold", "lawyer", "no_yes"), vault.errors.Forged.
    """
    row = lock(proposal)
    _require(may(by, Permission.FIND_LAWYER, row.case))
    require_no_hold(row.case_id)
    if row.state != State.AGREED:
        raise Refused("answered")
    named, said = read(row, ring)
    if said is None or said.answer != YES:
        raise NotReady("no_yes")
    if key_of(row.lawyer).fingerprint.hex() != named.fingerprint:
        raise NotReady("lawyer")
    limits = limits_of(row.case, ring)
    require_agreed(limits, named.country)
    account, apart = access.open_account(row.case, by=by, ring=ring, purpose=PURPOSE), _apart(row.case, by, ring)
    with spoken_by(row.lawyer):
        lines = plain(limits.lines)
    content = {
        "summary": summary, "language": language, "country": named.country, "mandate": named.mandate,
        "said": {"on": said.on, "words": said.words, "language": said.language}, "fingerprint": named.fingerprint,
        "limits": lines,
        "names": Hashes.of([*account.versions, *apart]).to_json(), "is_whole": bool(apart),
    }  # fmt: skip
    rooms.start(row, ring, OFFER, content)
    now = today()
    Proposal.objects.filter(id=row.id).update(
        state=State.OFFERED, offered_on=now, answer_by=now + timedelta(days=DAYS)
    )  # fmt: skip
    audit.record("lawyer.offered", "case", row.case_id, by=by.id, detail=_detail(row))


def _apart(case: Case, by: Person, ring: Keyring) -> list[OpenedVersion]:
    """The sealed part, where the names of those responsible stand, if two people opened it to this member for now."""
    mine = standing(case).filter(requested_by=by, state=SealedRelease.State.RELEASED)
    if not mine.exists():
        return []
    return open_sealed(case, by=by, ring=ring, purpose=PURPOSE).versions


@transaction.atomic
def check(
    *, proposal: Proposal, by: Person, ring: Keyring, names: Iterable[str], ticked: Collection[str], words: str
) -> list[str]:  # fmt: skip
    """The lawyer's conflict check, signed. names: as typed, compared here and forgotten; ticked: of QUESTIONS.

    Returns as what a name met, by role. Anything met or ticked makes it a conflict, which two members may waive.
    """
    row = _own(proposal, by)
    if row.state not in (State.OFFERED, State.CONFLICT):
        raise Refused("answered")
    typed = [name for name in names if name.strip()]
    if len(typed) > MOST_NAMES:
        raise Refused("many_names")
    met = Hashes(**offer_of(row, ring)["names"]).met(typed)
    content = {
        "ticked": [each for each in QUESTIONS if each in ticked], "met": met, "names": len(typed), "words": words,
        "on": today().isoformat(),
    }  # fmt: skip
    rooms.write(row, ring, CHECK, content)
    is_free = not met and not content["ticked"]
    Proposal.objects.filter(id=row.id).update(state=State.OFFERED if is_free else State.CONFLICT, has_news=not is_free)
    audit.record("lawyer.checked", "case", row.case_id, by=by.id, detail=_detail(row))
    return met


@transaction.atomic
def accept(*, proposal: Proposal, by: Person, ring: Keyring) -> None:
    """The lawyer takes the mandate that the person gave. Raises Refused, NotReady ("no_conflict", "said_yes", ...)."""
    row = _own(proposal, by)
    if row.state != State.OFFERED or (row.answer_by and row.answer_by < today()):
        raise Refused("answered")
    require_no_hold(row.case_id)
    rooms.write(
        row, ring, DECISION, {"accepted": True, "mandate": offer_of(row, ring)["mandate"], "why": "", "words": ""}
    )
    guards.require("engage", guards.Sight(row.case, ring))
    Proposal.objects.filter(id=row.id).update(state=State.ENGAGED, engaged_on=today(), has_news=True)
    moving.apply(row.case, "engage", by=by)
    audit.record("lawyer.accepted", "case", row.case_id, by=by.id, detail=_detail(row))


@transaction.atomic
def decline(*, proposal: Proposal, by: Person, ring: Keyring, why: str, words: str) -> None:
    """The lawyer cannot take it; what was sealed to the lawyer is taken away. why: a code of DECLINED."""
    row = _own(proposal, by)
    if row.state not in (State.OFFERED, State.CONFLICT):
        raise Refused("answered")
    if why not in DECLINED:
        raise Refused("why")
    rooms.write(row, ring, DECISION, {"accepted": False, "mandate": "", "why": why, "words": words})
    Proposal.objects.filter(id=row.id).update(state=State.DECLINED, ended_on=today(), has_news=True)
    rooms.drop_grants(row)
    audit.record("lawyer.declined", "case", row.case_id, by=by.id, detail=_detail(row))


@transaction.atomic
def waive(agreed: Agreed, *, by: Person, ring: Keyring) -> None:
    """Two members go on in spite of what the check found; the lawyer sees that, and why. Raises NotReady("stale")."""
    case = agreed.case
    moving.lock(case)
    row = case.proposals.select_related("lawyer", "case__receipt").filter(state=State.CONFLICT).first()
    if row is None or str(row.id) != agreed.content["proposal"]:
        raise NotReady("stale")
    checked = rooms.signed(row, ring, CHECK)
    if checked is None:
        raise NotReady("stale")
    told = {"why": agreed.reason, "approval": str(agreed.approval.id), "check": checked[0].version}
    rooms.write(row, ring, WAIVER, told)
    Proposal.objects.filter(id=row.id).update(state=State.OFFERED, answer_by=today() + timedelta(days=DAYS))
    audit.record("lawyer.waived", "case", case.id, by=by.id, detail=_detail(row))


def lapse(on: date) -> int:
    """Let offers lapse that no lawyer answered in time; the grants go at once. Returns how many."""
    over = list(Proposal.objects.filter(state=State.OFFERED, answer_by__lt=on).select_related("lawyer"))
    for row in over:
        if Proposal.objects.filter(id=row.id, state=State.OFFERED).update(
            state=State.LAPSED, ended_on=on, has_news=True
        ):
            rooms.drop_grants(row)
            audit.record("lawyer.lapsed", "case", row.case_id, by=None, detail=_detail(row))
    return len(over)


def stop_lawyers(case: Case) -> int:
    """The person took the permission back: no lawyer reads on, at once, without keys. Returns how many held a brief."""
    held = 0
    for row in (
        Proposal.objects.select_for_update(of=("self",))
        .filter(case=case, state__in=Proposal.OPEN)
        .select_related("lawyer")
    ):
        held += bool(rooms.drop_grants(row))
        Proposal.objects.filter(id=row.id).update(state=State.TAKEN_BACK, ended_on=today())
        audit.record("lawyer.stopped", "case", case.id, by=None, detail=_detail(row))
    return held


def lock(proposal: Proposal) -> Proposal:
    """The row with its case, locked after the case. Raises Refused("answered") when it is gone."""
    Case.objects.select_for_update().filter(id=proposal.case_id).first()
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("case__receipt", "lawyer__pair")
    found = rows.filter(id=proposal.id).first()
    if found is None:
        raise Refused("answered")
    return found


def _own(proposal: Proposal, by: Person) -> Proposal:
    """The proposal, locked, for the lawyer whom it names. Raises Refused."""
    row = lock(proposal)
    _require(may(by, Permission.ANSWER_OFFER))
    if row.lawyer_id != by.id:
        raise Refused("another_lawyer")
    return row


def _detail(row: Proposal) -> dict[str, object]:
    return {"proposal": str(row.id), "person": str(row.lawyer_id)}


def _require(decision: Any) -> None:
    if not decision.ok:
        raise Refused(decision.reason)
