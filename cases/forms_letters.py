"""The form of a letter, and the field for letters that go out with a step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cases.forms_words import OwnWords
from cases.letter_texts import offered
from cases.models import Case
from cases.placeholders import gaps
from cases.wording import LANGUAGES
from people.forms import DeskForm

GAP_LEFT = _("There is still a gap in the letter: %(gap)s. Write your own words there, or take it out.")
NO_TEXT = _("choose")


class LetterField(OwnWords):
    """A letter as it goes out: no gap of a text that was put in may be left."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"rows": 14, "limit": settings.ANSWER_LIMIT, **kwargs})

    def validate(self, value: Any) -> None:
        """Name the first gap."""
        super().validate(value)
        if found := gaps(value):
            raise forms.ValidationError(GAP_LEFT, params={"gap": found[0]})


def language_field() -> forms.ChoiceField:
    """In which language a letter is written."""
    return forms.ChoiceField(label=_("Written in"), choices=list(LANGUAGES.items()))


class LetterForm(DeskForm):
    """A letter to the person, and which text to begin with. Nothing limits it but the limit of one answer."""

    language = language_field()
    template = forms.ChoiceField(label=_("A text to begin with"), required=False)
    day = forms.DateField(
        label=_("The day that it names"),
        help_text=_("When they hear from us again. Empty: the usual day."),
        required=False,
        widget=forms.DateInput({"type": "date"}),
    )
    text = LetterField(
        label=_("Your letter"),
        help_text=_("Say who reads and what happens next, as a day. Name nobody; ask one thing at a time and say why."),
    )

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["template"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", NO_TEXT), *offered(case)]
