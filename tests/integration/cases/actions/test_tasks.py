"""Tasks: words sealed, days and names readable; who may, two at once, and what a database writer does shows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cases import due_tasks
from cases.actions import agreed, approving, tasks
from cases.errors import Conflict, Refused
from cases.models import Approval, Assignment, Case, Task
from people.models import Person
from tests.factories.cast import Cast, Member, Survivor, assigned, confirmed, given
from tests.factories.intruder import copied, erase, overwrite
from tests.factories.kept import kept
from vault.errors import Forged, NoGrant
from vault.models import AuditEvent, SealedValue, today

WORDS = "Спытаць перакладчыка пра паперы з суда"
DAY = today() + timedelta(days=3)


@pytest.fixture
def case(amina: Survivor, cast: Cast) -> Case:
    """Ben and Chloe have accepted the case."""

    def take() -> Case:
        assigned(amina, cast.ben)
        return given(amina, cast.chloe, cast.dana)

    return kept("with two", take)


def add(case: Case, by: Member, **changed: Any) -> Task:
    return tasks.add(
        **{"case": case, "by": by.person, "ring": by.ring, "words": WORDS, "due_on": DAY, "person": by.person} | changed
    )


def change(task: Task, by: Member, seen: int, **changed: Any) -> None:
    wanted = {"words": WORDS, "due_on": DAY, "person": by.person} | changed
    tasks.change(task=task, by=by.person, ring=by.ring, seen=seen, **wanted)


def test_words_are_sealed_and_the_rest_is_for_lists(case: Case, cast: Cast, amina: Survivor) -> None:
    task = add(case, cast.ben, person=cast.chloe.person)
    (todo,) = tasks.tasks_of(case, cast.chloe.ring)
    assert (todo.words, todo.row.due_on, todo.row.person, todo.version) == (WORDS, DAY, cast.chloe.person, 1)
    assert [each.id for each in due_tasks.mine(cast.chloe.person)] == [task.id]
    assert (due_tasks.count_for(cast.chloe.person), due_tasks.count_for(cast.ben.person)) == (1, 0)
    assert WORDS not in str(list(AuditEvent.objects.values_list("detail", flat=True)))
    with pytest.raises(NoGrant):
        tasks.tasks_of(case, amina.ring)


def test_who_may_and_who_can_be_given_one(case: Case, cast: Cast) -> None:
    with pytest.raises(Refused):
        add(case, cast.lena)
    with pytest.raises(Refused, match="not_on_case"):
        add(case, cast.ben, person=cast.lena.person)
    with pytest.raises(Refused, match="words"):
        add(case, cast.ben, words=" \n")
    Person.objects.filter(id=cast.chloe.person.id).update(is_active=False)
    with pytest.raises(Refused, match="not_on_case"):
        add(case, cast.ben, person=cast.chloe.person)
    add(case, cast.ben, person=cast.marek.person)


def test_done_opened_again_and_changed_each_once_and_on_record(case: Case, cast: Cast) -> None:
    task = add(case, cast.ben)
    for is_done in (True, True, False):
        tasks.set_done(task=task, by=cast.chloe.person, ring=cast.chloe.ring, is_done=is_done)
    change(task, cast.ben, 3, due_on=DAY + timedelta(days=1), person=cast.chloe.person)
    events = AuditEvent.objects.filter(action__startswith="task.").order_by("id").values_list("action", flat=True)
    assert list(events) == ["task.added", "task.done", "task.reopened", "task.changed"]
    (todo,) = tasks.tasks_of(case, cast.ben.ring)
    assert (todo.row.due_on, todo.row.person, todo.row.done_on) == (DAY + timedelta(days=1), cast.chloe.person, None)


def test_a_change_from_a_stale_page_changes_nothing(case: Case, cast: Cast) -> None:
    task = add(case, cast.ben)
    change(task, cast.chloe, 1, words="іншае", person=cast.ben.person)
    with pytest.raises(Conflict) as met:
        change(task, cast.ben, 1, words="маё")
    assert met.value.version == 2
    change(task, cast.ben, 1, words="іншае")  # the same as it stands: nothing to lose
    assert tasks.tasks_of(case, cast.ben.ring)[0].words == "іншае"


def test_whoever_left_or_was_suspended_leaves_the_task_to_the_others(case: Case, cast: Cast) -> None:
    task = add(case, cast.ben, person=cast.chloe.person)
    assert not due_tasks.nobodys(cast.ben.person).exists()
    Assignment.objects.filter(person=cast.chloe.person).update(ended_on=today())
    assert not due_tasks.mine(cast.chloe.person).exists()
    for member in (cast.ben, cast.dana):
        assert [each.id for each in due_tasks.nobodys(member.person)] == [task.id]
    Assignment.objects.update(ended_on=None)
    Person.objects.filter(id=cast.chloe.person.id).update(is_active=False)
    assert [each.id for each in due_tasks.nobodys(cast.dana.person)] == [task.id]
    change(task, cast.ben, 1)
    assert [each.id for each in due_tasks.mine(cast.ben.person)] == [task.id]


def test_support_without_a_complaint_makes_a_task_for_whoever_asked(amina: Survivor, case: Case, cast: Cast) -> None:
    from tests.factories.cast import tell

    tell(amina)
    now, day = confirmed(amina, cast.ben), today() + timedelta(days=200)
    assert now.status == Case.Status.IN_REVIEW
    content = {"letter": "Вось чаму.", "language": "be", "plan": "лячэнне", "recheck_on": day.isoformat()}
    asked = approving.ask(case=now, kind="support", by=cast.ben.person, ring=cast.ben.ring, reason="x", content=content)
    agreed.decide(approval=asked, by=cast.dana.person, ring=cast.dana.ring, reason="y", is_agreed=True)
    assert Approval.objects.get().state == Approval.State.AGREED
    (todo,) = tasks.tasks_of(amina.fresh(), cast.ben.ring)
    assert (str(todo.words), todo.row.due_on) == (str(tasks.KINDS[tasks.RECHECK]), day)
    assert todo.row.person == cast.ben.person
    assert due_tasks.count_for(cast.ben.person) == 0


@pytest.mark.parametrize(
    "changed", [{"due_on": date(2030, 1, 1)}, {"done_on": date(2026, 1, 1)}, {"person": None}], ids=str
)
def test_a_row_that_somebody_changed_in_the_database_shows(case: Case, ben: Member, changed: dict[str, Any]) -> None:
    task = add(case, ben)
    overwrite(task, **changed)
    with pytest.raises(Forged):
        tasks.tasks_of(case, ben.ring)
    with pytest.raises(Forged):
        tasks.set_done(task=task, by=ben.person, ring=ben.ring, is_done=True)
    assert due_tasks.opened(Task.objects.select_related("case__receipt"), ben.ring)[0][1] is None


def test_a_row_that_was_added_or_taken_out_shows(case: Case, ben: Member) -> None:
    task = add(case, ben)
    copied(task)
    with pytest.raises(Forged):
        tasks.tasks_of(case, ben.ring)
    erase(Task.objects.all())
    with pytest.raises(Forged):
        tasks.tasks_of(case, ben.ring)
    erase(SealedValue.objects.filter(row=task.id))
    with pytest.raises(Forged):
        tasks.tasks_of(case, ben.ring)
