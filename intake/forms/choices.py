"""Rows to choose from: one, several, and the one box that is ticked."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext as _

from cases.statement import vocab
from cases.statement.catalogue import Question
from intake import layout
from intake.fields import SAID_MARK, ManyRows, Offer, OneRow, TextField
from intake.finding import finder_of, parts
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
        """The rows, and a line for own words where the question has one; what they may mean is offered above."""
        self.finder = finder_of(self.question)
        rows = offers(self.question, self.language, self.own_list)
        self.fields["value"] = self.rows(self._with_found(rows), label="")
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
        return self._found(picked, other) or {"value": picked or self._own_code(other), **other}

    @property
    def asks_which(self) -> bool:
        """Do words that are new on this page fit several codes, so that the person is shown them once?"""
        answer = self.answer()
        other = answer.get("other", "")
        return other != (self.before or {}).get("other", "") and bool(self._suggested(answer))

    def _found(self, picked: str, other: Answer) -> Answer | None:
        """The answer when the words say it: then they are not kept beside it."""
        typed = other.get("other", "")
        if self.finder is None or not (self.finder.takes and typed):
            return None
        if not picked or picked in self._own_codes:
            code = self.finder.taken(typed)
            return {"value": code} if code else None
        return {"value": picked} if picked in {self.finder.taken(typed), *self.finder.offered(typed)} else None

    def _with_found(self, rows: list[Offer]) -> list[Offer]:
        """The rows, with those above them that were found by a name: chosen ones, and what the own words may mean."""
        if self.finder is None:
            return rows
        suggested = self._suggested(self.before or {})
        there = {code for offer in rows for code, _label in offer.pairs}
        extra = [code for code in self._chosen() if self.finder.knows(code) and code not in {*there, *suggested}]
        rest = [offer._replace(pairs=[pair for pair in offer.pairs if pair[0] not in suggested]) for offer in rows]
        title = _("Is it one of these?")
        return [Offer("", self._pairs(extra)), Offer(title, self._pairs(suggested), is_open=True), *rest]

    def _pairs(self, codes: list[str]) -> list[tuple[str, str]]:
        return [(code, vocab.label_in(self.question, code, self.language)) for code in codes]

    def _chosen(self) -> list[str]:
        """The codes of the stored answer and of what was posted."""
        stored = (self.before or {}).get("value") or []
        posted = self.data.getlist(self.add_prefix("value")) if hasattr(self.data, "getlist") else []
        return list(dict.fromkeys([*(stored if isinstance(stored, list) else [stored]), *posted]))

    def _suggested(self, answer: Answer) -> list[str]:
        """What the own words of an answer may mean, while no row was chosen for them."""
        value = answer.get("value") or []
        codes = value if isinstance(value, list) else [value]
        if self.finder is None or (codes and not set(codes) & self._own_codes):
            return []
        found = [code for part in self._typed_parts(answer.get("other", "")) for code in self.finder.offered(part)]
        return list(dict.fromkeys(found))

    def _typed_parts(self, typed: str) -> list[str]:
        return [typed]

    @property
    def _own_codes(self) -> set[str]:
        return set(self.question.own_words.codes) if self.question.own_words else set()

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
        picked = self.cleaned_data.get("value") or []
        codes, other = self._sorted_out([code for code in picked if not code.startswith(SAID_MARK)], self._other())
        own = self._own_code(other)
        if own and not set(codes) & self._own_codes:
            codes.append(own)
        said = [code.removeprefix(SAID_MARK) for code in picked if code.startswith(SAID_MARK)]
        return {"value": codes or None, **({"said": said[0]} if said else {}), **other}

    def _typed_parts(self, typed: str) -> list[str]:
        return parts(typed)

    def _sorted_out(self, codes: list[str], other: Answer) -> tuple[list[str], Answer]:
        """The codes with those that the words say, and the words that say none; then no row for others is needed."""
        finder = self.finder
        if finder is None or not finder.takes or not other:
            return codes, other
        typed = self._typed_parts(other["other"])
        left = [each for each in typed if not set(codes) & {finder.taken(each), *finder.offered(each)}]
        codes += [code for each in left if (code := finder.taken(each)) and code not in codes]
        left = [each for each in left if not finder.taken(each)]
        if left or not typed:
            return codes, {"other": "; ".join(left) or other["other"]}
        return [code for code in codes if code not in self._own_codes], {}


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
