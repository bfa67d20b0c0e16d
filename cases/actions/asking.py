"""Questions to the person, in one letter: each with the reason why it is asked, no more than two rounds in a review."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from cases import blocks, guards
from cases.actions import letters, moving
from cases.errors import Refused
from cases.flag_rules import QUESTIONS
from cases.hold import require_no_hold
from cases.models import Case, Message
from cases.rounds import MOST, Part, Question, rounds, write
from cases.workflow import Status, is_possible
from people.models import Person
from vault.keyring import Keyring

PARTS = 3  # questions in one letter; lists of ten frighten (triage.md 5)


@transaction.atomic
def ask_person(
    *, case: Case, by: Person, ring: Keyring, text: str, parts: Sequence[Part], language: str, seen: str = ""
) -> Message:  # fmt: skip
    """Send a letter that asks, and let the case wait for the person. text: the letter as it goes out, whole.

    Raises Refused: "stale", "no_question", "rounds" after the second round of a review, or whoever may not write
    letters; NotReady for a part without a reason or, in a review, without an element, for a case that is held, and
    ("flag_questions") while an open flag forbids it.
    """
    require_no_hold(case.id)
    Case.objects.select_for_update().get(id=case.id)
    step = "ask_more" if case.status == Status.IN_REVIEW else "ask"
    if not is_possible(case, step) or (seen and seen != case.status):
        raise Refused("stale")
    if not parts:
        raise Refused("no_question")
    blocks.require_free(case, ring, QUESTIONS)
    if step == "ask_more" and rounds(case, ring) >= MOST:
        raise Refused("rounds")
    letter = letters.write_from_team(case=case, by=by, ring=ring, text=text, language=language)
    write(case, ring, Question(letter.id, letter.number, tuple(parts), step == "ask_more"))
    guards.require(step, guards.Sight(case, ring))
    moving.apply(case, step, by=by)
    return letter


def letter_text(opening: str, parts: Sequence[Part], because: str) -> str:
    """The letter: what the caseworker wrote first, then each question with its reason below.

    because: the words that lead to a reason, in the language of the letter, with %(why)s.
    """
    asked = [f"{part.question}\n{because % {'why': part.why}}" for part in parts]
    return "\n\n".join(each for each in [opening.strip(), *asked] if each)
