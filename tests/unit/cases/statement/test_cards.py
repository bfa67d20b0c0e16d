"""Keys and names of cards, and what may be sent of the answers."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest

from cases.statement import asked, cards, catalogue

STORY, PEOPLE = catalogue.section("story"), catalogue.section("people")


def value(given: Any) -> dict[str, Any]:
    return {"value": given, "lang": "be"}


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("story", ("story", 0)),
        ("story-1", ("story", 1)),
        ("story-40", ("story", 40)),
        ("story-", ("story", 0)),
        ("story-x", ("story", 0)),
        ("story-99999", ("story", 0)),
        ("story-1-2", ("story", 0)),
    ],
)
def test_a_key_is_a_section_and_a_number(key: str, parts: tuple[str, int]) -> None:
    assert cards.split(key) == parts


def test_a_key_made_is_a_key_read() -> None:
    assert [cards.split(cards.key_of("story", number)) for number in (0, 3)] == [("story", 0), ("story", 3)]


def test_cards_without_answers_do_not_count() -> None:
    told = {
        "story": {"EPI-00": value("write_here")},
        "story-10": {"EPI-02": value(None)},
        "story-2": {},
        "story-3": {"a": 1},
    }
    assert cards.numbers("story", told) == [3, 10]


def test_what_was_told_stands_in_the_order_of_the_catalogue() -> None:
    one = {"EPI-02": value(None)}
    told = {
        "people-1": {"PRP-01": value("person")},
        "story-2": one,
        "story": {"EPI-00": value("voice")},
        "story-1": one,
    }
    found = [each.key for each in cards.in_order(catalogue.at(catalogue.VERSION), {**told, "nowhere": one})]
    assert found == ["story", "story-1", "story-2", "people-1"]


def test_a_card_has_the_name_that_the_person_gave_it_unless_that_is_kept_apart() -> None:
    assert cards.title(STORY, 2, {"EPI-01": value("Жнівень")}, "be") == "Жнівень"
    assert cards.title(STORY, 2, {"EPI-01": value("  ")}, "be") == "Эпізод 2"
    assert "Пятроў" not in cards.title(PEOPLE, 1, {"PRP-02": value("Пятроў")}, "be")


class TestTakenBack:
    """Answers that hang on a consent which was given another answer since."""

    OWN: ClassVar[dict[str, dict[str, Any]]] = {"CSQ-02": value(["sleep"]), "CSQ-05": value("yes")}

    @pytest.mark.parametrize(
        ("consent", "kept"),
        [
            (value("yes"), ["CSQ-02", "CSQ-05"]),
            (value("no"), ["CSQ-05"]),
            ({"value": None, "said": "unsaid", "lang": "be"}, ["CSQ-05"]),
            (value(None), ["CSQ-02", "CSQ-05"]),
        ],
    )
    def test_they_are_not_sent(self, consent: dict, kept: list[str]) -> None:
        known = asked.known({"consent": {"CNS-13": consent}, "health": self.OWN}, "health")
        assert sorted(asked.without_taken_back(self.OWN, known)) == kept

    def test_without_any_answer_about_the_consent_nothing_is_taken_back(self) -> None:
        assert asked.without_taken_back(self.OWN, asked.known({"health": self.OWN}, "health")) == self.OWN

    def test_a_choice_that_is_no_consent_takes_nothing_back(self) -> None:
        own = {"EPI-08": value("словы")}
        known = asked.known({"story": {"EPI-00": value("person")}, "story-1": own}, "story-1")
        assert not asked.is_asked(catalogue.question("EPI-08"), known)
        assert asked.without_taken_back(own, known) == own


def test_a_card_knows_its_own_answers_and_what_was_asked_once_but_no_other_card() -> None:
    told = {"story": {"EPI-00": value("voice")}, "story-1": {"EPI-02": value(1)}, "story-2": {"EPI-03": value(2)}}
    assert set(asked.known(told, "story-2")) == {"EPI-00", "EPI-03"}
