"""The page of a case."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases import events, keys, load, queue, reading, support, work
from cases.actions.facts import current_facts, routes
from cases.actions.letters import read_letters
from cases.actions.reassessing import moved
from cases.actions.tasks import tasks_of
from cases.clocks import alert_of
from cases.complaint import checked
from cases.complaint.words import counted
from cases.due import due
from cases.flags import marks_of
from cases.forms import PurposeForm
from cases.forms_giving import AssignForm
from cases.hands import hands_of
from cases.limits import limits_of
from cases.models import Approval, Case
from cases.rounds import MOST, rounds
from cases.said_of_exhibits import bearings as bearings_of
from cases.steps import next_step
from cases.views.fetch import fetch_case, opens
from cases.views.notes import newest as newest_notes
from cases.views.step_links import button, other
from people.models import Person
from people.permissions import Permission, may, staff
from people.recipients import is_intake_staff
from people.requests import StaffRequest
from vault.keyring import Keyring

LETTERS, NOTES, TASKS, ROUTES = 3, 2, 4, 4  # shown here; the rest has pages of its own


@require_safe
@staff(Permission.SEE_QUEUE)
@opens
def show(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Everything about a case but the account, which opens on a page of its own; its queue line for the others."""
    case = fetch_case(request, reference, Permission.SEE_QUEUE)
    if not may(request.person, Permission.SEE_CASE, case):
        return render(request, "desk/line.html", _line(request, case))
    with work.at_once(case, request.keyring):
        return render(request, "desk/case.html", _columns(request, case) | _sealed(request, case))


def _line(request: StaffRequest, case: Case) -> dict[str, Any]:
    """The line of the queue, with the flags as far as the viewer's keys open them."""
    marks = marks_of(case, request.keyring)
    return {
        "case": case,
        "due": due(case, timezone.now()),
        "people": queue.names(case),
        "clock": alert_of(case),
        "flags": marks.flags,
        "ways": marks.ways,
        "may_take": _may_take(request.person, case),
    }


def _may_take(viewer: Person, case: Case) -> bool:
    """May this person, and does a key open it: the leads' always, intake staff's until somebody accepted."""
    return may(viewer, Permission.TAKE_CASE, case).ok and (
        viewer.is_lead or (keys.is_with_intake(case) and is_intake_staff(viewer))
    )


def _columns(request: StaffRequest, case: Case) -> dict[str, Any]:
    """What is readable without a key to the case."""
    viewer, assigned = request.person, queue.assignees(case)
    entries, total = events.of_case(case)
    step = next_step(case, viewer)
    return _line(request, case) | {
        "step": step,
        "button": button(case, step),
        "other": other(case, step),
        "may_ask_lead": may(viewer, Permission.REQUEST_STEP, case).ok,
        "newest_version": case.versions.last(),
        "dossiers": case.dossiers.select_related("lawyer"),
        "exhibits_total": case.exhibits.count(),
        "deadlines": list(case.clocks.all()),
        "waiting": case.approvals.filter(state=Approval.State.REQUESTED).first(),
        "events": entries,
        "events_total": total,
        "assigned": assigned,
        "is_mine": any(each.person_id == viewer.id for each in assigned),
        "may_assign": may(viewer, Permission.ASSIGN_CASE, case).ok,
        "assign_form": AssignForm(case, viewer) if may(viewer, Permission.ASSIGN_CASE, case) else None,
    }


def _sealed(request: StaffRequest, case: Case) -> dict[str, Any]:
    """What opens with the viewer's keys: limits, letters, facts and routes."""
    ring = request.keyring
    letters, limits = read_letters(case, ring), limits_of(case, ring)
    notes, notes_total = newest_notes(case, ring, NOTES)
    todos = [each for each in tasks_of(case, ring) if each.row.done_on is None]
    hands = hands_of(case, ring)
    found = routes(case, ring, timezone.now().date())
    return {
        "limits": limits.lines,
        "helper": limits.helper,
        "hands": hands,
        "may_record_more": hands.is_recorder(ring),
        "letters": letters[-LETTERS:],
        "letters_total": len(letters),
        "notes": notes,
        "notes_total": notes_total,
        "tasks": todos[:TASKS],
        "tasks_total": len(todos),
        "facts": current_facts(case, ring),
        "moved": moved(case, ring),
        "routes": found[:ROUTES],
        "routes_total": len(found),
        "purpose_form": PurposeForm(),
        "rounds": rounds(case, ring),
        "rounds_most": MOST,
        "beyond": _beyond(case, ring),
        **counted(lambda: checked.counts(case, ring)),
    } | _supports(case, ring)


def _beyond(case: Case, ring: Keyring) -> list[tuple[str, str]]:
    """Who works on the case beyond the limits of a load, and why."""
    assigned = queue.assignees(case)
    found = load.reasons(case, assigned, ring)
    return [(each.person.name, found[each.id]) for each in assigned if each.id in found]


def _supports(case: Case, ring: Keyring) -> dict[str, Any]:
    """What was computed when somebody last read the account: support by element, and people by codes."""
    found = support.seen(case, ring)
    if found is None:
        return {"seen": None}
    bearings, language = bearings_of(case, ring), reading.spoken()
    return {
        "seen": found,
        "supports": found.supports(bearings.values()),
        "told_of": [(each, each.words(language)) for each in found.people],
    }
