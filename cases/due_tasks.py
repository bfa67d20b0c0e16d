"""What is due for a member over all cases, from readable columns alone; words open case by case with the own keys."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases import broken, queue
from cases.actions.tasks import Todo, tasks_of
from cases.models import Assignment, Case, Task
from people.models import Person, Role
from vault.errors import NoGrant, VaultError
from vault.keyring import Keyring
from vault.models import today

SOON_DAYS = 7  # what is due later is listed and not counted
MOST = 100  # on one page


def mine(person: Person) -> QuerySet[Task]:
    """The open tasks of a member on cases that the member still works on, by day."""
    rows = _open(person).filter(person=person)
    return rows if person.is_lead else rows.filter(Exists(_standing(person)))


def nobodys(person: Person) -> QuerySet[Task]:
    """Open tasks that nobody does: given to nobody, or to somebody who left the case or may not sign in.

    Of the own cases; a lead sees those of all.
    """
    stays = Exists(Assignment.objects.filter(case=OuterRef("case"), person=OuterRef("person"), ended_on=None))
    left = ~stays & ~Q(person__role=Role.LEAD)
    rows = _open(person).filter(Q(person=None) | Q(person__is_active=False) | left)
    return rows if person.is_lead else rows.filter(Exists(_standing(person)))


def pressing(person: Person) -> QuerySet[Task]:
    """The own tasks that are late or due within a week."""
    return mine(person).filter(due_on__lte=soon())


def count_for(person: Person) -> int:
    """How many tasks press this member."""
    return pressing(person).count()


def soon() -> date:
    """The last day of what counts as due."""
    return today() + timedelta(days=SOON_DAYS)


def opened(rows: Iterable[Task], ring: Keyring) -> list[tuple[Task, Todo | None]]:
    """Each row with what the member's keys open of it; None for what they do not, or what does not verify."""
    listed = list(rows)
    found: dict[object, Todo] = {}
    for case in {row.case_id: row.case for row in listed}.values():
        found |= {todo.row.id: todo for todo in _of_case(case, ring)}
    return [(row, found.get(row.id)) for row in listed]


def _of_case(case: Case, ring: Keyring) -> list[Todo]:
    try:
        return tasks_of(case, ring)
    except NoGrant:
        return []
    except VaultError as error:
        broken.raise_for(case, error)
        return []


def _open(person: Person) -> QuerySet[Task]:
    rows = Task.objects.filter(done_on=None, case__in=queue.visible(person))
    return rows.select_related("case__receipt", "person")


def _standing(person: Person) -> QuerySet[Assignment]:
    return Assignment.objects.filter(case=OuterRef("case"), person=person, ended_on=None)
