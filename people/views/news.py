"""Announcements for everybody, and alarms for leads."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from people import alarms, news
from people.forms import DeskForm
from people.forms_news import ReviewForm, SeenForm
from people.models import Person
from people.permissions import Permission, may, staff
from people.requests import StaffRequest

NOT_TAKEN = {
    "unknown": gettext_lazy("Somebody has looked into it meanwhile."),
    "own": gettext_lazy("Another lead looks into what you did alone."),
    "elsewhere": gettext_lazy("This one is reviewed on a page of its own."),
}


@require_safe
@staff(Permission.SEE_NEWS)
def show(request: StaffRequest) -> HttpResponse:
    """What happened to people and keys, newest first."""
    found = news.all_for(request.person, knows_cases=may(request.person, Permission.SEE_QUEUE).ok)
    is_new = any(each.is_new for each in found)
    form = SeenForm(initial={"up_to": found[0].id}) if is_new else None
    return render(request, "desk/news.html", {"news": found, "form": form})


@require_POST
@staff(Permission.SEE_NEWS)
def seen(request: StaffRequest) -> HttpResponse:
    """Mark as seen what was shown, and nothing that came after."""
    form = SeenForm(request.POST)
    if form.is_valid():
        news.mark_seen(request.person, form.cleaned_data["up_to"])
    return redirect("people:news")


@require_safe
@staff(Permission.SEE_ALARMS)
def show_alarms(request: StaffRequest) -> HttpResponse:
    """The alarms that wait, and the last ones that were looked into."""
    return render(request, "desk/alarms.html", _alarms_page(request.person))


@require_POST
@staff(Permission.SEE_ALARMS)
def review_alarm(request: StaffRequest) -> HttpResponse:
    """A lead has looked into one."""
    form = ReviewForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Choose what you found first."))
        return redirect("people:alarms")
    try:
        alarms.review(alarm=form.cleaned_data["alarm"], by=request.person, outcome=form.cleaned_data["outcome"])
    except alarms.NotReviewed as error:
        messages.warning(request, NOT_TAKEN.get(str(error), str(error)))
    else:
        messages.success(request, _("Recorded."))
    return redirect("people:alarms")


def _alarms_page(viewer: Person) -> dict[str, object]:
    waiting = alarms.waiting()
    rows: list[tuple[alarms.Alarm, DeskForm | None]] = [
        (each, None if each.kind.page else ReviewForm(initial={"alarm": each.id}, auto_id=f"id_%s_{each.id}"))
        for each in waiting
    ]
    return {"rows": rows, "reviewed": alarms.reviewed(), "viewer": viewer}
