"""Rows to choose from: one, several, and the one box that is ticked."""

from __future__ import annotations

from typing import Any, ClassVar

from cases.statement.catalogue import Question
from intake import layout
from intake.fields import SAID_MARK, ManyRows, Offer, OneRow, TextField
from intake.forms.question import Answer, QuestionForm
from intake.offers import offers


class ChoiceForm(QuestionForm):
    """One row of several."""

    rows: ClassVar[type[OneRow | ManyRows]] = OneRow

    @staticmethod
    def initial_of(question: Question, answer: Answer) -> dict[str, Any]:
        """The chosen row, or the row of what was said instead."""
        said = f"{SAID_MARK}{answer['said']}" if answer.get("said") else None
        return {"value": answer.get("value") or said, "other": answer.get("other")}

    def add_fields(self) -> None:
        """The rows, and a line for own words where the question has one."""
        self.fields["value"] = self.rows(offers(self.question, self.language, self.own_list), label="")
        if self.question.own_words:
            self.fields["other"] = TextField(label=self.question.own_words.label[self.language])

    def parts(self) -> list[Any]:
        """The question is the legend of its rows."""
        other = [layout.line("other")] if "other" in self.fields else []
        return [layout.legend(layout.rows("value"), *other)]

    def value(self) -> Answer:
        """The code, or what was said; own words without a row choose the row that they belong to."""
        picked, other = self.cleaned_data.get("value") or "", self._other()
        if picked.startswith(SAID_MARK):
            return {"value": None, "said": picked.removeprefix(SAID_MARK), **other}
        return {"value": picked or self._own_code(other), **other}

    def _other(self) -> Answer:
        typed = (self.cleaned_data.get("other") or "").strip()
        return {"other": typed} if typed else {}

    def _own_code(self, other: Answer) -> str | None:
        codes = self.question.own_words.codes if other and self.question.own_words else ()
        return codes[0] if codes else None


class SeveralForm(ChoiceForm):
    """Any number of rows."""

    rows = ManyRows

    @staticmethod
    def initial_of(question: Question, answer: Answer) -> dict[str, Any]:
        """The chosen rows."""
        said = [f"{SAID_MARK}{code}" for code in [answer.get("said")] if code]
        return {"value": [*(answer.get("value") or []), *said], "other": answer.get("other")}

    def value(self) -> Answer:
        """The codes in the order of the list; what was said beside them is kept too."""
        picked, other = self.cleaned_data.get("value") or [], self._other()
        codes = [code for code in picked if not code.startswith(SAID_MARK)]
        own = self._own_code(other)
        if own and not set(codes) & set(self.question.own_words.codes if self.question.own_words else ()):
            codes.append(own)
        said = [code.removeprefix(SAID_MARK) for code in picked if code.startswith(SAID_MARK)]
        return {"value": codes or None, **({"said": said[0]} if said else {}), **other}


class TickForm(QuestionForm):
    """One box, never ticked before."""

    @staticmethod
    def initial_of(question: Question, answer: Answer) -> dict[str, Any]:
        """Ticked only if it was ticked by the person."""
        return {"value": [answer["value"]] if answer.get("value") else []}

    def add_fields(self) -> None:
        """One row."""
        tick = self.question.tick or self.question.text
        self.fields["value"] = ManyRows([Offer("", [("yes", tick[self.language])])], label="")

    def parts(self) -> list[Any]:
        """The question is the legend of the box."""
        return [layout.legend(layout.rows("value"))]

    def value(self) -> Answer:
        """Yes, or nothing."""
        return {"value": "yes" if self.cleaned_data.get("value") else None}
