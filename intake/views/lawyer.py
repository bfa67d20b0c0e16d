"""A lawyer who is named to the person: who it is, what a yes means, and three equal answers, signed by the number."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from cases.actions.proposing import answer
from cases.errors import Refused
from cases.lawyers.proposals import ANOTHER, ANSWERS, NO, YES, read
from cases.models import Case, Proposal
from cases.statement import states
from intake.guests import Guest, with_case
from intake.pages import show

# The words of the mandate, version cases.lawyers.proposals.MANDATE: another wording is another version.
MANDATE: tuple[Promise, ...] = (
    _("This lawyer may act for you in this country, and nowhere else."),
    _("The lawyer gets your account and your files, and no way to reach you but through us."),
    _("What opens for two people only stays closed."),
    _("The lawyer has to keep silent about everything, by law."),
    _("You pay nothing. You can end it on any day, under “Your permissions”."),
)
SAID: dict[str, Promise] = {
    YES: _("You said yes to this lawyer."),
    NO: _("You said no to this lawyer."),
    ANOTHER: _("You asked for another lawyer."),
}
OPEN = (Proposal.State.SHOWN, Proposal.State.AGREED, Proposal.State.OFFERED, Proposal.State.ENGAGED)


@require_http_methods(["GET", "HEAD", "POST"])
@with_case
def lawyer(request: HttpRequest, lang: str, guest: Guest) -> HttpResponse:
    """Who is named now, or what was answered; an answer that was given stands."""
    found = named_to(guest.case)
    if request.method != "POST":
        guest.visit.be_at(request.path)
        return _show(request, lang, guest, found)
    said, act = request.POST.get("answer", ""), request.POST.get("act", "")
    if found is not None and said in ANSWERS and not guest.visit.is_done(act):
        try:
            answer(proposal=found, receipt=guest.ring, answer=said, words="", language=lang)
        except Refused:  # answered in another tab, or taken back meanwhile: the page says what stands
            return redirect("intake:lawyer", lang)
        guest.visit.mark_done([act])
        guest.visit.note("lawyer_answered")
    return redirect("intake:lawyer", lang)


def named_to(case: Case) -> Proposal | None:
    """The lawyer who is named to the person now."""
    rows = case.proposals.select_related("case__receipt", "lawyer__pair").filter(state__in=OPEN)
    return rows.first()


def waits_for_answer(case: Case) -> bool:
    """Is there a name that the person has not answered yet?"""
    return case.proposals.filter(state=Proposal.State.SHOWN).exists()


def _show(request: HttpRequest, lang: str, guest: Guest, found: Proposal | None) -> HttpResponse:
    context: dict[str, Any] = {"act": token_hex(8), "found": found, "mandate": MANDATE}
    if found is not None:
        named, said = read(found, guest.ring)
        context |= {
            "named": named, "place": states.name(named.country, lang), "said": SAID[said.answer] if said else "",
            "paragraphs": [part for part in named.profile.split("\n\n") if part.strip()],
        }  # fmt: skip
    return show(request, "lawyer", context, back=reverse("intake:page", args=[lang]))
