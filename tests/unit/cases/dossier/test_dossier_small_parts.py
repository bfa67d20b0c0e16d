"""Frames, days, names of States, and the environment of the child."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.dossier import children, frames, names
from cases.dossier.variant import fill, find, stopped


@given(st.lists(st.binary(max_size=50)))
def test_frames_come_apart_as_they_were_joined(parts):
    assert frames.split(frames.join(parts)) == parts


@pytest.mark.parametrize("stream", [b"\0", b"\0" * 7, (9).to_bytes(8, "big") + b"short"])
def test_a_cut_stream_is_refused(stream):
    with pytest.raises(ValueError, match="frames"):
        frames.split(stream)


@pytest.mark.parametrize(("first", "last", "words"), [
    ("2020-08-12", "2020-08-14", "between 12 August 2020 and 14 August 2020"), ("2020-08-12", "", "on 12 August 2020"),
    ("", "2020-08", "in August 2020"), ("2020", "2020", "in 2020"), ("", "", ""),
])  # fmt: skip
def test_days_in_words_are_no_more_exact_than_they_are(first, last, words):
    assert find("UJ-EN").when(first, last) == words


def test_names_stand_as_in_running_text():
    assert [names.country(code) for code in ("BY", "NL", "XX")] == ["Belarus", "the Netherlands", "XX"]
    assert [names.language(code) for code in ("be", "be-tarask", "xx")] == ["Belarusian", "Belarusian", "xx"]
    assert [names.direction(code) for code in ("ar", "fa-AF", "be")] == ["rtl", "rtl", "ltr"]


def test_lists_and_sentences():
    assert [find("UJ-EN").listed("abc"[:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert fill("One {a} {b}, {c}; two", a="", b="b", c="") == "One b,; two"
    assert [stopped(text) for text in ("One two", "Done.")] == ["One two.", "Done."]


def test_a_filled_text_is_not_filled_again_and_keeps_the_blanks_of_its_values():
    assert fill("{a} {b}.", a="x  ,  {b}", b="") == "x  ,  {b}."


def test_the_child_inherits_nothing_from_the_environment(monkeypatch):
    monkeypatch.setenv("SECRET_MARKER", "x")
    given_to_child = children.environment(Path("/dev/shm")) | children.clock("2026-11-22")
    assert set(given_to_child) == {
        "PATH", "LANG", "TZ", "TMPDIR", "XDG_CACHE_HOME", "SOURCE_DATE_EPOCH", "PYTHONHASHSEED",
    }  # fmt: skip
    assert given_to_child["SOURCE_DATE_EPOCH"] == "1795305600"
