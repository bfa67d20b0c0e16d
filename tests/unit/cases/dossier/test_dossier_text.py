"""Paragraphs are numbered the same way every time, and hostile text is made visible instead of effective."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.dossier.inert import LONG, inert, one_line
from cases.dossier.inputs import AccountSection, Answer
from cases.dossier.paragraphs import NEAR, SLACK, number_account, span, split
from tests.factories.dossier import account, own_words

ANY_TEXT = st.text(st.characters(codec=None), max_size=5_000)


def test_blank_lines_make_paragraphs_whatever_the_line_ends():
    assert split("one\r\n\r\ntwo\n \t\nthree\u2029\u2029four") == ("one", "two", "three", "four")


def test_single_line_breaks_stay_inside_a_paragraph():
    assert split("one\ntwo") == ("one\ntwo",)


@pytest.mark.parametrize("text", ["", "   ", "\n\n\n"])
def test_nothing_makes_no_paragraph(text):
    assert split(text) == ()


def test_a_long_paragraph_is_cut_at_sentence_ends():
    sentence = "Гэта было ў жніўні, недзе каля сёмай гадзіны. "
    parts = split(sentence * 100)
    assert len(parts) > 2
    assert all(part.endswith(".") and abs(len(part) - NEAR) < len(sentence) for part in parts[:-1])


def test_without_sentences_a_cut_falls_between_words_and_without_words_anywhere():
    assert all(len(part.split()[-1]) == 9 for part in split("словасама " * 500))
    assert [len(part) for part in split("x" * 4_000)] == [1_200, 1_200, 1_600]


@given(ANY_TEXT)
def test_no_letter_is_lost_or_added(text):
    whole = "".join(split(text))
    assert re.sub(r"\s", "", whole) == re.sub(r"\s", "", text)
    assert split(text) == split(text)


@given(ANY_TEXT)
def test_no_paragraph_is_without_end(text):
    assert all(len(part) <= NEAR + SLACK for part in split(text * 3))


def test_numbers_run_through_all_sections():
    first = AccountSection("a", "A", 1, "2026-11-18", "be", (Answer("EPI-08", "?", "?", "a\n\nb", None, "be", True),))
    second = AccountSection("b", "B", 2, "2026-11-19", "ru", (Answer("EPI-08", "?", "?", "в", None, "ru", True),))
    numbered = number_account([first, second])
    assert [(p.label, p.text, p.lang, p.section_id) for p in numbered] == [
        ("¶ 1", "a", "be", "a"), ("¶ 2", "b", "be", "a"), ("¶ 3", "в", "ru", "b"),
    ]  # fmt: skip
    assert span(numbered) == "¶ 1 to 3"
    assert span(numbered[:1]) == "¶ 1"
    assert span(()) == ""


def test_the_invented_account_is_long_enough_and_keeps_its_paragraphs():
    assert len(own_words().split()) >= 600
    assert [p.text for p in number_account(account())] == own_words().strip().split("\n\n")


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("a\x00\x00\x00b", "a[U+0000 × 3]b"),
        ("\u202eabc\u202c", "[U+202E]abc[U+202C]"),
        ("\u2066x\u2069", "[U+2066]x[U+2069]"),
        ("\ud800", "[U+D800]"),
        ("\ufeff\U000e0041", "[U+FEFF][U+E0041]"),
        ("tab\there", "tab here"),
        ("ў і ё ’ ü ą ż ش‌ب", "ў і ё ’ ü ą ż ش‌ب"),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
    ],
)
def test_what_cannot_be_printed_becomes_visible(given_text, shown):
    assert inert(given_text) == shown


def test_piles_of_marks_are_cut_and_living_marks_are_kept():
    assert inert("e" + "\u0301" * 50) == "e" + "\u0301" * 6 + "[marks cut]"
    assert inert("вё\u0301ска ѣ\u0483 عَّ") == "вё\u0301ска ѣ\u0483 عَّ"


def test_long_text_ends_with_a_visible_note():
    shown = inert("y" * 30, 10)
    assert shown == "y" * 10 + "\n\n[Cut here by the printer: the whole text has 30 characters.]"


@given(ANY_TEXT)
def test_any_text_becomes_encodable_and_bounded(text):
    for shown in (inert(text, 1_000), one_line(text, 1_000)):
        shown.encode("utf-8")
        assert len(shown) < 2_200
        assert "\x00" not in shown
        assert "\u202e" not in shown
    assert "\n" not in one_line(text, 1_000)


def test_alternating_controls_do_not_blow_a_text_up():
    assert len(inert("\x00\x01" * LONG, LONG)) < 2 * LONG + 100
