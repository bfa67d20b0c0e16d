"""Every field of every page under generated text; `make prove NAME=generated_inputs` does much more of it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import Resolver404, get_resolver, resolve
from hypothesis import HealthCheck, example, given, settings

from tests.factories import typed
from tests.factories.listening import Ear, listening
from tests.factories.submitting import as_kept, have_file, is_shown, submit
from tests.factories.walk import Walk

pytestmark = pytest.mark.shown

EXAMPLES = 25
TURNS = EXAMPLES + len(typed.KINDS)  # each example fills its share of the pages, so that all are filled
few = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
# A button alone; the first ends the visit, the second begins a correction. Talks and texts have tests of their own.
WITHOUT_FIELDS = {"close", "own-part", "lawyer", "talk", "stop"}


@pytest.fixture
def ear() -> Iterator[Ear]:
    """Hears what is logged."""
    with listening() as found:
        yield found


@pytest.fixture
def turns() -> Iterator[int]:
    """Counts the examples of a test."""
    return itertools.count()


@pytest.fixture
def with_file(inside: Walk) -> Walk:
    """A survivor at the list of sections who has sent a file before saying anything that forbids it."""
    have_file(inside)
    return inside


def filled(place: str, words: bytes, turn: int) -> typed.Pairs:
    """Each field of a page: texts and dates with the words, rows with a code that they offer, or with the words too."""
    spoken, dated, coded = typed.FORMS[place]
    pairs: typed.Pairs = [("do", b"save"), *((name, words) for name in (*spoken, *dated))]
    offered = {name: typed.CHOICES.get(name) or ["CNS-03"] for name in coded}
    pairs += [(name, codes[turn % len(codes)].encode() if turn % 3 else words) for name, codes in offered.items()]
    shown = {name.rpartition("-")[0] for name in (*spoken, *dated, *coded) if "-" in name}
    return pairs + [(f"{question}-shown", b"1") for question in shown]


def each_kind(test: Any) -> Any:
    """Every kind of text that the issue names is among the examples."""
    for kind in typed.KINDS.values():
        test = example(words=typed.MARK.encode() + kind)(test)
    return test


@few
@each_kind
@given(words=typed.WORDS)
def test_every_field_of_the_account(with_file: Walk, ear: Ear, turns: Iterator[int], words: bytes) -> None:
    turn = next(turns)
    for place in typed.INSIDE[turn % TURNS :: TURNS]:
        answer = submit(with_file, ear, place, filled(place, words, turn))
        if answer.status_code == 302 and place.startswith("parts/") and typed.FORMS[place][0]:
            again = with_file.get(place)
            in_danger = again.status_code == 302 and again["Location"] == "/be/parts/"  # an answer closed this section
            assert in_danger or is_shown(as_kept(words), again.content.decode()), place


@few
@each_kind
@given(words=typed.WORDS)
def test_every_field_of_the_first_contact(walk: Walk, ear: Ear, turns: Iterator[int], words: bytes) -> None:
    turn = next(turns)
    place = typed.OUTSIDE[turn % len(typed.OUTSIDE)]
    submit(walk, ear, place, filled(place, words, turn))


def test_no_page_that_takes_a_form_is_left_out(inside: Walk) -> None:
    known = {resolve(inside.path(place)).url_name for place in typed.FORMS} | WITHOUT_FIELDS
    sample = {"number": 1, "slug": "story-1"}
    for name, (forms, *_rest) in get_resolver("intake.urls").reverse_dict.items():
        if not isinstance(name, str):
            continue
        path, parameters = forms[0]
        address = "/" + path % {"lang": "be", **{each: sample.get(each, "x") for each in parameters if each != "lang"}}
        try:
            resolve(address)
        except Resolver404:
            continue
        takes = inside.client.post(address, {}, secure=True).status_code != 405
        assert not takes or name in known, address
