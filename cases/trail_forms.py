"""Forms of the audit trail."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.converters import ReferenceConverter
from people.forms import DeskForm
from people.stepup import SecondFactorForm


class FindForm(DeskForm):
    """The reference of a case, as it is written on its pages."""

    case = forms.RegexField(
        rf"\A(?:{ReferenceConverter.regex})\Z", label=_("Reference of a case"), max_length=7,
        error_messages={"invalid": _("A reference looks like 7QK-4MT.")},
    )  # fmt: skip

    def clean_case(self) -> str:
        """As it is stored."""
        return str(self.cleaned_data["case"]).upper()


class HeadForm(SecondFactorForm):
    """Nothing but the second factor."""
