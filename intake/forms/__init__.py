"""Forms made from questions of the catalogue. Nothing in them is required but the consent to read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cases.statement.catalogue import Question
from intake.forms.choices import ChoiceForm, SeveralForm, TickForm
from intake.forms.measures import DateForm, NumberForm
from intake.forms.places import PlaceForm
from intake.forms.question import Answer, QuestionForm, sentences
from intake.forms.words import WordsForm

__all__ = ["Answer", "QuestionForm", "form_for", "sentences"]

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
