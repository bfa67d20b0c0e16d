"""The order of routes, and its reason."""

import random
from dataclasses import replace
from itertools import pairwise

import pytest

from jurisdictions.assess.finding import Finding
from jurisdictions.assess.order import Standing, explain, key
from jurisdictions.assess.presence import Stages
from jurisdictions.assess.routes import assess
from jurisdictions.assess.texts import Place
from tests.unit.jurisdictions.invented import ON, facts

OPEN = Stages("open", "open", "open", Finding())
TRY_CONDITIONAL = replace(OPEN, try_="conditional")
BASE = Standing(
    forum=Place("XA", "Arcadia"),
    crime="torture",
    number=0,
    verdict="open",
    stages=OPEN,
    safety="normal",
    practice="none_found",
    gatekeeper="none",
    remedies=0,
    resides=False,
    speaks=False,
    confidence="high",
)


def standing(name, **changes):
    return BASE._replace(forum=Place(name, name), **changes)


@pytest.mark.parametrize(
    ("better", "worse", "why"),
    [
        ({"lift": 0, "verdict": "unknown"}, {"verdict": "open"}, "suspect was seen there within"),
        ({"verdict": "open"}, {"verdict": "conditional", "practice": "open_file"}, "open, not conditional"),
        ({"verdict": "open"}, {"verdict": "conditional", "lift": 1}, "open, not conditional"),
        ({"verdict": "conditional"}, {"verdict": "unknown"}, "conditional, not unknown"),
        ({"verdict": "unknown"}, {"verdict": "blocked"}, "unknown, not blocked"),
        ({"lift": 1}, {"practice": "open_file"}, "a suspect was seen there"),
        ({"safety": "normal"}, {"safety": "check_first", "practice": "open_file"}, "safer (normal, not check first)"),
        ({"safety": "check_first"}, {"safety": "restricted"}, "safer"),
        ({"practice": "open_file"}, {"practice": "filed_stalled", "resides": True}, "leads further (open file"),
        ({"practice": "filed_stalled"}, {"practice": "none_found"}, "leads further"),
        ({}, {"stages": TRY_CONDITIONAL}, "more stages"),
        ({"gatekeeper": "none"}, {"gatekeeper": "minister", "remedies": 2}, "(nobody, not minister)"),
        ({"remedies": 2}, {"remedies": 1, "resides": True}, "against a refusal"),
        ({"resides": True}, {"speaks": True}, "survivor lives there"),
        ({"speaks": True}, {}, "language"),
        ({"confidence": "high"}, {"confidence": "medium"}, "firmer"),
    ],
)
def test_the_order_goes_by_the_first_thing_that_differs_and_says_it(better, worse, why):
    first, second = standing("B", **better), standing("A", **worse)
    assert key(first) < key(second)
    said = explain(first, second, "en")
    assert said.startswith("Above A (torture) because ")
    assert why in said


def test_what_nothing_separates_stands_by_code_and_number():
    ordered = sorted([standing("B"), standing("A", number=10), standing("A", number=2)], key=key)
    assert [(it.forum.code, it.number) for it in ordered] == [("A", 2), ("A", 10), ("B", 0)]
    assert explain(ordered[0], ordered[1], "en").startswith("Level with A (torture)")


def test_the_last_route_says_that_nothing_is_below():
    assert explain(BASE, None, "en") == "Last: nothing stands below."


def test_the_order_is_total_and_does_not_depend_on_the_order_of_the_data(real):
    person = facts()
    first = assess(person, ON, real)
    keys = [key(route.standing) for route in first]
    assert all(above < below for above, below in pairwise(keys))
    shuffled = list(real.bases)
    random.Random(7).shuffle(shuffled)
    again = assess(person, ON, replace(real, bases=tuple(shuffled)))
    assert [route.standing for route in again] == [route.standing for route in first]
