"""Frames, days, names of States, and the environment of the child."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.dossier import dates, frames, names, sandbox
from cases.dossier.context import listed, sentence


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
    assert dates.when(first, last) == words


def test_names_stand_as_in_running_text():
    assert [names.country(code) for code in ("BY", "NL", "XX")] == ["Belarus", "the Netherlands", "XX"]
    assert [names.language(code) for code in ("be", "be-tarask", "xx")] == ["Belarusian", "Belarusian", "xx"]
    assert [names.direction(code) for code in ("ar", "fa-AF", "be")] == ["rtl", "rtl", "ltr"]


def test_lists_and_sentences():
    assert [listed("abc"[:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert sentence("One", "", "two") == "One two."
    assert sentence("Done.") == "Done."


def test_the_child_inherits_nothing_from_the_environment(monkeypatch):
    monkeypatch.setenv("SECRET_MARKER", "x")
    given_to_child = sandbox._environment("2026-11-22", Path("/dev/shm"))
    assert set(given_to_child) == {
        "PATH", "LANG", "TZ", "TMPDIR", "XDG_CACHE_HOME", "SOURCE_DATE_EPOCH", "PYTHONHASHSEED",
    }  # fmt: skip
    assert given_to_child["SOURCE_DATE_EPOCH"] == "1795305600"
