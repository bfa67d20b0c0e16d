"""The second factor again, before an act that cannot be taken back."""

from __future__ import annotations

import time
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from people import factors
from people.forms import WRITE, CodeField, DeskForm
from people.requests import StaffRequest
from people.signing_in import FRESH_AT

FRESH_SECONDS = 300
HELP = _(
    "A fresh one, from your authenticator app or your recovery paper. Or "
    '<a href="{}" target="_blank" rel="noopener">show your passkey in a new tab</a>, come back and leave this empty.'
)
WRONG_CODE = _("That code did not work. Wait for the next one; each works once.")


class SecondFactorForm(DeskForm):
    """A form whose last field is the second factor. The field may stay empty while a passkey is fresh."""

    code = CodeField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "code"])
        self.fields["code"].help_text = format_html(str(HELP), reverse("people:use-passkey"))


def confirm(request: StaffRequest, form: SecondFactorForm) -> bool:
    """Was the second factor given again? Call it last, on a valid form: a code is used up. Adds the error itself."""
    code, seed = form.cleaned_data.get("code", ""), request.session.seed
    if not code and is_fresh(request):
        return True
    if code and seed is not None and factors.check_code(request.person, code, seed) is not None:
        return True
    form.add_error("code", WRONG_CODE if code else WRITE)
    return False


def is_fresh(request: StaffRequest) -> bool:
    """Was a passkey used in this session within the last five minutes?"""
    return time.time() - float(request.session.get(FRESH_AT, 0)) < FRESH_SECONDS
