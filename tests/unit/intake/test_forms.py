"""Forms made from questions: what is kept of what was typed."""

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from crispy_forms.utils import render_crispy_form
from django.http import QueryDict
from django.utils import translation

from cases.statement import catalogue
from cases.statement.catalogue import LANGUAGES
from intake.forms import form_for, sentences
from tests.factories.walk import fields_of

PAGES = [page for each in catalogue.sections() for page in (*each.pages, *each.card_pages, *each.file_pages)]
ASKED = [question for page in PAGES for question in page if question.type != "file"]


def answer(question_id: str, given: dict[str, Any], language: str = "be", before: Any = None) -> dict[str, Any]:
    data = {f"{question_id}-{name}": value for name, value in given.items()}
    form = form_for(catalogue.question(question_id), language, before, QueryDict(urlencode(data, doseq=True)))
    assert form.is_valid(), form.errors
    return form.answer()


@pytest.mark.parametrize(
    ("question_id", "given", "expected"),
    [
        ("ELG-01", {"value": "BY"}, {"value": "BY"}),
        ("ELG-01", {}, {"value": None}),
        ("ELG-01", {"value": "~unsaid"}, {"value": None, "said": "unsaid"}),
        ("ELG-01", {"other": "Японія"}, {"value": "JP"}),
        ("ELG-01", {"value": "ZZ", "other": "японии ня"}, {"value": "ZZ", "other": "японии ня"}),
        ("ELG-01", {"value": "ZZ", "other": "ЯПОНІЯ"}, {"value": "JP"}),
        ("ELG-01", {"value": "BY", "other": "Расія"}, {"value": "BY", "other": "Расія"}),
        ("ELG-01", {"other": "Карэя"}, {"value": "ZZ", "other": "Карэя"}),
        ("ELG-01", {"value": "KR", "other": "Карэя"}, {"value": "KR"}),
        ("ELG-01", {"other": "хутар каля Прагі"}, {"value": "ZZ", "other": "хутар каля Прагі"}),
        ("ELG-04", {"value": ["BY"], "other": "Італія, Мордор"}, {"value": ["BY", "IT", "ZZ"], "other": "Мордор"}),
        ("ELG-04", {"value": ["BY", "ZZ"], "other": "Італія; Ізраіль"}, {"value": ["BY", "IT", "IL"]}),
        ("ELG-04", {"value": ["KP", "ZZ"], "other": "Карэя"}, {"value": ["KP"]}),
        ("EPI-05", {"other": "Акрэсціна"}, {"value": "not_listed", "other": "Акрэсціна"}),
        (
            "EPI-05",
            {"value": "akrestsina_ivs", "other": "Акрэсціна"},
            {"value": "akrestsina_ivs", "other": "Акрэсціна"},
        ),
        ("SAF-04", {"value": ["family_risk", "removal"]}, {"value": ["family_risk", "removal"]}),
        ("SAF-04", {}, {"value": None}),
        ("EPI-04", {"value": ["home", "~forgotten"]}, {"value": ["home"], "said": "forgotten"}),
        ("CNS-02", {"value": ["lt"], "other": "Чылі"}, {"value": ["lt", "other"], "other": "Чылі"}),
        ("CNS-01", {"value": "yes"}, {"value": "yes"}),
        ("CNS-01", {}, {"value": None}),
        ("EPI-08", {"value": " Мяне спынілі.\r\nДалей цяжка. "}, {"value": " Мяне спынілі.\nДалей цяжка. "}),
        ("EPI-08", {"value": "  \n "}, {"value": None}),
        ("EPI-06", {"town": "Мінск", "text": ""}, {"value": {"town": "Мінск", "text": None}}),
        ("EPI-06", {"said": "~unknown"}, {"value": None, "said": "unknown"}),
        ("EPI-14", {"from": "20", "to": "25"}, {"value": {"from": 20, "to": 25, "text": None}}),
        ("EPI-14", {"from": "каля 20"}, {"value": {"from": None, "to": None, "text": "каля 20"}}),
        ("EPI-14", {}, {"value": None}),
        ("PRP-08", {"other": "Глядзеў убок"}, {"value": None, "other": "Глядзеў убок"}),
    ],
)
def test_what_is_kept(question_id: str, given: dict, expected: dict) -> None:
    assert answer(question_id, given) == {**expected, "lang": "be"}


