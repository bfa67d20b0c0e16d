"""What Ben writes down for Amina on the telephone, step by step."""

from __future__ import annotations

from typing import Any

from cases.actions import recording
from cases.hands import How
from cases.models import Case, Recording
from tests.factories.cast import FIRST, STORY, Member
from vault.envelope.receipt import ReceiptCode, new_code

HOW = How("telephone", "be", has_interpreter=False)
CONSENT = {"CNS-01": FIRST["CNS-01"]}
HERSELF = {"SAF-03": {"value": "self", "lang": "be"}}
TOLD: dict[str, dict[str, Any]] = {
    "story-1": {"EPI-08": {"value": STORY, "lang": "be"}, "EPI-10": {"value": "here", "lang": "be"}},
    "consent": {"CNS-02": {"value": ["lt"], "lang": "be"}, "CNS-03": {"value": "yes", "lang": "be"}},
}


def begun(member: Member, how: How = HOW, who: dict[str, Any] = HERSELF) -> Recording:
    """The consent was read aloud; the member begins."""
    return recording.begin(by=member.person, ring=member.ring, how=how, answers=CONSENT, who=who)


def saved(row: Recording, member: Member, section: str, answers: dict[str, Any], seen: int = 0) -> int:
    """One section as the member saves it."""
    return recording.save_section(
        recording=row, by=member.person, ring=member.ring, section=section, answers=answers, seen_version=seen
    )


def founded(row: Recording, member: Member, code: ReceiptCode | None = None, *, has_number: bool = True) -> Case:
    """The five answers, then the case; without a number for somebody who wants none."""
    saved(row, member, "first", FIRST, 1)
    number = (code or new_code()) if has_number else None
    return recording.found_case(recording=row, by=member.person, ring=member.ring, code=number)


def told(member: Member, how: How = HOW, code: ReceiptCode | None = None, *, has_number: bool = True) -> Case:
    """The whole: begun, founded, written down and sent."""
    row = begun(member, how)
    founded(row, member, code, has_number=has_number)
    for section, answers in TOLD.items():
        saved(row, member, section, answers)
    version = recording.send(recording=row, by=member.person, ring=member.ring, is_read_back=True)
    return Case.objects.get(id=version.case_id)
