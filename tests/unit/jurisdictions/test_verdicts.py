from jurisdictions.assess.verdicts import BLOCKED, CONDITIONAL, OPEN, UNKNOWN, best, worst


def test_unknown_is_weaker_than_conditional_and_stronger_than_blocked():
    assert worst(OPEN, CONDITIONAL, UNKNOWN) == UNKNOWN
    assert worst(UNKNOWN, BLOCKED) == BLOCKED
    assert best(BLOCKED, UNKNOWN) == UNKNOWN
    assert best(UNKNOWN, CONDITIONAL) == CONDITIONAL


def test_nothing_needed_is_open_and_nothing_offered_is_blocked():
    assert worst() == OPEN
    assert best() == BLOCKED
