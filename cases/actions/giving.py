"""A lead gives many cases to one member: one after the other, each whole or not at all, for about a second at a time.

Nothing of it is stored between two slices: the page carries what is left. Done twice, what was given stays given.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import DatabaseError, transaction

from cases import broken, queue
from cases.actions import assigning
from cases.errors import Refused
from cases.models import Assignment, Case
from cases.models.case import OVER
from people.models import Person
from people.permissions import Permission, may
from vault.errors import NoGrant, Unstated, VaultError
from vault.keyring import Keyring

MOST = 50  # cases in one act: two pages of the queue, twice what one person works on
SLICE = 1.0  # seconds of work in one request
GIVEN = ""
UNKNOWN, CHANGED, ENDED, AWAY, STRANGER, NO_KEY, BROKEN, BUSY = (
    "unknown", "changed", "ended", "away", "stranger", "no_key", "broken", "busy",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chosen:
    """A case as a page showed it. seen: how many assignments it had had then; None: nobody has seen it."""

    reference: str
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case. code: GIVEN, or why it was not given; see also cases.load.FULL."""

    reference: str
    code: str = GIVEN


def give(
    chosen: Iterable[Chosen], *, person: Person, by: Person, ring: Keyring, reason: str = "", seconds: float = SLICE
) -> list[Outcome]:
    """Give cases to a member for so many seconds, at least one; what is left has no outcome.

    reason: see cases.actions.assigning.assign(). Raises Refused for whoever may give none.
    """
    decision = may(by, Permission.ASSIGN_CASE)
    if not decision.ok:
        raise Refused(decision.reason)
    until, done = time.monotonic() + seconds, list[Outcome]()
    for each in chosen:
        done.append(Outcome(each.reference, _outcome(each, person, by, ring, reason)))
        if time.monotonic() >= until:
            break
    return done


def _outcome(chosen: Chosen, person: Person, by: Person, ring: Keyring, reason: str) -> str:
    """The code of what became of a case; a failure stops no other."""
    case = queue.visible(by).select_related("receipt").filter(reference=chosen.reference).first()
    if case is None:
        return UNKNOWN
    try:
        _give(case, chosen, person, by, ring, reason)
    except Refused as refused:
        return refused.code
    except Unstated:
        return STRANGER
    except NoGrant:
        return NO_KEY
    except VaultError as error:
        broken.met(case, error, by.id)
        return BROKEN
    except DatabaseError:
        return BUSY
    return GIVEN


@transaction.atomic
def _give(case: Case, chosen: Chosen, person: Person, by: Person, ring: Keyring, reason: str) -> None:
    """Raises Refused when the case is not as it was seen, or the member may not sign in any more."""
    status = Case.objects.select_for_update().values_list("status", flat=True).get(id=case.id)
    rows = Assignment.objects.filter(case=case)
    if rows.filter(person=person, ended_on=None).exists():
        return
    if status in OVER:
        raise Refused(ENDED)
    if chosen.seen is not None and rows.count() != chosen.seen:
        raise Refused(CHANGED)
    if not Person.objects.staff().filter(id=person.id, team=by.team).exists():
        raise Refused(AWAY)
    assigning.assign(case=case, person=person, by=by, ring=ring, reason=reason)
