"""What the forms of all questions have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from cases.statement.catalogue import Question
from intake import layout
from intake.fields import SAID_MARK, ManyRows, OneRow, TextField
from intake.offers import said_offer

Answer = dict[str, Any]


class QuestionForm(forms.Form):
    """One question. `answer()` is what is kept, as the catalogue's shapes say."""

    def __init__(
        self,
        question: Question,
        language: str,
        answer: Answer | None = None,
        data: Any = None,
        own_list: Sequence[tuple[str, str]] = (),
    ) -> None:
        shown = answer or ({"value": question.preset} if question.preset else {})
        super().__init__(data, prefix=question.id, auto_id="%s", initial=self.initial_of(question, shown))
        self.question, self.language, self.before, self.own_list = question, language, answer, list(own_list)
        self.is_second = False  # a question that shares the page of another
        self.caption = ""
        self.add_fields()
        self.helper: FormHelper = layout.helper(*self.parts())

    @staticmethod
    def initial_of(question: Question, answer: Answer) -> dict[str, Any]:
        """The stored answer as the form shows it."""
        said = f"{SAID_MARK}{answer['said']}" if answer.get("said") else None
        return {"value": answer.get("value"), "said": said, "other": answer.get("other")}

    def open_group(self, opened: str) -> None:
        """Show the rows of one group among those that are left out of the page."""
        rows = self.fields.get("value")
        if isinstance(rows, OneRow | ManyRows):
            rows.opened = opened

    def add_fields(self) -> None:
        """Add the fields of this kind of question."""

    def parts(self) -> list[Any]:
        """The layout of this kind of question."""
        return []

    def value(self) -> Answer:
        """The answer without its language."""
        raise NotImplementedError

    def answer(self) -> Answer:
        """The answer, with the language in which it was first given as it is now."""
        given = self.value()
        same = self.before is not None and given == {k: v for k, v in self.before.items() if k != "lang"}
        language = self.before["lang"] if same and self.before else self.language
        return {**given, "lang": language}

    @property
    def asks_which(self) -> bool:
        """Was something typed that means one of several answers, which the person has not been shown yet?"""
        return False

    @property
    def taken_out(self) -> int:
        """How many unfit signs were taken out of all fields."""
        return sum(field.taken_out for field in self.fields.values() if isinstance(field, TextField))

    @property
    def level(self) -> int:
        """The level of the heading: one question of a page is its h1."""
        return 2 if self.is_second else 1

    @property
    def text(self) -> str:
        """The whole question."""
        return self.question.text[self.language]

    @property
    def heading(self) -> str:
        """The first sentence of the question."""
        return sentences(self.text)[0]

    @property
    def aside(self) -> str:
        """The rest of the question, which stands smaller."""
        return sentences(self.text)[1]

    @property
    def why(self) -> str:
        """Why it is asked, in one sentence."""
        return self.question.why[self.language] if self.question.why else ""

    @property
    def hint(self) -> str:
        """A further sentence, for the field."""
        return self.question.hint[self.language] if self.question.hint else ""

    def _add_said(self) -> None:
        if self.question.said:
            said = said_offer(self.question, self.language, is_apart=False)
            self.fields["said"] = OneRow([said], label=_("Or one of these") if len(said.pairs) > 1 else _("Or"))

    def _said_rows(self) -> list[Any]:
        return [layout.rows("said")] if "said" in self.fields else []

    def _said(self) -> Answer:
        said = self.cleaned_data.get("said") or ""
        return {"said": said.removeprefix(SAID_MARK)} if said else {}


def sentences(text: str) -> tuple[str, str]:
    """Split off the first sentence; both parts together are the text."""
    ends = [place for mark in (". ", "? ", "؟ ") if (place := text.find(mark)) > 0]
    return (text[: min(ends) + 1], text[min(ends) + 2 :]) if ends else (text, "")
