"""Something else happened: another State, no officials, a child, a witness, another's story. Shown a way on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cases import raising
from cases.access import open_account
from cases.flags import marks_of
from cases.models import Case
from intake import ways
from tests.factories.walk import Walk, text_of, where

if TYPE_CHECKING:
    from tests.factories.cast import Cast

pytestmark = pytest.mark.shown

ELSEWHERE, CHILD, ALONE = "/be/way/1/", "/be/way/3/", "Вам менш за 18 гадоў."


def test_every_way_that_staff_see_has_a_page_for_the_person() -> None:
    assert {rule.code for rule in raising.way_rules()} == ways.WAYS.keys()


@pytest.mark.parametrize("language", ["be", "ru", "en", "ar"])
@pytest.mark.parametrize("code", ways.WAYS)
def test_each_page_thanks_promises_a_reader_and_leads_on(cast: Cast, language: str, code: str) -> None:
    walk = Walk(language)
    shown = walk.read(f"way/{ways.number_of(code)}/")
    assert f'href="/{language}/q/1/"' in shown
    assert f'href="/{language}/person/"' in shown
    english = Walk("en").read(f"way/{ways.number_of(code)}/")
    assert language == "en" or text_of(shown) != text_of(english)


def test_a_number_that_is_no_way_is_no_page(walk: Walk) -> None:
    assert walk.get("way/0/").status_code == walk.get(f"way/{len(ways.WAYS) + 1}/").status_code == 404


@pytest.mark.parametrize("answer", [{"ELG-01-value": "RU"}, {"ELG-01-value": "XX"}, {"ELG-01-other": "Узбекістан"}])
def test_another_state_is_told_what_we_can_do_once_and_goes_on(walk: Walk, answer: dict[str, str]) -> None:
    assert walk.fill("q/1/", answer)["Location"] == ELSEWHERE
    assert 'href="/be/q/2/"' in walk.read("way/1/")
    assert walk.fill("q/1/", answer)["Location"] == "/be/q/2/"


@pytest.mark.parametrize("answer", [{"ELG-01-value": "BY"}, {}, {"ELG-01-value": "~unsaid"}])
def test_nobody_else_is_sent_there(walk: Walk, answer: dict[str, str]) -> None:
    assert walk.fill("q/1/", answer)["Location"] == "/be/q/2/"


def test_under_18_help_comes_first_then_the_way_then_the_next_question(walk: Walk) -> None:
    for number, given in ((1, {"ELG-01-value": "BY"}), (2, {"ELG-02-value": "LT"})):
        walk.fill(f"q/{number}/", given)
    assert walk.fill("q/3/", {"SAF-04-value": ["under_18"]})["Location"] == "/be/help/"
    assert f'href="{CHILD}"' in walk.read("help/")
    shown = walk.read("way/3/")
    assert ALONE in shown
    assert 'href="/be/q/4/"' in shown


@pytest.mark.parametrize(
    ("question_id", "value", "code"),
    [
        ("ELG-06", "no", "NO_OFFICIALS"), ("ELG-05", "now_under18", "CHILD"), ("SAF-03", "witness", "WITNESS"),
        ("SAF-03", "family", "FOR_ANOTHER"), ("SAF-03", "for_detained", "FOR_ANOTHER"),
        ("SAF-03", "for_dead", "FOR_THE_DEAD"),
    ],
)  # fmt: skip
def test_an_answer_of_the_longer_account_leads_to_its_way_and_on(
    inside: Walk, question_id: str, value: str, code: str
) -> None:
    answer = inside.fill(where(question_id), {f"{question_id}-value": value})
    assert answer["Location"] == f"/be/way/{ways.number_of(code)}/"
    shown = inside.read(f"way/{ways.number_of(code)}/")
    assert 'href="/be/parts/' in shown
    assert "прачытае чалавек" in text_of(shown)


def test_somebody_under_18_does_not_begin_the_story_alone_but_may(inside: Walk) -> None:
    inside.fill(where("ELG-05"), {"ELG-05-value": "now_under18"})
    place = where("EPI-00")
    assert inside.get(place)["Location"] == CHILD
    assert f'href="/be/{place}"' in inside.read("way/3/")
    assert inside.get(place).status_code == 200


def test_somebody_of_another_age_begins_it(inside: Walk) -> None:
    inside.fill(where("ELG-05"), {"ELG-05-value": "a18_24"})
    assert inside.get(where("EPI-00")).status_code == 200


def test_the_account_arrives_and_staff_see_the_way(inside: Walk, cast: Cast) -> None:
    inside.fill(where("ELG-06"), {"ELG-06-value": "no"})
    inside.fill(where("SAF-03"), {"SAF-03-value": "witness"})
    assert inside.fill("check/", {}, do="send")["Location"].endswith("/thanks/")
    case = Case.objects.get()
    found = marks_of(case, cast.dana.ring).ways
    assert [what for what, _act in found] == [
        "A witness, it happened to others",
        "No officials took part, says the person",
    ]
    account = open_account(case, by=cast.dana.person, ring=cast.dana.ring, purpose="assessment")
    assert account.answer("ELG-06") == {"value": "no", "lang": "be"}
