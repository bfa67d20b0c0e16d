"""Tasks: what somebody does about a case by a day. Words are sealed in `work`; id, case, day, who and done are columns.

Each change is a further signed record that repeats the columns, so that a task which somebody wrote into the database,
took out, gave away or marked as done there shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases import records, work
from cases.errors import Conflict, Refused
from cases.models import Case, Task
from cases.on_case import people_on
from people.models import Person
from people.permissions import Permission, may
from vault import audit
from vault.errors import Forged
from vault.heads import write_head
from vault.keyring import Keyring
from vault.models import SealedValue, today
from vault.opened import Opened, values_in

TABLE, FIELD = "task", "words"
RECHECK = "recheck"
CARE = {"before": "care_before", "call": "care_call", "check": "care_check"}  # by the kinds of cases.lawyers.aftercare
# What the system asks for itself, in the language of whoever reads it.
KINDS: dict[str, str | Promise] = {
    RECHECK: _("Look at the case again: support without a complaint was agreed until this day."),
    CARE["before"]: _("The day before the interview: look whether the person is safe and well."),
    CARE["call"]: _("After the interview: somebody calls the person, within one to three days."),
    CARE["check"]: _("14 days after the interview: look how the person is."),
}


@dataclass(frozen=True, slots=True)
class Todo:
    """One task, opened. version: of its record; kind: a code of KINDS, "" for words of a member."""

    row: Task
    words: str | Promise
    version: int
    kind: str = ""

    @property
    def is_late(self) -> bool:
        """Is its day over, and it is not done?"""
        return self.row.done_on is None and self.row.due_on < today()


@transaction.atomic
def add(
    *, case: Case, by: Person, ring: Keyring, words: str, due_on: date, person: Person | None = None, kind: str = ""
) -> Task:  # fmt: skip
    """Make a task. person: who does it, None while nobody does. kind: a code of KINDS, whose words are shown instead.

    Raises Refused: the permission, "words" without any, "not_on_case" for somebody whose keys do not open the case.
    """
    _require(by, case)
    if not words.strip() and kind not in KINDS:
        raise Refused("words")
    _require_on(case, person)
    Case.objects.select_for_update().get(id=case.id)
    row = Task.objects.create(case=case, due_on=due_on, person=person)
    _seal(row, work.opened(case, ring), ring, words, kind)
    _record("task.added", row, by)
    return row


@transaction.atomic
def change(
    *, task: Task, by: Person, ring: Keyring, words: str, due_on: date, person: Person | None, seen: int
) -> None:  # fmt: skip
    """Change words, day or who does it. seen: the version that was on the page.

    Raises Conflict when somebody changed it meanwhile: `theirs` has its columns at ["task"]. Raises Refused like add().
    """
    row, opened, content = _locked(task, by, ring)
    if not words.strip() and not content["kind"]:
        raise Refused("words")
    if [words, due_on, person] == [content["words"], row.due_on, row.person]:
        return
    if content["version"] != seen:
        raise Conflict({"task": _columns(row)}, content["version"])
    if person != row.person:
        _require_on(row.case, person)
    row.due_on, row.person = due_on, person
    _store(row, opened, ring, words, content["kind"])
    _record("task.changed", row, by)


@transaction.atomic
def set_done(*, task: Task, by: Person, ring: Keyring, is_done: bool) -> None:
    """Mark a task as done, or take that back; a second time changes nothing. Raises Refused, NoGrant, Forged."""
    row, opened, content = _locked(task, by, ring)
    if (row.done_on is not None) == is_done:
        return
    row.done_on = today() if is_done else None
    _store(row, opened, ring, content["words"], content["kind"])
    _record("task.done" if is_done else "task.reopened", row, by)


def tasks_of(case: Case, ring: Keyring) -> list[Todo]:
    """The tasks of a case by day. Raises NoGrant, or Forged when a row says something else than its record."""
    opened = work.opened(case, ring)
    rows = list(case.tasks.select_related("person"))
    values = {value.row: value for value in values_in(opened, table=TABLE, field=FIELD)}  # the newest of each
    records.require_same(TABLE, values, [row.id for row in rows])
    return [_todo(row, _content(values[row.id], opened)) for row in rows]


def _locked(task: Task, by: Person, ring: Keyring) -> tuple[Task, Sequence[Opened], dict[str, Any]]:
    """The row under the lock of its case, the keys, and what its newest record says."""
    case = Case.objects.select_for_update().get(id=task.case_id)
    _require(by, case)
    row = Task.objects.select_related("case", "person").get(id=task.id)
    opened = work.opened(case, ring)
    value = next(reversed(values_in(opened, table=TABLE, field=FIELD, row=row.id)), None)
    if value is None:
        raise Forged(f"task {row.id}: no record in these epochs")
    content = _content(value, opened)
    _todo(row, content)
    return row, opened, content


def _content(value: SealedValue, opened: Sequence[Opened]) -> dict[str, Any]:
    return {**records.content_of(value, opened), "version": value.version}


def _todo(row: Task, content: dict[str, Any]) -> Todo:
    if {name: content[name] for name in _columns(row)} != _columns(row):
        raise Forged(f"task {row.id}: its row says something else than its record")
    return Todo(row, KINDS.get(content["kind"], content["words"]), content["version"], content["kind"])


def _columns(row: Task) -> dict[str, Any]:
    """What a record repeats of its row."""
    return {
        "due_on": row.due_on.isoformat(),
        "person": str(row.person_id) if row.person_id else None,
        "done_on": row.done_on.isoformat() if row.done_on else None,
    }


def _store(row: Task, opened: Sequence[Opened], ring: Keyring, words: str, kind: str) -> None:
    row.save(update_fields=["due_on", "person", "done_on"])
    _seal(row, opened, ring, words, kind)


def _seal(row: Task, opened: Sequence[Opened], ring: Keyring, words: str, kind: str) -> None:
    """Write the next record, and the head."""
    newest = opened[-1]
    records.write_next(newest, TABLE, FIELD, row.id, {"words": words, "kind": kind, **_columns(row)}, ring.signer)
    write_head(newest.epoch.compartment_id, newest, ring.signer)


def _require(by: Person, case: Case) -> None:
    decision = may(by, Permission.WRITE_NOTES, case)
    if not decision.ok:
        raise Refused(decision.reason)


def _require_on(case: Case, person: Person | None) -> None:
    if person is not None and person not in people_on(case):
        raise Refused("not_on_case")


def _record(action: str, row: Task, by: Person) -> None:
    audit.record(action, "case", row.case_id, by=by.id, detail={"task": str(row.id)})


def of_id(case: Case, task_id: UUID) -> Task | None:
    """A task of a case."""
    return case.tasks.select_related("case", "person").filter(id=task_id).first()
