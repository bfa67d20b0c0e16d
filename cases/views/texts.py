"""The text before the person: put into the own language, shown by a lead, answered; and what was answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.actions import texts
from cases.actions.facts import routes
from cases.complaint import rooms, words
from cases.dossier.inputs import FULL
from cases.dossier.variant import DEFAULT, find, offered
from cases.errors import CaseError, NotConsented, NotReady
from cases.forms_texts import OwnTextForm
from cases.lawyers import offers
from cases.letter_texts import language_for
from cases.limits import Limits, limits_of
from cases.models import Case, Text
from cases.routing import find_route, forum_name, route_key
from cases.statement import states
from cases.texts import own, shown
from cases.texts.own import Own
from cases.views.complaint import known
from cases.views.dossiers import NOT_CONSENTED, NOT_READY
from cases.views.fetch import fetch_case, opens, refused
from cases.views.translating import MEANWHILE
from people.permissions import Permission, may, staff
from people.requests import StaffRequest

Route = dict[str, Any]


@require_safe
@staff(Permission.CONFIRM_FACTS)
@opens
def show(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Every text that was shown, with its answer, and where the next one is prepared."""
    case = fetch_case(request, reference, Permission.CONFIRM_FACTS)
    ring, limits = request.keyring, limits_of(case, request.keyring)
    rows = case.texts.select_related("case__receipt", "shown_by").order_by("-shown_on", "state")
    found = routes(case, ring, timezone.now().date())
    context = {
        "case": case, "limits": limits.lines, "may_decide": may(request.person, Permission.DECIDE_STEP, case).ok,
        "texts": [(row, *_read(row, request)) for row in rows],
        "routes": [(route_key(each), each, _variants(each)) for each in found if _is_agreed(each, limits)],
    }  # fmt: skip
    return render(request, "desk/texts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.CONFIRM_FACTS)
@opens
def prepare(request: StaffRequest, reference: str, key: str, variant: str) -> HttpResponseBase:
    """Put each sentence into the person's language; a lead then shows it."""
    case = fetch_case(request, reference, Permission.CONFIRM_FACTS)
    route = find_route(routes(case, request.keyring, timezone.now().date()), key)
    if route is None:
        messages.warning(request, _("This route has changed. Choose again."))
        return redirect("cases:texts", case.reference)
    return _Preparing(request, case, route, known(variant)).answer()


@require_POST
@staff(Permission.DECIDE_STEP)
@opens
def take_back(request: StaffRequest, reference: str, text_id: UUID) -> HttpResponseBase:
    """A lead takes a text back."""
    case = fetch_case(request, reference, Permission.DECIDE_STEP)
    text = get_object_or_404(case.texts.select_related("case__receipt"), id=text_id)
    try:
        texts.take_back(text=text, by=request.person, ring=request.keyring)
    except CaseError as error:
        return refused(request, error)
    messages.success(request, _("It is taken back. Tell the person in a letter."))
    return redirect("cases:texts", case.reference)


class _Preparing:
    """One request to the page of a text."""

    def __init__(self, request: StaffRequest, case: Case, route: Route, variant: str) -> None:
        self.request, self.case, self.route, self.variant = request, case, route, variant
        self.limits = limits_of(case, request.keyring)
        self.language = language_for(case, self.limits)
        self.may_show = may(request.person, Permission.DECIDE_STEP, case).ok
        self.is_late = False

    def answer(self) -> HttpResponseBase:
        try:
            draft = rooms.read(self.case, self.request.keyring, self.variant).draft
        except NotReady as error:
            return self._page(None, words.NOT_READY.get(error.code, error.code))
        put = own.read(self.case, self.request.keyring, self.variant, self.language)
        if self.request.method != "POST":
            return self._page(OwnTextForm.of(draft, put, about=self._about(), seen=self.case.status))
        form = OwnTextForm(draft, put, self.request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        if form.version != put.version:
            return self._meanwhile(form, put)
        return self._save(form)

    def _save(self, form: OwnTextForm) -> HttpResponseBase:
        version = own.write(self.case, self.request.keyring, form.typed)
        if self.request.POST.get("do") != "show" or not self.may_show:
            messages.success(self.request, _("It is sealed with the case."))
            return redirect("cases:prepare-text", self.case.reference, route_key(self.route), self.variant.lower())
        try:
            texts.show(
                case=self.case, by=self.request.person, ring=self.request.keyring, route=self.route, put=form.typed,
                aloud=form.cleaned_data["aloud"], is_urgent=form.cleaned_data["is_urgent"],
                seen=form.cleaned_data["seen"], rendering=form.cleaned_data["rendering"] or FULL,
            )  # fmt: skip
        except CaseError as error:
            again = OwnTextForm(form.draft, form.own, self.request.POST | {"put": version})
            again.is_valid()
            return self._page(again, self._why(error), status=409)
        messages.success(self.request, _("The text is with the person. The answer comes signed with their number."))
        return redirect("cases:texts", self.case.reference)

    def _meanwhile(self, form: OwnTextForm, put: Own) -> HttpResponseBase:
        """Somebody saved another wording: what was typed stays, what stands there now is below each box."""
        data = self.request.POST.copy()
        data["put"] = str(put.version)
        again = OwnTextForm(form.draft, put, data)
        again.is_valid()
        self.is_late = True
        return self._page(again, MEANWHILE, status=409)

    def _why(self, error: CaseError) -> str:
        if isinstance(error, NotConsented):
            return str(NOT_CONSENTED[error.code]).format(place=forum_name(self.route))
        return str(SHOWING.get(error.code) or NOT_READY.get(error.code) or error.code)

    def _about(self) -> str:
        proposal = offers.current(self.case)
        forum = str(self.route.get("forum", ""))
        place = states.name(forum, self.language) if len(forum) == 2 else forum_name(self.route)
        addressee = find(self.variant).say("addressee", forum=str(self.route.get("forum_name") or ""))
        lawyer = proposal.lawyer.name if proposal else "…"
        return own.usual_about(self.language, addressee=addressee, place=place, lawyer=lawyer)

    def _page(self, form: OwnTextForm | None, trouble: str | Any = "", status: int = 200) -> HttpResponseBase:
        ring = self.request.keyring
        context = {
            "case": self.case, "route": self.route, "form": form, "trouble": trouble, "tongue": self.language,
            "filed_in": find(self.variant).language, "variant": self.variant, "limits": self.limits.lines,
            "may_show": self.may_show, "is_time": self.case.status in texts.STATUSES,
            "has_word": shown.has_word(self.case, ring), "is_late": self.is_late,
            "missing": form.own.missing(form.draft) if form else 0,
        }  # fmt: skip
        return render(self.request, "desk/text.html", context, status=status)


SHOWING = {
    "own_words": gettext_lazy("A sentence, or what the whole is about, is not put into the person’s language yet."),
    "no_word": gettext_lazy(
        "The person has no second word, so it cannot be read on the own page. Read it aloud, and say how."
    ),
    "engaged": gettext_lazy("No lawyer has the mandate."),
    "stale": gettext_lazy("The draft is not with a second reader now. What you typed is sealed."),
}


def _read(row: Text, request: StaffRequest) -> tuple[Any, Any, str]:
    """What was shown, what was answered, and from when it may be filed."""
    said, answer = shown.read(row, request.keyring)
    free = shown.free_from(said, answer) if answer is not None and answer.answer == shown.YES else None
    return said, answer, timezone.localtime(free).strftime("%Y-%m-%d %H:%M UTC") if free else ""


def _variants(route: Route) -> list[tuple[str, str]]:
    """The texts in which it may be filed: the one for this route, and the general one."""
    codes = dict.fromkeys((offered(str(route.get("forum", ""))), DEFAULT))
    return [(code.lower(), words.variant(code)) for code in codes]


def _is_agreed(route: Route, limits: Limits) -> bool:
    return limits.allows(str(route.get("forum", "")))
