"""What a session may show: the purpose that was given for a case and what was unfolded under it, for half an hour."""

from __future__ import annotations

import re
import time

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cases import access
from cases.forms import PurposeForm
from cases.models import Case
from people.requests import StaffRequest

READING = "reading"  # session: by case id, the purpose, until when it holds, and what is unfolded
READING_SECONDS = 30 * 60
PLACE = re.compile(r"[\w/?=&-]*", re.ASCII)


def allow(request: StaffRequest, case: Case, purpose: str) -> None:
    """Keep a purpose for half an hour; whatever was unfolded under an earlier one is folded again."""
    _keep(request, case, [purpose, int(time.time()) + READING_SECONDS, []])


def purpose_of(request: StaffRequest, case: Case) -> str | None:
    """The purpose that this session gave for this case in the last half hour, or None."""
    purpose, until, _places = _kept(request, case)
    return purpose if purpose in access.PURPOSES and time.time() < until else None


def unfold(request: StaffRequest, case: Case, place: str) -> None:
    """Remember that something is unfolded: the place of a fold in the account, or the id of an exhibit."""
    purpose, until, places = _kept(request, case)
    _keep(request, case, [purpose, until, sorted({*places, place})])


def unfolded(request: StaffRequest, case: Case) -> frozenset[str]:
    """What is unfolded while the purpose holds."""
    return frozenset(_kept(request, case)[2]) if purpose_of(request, case) else frozenset()


def ask(request: StaffRequest, case: Case, form: PurposeForm | None = None) -> HttpResponse:
    """Ask why the account is opened; the answer leads back to the page that was wanted."""
    context = {"case": case, "form": form or PurposeForm(), "to": wanted(request, case)}
    return render(request, "desk/purpose.html", context)


def wanted(request: StaffRequest, case: Case) -> str:
    """The page of this case to which the purpose leads: the account, unless another one asked for it."""
    asked = request.POST.get("to") or request.GET.get("to") or ""
    if not asked and request.method == "GET":
        asked = request.get_full_path()
    is_own = asked.startswith(reverse("cases:case", args=[case.reference])) and PLACE.fullmatch(asked)
    return asked if is_own else reverse("cases:account", args=[case.reference])


def _kept(request: StaffRequest, case: Case) -> tuple[str, int, list[str]]:
    purpose, until, *places = request.session.get(READING, {}).get(str(case.id), ("", 0))
    return purpose, until, places[0] if places else []


def _keep(request: StaffRequest, case: Case, entry: list[object]) -> None:
    request.session[READING] = dict(request.session.get(READING, {})) | {str(case.id): entry}