def test_a_date_keeps_numbers_as_numbers_and_words_as_words() -> None:
    given = {"day": "каля 10", "month": "жніўня", "year": "2020", "anchor": "пасля выбараў", "precision": "few_days"}
    assert answer("EPI-02", given)["value"] == {
        "year": 2020, "month": 8, "day": None, "part": None, "precision": "few_days",
        "anchor": "пасля выбараў; каля 10",
    }  # fmt: skip


def test_o3_not_remembering_a_date_is_an_answer() -> None:
    assert answer("EPI-02", {"precision": "~forgotten"}) == {"value": None, "said": "forgotten", "lang": "be"}


def test_l3_an_answer_keeps_the_language_in_which_it_was_given() -> None:
    before = {"value": "Лён", "lang": "be"}
    assert answer("LNG-04", {"value": "Лён"}, "ru", before)["lang"] == "be"
    assert answer("LNG-04", {"value": "Лёня"}, "ru", before)["lang"] == "ru"


@pytest.mark.parametrize("question", ASKED, ids=lambda question: question.id)
def test_a_stored_answer_is_shown_again_as_it_was_given(question: catalogue.Question) -> None:
    given = {
        "long": {"value": "Мяне спынілі.\n\n<b>&amp;"},
        "short": {"value": 'Лён "Л" <i>'},
        "contact": {"value": "+48 555"},
        "tick": {"value": "yes"},
        "date~": {"day": "9", "month": "8", "year": "2020", "anchor": "уначы", "precision": "exact", "part": "night"},
        "place": {"town": "Мінск", "text": "двор", "said": "~unknown"},
    }.get(question.type, {})
    if question.type in ("choice1", "choiceN"):
        codes = [code for code, _ in form_for(question, "be").fields["value"].choices]
        given = {"value": codes[0] if question.type == "choice1" else codes[:2]}
    first = answer(question.id, given)
    with translation.override("be"):
        html = render_crispy_form(form_for(question, "be", first))
    prefix = f"{question.id}-"
    shown = {name.removeprefix(prefix): values for name, values in fields_of(html).items() if name.startswith(prefix)}
    assert answer(question.id, shown) == first


@pytest.mark.parametrize("question", ASKED, ids=lambda question: question.id)
@pytest.mark.parametrize("language", LANGUAGES)
def test_t4_nothing_is_ticked_or_typed_before_the_person_does(question: catalogue.Question, language: str) -> None:
    html = render_crispy_form(form_for(question, language))
    if question.preset:  # the catalogue's own exception: media begins at no
        assert re.findall(r'value="([^"]*)" checked>', html) == [question.preset]
        return
    assert not re.search(r"<input[^>]* checked", html)
    assert not [value for values in fields_of(html).values() for value in values if value]


@pytest.mark.parametrize("question", ASKED, ids=lambda question: question.id)
def test_n7_no_text_field_completes_or_checks_spelling_elsewhere(question: catalogue.Question) -> None:
    html = render_crispy_form(form_for(question, "be"))
    fields = html.count('type="text"') + html.count("<textarea")
    assert html.count('autocomplete="off"') == fields
    assert html.count('spellcheck="false"') == fields


def test_a_code_that_is_not_in_the_list_is_refused_and_nothing_is_kept() -> None:
    form = form_for(catalogue.question("ELG-01"), "be", None, QueryDict("ELG-01-value=QQ"))
    assert not form.is_valid()
    assert form.answer()["value"] is None


def test_unfit_signs_are_counted() -> None:
    form = form_for(catalogue.question("EPI-08"), "be", None, QueryDict("EPI-08-value=adzin%00dva%ED%A0%80"))
    assert form.is_valid()
    assert form.answer()["value"] == "adzindva"
    assert form.taken_out == 4


def test_the_first_sentence_is_the_heading() -> None:
    assert sentences("Ці ёсць? Можна не.") == ("Ці ёсць?", "Можна не.")
    assert sentences("Город, улица") == ("Город, улица", "")


@pytest.mark.parametrize(("question_id", "word"), [("IDN-01", "Or"), ("WSH-03", "Or one of these")])
def test_o3_what_may_be_said_instead_of_words_is_a_row_like_any_other_after_a_quiet_word(
    question_id: str, word: str
) -> None:
    with translation.override("en"):
        page = render_crispy_form(form_for(catalogue.question(question_id), "en"))
    assert f'<fieldset class="group or"><legend>{word}</legend>' in page
    assert page.count('<label class="choice"><input type="radio"') == len(catalogue.question(question_id).said)
