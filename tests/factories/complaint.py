"""Facts of a complaint, written by a person, each resting on the account of the case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from cases import access
from cases.actions import composing
from cases.asked import asked_of
from cases.complaint import rooms
from cases.complaint.draft import Draft, Sentence, Source
from cases.complaint.grounds import Grounds
from cases.complaint.typed import sources_in
from cases.models import Case, Proposal

if TYPE_CHECKING:
    from tests.factories.cast import Member

VARIANT = "UJ-EN"
FACTS = (
    ("The complainant was stopped in the evening on the way home.", "arrest"),
    ("In the police department about twenty people stood in a long corridor.", "treatment"),
)


def grounds_of(case: Case, member: Member, facts: dict[str, Any] | None = None) -> Grounds:
    """What a member may cite."""
    account = access.checked_by_machine(case, member.ring)
    return Grounds.of(account, asked_of(case, member.ring).corrections, facts)


def sentence(text: str, *sources: Source, **more: Any) -> Sentence:
    """A new sentence that the person says."""
    given = {"topic": "arrest", "voice": "person", "sources": sources} | more
    return Sentence(str(uuid4()), text, **given)


def saved(case: Case, member: Member, one: Sentence, seen: int = 0, variant: str = VARIANT) -> Sentence:
    """Write it, and return it as it stands in the draft."""
    composing.save(case=case, by=member.person, ring=member.ring, variant=variant, sentence=one, seen=seen)
    found = draft_of(case, member, variant).find(one.id)
    assert found is not None
    return found


def draft_of(case: Case, member: Member, variant: str = VARIANT) -> Draft:
    """The draft as this person reads it."""
    if member.person.is_lawyer:
        proposal = Proposal.objects.select_related("case", "lawyer__pair").get(case=case, lawyer=member.person)
        return rooms.read_own(proposal, member.ring, variant)
    return rooms.read(case, member.ring, variant).draft


def drafted(case: Case, member: Member, variant: str = VARIANT) -> Draft:
    """Two sentences with paragraphs of the account, unless somebody has written some."""
    if not draft_of(case, member, variant).sentences:
        grounds = grounds_of(case, member)
        for number, (text, topic) in enumerate(FACTS, start=1):
            [source] = sources_in(_own(grounds, number), grounds)
            saved(case, member, sentence(text, source, topic=topic), variant=variant)
    return draft_of(case, member, variant)


def _own(grounds: Grounds, number: int) -> str:
    """The n-th paragraph, or whatever the account has."""
    codes = [each.code for each in grounds.places]
    return f"¶ {number}" if f"¶ {number}" in codes else codes[0]
