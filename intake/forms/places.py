"""A town and whatever helps to find a place."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.statement.catalogue import Question
from intake import layout
from intake.fields import SAID_MARK, TextField
from intake.forms.question import Answer, QuestionForm


class PlaceForm(QuestionForm):
    """A town and whatever helps to find the place."""

    @staticmethod
    def initial_of(question: Question, answer: Answer) -> dict[str, Any]:
        """The parts of the stored place."""
        said = f"{SAID_MARK}{answer['said']}" if answer.get("said") else None
        return {**(answer.get("value") or {}), "said": said}

    def add_fields(self) -> None:
        """Town, own words, and what may be said instead."""
        self.fields["town"] = TextField(label=_("Town"))
        self.fields["text"] = TextField(label=_("Anything that helps to find it"), rows=5)
        self._add_said()

    def parts(self) -> list[Any]:
        """The question is the legend of both fields."""
        return [layout.legend(layout.line("town"), layout.words("text"), *self._said_rows())]

    def value(self) -> Answer:
        """Both texts as typed."""
        place = {name: (self.cleaned_data.get(name) or "").strip() or None for name in ("town", "text")}
        return {"value": place if any(place.values()) else None, **self._said()}
