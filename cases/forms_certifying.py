"""The form with which a member writes down what a translator certified."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as plain
from django.utils.translation import gettext_lazy as _

from cases.actions.certifying import Word
from cases.forms_words import OwnWords
from people.forms import DeskForm
from vault.models import today

LIMIT = 2_000


class CertificateForm(DeskForm):
    """labels: of the certificates among the papers of the brief. seen: the revision that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput(), min_value=0, max_value=10**6)
    translator = forms.CharField(
        label=_("Translator"), help_text=_("The name, or a code if the name must not be known."), max_length=200
    )
    qualification = forms.CharField(
        label=_("Qualification, or number of the sworn translator"), max_length=300, required=False
    )
    place = forms.CharField(label=_("Place of the signature"), max_length=120)
    on = forms.DateField(label=_("Day of the signature"), widget=forms.DateInput({"type": "date"}))
    is_complete = forms.BooleanField(
        label=_("The translator signed that the translation is complete and faithful"), required=False,
        help_text=_("Without this the sheet certifies nothing."),
    )  # fmt: skip
    remarks = OwnWords(
        label=_("Remarks on illegible or unclear parts"), rows=3, limit=LIMIT, required=False,
        help_text=_("As they stand on the sheet; empty if there are none."),
    )  # fmt: skip
    paper = forms.ChoiceField(
        label=_("The signed sheet among the papers of the lawyer"), required=False,
        help_text=_("Bring it there first; then the file goes into the package."),
    )  # fmt: skip

    def __init__(self, labels: Iterable[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["paper"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("not there")), *((each, each) for each in labels)]

    def clean_on(self) -> Any:
        """A day that has been."""
        day = self.cleaned_data["on"]
        if day > today():
            raise forms.ValidationError(plain("This day has not come yet."))
        return day

    @property
    def word(self) -> Word:
        """What was written, with one space between words."""
        found = {name: self.cleaned_data.get(name) or "" for name in ("translator", "qualification", "place", "paper")}
        texts = {name: " ".join(str(text).split()) for name, text in found.items()}
        return Word(
            **texts, on=self.cleaned_data["on"].isoformat(), is_complete=bool(self.cleaned_data["is_complete"]),
            remarks=self.cleaned_data["remarks"].strip(),
        )  # fmt: skip
