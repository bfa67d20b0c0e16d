"""Rule 13."""

import pytest

from jurisdictions.assess import assess_routes
from jurisdictions.assess.filing import steps_in
from jurisdictions.assess.safety import CHECKS, rule
from tests.unit.jurisdictions.invented import ON, basis, codes, context, facts
from tests.unit.jurisdictions.test_routes import EXAMPLE

RISKY = basis(safety="restricted", safety_reason="Shared wanted lists.")


@pytest.mark.parametrize("grade", ["check_first", "restricted"])
@pytest.mark.parametrize("done", [(), CHECKS[:1], CHECKS[1:]])
def test_before_both_checks_a_state_is_held_back_and_nobody_is_told_where_to_write(grade, done):
    looked_at = context(basis(safety=grade), facts(flags=frozenset(done)))
    finding = rule(looked_at)
    assert (finding.cap, codes(finding)) == ("unknown", {"safety_not_checked": "-"})
    assert {it.code for it in finding.missing} == {f"flags.{flag}" for flag in CHECKS if flag not in done}
    assert steps_in(looked_at) == []


def test_after_the_check_the_caution_stays():
    looked_at = context(RISKY, facts(flags=frozenset(CHECKS)))
    (caution,) = rule(looked_at).cautions
    assert (rule(looked_at).cap, caution.code) == ("open", "safety_restricted")
    assert "Shared wanted lists." in caution.as_dict("en")["text"]
    assert steps_in(looked_at)


def test_an_ordinary_state_says_nothing():
    assert rule(context(basis())).cautions == ()


@pytest.mark.parametrize("forum", ["AM", "KZ", "GE", "MD"])
def test_the_states_with_a_known_risk_wait_for_the_check(real, forum):
    def found(**changes):
        agreed = {"consents": {"countries": [forum]}}
        return [it for it in assess_routes(EXAMPLE | agreed | changes, ON, real) if it["forum"] == forum]

    before, after = found(), found(flags=list(CHECKS))
    assert len(before) == len(after) > 0
    assert {it["verdict"] for it in before} <= {"unknown", "blocked"}
    assert not any(it["next_steps"] for it in before)
    assert all(it["next_steps"] for it in after)
    assert all(any(caution["code"].startswith("safety_") for caution in it["cautions"]) for it in before + after)
