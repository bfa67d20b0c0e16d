"""Forms of the viewer: a note on a page, and what an exhibit bears on."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.elements import ELEMENTS
from cases.forms_words import OwnWords
from cases.said_of_exhibits import NOTE_LIMIT
from cases.support import HERE
from people.forms import DeskForm


class PageNoteForm(DeskForm):
    """What a member writes about one page."""

    text = OwnWords(label=_("Note on this page"), rows=4, limit=NOTE_LIMIT)
    page = forms.IntegerField(widget=forms.HiddenInput(), min_value=1, max_value=10**6)


class BearsForm(DeskForm):
    """What kind of thing it is, and which elements it bears on."""

    kind = forms.ChoiceField(label=_("What it is"), choices=list(HERE.items()))
    elements = forms.MultipleChoiceField(
        label=_("What it bears on"), choices=list(ELEMENTS.items()), widget=forms.CheckboxSelectMultiple, required=False
    )
