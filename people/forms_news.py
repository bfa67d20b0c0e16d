"""Forms of announcements and alarms."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from people.alarms import OUTCOMES
from people.forms import DeskForm


class SeenForm(DeskForm):
    """Up to which announcement this person has read."""

    up_to = forms.IntegerField(min_value=0, max_value=2**62, widget=forms.HiddenInput())


class ReviewForm(DeskForm):
    """What a lead found when looking into an alarm; from a closed list, so that no word about a case gets here."""

    alarm = forms.IntegerField(min_value=0, max_value=2**62, widget=forms.HiddenInput())
    outcome = forms.ChoiceField(label=_("What you found"), choices=[("", _("choose")), *OUTCOMES.items()])
