"""A second reader sends the draft back to whoever writes it, with comments that lawyer and team read in the brief."""

from __future__ import annotations

from django.db import transaction

from cases.actions import briefing, moving
from cases.lawyers import offers
from cases.models import Case, Proposal
from people.models import Person
from vault.keyring import Keyring

COMMENT = "comment"


@transaction.atomic
def comment(*, case: Case, by: Person, ring: Keyring, text: str, seen: str) -> None:
    """Back to drafting; the comments are a line of the talk with the lawyer who has the mandate, if anybody has.

    seen: the status that the page showed. Raises Refused, NotReady("safety_hold"), vault.errors.NoGrant, Forged.
    """
    moving.apply(case, COMMENT, by=by, seen=seen)
    proposal = offers.current(case)
    if proposal is not None and proposal.state == Proposal.State.ENGAGED:
        briefing.say(proposal=proposal, by=by, ring=ring, text=text)
