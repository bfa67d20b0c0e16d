"""Writing the facts of a complaint, sentence by sentence, by a member on the case or by the lawyer with the mandate.

Each save is the next version of the whole draft, signed by whoever wrote. Two people never overwrite each other: who
saves a sentence that somebody changed meanwhile is told what stands there now, and nothing of either is lost.
"""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from cases.actions.briefing import require_lawyer
from cases.actions.proposing import require_agreed
from cases.complaint import rooms
from cases.complaint.draft import MOST, Draft, Sentence, variants
from cases.errors import CaseError, NotReady, Refused
from cases.hold import require_no_hold
from cases.lawyers import offers
from cases.limits import limits_of
from cases.models import Case, Proposal
from cases.workflow import ENDED
from people.models import Person, Role
from people.permissions import Permission, may
from vault import audit
from vault.keyring import Keyring


class Changed(CaseError):
    """Somebody else changed this sentence meanwhile. `theirs` is what stands there now, None when it was deleted."""

    def __init__(self, theirs: Sentence | None) -> None:
        super().__init__("changed")
        self.theirs = theirs


@transaction.atomic
def save(*, case: Case, by: Person, ring: Keyring, variant: str, sentence: Sentence, seen: int) -> None:
    """Write a sentence, or another text of it. seen: the version that changed it last as the page showed it, 0 if new.

    The same once more changes nothing, so that sending twice makes one sentence. Raises Changed, Refused,
    NotConsented, NotReady ("safety_hold", "ended", "brief", "many"), NoGrant, Forged.
    """
    draft = _begun(case, by, ring, variant)
    now = draft.find(sentence.id)
    if now is not None and now.content == sentence.content:
        return
    if (now.changed if now else 0) != seen:
        raise Changed(now)
    if now is None and len(draft.sentences) >= MOST:
        raise NotReady("many")
    at = timezone.now().isoformat(timespec="seconds")
    written = replace(sentence, by=str(by.id), at=at, changed=draft.version + 1)
    _keep(case, by, ring, draft.with_sentence(written), "complaint.written")


@transaction.atomic
def delete(*, case: Case, by: Person, ring: Keyring, variant: str, sentence_id: str, seen: int) -> None:
    """Take a sentence out; older versions of the draft keep it. Raises Changed and like save()."""
    draft = _begun(case, by, ring, variant)
    now = draft.find(sentence_id)
    if now is None:
        return
    if now.changed != seen:
        raise Changed(now)
    _keep(case, by, ring, draft.without(sentence_id), "complaint.deleted")


@transaction.atomic
def move(*, case: Case, by: Person, ring: Keyring, variant: str, sentence_id: str, steps: int) -> None:
    """Move a sentence within its topic: -1 up, 1 down. Raises like save()."""
    draft = _begun(case, by, ring, variant)
    moved = draft.moved(sentence_id, steps)
    if moved != draft:
        _keep(case, by, ring, moved, "complaint.moved")


@transaction.atomic
def settle(*, case: Case, ring: Keyring) -> None:
    """Carry drafts over to where they are written now, by a member who looks and holds both places."""
    Case.objects.select_for_update().get(id=case.id)
    rooms.carry(case, ring)


def _begun(case: Case, by: Person, ring: Keyring, variant: str) -> Draft:
    """The newest version, with the case locked. Raises Refused or NotReady unless this person may write it now."""
    status = Case.objects.select_for_update().get(id=case.id).status
    if variant not in variants():
        raise Refused("variant")
    proposal = _require_writer(case, by)
    require_no_hold(case.id)
    if status in ENDED:
        raise NotReady("ended")
    if proposal is not None:
        return rooms.read_own(proposal, ring, variant)
    _require_permitted(case, ring)
    return rooms.read(case, ring, variant).draft


def _require_permitted(case: Case, ring: Keyring) -> None:
    """Raise Refused when the permission to read is over, NotConsented when a lawyer may not have what is written."""
    limits, proposal = limits_of(case, ring), rooms.home(case)
    if limits.is_over:
        raise Refused("over")
    if proposal is not None:
        require_agreed(limits, offers.offer_of(proposal, ring)["country"])


def _require_writer(case: Case, by: Person) -> Proposal | None:
    """The proposal under which a lawyer writes, None for a member. Raises Refused, NotReady("brief")."""
    if by.role != Role.LAWYER:
        decision = may(by, Permission.CONFIRM_FACTS, case)
        if not decision.ok:
            raise Refused(decision.reason)
        return None
    proposal = offers.current(case)
    if proposal is None:
        raise Refused("another_lawyer")
    require_lawyer(proposal, by)
    if proposal.briefed_on is None:
        raise NotReady("brief")
    return proposal


def _keep(case: Case, by: Person, ring: Keyring, draft: Draft, action: str) -> None:
    version = rooms.write(case, ring, draft)
    if by.role == Role.LAWYER:
        Proposal.objects.filter(case=case, lawyer=by, state=Proposal.State.ENGAGED).update(has_news=True)
    audit.record(action, "case", case.id, by=by.id, detail={"version": version})
