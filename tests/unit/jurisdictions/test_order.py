"""The order of routes, and its reason."""

from dataclasses import replace

import pytest

from jurisdictions.assess.order import Candidate, ordered

OPEN = {"file": "open", "open": "open", "try": "open"}
BASE = Candidate(
    route={"crime": "torture", "verdict": "open", "stages": OPEN},
    name="Arcadia",
    number=0,
    safety="normal",
    practice="none_found",
    gatekeeper="none",
    resides=False,
    speaks=False,
    confidence="high",
)


def candidate(name, verdict="open", stages=OPEN, **changes):
    route = {"crime": "torture", "verdict": verdict, "stages": stages, "name": name}
    return replace(BASE, name=name, route=route, **changes)


def names(*candidates):
    return [route["name"] for route in ordered(list(candidates))]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"verdict": "open"}, {"verdict": "conditional", "practice": "open_file"}),
        ({"verdict": "conditional"}, {"verdict": "unknown"}),
        ({"verdict": "unknown"}, {"verdict": "blocked"}),
        ({"safety": "normal"}, {"safety": "check_first", "practice": "open_file"}),
        ({"safety": "check_first"}, {"safety": "restricted"}),
        ({"practice": "open_file"}, {"practice": "filed_stalled", "resides": True}),
        ({"practice": "filed_stalled"}, {"practice": "none_found"}),
        ({}, {"stages": {"file": "open", "open": "open", "try": "conditional"}}),
        ({"gatekeeper": "none"}, {"gatekeeper": "minister"}),
        ({"resides": True}, {"speaks": True}),
        ({"speaks": True}, {}),
        ({"confidence": "high"}, {"confidence": "medium"}),
    ],
)
def test_the_order_goes_by_the_first_thing_that_differs(better, worse):
    assert names(candidate("A", **worse), candidate("B", **better)) == ["B", "A"]


def test_each_route_says_why_it_stands_above_the_next():
    first, second, last = ordered([candidate("Corona", "blocked"), candidate("Belmontia"), candidate("Arcadia")])
    assert first["order_reason"].startswith("Level with Belmontia (torture)")
    assert second["order_reason"] == "Above Corona (torture) because its verdict is open, not blocked."
    assert last["order_reason"] == "Last: nothing stands below."


def test_no_routes_no_order():
    assert ordered([]) == []
