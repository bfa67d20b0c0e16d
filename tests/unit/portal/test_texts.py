"""The rules of every text for survivors: each one finds what breaks it, and leaves the rest alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.ops import texts
from portal.ops.texts import Text


def own(language: str, words: str, english: str = "Something else") -> list[str]:
    """What is wrong with one text, without its place."""
    return [fault.split(": ", 1)[1] for fault in texts.own_faults([Text("x", {"en": english, language: words})])]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("be", "Старонка была адкрыта з’яўленнем Ўсё"),
        ("ru", "Подъезд, ещё объявление"),
        ("ar", "يُرجى إدخال رقمكم، مرة أخرى؟"),
        ("en", "A house in Šiauliai, Łódź"),
        ("be", "Адрас для Tor, %(channel)s"),
        ("ar", "استخدموا متصفح Tor حتى %(limit)s"),
    ],
)
def test_a_text_in_its_own_letters_is_fine(language: str, words: str) -> None:
    assert own(language, words, "Use Tor here") == []


@pytest.mark.parametrize(
    ("language", "words", "word"),
    [
        ("be", "Вашы письмы", "письмы"),
        ("be", "Пад'езд", "Пад'езд"),
        ("be", "Аб'ява і з’ява", "Аб'ява"),
        ("ru", "Мой ліст", "ліст"),
        ("ru", "Cтраница", "Cтраница"),  # the first letter is Latin
        ("ru", "Новый window", "window"),
        ("ar", "رقم письмо", "письмо"),
        ("ar", "چاپ", "چاپ"),  # Persian letters
        ("en", "Your адрас", "адрас"),
    ],
)
def test_letters_of_another_language_are_found(language: str, words: str, word: str) -> None:
    assert own(language, words) == [f"letters of another language in {word!r}: {words!r}"]


@pytest.mark.parametrize("words", ["نعم, لا", "ماذا?", "نعم; لا"])
def test_arabic_has_its_own_punctuation(words: str) -> None:
    assert own("ar", words) == [f"a Latin comma, semicolon or question mark: {words!r}"]


def test_a_comma_inside_a_number_is_no_arabic_comma() -> None:
    assert own("ar", "عدد 1,000") == []


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Is he guilty"), ("ru", "Кто виновный"), ("be", "Хто вінаваты"), ("ar", "هو مذنب")]
)
def test_nobody_is_called_guilty(language: str, words: str) -> None:
    found = list(texts.own_faults([Text("x", {"en": "Who", language: words})]))
    assert found == [f"x, {language}: blames somebody; say who is responsible: {words!r}"]


def test_other_placeholders_than_in_english_are_found() -> None:
    fine = Text("a", {"en": "By %(day)s, %(n)s", "ru": "%(n)s до %(day)s"})
    lost = Text("b", {"en": "By %(day)s", "ru": "До дня", "be": "Да %(day)s і %(day)s"})
    assert list(texts.other_placeholders([fine, lost])) == [
        "b, ru: other placeholders than in English: 'До дня'",
        "b, be: other placeholders than in English: 'Да %(day)s і %(day)s'",
    ]


def test_the_longer_account_needs_three_languages_and_all_else_arabic_too() -> None:
    words = {"en": "Yes", "be": "Так", "ru": "Да"}
    longer, first = Text("story.json /a", words), Text("first.json /a", words)
    listed, page = Text("vocab.csv country LT", words), Text("crisis.json /a", words)
    assert list(texts.missing([longer, first, listed, page])) == [
        "first.json /a: nothing in ar",
        "vocab.csv country LT: nothing in ar",
        "crisis.json /a: nothing in ar",
    ]
    assert list(texts.missing([Text("story.json /a", {**words, "ru": " "})])) == ["story.json /a: nothing in ru"]


def test_what_is_the_same_in_two_languages_must_be_listed() -> None:
    found = [Text("a", {"en": "Town", "be": "Адрас", "ru": "Адрас", "ar": "Town"})]
    assert list(texts.same_words(found, {})) == [
        "a: the same in ar, en (locale/alike.csv): 'Town'",
        "a: the same in be, ru (locale/alike.csv): 'Адрас'",
    ]
    listed = {"Town": frozenset({"en", "ar"}), "Адрас": frozenset({"be", "ru", "ar"})}
    assert list(texts.same_words(found, listed)) == []
    assert len(list(texts.same_words(found, {"Адрас": frozenset({"be"})}))) == 3


def test_what_is_listed_for_nothing_is_said() -> None:
    found = [Text("a", {"en": "Town", "be": "Горад"})]
    assert list(texts.same_words(found, {"Town": frozenset({"be", "en"})})) == [
        "alike.csv: nowhere the same, or not there: 'Town'"
    ]


def test_a_text_without_letters_may_be_the_same() -> None:
    assert list(texts.same_words([Text("a", {"en": "112", "be": "112"})], {})) == []
    assert list(texts.same_words([Text("a", {"en": "%(n)s - 2", "be": "%(n)s - 2"})], {})) == []


def test_a_line_of_the_list_needs_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "alike.csv"
    path.write_text("text,languages,reason\nSignal,en be,a name\n", encoding="utf-8")
    assert texts.read_alike(path) == {"Signal": frozenset({"en", "be"})}
    path.write_text("text,languages,reason\nSignal,en be,\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no reason for"):
        texts.read_alike(path)


def test_texts_are_found_at_any_depth_and_named_by_their_place() -> None:
    data = {"id": "s", "questions": [{"id": "Q-1", "text": {"en": "A", "be": "Б"}, "en": {"en": "B"}}], "codes": ["en"]}
    assert list(texts.inside(data, "f.json ")) == [
        Text("f.json /questions/Q-1/text", {"en": "A", "be": "Б"}),
        Text("f.json /questions/Q-1/en", {"en": "B"}),
    ]


def test_the_whole_catalogue_and_every_list_is_looked_at() -> None:
    places = {text.where.split(" ")[0] for text in (*texts.data_texts(), *texts.list_texts())}
    assert {"first.json", "story.json", "crisis.json", "vocab.csv"} <= places
    assert set(texts.first_lists()) == {"country", "urgent", "contact_channel", "consent_answer", "said"}
