"""Forms of notes and tasks."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cases.actions.tasks import Todo
from cases.forms_words import OwnWords
from cases.models import Case
from cases.on_case import people_on
from people.forms import DeskForm
from people.models import Person
from vault.models import today

TOO_LONG = _(
    "This has %(show_value)d characters, and at most %(limit_value)d fit in one note. Nothing is lost: make it shorter "
    "here, or write the rest into a second note."
)

NOT_ON_CASE = _("This person does not work on the case any more. Choose somebody else.")


class NoteForm(DeskForm):
    """A note, new or changed. seen: the version that the page showed; id: names a new one, so that it is made once.

    before: a text that the note is to be put below.
    """

    text = OwnWords(label=_("Note"), rows=10, limit=settings.NOTE_LIMIT, too_long=TOO_LONG)
    seen = forms.IntegerField(widget=forms.HiddenInput(), required=False, min_value=0, max_value=10**6)
    id = forms.UUIDField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, before: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = before

    def clean(self) -> dict[str, Any]:
        """Two texts together must fit as one does."""
        found: dict[str, Any] = super().clean() or {}
        sizes = {"show_value": len(self.before) + len(found.get("text", "")), "limit_value": settings.NOTE_LIMIT}
        if self.before and found.get("text") and sizes["show_value"] > sizes["limit_value"]:
            self.add_error("text", forms.ValidationError(TOO_LONG, params=sizes))
        return found

    @property
    def whole(self) -> str:
        """The whole text as it is to be sealed."""
        return "\n\n".join(each for each in (self.before, self.cleaned_data["text"]) if each)

    @property
    def note_id(self) -> UUID:
        """The id that a new note gets."""
        found: UUID | None = self.cleaned_data.get("id")
        return found or uuid4()

    @property
    def version(self) -> int:
        """The version that was seen, 0 for a new note."""
        return int(self.cleaned_data.get("seen") or 0)


class TaskForm(DeskForm):
    """A task, new or changed. fixed: words that the system wrote, and nobody changes."""

    words = OwnWords(label=_("What is to be done"), rows=2, limit=2000)
    due_on = forms.DateField(label=_("By which day"), widget=forms.DateInput({"type": "date"}))
    person = forms.ModelChoiceField(
        label=_("Who does it"), queryset=Person.objects.none(), required=False, empty_label=_("nobody yet"),
        error_messages={"invalid_choice": NOT_ON_CASE},
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput(), required=False, min_value=0, max_value=10**6)

    def __init__(self, case: Case, *args: Any, now: Todo | None = None, **kwargs: Any) -> None:
        """now: the task that is changed; whoever does it may stay, also when that person left the case."""
        super().__init__(*args, **kwargs)
        self.now = now
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        ids = [each.id for each in people_on(case)]
        stays = [now.row.person_id] if now is not None and now.row.person_id else []
        field.queryset = Person.objects.filter(id__in=[*ids, *stays])
        if now is not None and now.kind:
            del self.fields["words"]

    def clean_due_on(self) -> date:
        """Today or later, within five years, unless it is the day that stands there already."""
        day: date = self.cleaned_data["due_on"]
        is_same = self.now is not None and self.now.row.due_on == day
        if not is_same and not 0 <= (day - today()).days <= 5 * 366:
            raise forms.ValidationError(_("Choose today or a later day, within five years."))
        return day

    @property
    def content(self) -> dict[str, Any]:
        """What is to be sealed."""
        found = self.cleaned_data
        return {"words": found.get("words", ""), "due_on": found["due_on"], "person": found["person"]}

    @property
    def version(self) -> int:
        """The version that was seen."""
        return int(self.cleaned_data.get("seen") or 0)
