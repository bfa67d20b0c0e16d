"""Forms of notes and tasks."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cases.forms_words import OwnWords
from people.forms import DeskForm

TOO_LONG = _(
    "This has %(show_value)d characters, and at most %(limit_value)d fit in one note. Nothing is lost: make it shorter "
    "here, or write the rest into a second note."
)


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
