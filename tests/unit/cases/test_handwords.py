"""In whose hand an account is, in words; nobody of the team is named outside it."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from cases import handwords
from cases.hands import NO, YES, How, Recorded
from cases.statement import vocab

HOW = How("video", "ru", has_interpreter=True, read_back=NO)


def test_a_lawyer_learns_how_it_was_told_and_no_name() -> None:
    recorded = Recorded(uuid4(), date(2026, 11, 29), 1, HOW)
    assert handwords.told_to_a_role(recorded) == (
        "told by video call in Russian, through an interpreter, written down by a caseworker, "
        "not read back to the person"
    )
    assert handwords.told_to_a_role(None) == ""
    assert handwords.told(None) == "given by the person"


@pytest.mark.parametrize(("read_back", "end"), [("", "a caseworker"), (YES, "read back to the person")])
def test_reading_back_is_said_only_where_it_was_asked(read_back: str, end: str) -> None:
    how = How("meeting", "be", has_interpreter=False, read_back=read_back)
    assert handwords.told_to_a_role(Recorded(uuid4(), date(2026, 11, 29), 0, how)).endswith(end)


def test_every_teller_and_agreement_of_the_form_has_words() -> None:
    assert set(handwords.TELLERS) == set(vocab.codes("who_fills"))
    assert set(handwords.AGREEMENTS) == set(vocab.codes("helper_authority"))


def test_a_helper_is_named_as_one_and_a_witness_is_not() -> None:
    asked = {"value": "not_asked"}
    assert handwords.helper({"value": "family"}, asked) == "told by a family member (they were not asked yet)"
    assert handwords.helper({"value": "lawyer"}, None) == "told by their lawyer (whether they agree is not said)"
    assert handwords.helper_role({"value": "family"}) == "told by a family member"
    for nobody in ({"value": "self"}, {"value": "witness"}, {"value": None, "said": "unsaid"}, None):
        assert (handwords.helper(nobody, asked), handwords.helper_role(nobody)) == ("", "")
