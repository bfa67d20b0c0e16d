"""The texts with which letters begin: whole in each language, few placeholders, no names, gendered only on wish."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from cases import letter_texts
from cases.letter_texts import DATA, usual_day
from cases.models import LetterTemplate
from cases.placeholders import filled, gaps, wrong_ones
from cases.statement import vocab
from cases.wording import LANGUAGES
from portal.ops import texts

CONTENT = json.loads(DATA.read_text(encoding="utf-8"))
ALL = [
    (kind, form, language, text)
    for kind, forms in CONTENT["texts"].items()
    for form, languages in forms.items()
    for language, text in languages.items()
]
Kind = LetterTemplate.Kind


def test_there_is_a_text_for_each_occasion_in_each_language() -> None:
    found = {(kind, language) for kind, form, language, _ in ALL if not form}
    assert found == {(kind, language) for kind in Kind.values for language in LANGUAGES}
    assert {form for _, form, _, _ in ALL} <= {"", *(code for code, _ in vocab.choices("address_form", "en"))}
    assert set(letter_texts.FITS) == set(Kind.values)


@pytest.mark.parametrize(("kind", "form", "language", "text"), ALL)
def test_each_keeps_the_rules_of_its_language_and_of_letters(kind: str, form: str, language: str, text: str) -> None:
    assert wrong_ones(text) == []
    assert list(texts.wrong_letters(language, text, CONTENT["texts"][kind][""]["en"])) == []
    assert list(texts.wrong_words(language, text)) == []
    assert not re.search(r"https?:|@|!\s*!|'", text)
    assert text.count("{day}") == (0 if kind in (Kind.QUESTION, Kind.CLOSING) else 1)
    assert text.endswith("{role_name}") or kind == Kind.QUESTION
    assert max(len(sentence.split()) for sentence in re.split(r"[.!?:;]\s|\n", text)) <= 24


def test_a_form_of_address_changes_only_what_must_be_said_otherwise() -> None:
    """Plural and neutral for everybody; "one" is the only word of these texts that has a gender."""
    for kind, form, language, text in ALL:
        if form:
            plain = CONTENT["texts"][kind][""][language].split()
            differing = [pair for pair in zip(plain, text.split(), strict=True) if pair[0] != pair[1]]
            assert len(differing) == 1, differing


@pytest.mark.parametrize("text", ["Hello {name}", "by {day", "{}", "{ role_name }", "{case.reference}", "}{"])
def test_other_placeholders_are_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        LetterTemplate(kind="first", language="en", text=text).clean()
    assert filled(text, {"day": "x", "role_name": "y"}) == text


def test_what_only_a_person_can_write_is_a_gap() -> None:
    assert gaps("Because: [… the reason] and [1] and [… more]") == ["[… the reason]", "[… more]"]
    for kind in (Kind.SUPPORT, Kind.CLOSING, Kind.NOBODY, Kind.REFER, Kind.LAWYER, Kind.WITHDRAWAL):
        assert all(gaps(text) for each, _, _, text in ALL if each == kind)


@pytest.mark.parametrize("kind", Kind.values)
def test_nobody_waits_over_a_weekend_for_what_we_said(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for count in range(7):
        now = date(2026, 11, 23) + timedelta(days=count)
        monkeypatch.setattr(letter_texts, "today", lambda now=now: now)
        assert usual_day(kind).weekday() < 4
        assert usual_day(kind) > now
