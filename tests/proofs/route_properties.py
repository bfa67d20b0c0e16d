"""Hundreds of invented facts and laws: no consent closes a route, no sighting lowers one, forgetting opens none.

Acts before an offence existed are always blocked, and the order is total and does not depend on the order of the data.
The same properties as in tests/unit/jurisdictions/test_properties.py, there with few examples.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jurisdictions.load import parse
from jurisdictions.load.tables import KEYS
from jurisdictions.snapshot import Reference, build
from tests.unit.jurisdictions import drawn
from tests.unit.jurisdictions.invented import SITUATION, reference
from tests.unit.jurisdictions.test_unknown import STATES

MANY = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
REAL = settings(MANY, max_examples=40)
ARCADIA = reference(situations=(SITUATION,))
REAL_STATES = {"XA": "CH", "XB": "LT", "XH": "BY"}


@pytest.fixture(scope="module")
def real() -> Reference:
    """The law as the reference files have it."""
    tables = parse()
    return build({model: tables.of(model) for model in KEYS})


@given(drawn.INVENTED, drawn.WORLDS, STATES)
@MANY
def test_adding_a_consent_never_closes_a_route(person, bases, state):
    drawn.consent_never_closes(person, drawn.world_of(ARCADIA, bases), state)


@given(drawn.INVENTED, drawn.WORLDS, STATES, drawn.SIGHTED)
@MANY
def test_learning_where_a_suspect_is_never_lowers_that_state(person, bases, state, sighted):
    drawn.sighting_never_lowers(person, drawn.world_of(ARCADIA, bases), state, sighted)


@given(drawn.INVENTED, drawn.WORLDS)
@MANY
def test_removing_a_fact_never_opens_a_route(person, bases):
    drawn.forgetting_never_opens(person, drawn.world_of(ARCADIA, bases))


@given(drawn.INVENTED, drawn.WORLDS)
@MANY
def test_acts_before_the_offence_existed_are_always_blocked(person, bases):
    drawn.too_early_is_blocked(person, drawn.world_of(ARCADIA, bases))


@given(drawn.INVENTED, drawn.WORLDS, st.randoms(use_true_random=False))
@MANY
def test_the_order_is_total_and_stable(person, bases, seed):
    drawn.order_is_total_and_stable(person, drawn.world_of(ARCADIA, bases), seed)


@given(drawn.INVENTED, st.sampled_from(sorted(REAL_STATES.values())), drawn.SIGHTED, st.randoms(use_true_random=False))
@REAL
def test_all_of_it_holds_on_the_real_states(real, person, state, sighted, seed):
    moved = drawn.moved(person, REAL_STATES)
    drawn.consent_never_closes(moved, real, state)
    drawn.sighting_never_lowers(moved, real, state, sighted)
    drawn.order_is_total_and_stable(moved, real, seed)
