"""O3: I do not know, I do not remember, I do not want to say, I tell it to a person: answers as large as others."""

from __future__ import annotations

import re

import pytest
from crispy_forms.utils import render_crispy_form

from cases.statement import catalogue, vocab
from intake.forms import form_for

ASKED = [
    each for section in catalogue.sections() for each in section.questions
    if each.is_asked_on_a_page and each.type != "file"
]  # fmt: skip
# Nothing to refuse: an address that a channel needs, consents that are a tick or begin at no, a name for oneself, own
# words about the form; how to tell has "not now" as a row, how hard it was "I do not want to rate it", another
# episode "no".
NOTHING_TO_REFUSE = {"CTC-02", "CNS-01", "CNS-11", "CNS-16", "EPI-00", "EPI-01", "EPI-22", "EPI-29", "SND-01", "SND-02"}
MEMORY = [each for each in ASKED if each.type == "date~" or (each.per == catalogue.CARD and each.type == "num~")]
LANGUAGE = "be"


def codes(question: catalogue.Question) -> set[str]:
    return {code for code, _label in vocab.options(question, LANGUAGE)}


@pytest.mark.parametrize("question", ASKED, ids=lambda question: question.id)
def test_whatever_is_asked_need_not_be_said(question: catalogue.Question) -> None:
    refusals = {"unsaid", "prefer_not"} & (set(question.said) | codes(question))
    assert bool(refusals) is (question.id not in NOTHING_TO_REFUSE)


@pytest.mark.parametrize("question", MEMORY, ids=lambda question: question.id)
def test_nobody_has_to_remember_a_date_or_a_number(question: catalogue.Question) -> None:
    assert {"forgotten", "unknown"} & set(question.said)


@pytest.mark.parametrize("question", ASKED, ids=lambda question: question.id)
def test_each_of_them_is_a_row_like_the_others_and_in_no_fold(question: catalogue.Question) -> None:
    html = render_crispy_form(form_for(question, LANGUAGE))
    open_html = re.sub(r"<details.*?</details>", "", html, flags=re.S)
    for code in question.said:
        label = vocab.label(vocab.SAID, code, LANGUAGE)
        row = (
            rf'<label class="choice(?: apart)?"><input type="(radio|checkbox)" name="{question.id}-\w+" value="~{code}"'
        )
        assert re.search(rf"{row}[^>]*><span>{label}</span></label>", open_html)


@pytest.mark.parametrize("question", ASKED, ids=lambda question: question.id)
def test_no_question_offers_the_same_words_twice(question: catalogue.Question) -> None:
    labels = [vocab.label(vocab.SAID, code, LANGUAGE) for code in question.said]
    labels += (
        [label for _code, label in vocab.options(question, LANGUAGE)] if question.type.startswith("choice") else []
    )
    assert {label for label in labels if labels.count(label) > 1} == set()
