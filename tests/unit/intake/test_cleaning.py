"""Typed text is kept as typed, but for what nothing can hold."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.cleaning import clean, one_line


@pytest.mark.parametrize(
    ("typed", "kept", "taken_out"),
    [
        ("Мяне спынілі\x00 вечарам", "Мяне спынілі вечарам", 1),
        ("калі\ud83d я вяртаўся", "калі я вяртаўся", 1),
        ("ад\ufffd\ufffd\ufffd сястры", "ад сястры", 3),
        ("адзін\r\nдва\rтры\n", "адзін\nдва\nтры\n", 0),
        ("  прабелы\tі табуляцыя  ", "  прабелы\tі табуляцыя  ", 0),
        ("ў і сям’я 🙂 عربي", "ў і сям’я 🙂 عربي", 0),
    ],
)
def test_what_is_kept(typed: str, kept: str, taken_out: int) -> None:
    assert clean(typed) == (kept, taken_out)


@given(st.text())
def test_whatever_is_typed_can_be_sealed_and_shown(typed: str) -> None:
    text = clean(typed).text
    assert json.loads(json.dumps(text, ensure_ascii=False).encode()) == text
    assert clean(text) == (text, 0)


def test_a_name_is_one_line_of_limited_length() -> None:
    assert one_line("  два\nрадкі\x00  ", 20) == "два радкі"
    assert one_line("a" * 50, 10) == "a" * 10
