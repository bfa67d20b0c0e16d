"""Typing the name of a State or of a place of detention: taken, offered, or kept as own words; never refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from cases.models import Case
from tests.factories.walk import Walk, text_of, where

if TYPE_CHECKING:
    from tests.factories.cast import Cast

pytestmark = pytest.mark.shown

HEADING = "Ці ёсць гэта тут?"


def rows(html: str, question_id: str) -> list[str]:
    return re.findall(rf'name="{question_id}-value" value="([^"]*)"', html)


def first_of(html: str, question_id: str, count: int) -> list[str]:
    return rows(html, question_id)[:count]


@pytest.mark.parametrize(
    ("language", "typed", "shown"),
    [("be", "японія", "Японія"), ("ru", "ЯПОНИЯ", "Япония"), ("en", "jp", "Japan"), ("ar", "اليابان", "اليابان")],
)
def test_a_state_that_is_named_is_taken(cast: Cast, language: str, typed: str, shown: str) -> None:
    walk = Walk(language)
    walk.fill("q/1/", {"ELG-01-value": "BY"})
    assert walk.fill("q/2/", {"ELG-02-other": typed})["Location"] == f"/{language}/q/3/"
    again = walk.read("q/2/")
    assert rows(again, "ELG-02")[0] == "JP"
    assert re.search(rf'value="JP"[^>]* checked><span>{shown}<', again)
    assert 'name="ELG-02-other" value=""' in again


def test_the_state_reaches_the_case_as_its_code(walk: Walk) -> None:
    walk.fill("q/1/", {"ELG-01-value": "BY"})
    walk.fill("q/2/", {"ELG-02-value": "ZZ", "ELG-02-other": "Аўстралія"})
    for number, given in ((3, {"SAF-04-value": []}), (4, {"CTC-01-value": "code_only"}), (5, {"CNS-01-value": "yes"})):
        walk.fill(f"q/{number}/", given)
    walk.send()
    assert Case.objects.get().residence == "AU"


def test_a_shared_name_is_offered_once_and_one_can_be_picked(walk: Walk) -> None:
    answer = walk.fill("q/1/", {"ELG-01-other": "Карэя"})
    assert answer["Location"] == "/be/q/1/"
    shown = walk.read("q/1/")
    assert HEADING in shown
    assert set(first_of(shown, "ELG-01", 2)) == {"KP", "KR"}
    assert 'value="Карэя"' in shown
    assert "вашы словы захаваны" in shown
    assert walk.fill("q/1/", {"ELG-01-value": "KR"})["Location"] != "/be/q/1/"
    assert re.search(r'value="KR"[^>]* checked', walk.read("q/1/"))


def test_nobody_has_to_pick(walk: Walk) -> None:
    assert walk.fill("q/1/", {"ELG-01-other": "Карэя"})["Location"] == "/be/q/1/"
    assert walk.fill("q/1/", {})["Location"] != "/be/q/1/"
    assert 'value="Карэя"' in walk.read("q/1/")


@pytest.mark.parametrize("typed", ["Мордор", "🙂", "‮abc", "x" * 4000, "' OR 1=1 --", "\x00"])
def test_what_is_no_state_is_kept_and_the_person_goes_on(walk: Walk, typed: str) -> None:
    walk.fill("q/1/", {"ELG-01-value": "BY"})
    answer = walk.fill("q/2/", {"ELG-02-other": typed})
    assert answer.status_code == 302
    walk.fill("q/2/", {})
    assert walk.fill("q/2/", {})["Location"] == "/be/q/3/"


def test_a_state_that_does_not_exist_cannot_be_posted(walk: Walk) -> None:
    answer = walk.fill("q/1/", {"ELG-01-value": "QQ"})
    assert answer.status_code == 200
    assert "Выберыце, калі ласка, адзін з радкоў." in text_of(answer.content.decode())


def test_several_citizenships_are_typed_on_one_line(inside: Walk) -> None:
    place = where("ELG-04")
    assert inside.fill(place, {"ELG-04-value": ["BY"], "ELG-04-other": "Ізраіль, Канада"}).status_code == 302
    shown = inside.read(place)
    assert all(re.search(rf'value="{code}"[^>]* checked', shown) for code in ("BY", "IL", "CA"))


def test_a_facility_is_found_by_any_of_its_names_and_own_words_stay(inside: Walk) -> None:
    inside.fill(where("EPI-04"), {"EPI-04-value": ["temporary_detention"]})
    place = where("EPI-05")
    assert inside.fill(place, {"EPI-05-other": "Okrestina"})["Location"] == f"/be/{place}"
    shown = inside.read(place)
    assert HEADING in shown
    assert set(first_of(shown, "EPI-05", 2)) == {"akrestsina_tsip", "akrestsina_ivs"}
    assert inside.fill(place, {"EPI-05-value": "akrestsina_ivs"})["Location"] != f"/be/{place}"
    shown = inside.read(place)
    assert re.search(r'value="akrestsina_ivs"[^>]* checked', shown)
    assert 'value="Okrestina"' in shown
    assert rows(shown, "EPI-05").count("akrestsina_ivs") == 1


def test_a_place_nobody_knows_is_kept(inside: Walk) -> None:
    inside.fill(where("EPI-04"), {"EPI-04-value": ["police_station"]})
    place = where("EPI-05")
    assert inside.fill(place, {"EPI-05-other": "склад за станцыяй"})["Location"] != f"/be/{place}"
    assert 'value="склад за станцыяй"' in inside.read(place)


def test_what_is_offered_survives_a_change_of_language(walk: Walk) -> None:
    walk.fill("q/1/", {"ELG-01-other": "Карэя"})
    assert walk.fill("q/1/", {"to": "ru"})["Location"] == "/ru/q/1/"
    walk.language = "ru"
    shown = walk.read("q/1/")
    assert set(first_of(shown, "ELG-01", 2)) == {"KP", "KR"}
