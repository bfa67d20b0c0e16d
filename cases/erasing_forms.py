"""Forms of erasing and of legal holds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.retention import WHYS
from people.forms import WRITE, DeskForm
from people.stepup import SecondFactorForm

OTHER_REFERENCE = _("This is not the reference of the case. Look once more which case it is.")


class AskErasingForm(DeskForm):
    """Why a case should be erased: a code, because it stays when the case is gone."""

    why = forms.ChoiceField(label=_("Why should it be erased?"), widget=forms.RadioSelect(), initial=None)

    def __init__(self, *args: Any, is_due: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["why"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [each for each in WHYS.items() if is_due or each[0] != "clock_over"]


class DecideErasingForm(SecondFactorForm):
    """The reference for erasing, a reason for keeping, and the second factor for both."""

    reference = forms.CharField(
        label=_("To erase: type the reference of the case"),
        required=False,
        max_length=12,
        widget=forms.TextInput({"size": "9", "autocomplete": "off", "spellcheck": "false"}),
    )
    reason = forms.CharField(
        label=_("To keep: your reason"),
        required=False,
        max_length=4000,
        help_text=_("Sealed with the case; the person who asked reads it."),
        widget=forms.Textarea({"rows": "3", "class": "voice"}),
    )

    def fits(self, decision: str, case: Case) -> bool:
        """Is there what this decision needs? Adds the error itself."""
        typed = "".join(self.cleaned_data["reference"].split()).upper()
        if decision == "erase" and typed != case.reference:
            self.add_error("reference", OTHER_REFERENCE)
        if decision == "keep" and not self.cleaned_data["reason"]:
            self.add_error("reason", WRITE)
        return not self.errors


class HoldForm(DeskForm):
    """Why a case must be kept, or need not be any more."""

    reason = forms.CharField(
        label=_("Your reason"),
        max_length=4000,
        help_text=_("Sealed with the case; everybody who works on it reads it."),
        widget=forms.Textarea({"rows": "4", "class": "voice"}),
    )
