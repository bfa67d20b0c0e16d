"""The lawyer's own word about a danger, and giving the mandate back.

A flag that needs a lawyer's word is closed on it (cases.professionals). The lawyer is not told which flags are open:
they are the team's, and asking tells enough. A safety hold does not stop the word, for the hold may end by it.
"""

from __future__ import annotations

from django.db import transaction

from cases.actions.briefing import end_mandate, require_lawyer
from cases.actions.offering import lock
from cases.errors import Refused
from cases.flag_rules import rules
from cases.lawyers import offers, rooms
from cases.models import Proposal
from cases.professionals import FIELD
from people.models import Person, Role
from vault import audit
from vault.keyring import Keyring
from vault.models import today


def asked_of_lawyers() -> list[str]:
    """The flags that are closed on a lawyer's word, in the order of the rules."""
    return [code for code, rule in rules().items() if rule.word == Role.LAWYER]


@transaction.atomic
def say_word(*, proposal: Proposal, by: Person, ring: Keyring, flag: str, text: str, is_over: bool) -> None:
    """Sign a word about one danger into the brief. Raises Refused: "another_lawyer", or "flag" for another kind."""
    row = lock(proposal)
    require_lawyer(row, by)
    if flag not in asked_of_lawyers():
        raise Refused("flag")
    content = {"text": text, "flag": flag, "is_over": is_over, "on": today().isoformat()}
    rooms.write(row, ring, FIELD, content)
    Proposal.objects.filter(id=row.id).update(has_news=True)
    audit.record("brief.word", "case", row.case_id, by=by.id, detail={"proposal": str(row.id)})


@transaction.atomic
def give_back(*, proposal: Proposal, by: Person, ring: Keyring, reason: str) -> None:
    """The lawyer ends the mandate and says why; from then on the brief is lost to that key. Raises Refused."""
    row = lock(proposal)
    require_lawyer(row, by)
    rooms.write(row, ring, offers.PARTING, {"words": reason})
    end_mandate(proposal=row, by=by, ring=ring)
