"""A helper fills the form in: words of their own, no question that only the person answers, a story that waits."""

from __future__ import annotations

import pytest

from tests.factories.walk import Walk, where

FROZEN = "Гэтага чалавека яшчэ не спыталі"
FOR_FAMILY = "Вы пішаце за чалавека са сваёй сям’і"


def says(walk: Walk, teller: str, agrees: str = "") -> None:
    """Answer who fills it in, and whether the person agrees."""
    walk.fill(where("SAF-03"), {"SAF-03-value": teller})
    if agrees:
        walk.fill(where("REP-08"), {"REP-08-value": agrees})


def test_a_helper_who_has_asked_goes_on_with_words_of_the_own(inside: Walk) -> None:
    says(inside, "family", "agrees")
    page = inside.read("parts/")
    assert FOR_FAMILY in page
    assert "parts/story/" in page
    assert "Апісваць гвалт над іншым чалавекам не трэба" in inside.read(where("EPI-08"))


def test_the_story_waits_until_the_person_was_asked_and_loses_nothing(inside: Walk) -> None:
    place = inside.open_words()
    inside.fill(place, {"EPI-08-value": "пачатак"})
    says(inside, "helper", "not_asked")
    page = inside.read("parts/")
    assert FROZEN in page
    assert "parts/story/" not in page
    says(inside, "helper", "agrees")
    assert FROZEN not in inside.read("parts/")
    assert "пачатак" in inside.read(place)


def test_words_on_their_way_while_it_freezes_are_kept(inside: Walk) -> None:
    place = inside.open_words()
    says(inside, "helper", "not_asked")
    assert inside.fill(place, {"EPI-08-value": "дапісана"}).status_code == 302
    assert "дапісана" in inside.read(place)


@pytest.mark.parametrize("question", ["EPI-09", "EPI-10", "EPI-15"])
def test_a_helper_is_led_past_questions_that_only_the_person_answers(inside: Walk, question: str) -> None:
    says(inside, "family", "agrees")
    inside.fill("parts/story-1/1/", {})
    assert inside.get(where(question)).status_code == 302


def test_for_oneself_nothing_is_said_and_nothing_waits(inside: Walk) -> None:
    says(inside, "self")
    page = inside.read("parts/")
    assert FOR_FAMILY not in page
    assert FROZEN not in page
