"""How much a member works on, measured against the limits of triage.md 13; it protects people, and ranks nobody.

Open cases count, also those that a member was asked to take; and the cases whose violent parts a member unfolded since
Monday, as the audit trail knows. Whether a case has such parts is sealed, so the second limit looks back, not ahead.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from cases import folds, work
from cases.counting import count_each, shown
from cases.models import Assignment, Case
from cases.models.case import OVER
from people.models import Person
from vault.keyring import Keyring
from vault.models import AuditEvent, today

MOST_CASES, MOST_VIOLENT = 25, folds.MOST
COUNTED = 99  # cases of one member; beyond it the number says nothing more
TABLE, FIELD = "assignment", "over"  # in `work`; the row is the assignment's
FULL = "full"  # why a case is not given


@dataclass(frozen=True, slots=True)
class Load:
    """Open cases of a member, and cases with violent parts that were unfolded this week."""

    cases: int = 0
    violent: int = 0

    @property
    def is_full(self) -> bool:
        """Would one more case be too much?"""
        return self.cases >= MOST_CASES or self.violent >= MOST_VIOLENT

    def with_more(self, number: int) -> Load:
        """The same with so many cases more."""
        return replace(self, cases=self.cases + number)

    def has_room_for(self, number: int) -> bool:
        """Do so many cases more stay within the limits?"""
        return number == 0 or not self.with_more(number - 1).is_full

    @property
    def words(self) -> str:
        """Said beside the name, wherever somebody is chosen."""
        cases = _("%(number)s of %(most)s open cases") % {"number": shown(self.cases, COUNTED), "most": MOST_CASES}
        if not self.violent:
            return cases
        violent = _("%(number)s of %(most)s with violent parts this week")
        return cases + ", " + violent % {"number": self.violent, "most": MOST_VIOLENT}


def loads(people: Iterable[Person]) -> dict[UUID, Load]:
    """The load of each of these members, by two statements."""
    members = list(people)
    cases = count_each({str(each.id): _open(each) for each in members}, COUNTED)
    violent = _violent(members)
    return {each.id: Load(cases[str(each.id)], violent.get(each.id, 0)) for each in members}


def load_of(person: Person) -> Load:
    """The load of one member."""
    return loads([person])[person.id]


def note_over(row: Assignment, ring: Keyring, load: Load, reason: str) -> None:
    """Seal why a case was given beyond the limits. Raises vault.errors.NoGrant, Forged."""
    content = {"reason": reason, "cases": load.cases, "violent": load.violent}
    work.write(row.case, ring, TABLE, FIELD, row.id, content)


def reasons(case: Case, assigned: Iterable[Assignment], ring: Keyring) -> dict[UUID, str]:
    """Why these assignments went beyond the limits, by id; nothing for those that did not. Raises NoGrant, Forged."""
    found: dict[UUID, Any] = {each.id: work.read(case, ring, TABLE, FIELD, each.id) for each in assigned}
    return {row: content["reason"] for row, content in found.items() if content}


def _open(person: Person) -> Any:
    rows = Assignment.objects.filter(person=person, ended_on=None)
    return rows.exclude(case__status__in=OVER)


def _violent(people: list[Person]) -> dict[UUID, int]:
    monday = today() - timedelta(days=today().weekday())
    events = AuditEvent.objects.filter(action=folds.OPENED, on__gte=monday, actor__in=[each.id for each in people])
    return dict(events.order_by().values_list("actor").annotate(Count("subject", distinct=True)))
