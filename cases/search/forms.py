"""The form of a search. It carries everything from one slice to the next: the server keeps nothing between them."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.access import PURPOSES
from cases.search.query import TOO_LONG, TOO_MANY, TOO_SHORT, Query
from cases.search.slices import Scope
from people.forms import DeskForm

WORK, ALL = "work", "all"
PLACES: dict[str, Promise] = {
    WORK: _("Letters, facts and notes of our own"),
    ALL: _("The accounts too, with what people are called. Each opening is recorded, and they can see it."),
}
PROBLEMS: dict[str, Promise] = {
    TOO_SHORT: _("Type a word of at least three letters or digits."),
    TOO_LONG: _("That is too long to search. Keep to a few words, 80 letters at most."),
    TOO_MANY: _("These are too many words. Keep to six at most."),
}
HELP = _(
    "All words must stand in one letter, section of answers or note, in any order. Belarusian, Russian and Latin "
    "spellings find each other, in every grammatical form. With * at its end, a word may go on in any way."
)
PLAIN = {
    "size": "40", "maxlength": "400", "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false",
    "dir": "auto", "class": "voice",
}  # fmt: skip
REFERENCE = re.compile(r"[0-9A-Z]{3}-[0-9A-Z]{3}")
MOST_CARRIED = 1000  # references


class SearchForm(DeskForm):
    """What to search, where, and why accounts are opened."""

    words = forms.CharField(
        label=_("Words, a name or a reference"), help_text=HELP, strip=False, widget=forms.TextInput(PLAIN)
    )
    place = forms.ChoiceField(label=_("Where"), choices=PLACES.items, widget=forms.RadioSelect(), initial=WORK)
    purpose = forms.ChoiceField(
        label=_("Why do you open the accounts?"), choices=PURPOSES.items, widget=forms.RadioSelect(), required=False
    )

    def clean_words(self) -> str:
        """Say in words what cannot be searched."""
        text = str(self.cleaned_data["words"])
        try:
            Query.of(text)
        except ValueError as error:
            raise forms.ValidationError(str(PROBLEMS[str(error)])) from None
        return text

    def clean(self) -> dict[str, Any]:
        """Accounts are opened for a purpose only."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("place") == ALL and not found.get("purpose") and "purpose" not in self.errors:
            self.add_error("purpose", _("Say why, or leave the accounts out."))
        return found

    @property
    def scope(self) -> Scope:
        """What is searched."""
        told = self.cleaned_data["purpose"] if self.cleaned_data["place"] == ALL else ""
        return Scope(self.cleaned_data["words"], told)


class CarriedForm(forms.Form):
    """Where the last slice ended, and the references of the cases of those before it. What does not fit is dropped."""

    after = forms.CharField(required=False, max_length=7)
    found = forms.CharField(required=False)
    missed = forms.CharField(required=False)

    def references(self, name: str) -> list[str]:
        """The references that a field carries."""
        self.is_valid()
        return REFERENCE.findall(self.cleaned_data.get(name, ""))[:MOST_CARRIED]

    @property
    def last(self) -> str:
        """The reference of the last case that was searched, or ""."""
        return next(iter(self.references("after")), "")
