"""What a search finds in a text, in which forms of a word, and the words around it. All names are invented."""

import csv
import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.search.endings import stem
from cases.search.initials import all_initials
from cases.search.passages import AROUND, CUT, passage
from cases.search.query import TOO_LONG, TOO_MANY, TOO_SHORT, Query
from cases.spelling import word_keys

with (Path(__file__).parents[1] / "spelling" / "pairs.csv").open(encoding="utf-8", newline="") as file:
    PAIRS = [(row["one"], row["other"]) for row in csv.DictReader(file) if row["meet"] == "yes"]
LETTERS = "абвгдеёжзійклмнопрстуўфхцчшыьэюяищъabcdefghijklmnopqrstuvwxyzčšžŭćśłńöé'’"
STORY = "Я бачыў яго ў калідоры. " * 20 + "Потым прыйшла Вольга Кавалёва, сястра Кавалёва. " + "Было ціха. " * 40


@pytest.mark.parametrize(
    ("typed", "found", "passed_over"),
    [
        ("Каваль", "Каваля Кавалю Кавалём Ковалем Koval KAVAL", "Кавалёў Ковалёва Каваленка"),
        ("Жуковский", "Жуковского Жукоўскаму Жуковская Жуковской Zhukouski", "Жук Жуков Жуковец"),
        ("Марыя", "Марыі Марыю Марыяй Марии Марией Maryia", "Марына Марыне Марк"),
        ("Іван", "Івана Івану Іванам Ивану Ivan", "Янка Іваноў Іванова"),
        ("Владимир", "Уладзімір Уладзіміру Владимиром Uladzimir", "Владимирович Уладзіслаў"),
        ("Владимир*", "Владимирович Уладзіміравіч Владимира", "Владислав"),
        ("Мінск", "Мінску Мінска Минске Minsk", "Мінскі-Мазавецкі Міншчына"),
        ("1100", "1100", "110 11000"),
        ("110*", "1100 11000", "111"),
    ],
)  # fmt: skip
def test_forms_of_a_word(typed: str, found: str, passed_over: str) -> None:
    query = Query.of(typed)
    assert [word for word in found.split() if not query.means(word)] == []
    assert [word for word in passed_over.replace("-", " ").split()[:3] if query.means(word)] == [
        word for word in ["Мінскі"] if word in passed_over
    ]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", TOO_SHORT), ("ка", TOO_SHORT), ("*", TOO_SHORT), ("— '", TOO_SHORT), ("а б в", TOO_SHORT),
        ("ка*", TOO_SHORT), ("а" * 81, TOO_LONG), ("раз два тры чатыры пяць шэсць сем", TOO_MANY),
    ],
)  # fmt: skip
def test_what_cannot_be_searched(typed: str, code: str) -> None:
    with pytest.raises(ValueError, match=code):
        Query.of(typed)


def test_all_words_must_be_there_each_in_any_of_the_texts() -> None:
    query = Query.of("Koval Гродна")
    assert query.is_in(["Каваль жыве тут", "у Гродне"])
    assert not query.is_in(["Каваль жыве тут"])
    assert not query.is_in(["Каваль", "Гроднаўскі"])


def test_chosen_answers_are_found_by_their_labels_in_any_language() -> None:
    for typed in ("Окрестина", "Okrestina", "Акрэсціна"):
        assert Query.of(typed).may_be_in('{"EPI-05": {"value": ["akrestsina_tsip"], "lang": "be"}}')
    assert not Query.of("Окрестина").may_be_in('{"EPI-05": {"value": ["street"], "lang": "be"}}')


@given(st.sampled_from(PAIRS), st.text(max_size=8), st.sampled_from(' \n\t"\\\r\u2028\x0b,.«(-/'), st.randoms())
def test_the_quick_look_loses_nothing(pair: tuple[str, str], around: str, sign: str, chance: random.Random) -> None:
    typed, written = pair if chance.random() < 0.5 else (pair[1], pair[0])
    text = f"{around}{sign}{written}{sign}{around}"
    query = Query.of(typed)
    if query.is_in([text]):
        assert query.may_be_in(json.dumps({"answers": {"EPI-08": {"value": text}}}, ensure_ascii=False))


@given(st.text(LETTERS, min_size=1, max_size=9))
def test_the_first_letters_lose_no_word(word: str) -> None:
    for written in (word, word.upper()):
        for key in word_keys(written):
            assert next(filter(str.isalnum, written)) in all_initials([key])


@given(st.text("абвгдзіклмнапрстуи", min_size=1, max_size=12))
def test_a_stem_keeps_the_beginning_and_three_letters(key: str) -> None:
    assert key.startswith(stem(key))
    assert len(stem(key)) >= min(3, len(key))


def test_a_passage_is_cut_at_words_and_marks_each_one_that_is_meant() -> None:
    pieces = passage(STORY, Query.of("Кавалёва").means)
    assert [piece.text for piece in pieces if piece.is_hit] == ["Кавалёва", "Кавалёва"]
    assert [pieces[0].text, pieces[-1].text] == [CUT, CUT]
    text = "".join(piece.text for piece in pieces[1:-1])
    assert text in STORY
    assert len(text) <= 3 * AROUND + len("Кавалёва")
    assert STORY[STORY.index(text) - 1] == " "


def test_short_texts_are_whole_and_texts_without_the_word_are_no_passage() -> None:
    assert [(piece.text, piece.is_hit) for piece in passage("Каваль", Query.of("Koval").means)] == [("Каваль", True)]
    assert passage(STORY, Query.of("Петрович").means) == []
    without_blanks = passage("Х" * 500 + " Каваль" + "Х" * 500 + "-Каваль", Query.of("Каваль*").means)
    assert any(piece.is_hit for piece in without_blanks)
