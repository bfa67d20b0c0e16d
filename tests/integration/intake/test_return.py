"""Coming back with the number, letters, closing."""

import re

import pytest

from cases.actions.assigning import assign
from cases.actions.letters import read_letters, write_from_team
from cases.models import Message
from tests.factories.cast import Cast, Survivor
from tests.factories.walk import Walk, fields_of, text_of, where

LETTER = "Дзякуй, што напісалі.\n\nЦі памятаеце вы месца?"
ANSWER = "Двор за крамай, зялёная брама."


@pytest.fixture
def returned(walk: Walk, amina: Survivor) -> Walk:
    walk.fill("back/", {"code": amina.code.digits})
    return walk


@pytest.fixture
def lettered(amina: Survivor, cast: Cast) -> Survivor:
    case = amina.fresh()
    assign(case=case, person=cast.ben.person, by=cast.ben.person, ring=cast.ben.ring)
    write_from_team(case=case, by=cast.ben.person, ring=cast.ben.ring, text=LETTER, language="be")
    return amina


@pytest.mark.parametrize("style", ["{}{}{}{}{}{}", "{} {} {} {} {} {}", "{}-{}-{}–{}—{}-{}", " {}\t{}\n{} {} {} {} "])
def test_r1_the_number_may_have_spaces_and_dashes(walk: Walk, amina: Survivor, style: str) -> None:
    assert walk.fill("back/", {"code": style.format(*amina.code.groups)})["Location"] == "/be/page/"


@pytest.mark.parametrize("zero", ["٠", "۰"])
def test_r1_the_number_may_be_typed_in_arabic_and_persian_digits(walk: Walk, amina: Survivor, zero: str) -> None:
    typed = "".join(chr(ord(zero) + int(digit)) for digit in amina.code.digits)
    assert walk.fill("back/", {"code": typed})["Location"] == "/be/page/"


def test_r4_the_field_of_the_number_is_not_completed_by_the_browser(walk: Walk) -> None:
    page = walk.read("back/")
    places = re.findall('<form[^>]*>|<textarea[^>]*id="code"[^>]*>', page)
    assert [each.count('autocomplete="off"') for each in places] == [1, 1]
    assert "onpaste" not in page


def test_coming_back_takes_a_new_session_key(walk: Walk, amina: Survivor) -> None:
    walk.fill("q/1/", {"ELG-01-value": "BY"})
    before = walk.client.cookies["__Host-s"].value
    walk.fill("back/", {"code": amina.code.digits})
    assert walk.client.cookies["__Host-s"].value != before


def test_a_new_letter_comes_first_and_is_new_once(walk: Walk, lettered: Survivor) -> None:
    walk.fill("back/", {"code": lettered.code.digits})
    page = text_of(walk.read("page/"))
    assert page.index("У вас 1 новы ліст") < page.index("Дзякуй, што напісалі.") < page.index("На якім этапе справа")
    later = walk.read("page/")
    assert "Новых лістоў няма." in later
    assert "Дзякуй, што напісалі." in later
    assert "Чалавек прачытаў гэта і адказаў" in later


def test_before_an_answer_the_promised_day_is_named(returned: Walk) -> None:
    assert "Чалавек чытае гэта і адказвае вам тут" in returned.read("page/")
    assert "Не пазней за" in returned.read("page/")


def test_a_letter_is_answered(walk: Walk, lettered: Survivor, cast: Cast) -> None:
    walk.fill("back/", {"code": lettered.code.digits})
    assert walk.fill("page/letter/", {"letter": ANSWER})["Location"] == "/be/page/"
    assert "Ваш ліст адпраўлены." in walk.read("page/")
    assert [letter.text for letter in read_letters(lettered.fresh(), cast.ben.ring)] == [LETTER, ANSWER]


def test_the_same_letter_sent_twice_arrives_once(returned: Walk) -> None:
    fields = fields_of(returned.read("page/letter/")) | {"letter": ANSWER, "do": "go"}
    assert [returned.post("page/letter/", fields)["Location"] for _ in range(2)] == ["/be/page/"] * 2
    assert Message.objects.count() == 1


def test_an_empty_letter_is_not_sent(returned: Walk) -> None:
    assert "Ліст пусты." in returned.fill("page/letter/", {"letter": " \n "}).content.decode()
    assert not Message.objects.exists()


@pytest.mark.parametrize("given", [{"to": "ru"}, {"do": "pause"}, {"do": "talk"}])
def test_l2_an_unfinished_letter_waits(returned: Walk, given: dict) -> None:
    returned.fill("page/letter/", {"letter": ANSWER} | given)
    assert fields_of(returned.read("page/letter/"))["letter"] == [ANSWER]
    assert not Message.objects.exists()


def test_the_page_says_how_to_stop_and_erase(returned: Walk) -> None:
    assert "Спыніць або ўсё сцерці" in returned.read("page/")


def test_closing_the_page_needs_the_number_again(returned: Walk) -> None:
    assert returned.post("close/", {})["Location"] == "/be/closed/"
    assert returned.get("page/")["Location"] == "/be/back/"


def test_nobody_enters_without_a_number(walk: Walk) -> None:
    for place in ("parts/", where("EPI-02"), "files/", "check/", "thanks/", "page/", "page/letter/", "sent/"):
        assert walk.get(place)["Location"] == "/be/back/", place


def test_one_number_does_not_open_another_case(returned: Walk, cast: Cast) -> None:
    other = Walk("be").begin()
    other.fill(where("LNG-04"), {"LNG-04-value": "Лён"})
    assert "Лён" in other.read("parts/you/answers/")
    assert "Лён" not in returned.read("parts/you/answers/")


def test_help_in_a_person_is_a_letter_for_who_has_a_number(returned: Walk, walk: Walk) -> None:
    assert 'href="/be/page/letter/"' in returned.read("person/")
    assert 'href="/be/page/letter/"' not in Walk("be").read("person/")
