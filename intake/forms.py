"""Forms made from questions of the catalogue. Nothing in them is required but the consent to read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from cases.statement import vocab
from cases.statement.catalogue import Question
from intake import dates, layout
from intake.fields import SAID_MARK, ManyRows, Offer, OneRow, TextField
from intake.offers import offers, said_offer

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
            self.fields["said"] = OneRow([said], label=_("Or one of these"))

    def _said_rows(self) -> list[Any]:
        return [layout.rows("said")] if "said" in self.fields else []

    def _said(self) -> Answer:
        said = self.cleaned_data.get("said") or ""
        return {"said": said.removeprefix(SAID_MARK)} if said else {}


def sentences(text: str) -> tuple[str, str]:
    """Split off the first sentence; both parts together are the text."""
    ends = [place for mark in (". ", "? ", "؟ ") if (place := text.find(mark)) > 0]
    return (text[: min(ends) + 1], text[min(ends) + 2 :]) if ends else (text, "")


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


class DateForm(QuestionForm):
    """A date as it is remembered: three fields, how exact, and own words."""

    @staticmethod
    def initial_of(question: Question, answer: Answer) -> dict[str, Any]:
        """The parts of the stored date."""
        said = f"{SAID_MARK}{answer['said']}" if answer.get("said") else None
        value = answer.get("value") or {}
        return {**value, "precision": value.get("precision") or said}

    def add_fields(self) -> None:
        """Day, month, year, how exact, part of the day, own words."""
        for name, text in (("day", _("Day")), ("month", _("Month")), ("year", _("Year"))):
            self.fields[name] = TextField(label=text, is_spoken=False, mode="numeric" if name != "month" else "")
        exact = Offer("", vocab.options(self.question, self.language))
        self.fields["precision"] = OneRow(
            [exact, said_offer(self.question, self.language)], label=_("How exact is this?")
        )
        parts = Offer(str(_("Time of day, if you remember it")), vocab.choices("day_part", self.language))
        self.fields["part"] = OneRow([parts], label="")
        self.fields["anchor"] = TextField(
            label=_("Or in your own words"), help_text=_("For example: two days after the vote, at the end of summer")
        )

    def parts(self) -> list[Any]:
        """The question is the legend of all fields."""
        return [layout.legend(layout.date("day"), layout.line("anchor"), layout.rows("precision"), layout.rows("part"))]

    @property
    def date_fields(self) -> list[Any]:
        """The three fields that stand in one line."""
        return [self[name] for name in ("day", "month", "year")]

    def value(self) -> Answer:
        """Plain numbers as numbers; other words move to the own words, nothing is refused."""
        typed = self.cleaned_data
        numbers, words = dates.remembered(*(typed.get(name) or "" for name in ("day", "month", "year")))
        own = [part for part in [(typed.get("anchor") or "").strip(), *words] if part]
        picked = typed.get("precision") or ""
        said = {"said": picked.removeprefix(SAID_MARK)} if picked.startswith(SAID_MARK) else {}
        value = {
            **dates.EMPTY, **numbers, "part": typed.get("part") or None,
            "precision": None if said else picked or None, "anchor": "; ".join(own) or None,
        }  # fmt: skip
        return {"value": value if any(value.values()) else None, **said}


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


class NumberForm(QuestionForm):
    """A number or a range, and own words."""

    @staticmethod
    def initial_of(question: Question, answer: Answer) -> dict[str, Any]:
        """The parts of the stored number."""
        said = f"{SAID_MARK}{answer['said']}" if answer.get("said") else None
        return {**(answer.get("value") or {}), "said": said}

    def add_fields(self) -> None:
        """From, to, own words, and what may be said instead."""
        for name, text in (("from", _("A number, or from")), ("to", _("to, if it is only roughly"))):
            self.fields[name] = TextField(label=text, is_spoken=False, mode="numeric")
        self.fields["text"] = TextField(label=_("Or in your own words"))
        self._add_said()

    def parts(self) -> list[Any]:
        """The question is the legend of all fields."""
        lines = [layout.line(name) for name in ("from", "to", "text")]
        return [layout.legend(*lines, *self._said_rows())]

    def value(self) -> Answer:
        """Plain numbers as numbers; other words move to the own words, nothing is refused."""
        typed = {name: (self.cleaned_data.get(name) or "").strip() for name in ("from", "to", "text")}
        ends = {name: dates.whole(typed[name]) for name in ("from", "to")}
        words = [typed["text"], *(typed[name] for name in ("from", "to") if typed[name] and ends[name] is None)]
        value = {**ends, "text": "; ".join(word for word in words if word) or None}
        is_given = any(part is not None for part in value.values())
        return {"value": value if is_given else None, **self._said()}


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


FORMS: dict[str, type[QuestionForm]] = {
    "choice1": ChoiceForm,
    "choiceN": SeveralForm,
    "short": WordsForm,
    "long": WordsForm,
    "contact": WordsForm,
    "date~": DateForm,
    "place": PlaceForm,
    "num~": NumberForm,
    "tick": TickForm,
}


def form_for(
    question: Question,
    language: str,
    answer: Answer | None = None,
    data: Any = None,
    own_list: Sequence[tuple[str, str]] = (),
) -> QuestionForm:
    """The form of a question, empty, filled with a stored answer, or bound to what was posted.

    own_list: the choices of a question about the person's own episodes.
    """
    return FORMS[question.type](question, language, answer, data, own_list)
