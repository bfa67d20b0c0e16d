"""Dates and numbers as they are remembered: nothing is refused, other words move to the own words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.statement import vocab
from cases.statement.catalogue import Question
from intake import dates, layout
from intake.fields import SAID_MARK, Offer, OneRow, TextField
from intake.forms.question import Answer, QuestionForm
from intake.offers import said_offer


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
        exact = Offer(str(_("How exact is this?")), vocab.options(self.question, self.language))
        said = said_offer(self.question, self.language, is_apart=False)
        self.fields["precision"] = OneRow([said, exact], label=_("Or one of these"))
        if not self.question.by_day:
            parts = Offer(str(_("Time of day, if you remember it")), vocab.choices("day_part", self.language))
            self.fields["part"] = OneRow([parts], label="")
        self.fields["anchor"] = TextField(
            label=_("Or in your own words"), help_text=_("For example: two days after the vote, at the end of summer")
        )

    def parts(self) -> list[Any]:
        """The question is the legend of all fields."""
        parts = [] if self.question.by_day else [layout.rows("part")]
        return [layout.legend(layout.date("day"), layout.line("anchor"), layout.rows("precision"), *parts)]

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
