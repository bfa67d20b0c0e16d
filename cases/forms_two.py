"""Forms of what two people decide: the sealed part and the safety hold."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.actions.releasing import DAYS
from cases.wording import day
from people.forms import DeskForm
from people.stepup import SecondFactorForm
from vault.models import today


def _words(label: Any, help_text: Any = "", rows: int = 4) -> forms.CharField:
    widget = forms.Textarea({"rows": str(rows), "class": "voice"})
    return forms.CharField(label=label, max_length=4000, help_text=help_text, widget=widget)


def _until() -> list[tuple[str, str]]:
    """The proposals, each with its last day."""
    now = today()
    return [(str(each), _days(each, day(now + timedelta(each), now))) for each in DAYS]


def _days(count: int, last: str) -> str:
    if count == 0:
        return _("Today only")
    words = ngettext("%(count)s day, until %(day)s", "%(count)s days, until %(day)s", count)
    return words % {"count": count, "day": last}


class LendingForm(DeskForm):
    """How long the sealed part is open; the last day counts whole, in UTC."""

    days = forms.TypedChoiceField(label=gettext_lazy("How long"), coerce=int, widget=forms.RadioSelect())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["days"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = _until()


class AskForm(LendingForm):
    """A caseworker's request for the sealed part."""

    reason = _words(
        gettext_lazy("Why, for the lead who decides"),
        gettext_lazy("What you must know and what for. Sealed with the case."),
    )
    field_order = ("reason", "days")


class LendForm(LendingForm, SecondFactorForm):
    """A lead's decision about the sealed part. Without a second factor nothing is decided, a refusal neither."""

    reason = _words(gettext_lazy("Your reason"))
    field_order = ("reason", "days", "code")


class HoldForm(DeskForm):
    """Why a case is put on safety hold."""

    reason = _words(gettext_lazy("Why"), gettext_lazy("What is dangerous, and for whom. Sealed with the case."))


class NoteForm(DeskForm):
    """Why a safety hold can be lifted."""

    note = _words(
        gettext_lazy("Your note, for the lead who decides"),
        gettext_lazy("What was done, and why it is safe now. Sealed with the case."),
    )


class GlassForm(SecondFactorForm):
    """A lead lifts a hold alone."""

    reason = _words(
        gettext_lazy("Why it cannot wait for a second person"), gettext_lazy("Another lead reads this within 24 hours.")
    )


class SecondForm(SecondFactorForm):
    """The second person's word about a safety hold. The buttons say which."""

    reason = _words(gettext_lazy("Your reason"))
