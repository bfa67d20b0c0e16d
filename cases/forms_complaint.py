"""The form of one fact sentence. What is typed stays, whatever is wrong with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.complaint import words
from cases.complaint.draft import MOST_SOURCES, TEXT_LIMIT, WORDS_LIMIT, Sentence, Source, may_rest_on
from cases.complaint.grounds import Grounds
from cases.complaint.page import choices_of_topics
from cases.complaint.typed import NoSuchSource, sources_in
from cases.dossier.expected import is_partial_day
from cases.forms_words import TOO_LONG, OwnWords
from people.forms import DeskForm

TOO_LONG_A_SENTENCE = _(
    "This has %(show_value)d characters, and at most %(limit_value)d fit in one sentence. Nothing is lost: make "
    "several sentences of it here."
)
RESTS = {
    "person": _("What the person says rests on the account alone: ¶ and A. Choose another voice for anything else."),
    "exhibit": _("What an exhibit shows rests on exhibits alone: E-001/2. Choose another voice for anything else."),
}
FIELDS = ("text", "voice", "topic", "on", "sources", "provision", "id", "seen", "shown")


class SentenceForm(DeskForm):
    """A sentence, new or changed. seen: the version that changed it last as the page showed it, 0 for a new one.

    shown: the newest version of the account on that page, whose numbers were typed. then, now: what could be cited
    then, and what can be now.
    """

    text = OwnWords(label=_("The sentence"), rows=4, limit=TEXT_LIMIT, too_long=TOO_LONG_A_SENTENCE)
    sources = forms.CharField(
        label=_("What it rests on"), required=False, max_length=400,
        help_text=_("As they are numbered beside: ¶ 7, A 3, E-001/2 or O-001, with commas between."),
        error_messages={"max_length": TOO_LONG},
    )  # fmt: skip
    voice = forms.ChoiceField(
        label=_("Whose voice it is"), choices=list(words.VOICES.items()), widget=forms.RadioSelect
    )
    topic = forms.ChoiceField(label=_("Topic"), choices=choices_of_topics)
    on = forms.CharField(
        label=_("Date, if it has one"), required=False, max_length=10, widget=forms.TextInput({"size": "12"}),
        help_text=_("As precise as the source is: 2020, 2020-08 or 2020-08-12."),
    )  # fmt: skip
    provision = OwnWords(
        label=_("Provision, for counsel"), rows=1, limit=WORDS_LIMIT, required=False,
        help_text=_("Law and article on which a conclusion rests."),
    )  # fmt: skip
    id = forms.UUIDField(widget=forms.HiddenInput(), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput(), required=False, min_value=0, max_value=10**6)
    shown = forms.IntegerField(widget=forms.HiddenInput(), required=False, min_value=0, max_value=10**6)

    def __init__(self, *args: Any, then: Grounds, now: Grounds, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.then, self.now = then, now
        self.fields["text"].widget.attrs["lang"] = language
        self.fields["sources"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
        self.found: list[Source] = []

    def clean_on(self) -> str:
        """A day, month or year, or nothing."""
        day = str(self.cleaned_data["on"]).strip()
        if day and not is_partial_day(day):
            raise forms.ValidationError(_("Write 2020, 2020-08 or 2020-08-12."))
        return day

    def clean_sources(self) -> str:
        """Each names something, now as well as on the page where it was typed."""
        typed = str(self.cleaned_data["sources"])
        try:
            self.found = sources_in(typed, self.then)
            for each in self.found:
                self._require_here(each)
        except NoSuchSource as error:
            raise forms.ValidationError(error.words) from error
        if len(self.found) > MOST_SOURCES:
            raise forms.ValidationError(_("A sentence rests on 12 sources at most. Make several sentences of it."))
        return typed

    def clean(self) -> dict[str, Any]:
        """A sentence has a source at least, of the kind on which its voice may rest."""
        found: dict[str, Any] = super().clean() or {}
        voice, provision = found.get("voice", ""), str(found.get("provision") or "")
        if provision.strip() and voice and voice != "counsel":
            self.add_error(
                "provision", _("Only counsel concludes from a provision. Choose that voice, or leave it out.")
            )
        elif "sources" not in self.errors and voice:
            self._check(voice, provision)
        return found

    def _check(self, voice: str, provision: str) -> None:
        if not self.found and not provision.strip():
            self.add_error("sources", _("Name at least one source. A sentence without one goes nowhere."))
        elif not may_rest_on(voice, self.found):
            self.add_error("sources", RESTS[voice])

    def _require_here(self, source: Source) -> None:
        cited = self.now.cite(source)
        if not cited.is_here and cited.place is not None:
            raise NoSuchSource("corrected", cited.code, cited.place.by)
        if not cited.is_here:
            raise NoSuchSource("code", self.then.cite(source).code)

    @property
    def version(self) -> int:
        """The version that was seen."""
        return int(self.cleaned_data.get("seen") or 0)

    def sentence_as(self, sentence_id: str) -> Sentence:
        """What was written, as a sentence of its own."""
        return replace(self.sentence(), id=sentence_id)

    def sentence(self, kept: tuple[Source, ...] = ()) -> Sentence:
        """What was written. kept: sources that this writer cannot see yet, and that stay."""
        given, provision = self.cleaned_data, self.cleaned_data["provision"]
        law = (Source("provision", words=provision),) if provision.strip() else ()
        sentence_id: UUID = given.get("id") or uuid4()
        sources = tuple(dict.fromkeys((*self.found, *law, *kept)))
        return Sentence(str(sentence_id), given["text"], given["topic"], given["voice"], given["on"], sources)


class CommentForm(DeskForm):
    """What a second reader says about a draft. seen: the status that the page showed."""

    text = OwnWords(label=_("Comments"), rows=8)
    seen = forms.CharField(widget=forms.HiddenInput(), required=False, max_length=24)
