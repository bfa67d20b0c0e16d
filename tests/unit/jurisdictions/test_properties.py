"""Issue 5: what must hold for any facts, on invented States and on the real ones. tests/proofs/ tries many more."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.jurisdictions import drawn
from tests.unit.jurisdictions.invented import SITUATION, facts, reference
from tests.unit.jurisdictions.test_unknown import STATES

FEW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
FEWER = settings(FEW, max_examples=5)
ARCADIA = reference(situations=(SITUATION,))
REAL_STATES = {"XA": "CH", "XB": "LT", "XH": "BY"}


@given(drawn.INVENTED, drawn.WORLDS, STATES)
@FEW
def test_adding_a_consent_never_closes_a_route(person, bases, state):
    drawn.consent_never_closes(person, drawn.world_of(ARCADIA, bases), state)


@given(drawn.INVENTED, drawn.WORLDS, STATES, drawn.SIGHTED)
@FEW
def test_learning_where_a_suspect_is_never_lowers_that_state(person, bases, state, sighted):
    drawn.sighting_never_lowers(person, drawn.world_of(ARCADIA, bases), state, sighted)


@given(drawn.INVENTED, drawn.WORLDS)
@FEW
def test_removing_a_fact_never_opens_a_route(person, bases):
    drawn.forgetting_never_opens(person, drawn.world_of(ARCADIA, bases))


@given(drawn.INVENTED, drawn.WORLDS)
@FEW
def test_acts_before_the_offence_existed_are_always_blocked(person, bases):
    drawn.too_early_is_blocked(person, drawn.world_of(ARCADIA, bases))


@given(drawn.INVENTED, drawn.WORLDS, st.randoms(use_true_random=False))
@FEW
def test_the_order_is_total_and_stable(person, bases, seed):
    drawn.order_is_total_and_stable(person, drawn.world_of(ARCADIA, bases), seed)


@given(drawn.INVENTED, st.sampled_from(sorted(REAL_STATES.values())), drawn.SIGHTED, st.randoms(use_true_random=False))
@FEWER
def test_all_of_it_holds_on_the_real_states(real, person, state, sighted, seed):
    moved = drawn.moved(person, REAL_STATES)
    drawn.consent_never_closes(moved, real, state)
    drawn.sighting_never_lowers(moved, real, state, sighted)
    drawn.order_is_total_and_stable(moved, real, seed)


def test_no_real_offence_reaches_acts_before_it_existed(real):
    drawn.too_early_is_blocked(drawn.moved(facts(), REAL_STATES), real)


@pytest.mark.slow
@given(drawn.INVENTED)
@settings(FEW, max_examples=1)
def test_removing_a_fact_opens_no_real_route(real, person):
    drawn.forgetting_never_opens(drawn.moved(person, REAL_STATES), real)
