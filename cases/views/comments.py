"""A lead reads the draft as the second person and sends it back with comments."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases import workflow
from cases.actions.commenting import COMMENT, comment
from cases.errors import CaseError
from cases.forms_complaint import CommentForm
from cases.limits import limits_of
from cases.views.fetch import REASONS, fetch_case, opens
from people.permissions import Permission, staff
from people.requests import StaffRequest


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Permission.DECIDE_STEP)
@opens
def write(request: StaffRequest, reference: str) -> HttpResponseBase:
    """Write the comments; with them the case is at drafting again."""
    case = fetch_case(request, reference, Permission.DECIDE_STEP)
    if request.method != "POST" and not workflow.is_possible(case, COMMENT):
        messages.warning(request, _("No draft is with a second reader now."))
        return redirect("cases:ways", case.reference)
    form = CommentForm(request.POST or None, initial={"seen": case.status})
    if form.is_valid():
        text, seen = form.cleaned_data["text"], form.cleaned_data["seen"]
        try:
            comment(case=case, by=request.person, ring=request.keyring, text=text, seen=seen)
        except CaseError as error:
            form.add_error(None, str(REASONS.get(error.code, error.code)))
        else:
            messages.success(request, _("The draft is back with whoever writes it."))
            return redirect("cases:case", case.reference)
    context = {"case": case, "form": form, "limits": limits_of(case, request.keyring).lines}
    return render(request, "desk/comment_draft.html", context)
