"""Leaving: one click, nothing left (X1, X3, X4, X7)."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError

from intake import left
from tests.factories.walk import Walk, fields_of, where
from vault.models import SealedSession, today
from vault.session import SessionStore, lookup_of

WORDS = "Мяне спынілі вечарам"


def leave(walk: Walk, language: str = "be"):
    return walk.client.get(f"/exit/?l={language}", secure=True)


@pytest.mark.parametrize("language", settings.SURVIVOR_LANGUAGES)
def test_x4_exit_answers_303_to_a_dull_page_and_clears_everything(walk: Walk, language: str) -> None:
    walk.fill("q/1/", {"ELG-01-value": "BY"})
    answer = leave(walk, language)
    assert answer.status_code == 303
    assert answer["Location"].startswith(f"https://{language}.wikipedia.org/")
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer.cookies[settings.SESSION_COOKIE_NAME].value == ""
    assert answer.cookies[settings.SESSION_COOKIE_NAME]["secure"]


def test_x4_an_unknown_language_leads_out_too(walk: Walk) -> None:
    assert leave(walk, "xx").status_code == 303


def test_x7_without_a_number_the_answers_are_erased(walk: Walk) -> None:
    walk.fill("q/1/", {"ELG-01-value": "BY"})
    cookie = walk.client.cookies[settings.SESSION_COOKIE_NAME].value
    leave(walk)
    assert not SealedSession.objects.filter(lookup=lookup_of(cookie)).exists()
    walk.client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    assert "checked" not in walk.read("q/1/")


def test_x7_with_a_number_the_draft_stays_and_the_visit_ends(inside: Walk) -> None:
    inside.fill(inside.open_words(), {"EPI-08-value": WORDS})
    cookie = inside.client.cookies[settings.SESSION_COOKIE_NAME].value
    leave(inside)
    inside.client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    assert inside.get(where("EPI-08"))["Location"] == "/be/back/"
    inside.fill("back/", {"code": inside.digits})
    assert fields_of(inside.read(where("EPI-08")))["EPI-08-value"] == [WORDS]


def test_x4_a_locked_database_holds_nobody_back(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    walk.fill("q/1/", {"ELG-01-value": "BY"})

    def locked(*args: object, **kwargs: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(SessionStore, "delete", locked)
    answer = leave(walk)
    assert answer.status_code == 303
    assert answer.cookies[settings.SESSION_COOKIE_NAME].value == ""


def test_x1_x3_the_way_out_is_on_every_page_and_first_after_the_skip_link(inside: Walk) -> None:
    places = ("", "leaving/", "pause/", "q/1/", "parts/", where("EPI-02"), "files/", "check/", "page/", "back/")
    for place in places:
        links = re.findall(r'<a[^>]*href="([^"]+)"[^>]*>', inside.read(place))
        assert links[:3] == ["#main", "/exit/?l=be", "/exit/?l=be"], place


def test_a4_help_stands_in_the_same_place_on_every_page(inside: Walk) -> None:
    for place in ("", "pause/", "q/1/", "parts/", where("EPI-02"), "check/", "page/"):
        header = inside.read(place).split("</header>")[0]
        assert "Пагаварыць з чалавекам" in header, place


def refused(walk: Walk) -> dict[str, object]:
    """Post words to a form that is refused; what the browser keeps beside the answer."""
    posted = {"csrfmiddlewaretoken": fields_of(walk.read("back/"))["csrfmiddlewaretoken"][0], "code": WORDS, "do": "go"}
    assert WORDS in walk.post("back/", posted).content.decode()
    return posted


@pytest.mark.parametrize("is_new", [False, True], ids=["no visit", "another visit"])
def test_x7_a_form_that_the_browser_sends_once_more_after_leaving_shows_nothing(cast: Any, is_new: bool) -> None:
    walk = Walk("be", enforce_csrf_checks=True)
    posted = refused(walk)
    leave(walk)
    if is_new:
        walk.read("q/1/")
    answer = walk.client.post("/be/back/", posted, secure=True)
    assert (answer.status_code, answer["Location"]) == (302, "/be/")
    assert WORDS not in answer.content.decode()


def test_x7_a_form_of_a_visit_that_was_lost_and_not_left_is_shown_again(cast: Any) -> None:
    walk = Walk("be", enforce_csrf_checks=True)
    posted = refused(walk)
    SealedSession.objects.all().delete()
    assert WORDS in walk.client.post("/be/back/", posted, secure=True).content.decode()


def test_x7_what_is_remembered_of_a_left_visit_looks_like_any_session_and_ends_with_the_day(cast: Any) -> None:
    walk = Walk("be", enforce_csrf_checks=True)
    refused(walk)
    leave(walk)
    leave(walk)
    (row,) = SealedSession.objects.all()
    assert (row.seen_at, row.made_at, row.holder, row.seed_blob) == (None, None, None, None)
    assert row.expires_on == today() + timedelta(days=1)
    assert not left.was_left("x" * 64)
    assert not left.was_left("too short")


@pytest.mark.parametrize("place", ["close/", "q/5/"])
def test_closing_and_stopping_clear_the_browser_too(walk: Walk, place: str) -> None:
    walk.fill("q/1/", {"ELG-01-value": "BY"})
    answer = walk.post(place, {"do": "erase"})
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert answer.cookies[settings.SESSION_COOKIE_NAME].value == ""
