"""Own words, long or short."""

from __future__ import annotations

from typing import Any

from intake import layout
from intake.fields import TextField
from intake.forms.question import Answer, QuestionForm


class WordsForm(QuestionForm):
    """Own words, long or short."""

    def add_fields(self) -> None:
        """One box, and what may be said instead."""
        kind = self.question.type
        self.fields["value"] = TextField(
            label="", rows=12 if kind == "long" else 0, is_spoken=kind != "contact",
            has_hint=bool(self.question.why or self.question.hint),
        )  # fmt: skip
        self._add_said()

    def parts(self) -> list[Any]:
        """The question is the label of the box."""
        box = layout.words("value") if self.question.type == "long" else layout.line("value")
        return [layout.label(box, *self._said_rows())]

    def value(self) -> Answer:
        """The text as typed; white space alone is nothing."""
        typed = self.cleaned_data.get("value") or ""
        return {"value": typed if typed.strip() else None, **self._said()}
