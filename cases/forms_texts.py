"""Forms of the text before the person: a box for each sentence, how it is read, and the lawyer's word on a recall."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.recalling import DESTROYED, FILED
from cases.complaint.draft import Draft, Sentence
from cases.dossier.inputs import FULL, PSEUDONYMISED
from cases.forms_words import OwnWords
from cases.texts.own import ABOUT_LIMIT, LIMIT, Own, with_typed
from people.forms import DeskForm

ALOUD_LIMIT = 300


class OwnTextForm(DeskForm):
    """own: what was put so far. seen: the status, and put: the version of what was put, that the page showed."""

    about = OwnWords(
        label=_("What the whole is about: to whom, what it asks for, what goes with it"),
        rows=9, limit=ABOUT_LIMIT, required=False,
        help_text=_("The person reads this first. The beginning is a proposal; say what is true of this text."),
    )  # fmt: skip
    aloud = forms.CharField(
        label=_("If it was read aloud: how, in which language, and by whom"), required=False, max_length=ALOUD_LIMIT,
        help_text=_("For a person without a second word. The person reads this line, in the language you write."),
    )  # fmt: skip
    is_urgent = forms.BooleanField(label=_("It is urgent: the person may ask not to wait three days"), required=False)
    rendering = forms.ChoiceField(
        label=_("Copy"), required=False, initial=FULL, widget=forms.RadioSelect(),
        choices=[(FULL, _("Full")), (PSEUDONYMISED, _("Pseudonymised: what identifies people is replaced"))],
    )  # fmt: skip
    put = forms.IntegerField(widget=forms.HiddenInput(), required=False, min_value=0, max_value=10**6)
    seen = forms.CharField(widget=forms.HiddenInput(), required=False, max_length=40)

    def __init__(self, draft: Draft, own: Own, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft, self.own = draft, own
        self.boxes = {f"s{number}": each for number, each in enumerate(draft.ordered, start=1)}
        for name, sentence in self.boxes.items():
            rows = min(8, 2 + len(sentence.text) // 60)
            self.fields[name] = OwnWords(label=sentence.text, rows=rows, limit=LIMIT, required=False)

    @staticmethod
    def of(draft: Draft, own: Own, *, about: str, seen: str) -> OwnTextForm:
        """Filled with what was put; a sentence that has changed begins with what was put for the former one."""
        texts = {f"s{number}": own.former(each) for number, each in enumerate(draft.ordered, start=1)}
        initial = {**texts, "about": own.about or about, "put": own.version, "seen": seen}
        return OwnTextForm(draft, own, initial=initial)

    @property
    def rows(self) -> list[tuple[Sentence, forms.BoundField, bool]]:
        """Each sentence, its box, and whether it changed since it was put."""
        return [
            (each, self[name], bool(self.own.former(each)) and not self.own.line(each))
            for name, each in self.boxes.items()
        ]

    @property
    def typed(self) -> Own:
        """What was typed, as the next version."""
        texts = {each.id: self.cleaned_data.get(name, "") for name, each in self.boxes.items()}
        return with_typed(self.own, self.draft, self.cleaned_data.get("about", ""), texts)

    @property
    def version(self) -> int:
        """The version that was on the page, 0 for a first one."""
        return int(self.cleaned_data.get("put") or 0)


class RecallForm(DeskForm):
    """What became of a dossier that was recalled."""

    answer = forms.ChoiceField(
        label=_("What became of it?"),
        choices=[(DESTROYED, _("Not filed; my copies are destroyed")), (FILED, _("It was filed already"))],
        widget=forms.RadioSelect(),
    )
    words = OwnWords(label=_("Anything that the team should know"), rows=3, required=False)
