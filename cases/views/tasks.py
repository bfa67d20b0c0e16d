"""Tasks: what is due for oneself over all cases, the tasks of a case, and one of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases import due_tasks
from cases.actions import tasks
from cases.actions.tasks import Todo
from cases.errors import Conflict, Refused
from cases.forms_notes import NOT_ON_CASE, TaskForm
from cases.models import Case
from cases.views.fetch import fetch_case, opens, refused
from people import signing_in
from people.permissions import Permission, staff
from people.requests import StaffRequest

DONE, AGAIN = "done", "again"  # buttons


@require_safe
@staff(Permission.SEE_TASKS)
def show_mine(request: StaffRequest) -> HttpResponseBase:
    """The own tasks by day, and those of the own cases that nobody does."""
    rows, left = due_tasks.mine(request.person), due_tasks.nobodys(request.person)
    last = due_tasks.soon()
    listed = due_tasks.opened(rows[: due_tasks.MOST], request.keyring)
    context = {
        "soon": [each for each in listed if each[0].due_on <= last],
        "later": [each for each in listed if each[0].due_on > last],
        "left": due_tasks.opened(left[: due_tasks.MOST], request.keyring),
        "more": max(rows.count() - due_tasks.MOST, 0) + max(left.count() - due_tasks.MOST, 0),
        "last": last,
    }
    return render(request, "desk/tasks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.WRITE_NOTES)
@opens
def of_case(request: StaffRequest, reference: str) -> HttpResponseBase:
    """The tasks of a case, what is done included, and the form for another one."""
    case = fetch_case(request, reference, Permission.WRITE_NOTES)
    form = TaskForm(case, request.POST or None, initial={"person": request.person.id})
    if form.is_valid():
        try:
            tasks.add(case=case, by=request.person, ring=request.keyring, **form.content)
        except Refused as error:
            _say(form, error)
        else:
            messages.success(request, _("The task is sealed with the case."))
            return redirect("cases:case-tasks", case.reference)
    found = tasks.tasks_of(case, request.keyring)
    context = {
        "case": case, "form": form, "open_tasks": [each for each in found if each.row.done_on is None],
        "done_tasks": [each for each in found if each.row.done_on is not None],
    }  # fmt: skip
    return render(request, "desk/case_task_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.WRITE_NOTES)
@opens
def show_one(request: StaffRequest, reference: str, task_id: UUID) -> HttpResponseBase:
    """One task: change it, mark it as done, take that back."""
    case = fetch_case(request, reference, Permission.WRITE_NOTES)
    now = _find(case, task_id, request)
    if request.method == "POST" and request.POST.get("do") in (DONE, AGAIN):
        return _mark(request, now)
    form = TaskForm(case, request.POST or None, now=now, initial=_initial(now))
    if form.is_valid():
        return _change(request, now, form)
    return render(request, "desk/task.html", {"case": case, "form": form, "now": now})


def _find(case: Case, task_id: UUID, request: StaffRequest) -> Todo:
    found = next((each for each in tasks.tasks_of(case, request.keyring) if each.row.id == task_id), None)
    if found is None:
        raise Http404
    return found


def _initial(now: Todo) -> dict[str, Any]:
    return {"words": now.words, "due_on": now.row.due_on, "person": now.row.person_id, "seen": now.version}


def _mark(request: StaffRequest, now: Todo) -> HttpResponseBase:
    is_done = request.POST["do"] == DONE
    try:
        tasks.set_done(task=now.row, by=request.person, ring=request.keyring, is_done=is_done)
    except Refused as error:
        return refused(request, error)
    messages.success(request, _("Marked as done.") if is_done else _("The task is open again."))
    return redirect(_next(request, now))


def _change(request: StaffRequest, now: Todo, form: TaskForm) -> HttpResponseBase:
    case = now.row.case
    try:
        tasks.change(task=now.row, by=request.person, ring=request.keyring, seen=form.version, **form.content)
    except Conflict as error:
        return _both(request, case, now, error)
    except Refused as error:
        _say(form, error)
        return render(request, "desk/task.html", {"case": case, "form": form, "now": now})
    messages.success(request, _("The task is changed."))
    return redirect(_next(request, now))


def _both(request: StaffRequest, case: Case, now: Todo, error: Conflict) -> HttpResponseBase:
    """Show how the task stands now beside what was typed."""
    typed = {name: request.POST.get(name, "") for name in ("words", "due_on", "person")}
    form = TaskForm(case, now=now, initial=typed | {"seen": error.version})
    context = {"case": case, "form": form, "now": _find(case, now.row.id, request), "is_stale": True}
    return render(request, "desk/task.html", context, status=409)


def _say(form: TaskForm, error: Refused) -> None:
    """Why it was not taken, beside what was typed."""
    if error.code == "not_on_case":
        form.add_error("person", NOT_ON_CASE)
    else:
        form.add_error(None, error.code)


def _next(request: StaffRequest, now: Todo) -> str:
    """The page from which the button was pressed, or the tasks of the case."""
    return signing_in.safe_next(request.POST.get("next")) or reverse("cases:case-tasks", args=[now.row.case.reference])
