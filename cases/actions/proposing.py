"""Naming one lawyer to the person, when two members agreed to it, and the person's signed answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from cases import records
from cases.actions import moving
from cases.actions.approving import Agreed
from cases.errors import NotConsented, NotReady, Refused
from cases.hold import require_no_hold
from cases.keys import require_receipt
from cases.lawyers.proposals import ANSWER, ANSWERS, MANDATE, SHOWN, TABLE, YES, Named, named_in, opened_messages
from cases.limits import Limits, limits_of
from cases.models import Case, Proposal
from people.models import Person, Role
from people.recipients import recipient_of
from vault import audit
from vault.errors import Unstated
from vault.heads import write_head
from vault.keyring import Keyring
from vault.models import today
from vault.recipients import Recipient

State = Proposal.State


@transaction.atomic
def name_lawyer(agreed: Agreed, *, by: Person, ring: Keyring) -> Proposal:
    """Show one lawyer to the person. agreed.content: {"lawyer", "country", "profile", "language"}.

    Raises NotReady ("safety_hold", "stale", "lawyer"), NotConsented ("all", "lawyer", "country"), Refused("named")
    while another name is with the person or a lawyer.
    """
    case, content = agreed.case, agreed.content
    require_no_hold(case.id)
    moving.lock(case)
    if case.status != Case.Status.MATCHING:
        raise NotReady("stale")
    require_agreed(limits_of(case, ring), content["country"])
    if case.proposals.filter(state__in=Proposal.OPEN).exists():
        raise Refused("named")
    lawyer = Person.objects.select_related("pair").get(id=UUID(content["lawyer"]))
    named = Named(
        lawyer.name, key_of(lawyer).fingerprint.hex(), content["profile"], content["language"], content["country"],
        MANDATE,
    )  # fmt: skip
    proposal = Proposal.objects.create(case=case, lawyer=lawyer)
    messages = opened_messages(case, ring)
    records.write_next(messages[-1], TABLE, SHOWN, proposal.id, named.to_json(), ring.signer)
    write_head(case.id, messages[-1], ring.signer)
    audit.record("lawyer.named", "case", case.id, by=by.id, detail=_detail(proposal))
    return proposal


@transaction.atomic
def answer(*, proposal: Proposal, receipt: Keyring, answer: str, words: str, language: str) -> None:
    """The person's word, signed by the receipt: yes, no, or another one, please.

    Raises Refused: "answered" for one that is not open any more, "answer" for anything else.
    """
    case = proposal.case
    require_receipt(case, receipt)
    moving.lock(case)
    row = Proposal.objects.select_for_update().get(id=proposal.id)
    if row.state != State.SHOWN:
        raise Refused("answered")
    if answer not in ANSWERS:
        raise Refused("answer")
    messages = opened_messages(case, receipt)
    named = named_in(proposal, messages)
    content = {
        "answer": answer, "words": words, "language": language, "on": today().isoformat(),
        "fingerprint": named.fingerprint, "country": named.country, "mandate": named.mandate,
    }  # fmt: skip
    records.write_next(messages[-1], TABLE, ANSWER, proposal.id, content, receipt.signer)
    Proposal.objects.filter(id=row.id).update(state=State.AGREED if answer == YES else State.REFUSED)
    moving.heard(case, receipt)
    write_head(case.id, messages[-1], receipt.signer)
    audit.record("lawyer.answered", "case", case.id, by=None)


@transaction.atomic
def take_back(*, proposal: Proposal, by: Person, ring: Keyring) -> None:
    """A member takes a name back that nobody works with: the person is silent, or something came to light."""
    row = Proposal.objects.select_for_update().get(id=proposal.id)
    if row.state not in (State.SHOWN, State.AGREED, State.CONFLICT):
        raise Refused("answered")
    Proposal.objects.filter(id=row.id).update(state=State.TAKEN_BACK, ended_on=today())
    audit.record("lawyer.taken_back", "case", row.case_id, by=by.id, detail=_detail(row))


def require_agreed(limits: Limits, country: str) -> None:
    """Raise NotConsented unless the newest signed answers allow a named lawyer and a complaint in this country."""
    if limits.is_over:
        raise NotConsented("all")
    if not limits.shares_with_lawyers:
        raise NotConsented("lawyer")
    if country not in limits.countries:
        raise NotConsented("country")


def key_of(lawyer: Person) -> Recipient:
    """The lawyer's key as the directory states it today. Raises NotReady("lawyer")."""
    try:
        found = recipient_of(lawyer, {Role.LAWYER})
    except Unstated as error:
        raise NotReady("lawyer") from error
    if not lawyer.is_active:
        raise NotReady("lawyer")
    return found


def _detail(proposal: Proposal) -> dict[str, Any]:
    return {"proposal": str(proposal.id), "person": str(proposal.lawyer_id)}
