"""Giving many cases to one member: ticked in the queue, done in slices of a second, with a page that says how far."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from cases import load, saved
from cases.actions import giving
from cases.actions.giving import GIVEN, MOST, Chosen, Outcome
from cases.forms import QueueFilter
from cases.forms_giving import BeyondForm, GiveForm, chosen_in, outcomes_in, sent_as
from cases.views.queue import address
from people.models import Person
from people.permissions import Permission, staff
from people.requests import StaffRequest

MOST_GIVEN = 10_000  # as a page may claim
WHY: dict[str, str | Promise] = {
    giving.UNKNOWN: gettext_lazy("There is no such case any more."),
    giving.CHANGED: gettext_lazy("Somebody took it or gave it to somebody meanwhile."),
    giving.ENDED: gettext_lazy("The case has ended."),
    giving.AWAY: gettext_lazy("This person may not sign in any more."),
    giving.STRANGER: gettext_lazy("The directory does not name the key of this person."),
    giving.NO_KEY: gettext_lazy("You hold no key to it."),
    giving.BROKEN: gettext_lazy("A record of it does not verify. The leads have an alarm about it."),
    giving.BUSY: gettext_lazy("The database was busy. Give it once more."),
    load.FULL: gettext_lazy("This person has as much as one person works on."),
}


@dataclass(frozen=True, slots=True)
class Act:
    """One act as the page carries it. left: what is still to be given; query: of the queue where it began."""

    left: tuple[Chosen, ...]
    given: int = 0
    failed: tuple[Outcome, ...] = ()
    query: str = ""

    @classmethod
    def of(cls, request: StaffRequest) -> Act:
        """Read a page's fields; nothing of them is believed but what they choose."""
        sent = request.POST
        given = sent.get("given", "")
        wanted = QueueFilter(request.person, QueryDict(sent.get("query", "")[:500].lstrip("?"))).wanted
        chosen = _all_of(request.person, wanted) if "all" in sent else chosen_in(sent.getlist("case"))
        count = min(int(given), MOST_GIVEN) if given.isascii() and given.isdigit() and len(given) < 6 else 0
        return cls(tuple(chosen), count, tuple(outcomes_in(sent.getlist("failed"))[:MOST]), address(wanted))

    @property
    def has_begun(self) -> bool:
        """Was anything tried already?"""
        return bool(self.given or self.failed)

    def after(self, outcomes: list[Outcome]) -> Act:
        """The same after a slice."""
        failed = [each for each in outcomes if each.code != GIVEN]
        given = self.given + len(outcomes) - len(failed)
        return replace(self, left=self.left[len(outcomes) :], given=given, failed=(*self.failed, *failed))

    def page(self) -> dict[str, Any]:
        """What the templates show and send on."""
        return {
            "act": self,
            "cases": [(each.reference, sent_as(each)) for each in self.left],
            "failed": [(each, WHY.get(each.code, each.code)) for each in self.failed],
            "tried": self.given + len(self.failed),
            "total": self.given + len(self.failed) + len(self.left),
            "back": reverse("cases:queue") + (self.query if self.query != "?" else ""),
            "most": MOST,
        }


@require_POST
@staff(Permission.ASSIGN_CASE)
def give(request: StaffRequest) -> HttpResponseBase:
    """Give the ticked cases, or show what is missing first: whom, why beyond the limits, or fewer cases."""
    act = Act.of(request)
    if not act.left:
        return _end(request, act)
    if len(act.left) > MOST or "all" in request.POST:
        is_cut = len(act.left) > MOST
        form = GiveForm(request.person, initial={"person": request.POST.get("person", "")})
        return _choose(request, replace(act, left=act.left[:MOST]), form, is_cut=is_cut)
    form = GiveForm(request.person, request.POST)
    if not form.is_valid():
        return _choose(request, act, form)
    return _give(request, act, form.cleaned_data["person"])


def _give(request: StaffRequest, act: Act, person: Person) -> HttpResponseBase:
    found, reason = load.load_of(person), ""
    if not found.has_room_for(len(act.left)):
        form = BeyondForm(request.POST if "reason" in request.POST else None)
        if not form.is_valid():
            context = act.page() | {"form": form, "person": person, "load": found, "limit": load.MOST_CASES}
            return render(request, "desk/give_beyond.html", context)
        reason = form.cleaned_data["reason"]
    done = giving.give(act.left, person=person, by=request.person, ring=request.keyring, reason=reason)
    act = act.after(done)
    if act.left:
        return render(request, "desk/given.html", act.page() | {"person": person, "reason": reason})
    return _end(request, act, person)


def _choose(request: StaffRequest, act: Act, form: GiveForm, *, is_cut: bool = False) -> HttpResponseBase:
    form.fields["person"].label = _("Give them to")
    return render(request, "desk/give.html", act.page() | {"form": form, "is_cut": is_cut})


def _end(request: StaffRequest, act: Act, person: Person | None = None) -> HttpResponseBase:
    """Back to the queue when all went well; else the cases that were not given, with the reasons."""
    if act.failed:
        return render(request, "desk/given.html", act.page() | {"person": person})
    if person is None:
        messages.warning(request, _("Tick the cases first."))
    else:
        words = ngettext(
            "%(number)s case was given to %(name)s.", "%(number)s cases were given to %(name)s.", act.given
        )
        messages.success(request, words % {"number": act.given, "name": person.name})
    return redirect(act.page()["back"])


def _all_of(viewer: Person, wanted: dict[str, str]) -> list[Chosen]:
    """The first cases of a list of the queue, one more than one act takes, with how often each was given."""
    found = list(saved.listed(viewer, wanted)[: MOST + 1])
    prefetch_related_objects(found, "assignments")
    return [Chosen(case.reference, len(case.assignments.all())) for case in found]
