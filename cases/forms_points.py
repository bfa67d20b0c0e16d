"""The lawyer's word on one marked point."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from people.forms import DeskForm


class ClearingForm(DeskForm):
    """Which point, and why it holds. The name and the day are those of whoever is signed in."""

    key = forms.CharField(max_length=120, widget=forms.HiddenInput())
    because = forms.CharField(
        label=gettext_lazy("Why it holds"),
        max_length=1000,
        help_text=gettext_lazy("What you read, and where. It stands in the note to counsel with your name."),
        widget=forms.Textarea({"rows": "2"}),
    )
