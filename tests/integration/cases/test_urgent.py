"""Somebody in danger whom nobody has answered: on every page of the leads, and without keeping them signed in."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cases.models import Case
from tests.factories.cast import Cast
from tests.factories.rows import bare

pytestmark = [pytest.mark.django_db, pytest.mark.shown]

ASK, WATCHED = "/desk/urgent/", "/desk/?again=1"
MINUTE = 60


@pytest.fixture
def waiting(cast: Cast) -> Case:
    """One case of P0 that waits, and others that do not."""
    soon = timezone.now() + timedelta(hours=2)
    bare(level="P0")
    bare(level="P1", answer_by=soon)
    bare(level="P0", answer_by=soon, status="closed")
    bare(level="P0", answer_by=soon, team="South")
    return bare(level="P0", answer_by=soon, status="safety_hold")


def test_it_stands_on_every_page_of_a_lead_and_of_nobody_else(as_dana: Client, as_ben: Client, waiting: Case) -> None:
    for path in ("/desk/account/", "/desk/alarms/", "/desk/approvals/", "/desk/states/"):
        page = as_dana.get(path).content.decode()
        assert "1 case of P0 waits for an answer: by " in page
        assert 'href="/desk/?view=urgent&amp;level=P0">Look at it<' in page
        assert "desk-urgent.js" in page
    page = as_ben.get("/desk/account/").content.decode()
    assert "P0 waits" not in page
    assert "desk-urgent.js" not in page


def test_an_open_page_asks_and_is_told_numbers_and_an_hour_alone(as_dana: Client, waiting: Case) -> None:
    bare(level="P0", answer_by=waiting.answer_by - timedelta(hours=9))  # type: ignore[operator]
    answer = as_dana.get(ASK)
    assert answer["Cache-Control"] == "no-store"
    found = answer.json()
    assert found["words"].startswith("2 cases of P0 wait for an answer, the first by ")
    assert (found["link"], found["address"]) == ("Look at them", "/desk/?view=urgent&level=P0")
    assert waiting.reference not in answer.content.decode()
    Case.objects.update(answer_by=None)
    assert as_dana.get(ASK).json() == {"words": "", "link": "", "address": ""}
    page = as_dana.get("/desk/account/").content.decode()
    assert "of P0" not in page
    assert f'role="status" data-urgent="{ASK}"' in page, "the place where it will be said"


@pytest.mark.parametrize("path", [ASK, WATCHED])
def test_a_page_that_asks_by_itself_keeps_nobody_unlocked(
    as_dana: Client, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, passed = time.time(), [0]
    monkeypatch.setattr("vault.session.time.time", lambda: begun + passed[0] * MINUTE)
    for passed[0] in (10, 20, 25):  # a session of the setting may be four minutes old
        assert as_dana.get(path).status_code == 200
    passed[0] = 31
    assert as_dana.get(path)["Location"].startswith("/desk/unlock/")


def test_a_page_that_somebody_opens_does(as_dana: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, passed = time.time(), [0]
    monkeypatch.setattr("vault.session.time.time", lambda: begun + passed[0] * MINUTE)
    for passed[0] in (20, 40):
        assert as_dana.get("/desk/?view=new").status_code == 200


def test_without_script_a_queue_looks_again_by_itself_for_whoever_asks_for_it(as_dana: Client, waiting: Case) -> None:
    refresh = '<noscript><meta http-equiv="refresh" content="60"></noscript>'
    page = as_dana.get("/desk/?view=new").content.decode()
    assert refresh not in page
    assert 'href="?view=new&amp;again=1"' in page
    page = as_dana.get("/desk/?view=new&again=1").content.decode()
    assert refresh in page
    assert 'href="/desk/?view=new">Stop that<' in page


def test_letters_are_turned_off_and_on_for_good(as_ben: Client, cast: Cast) -> None:
    bare(status="in_review")
    address, sent = "/desk/account/keys/", {"next": "/desk/?view=new"}
    for keys, is_on in (("off", False), ("on", True), ("off", False)):
        assert as_ben.post(address, sent | {"keys": keys})["Location"] == "/desk/?view=new"
        for client in (as_ben, cast.ben.browser()):
            page = client.get("/desk/").content.decode()
            assert ("desk-list.js" in page, "data-moves" in page) == (is_on, is_on)
            assert ("Turn them on" in page) is not is_on
    assert "desk-list.js" in cast.chloe.browser().get("/desk/").content.decode()
    assert as_ben.post(address, {"keys": "on", "next": "https://elsewhere.invalid/"})["Location"] == "/desk/account/"
