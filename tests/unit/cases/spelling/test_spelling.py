"""Which spellings of a name meet, by a table; and what holds for every word. All names are invented or ordinary."""

import csv
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.spelling import MOST_KEYS, keys, meet, word_keys, words

with Path(__file__).with_name("pairs.csv").open(encoding="utf-8", newline="") as file:
    PAIRS = [(row["one"], row["other"], row["meet"] == "yes") for row in csv.DictReader(file)]

CYRILLIC = "абвгдеёжзійклмнопрстуўфхцчшыьэюяищъ'"
LATIN = "abcdefghijklmnopqrstuvwxyzčšžŭćśłńź'"
WORDS = st.text(CYRILLIC, min_size=1, max_size=14) | st.text(LATIN, min_size=1, max_size=14)


def test_the_table_is_long_enough_and_has_both_kinds() -> None:
    assert len(PAIRS) >= 60
    assert sum(not expected for _, _, expected in PAIRS) >= 20


@pytest.mark.parametrize(("one", "other", "expected"), PAIRS)
def test_pairs(one: str, other: str, expected: bool) -> None:
    assert meet(one, other) is expected
    assert meet(other, one) is expected


@pytest.mark.parametrize(
    "written",
    [
        "КАВАЛЁЎ", "Кaвaлёў", "Кавалёў,", "Кавале\u0308ў", "Кавалёу\u0306", "Ка\u0301валёў", "Ка\u00adвалёў",
        "Кава\u200bлёў", "\u200fКавалёў\u200e", "\u2068Кавалёў\u2069", "\ufeffКавалёў", "«Кавалёў»", "'Кавалёў'",
        "_Кавалёў_",
    ],
)  # fmt: skip
def test_marks_that_nobody_reads_change_nothing(written: str) -> None:
    assert keys(written) == keys("Кавалёў") != frozenset()


@pytest.mark.parametrize("sign", "'’ʼ‘`´′ʹ")
def test_every_apostrophe_is_one(sign: str) -> None:
    assert words(f"у Дар{sign}і") == ["у", f"Дар{sign}і"]
    assert keys(f"Дар{sign}я") == keys("Дар'я")


@pytest.mark.parametrize("text", ["", " ", "—", "'", "_", "\u200b", "...", "\u0301"])
def test_signs_alone_have_no_key(text: str) -> None:
    assert keys(text) == frozenset()


def test_numbers_and_other_scripts_are_kept_as_they_are() -> None:
    assert word_keys("1100") == {"1100"}
    assert meet("ЛЮБЯ 1100", "1100 Любя")
    assert not meet("дом 110", "дом 1100")
    assert meet("أمينة", "أَمِينَة")


@given(WORDS)
def test_a_key_reads_as_itself(word: str) -> None:
    for key in word_keys(word):
        assert key in word_keys(key)


@given(WORDS, WORDS)
def test_meeting_is_mutual_and_a_word_meets_itself(one: str, other: str) -> None:
    assert meet(one, other) is meet(other, one)
    assert meet(one, one) is bool(word_keys(one))


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_the_order_of_words_is_free(name: list[str]) -> None:
    assert len({keys(" ".join(order)) for order in permutations(name)}) == 1


@given(st.text(max_size=60))
def test_any_text_has_keys_in_bounds(text: str) -> None:
    found = keys(text)
    assert len(found) <= MOST_KEYS
    assert all(key.strip() == key and key for key in found)


def test_a_name_of_very_many_readings_stays_small() -> None:
    assert len(keys(" ".join(["Chichechicho Huheihiaha"] * 5))) <= MOST_KEYS
