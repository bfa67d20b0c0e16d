"""Back and Forward, a cookie lost in the middle, a clock turned back: a clear message, nothing lost, nothing logged."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from cases.access import open_account
from cases.actions.letters import read_letters
from cases.models import Case, StatementVersion
from tests.factories.cast import Cast
from tests.factories.walk import Walk, fields_of, text_of, where

pytestmark = pytest.mark.shown

WORDS, OTHER = "Мяне спынілі вечарам, калі я вяртаўся ад сястры", "У аддзяленні быў доўгі калідор"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 200


def page_of(answer: Any) -> str:
    return str(answer.content.decode())


def lose_the_cookie(walk: Walk) -> None:
    """The browser forgets us, as after a crash or on another device; forms that are open stay open."""
    walk.client = Client(enforce_csrf_checks=True)


# -- Back and Forward ------------------------------------------------------------------------------------------------


def test_back_to_a_first_answer_after_sending_changes_nothing_and_keeps_the_words(walk: Walk, silence: Any) -> None:
    walk.answer_all()
    old = fields_of(walk.read("q/4/"))
    walk.send()
    answer = walk.post("q/4/", old | {"CTC-01-value": "signal", "CTC-02-value": "+48 марына", "do": "go"}, follow=True)
    page = page_of(answer)
    assert answer.redirect_chain[-1][0] == "/be/page/letter/"
    assert "Вашы першыя адказы ўжо адпраўлены." in page
    assert fields_of(page)["letter"] == ["+48 марына"]
    assert walk.fill("page/letter/", {})["Location"] == "/be/page/"
    assert "+48 марына" in text_of(walk.read("page/"))
    assert silence.holds("марына")


def test_back_to_a_row_after_sending_says_that_it_was_sent(walk: Walk) -> None:
    walk.answer_all()
    old = fields_of(walk.read("q/2/"))
    walk.send()
    page = page_of(walk.post("q/2/", old | {"ELG-02-value": "PL", "do": "go"}, follow=True))
    assert "Вашы першыя адказы ўжо адпраўлены." in page
    assert Case.objects.get().residence == "LT"


def test_words_that_wait_as_a_letter_stand_below_a_letter_that_waits_already(walk: Walk) -> None:
    walk.answer_all()
    old = fields_of(walk.read("q/4/")) | {"CTC-02-value": "+48 марына", "do": "go"}
    walk.send()
    walk.fill("page/letter/", {"letter": WORDS}, do="pause")
    for _ in range(2):
        walk.post("q/4/", old)
    assert fields_of(walk.read("page/letter/"))["letter"] == [f"{WORDS}\n\n+48 марына"]


def test_back_to_own_words_after_sending_begins_an_addition_with_them(inside: Walk, cast: Cast) -> None:
    place = inside.open_words()
    inside.fill(place, {"EPI-08-value": WORDS})
    old = fields_of(inside.read(place))
    inside.fill("check/", {}, do="send")
    assert inside.post(place, old | {"EPI-08-value": OTHER, "do": "go"}).status_code == 302
    assert fields_of(inside.read(place))["EPI-08-value"] == [OTHER]
    inside.fill("check/", {}, do="send")
    account = open_account(Case.objects.get(), by=cast.dana.person, ring=cast.dana.ring, purpose="assessment")
    told = [answers["EPI-08"]["value"] for version in account.versions for answers in version.sections.values()
            if "EPI-08" in answers]  # fmt: skip
    assert told == [WORDS, OTHER]


def test_forward_and_continue_once_more_makes_nothing_twice(inside: Walk) -> None:
    place = inside.open_words()
    old = fields_of(inside.read(place)) | {"EPI-08-value": WORDS, "do": "go"}
    assert [inside.post(place, old).status_code for _ in range(3)] == [302] * 3
    check = fields_of(inside.read("check/")) | {"do": "send"}
    assert [inside.post("check/", check)["Location"] for _ in range(2)] == ["/be/thanks/"] * 2
    assert StatementVersion.objects.count() == 2


def test_back_to_a_file_that_was_removed_shows_the_files(inside: Walk) -> None:
    inside.post("files/", {"EVD-02-file": SimpleUploadedFile("a.png", PNG), "EVD-02-name": "", "do": "add"})
    old = fields_of(inside.read("files/"))
    row = inside.read("files/").split('name="remove" value="')[1].split('"')[0]
    for _ in range(2):
        assert inside.post("files/", old | {"remove": row}).status_code == 302
    assert 'name="remove"' not in inside.read("files/")


# -- a cookie lost in the middle -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "field"),
    [("check/", "SND-01-value"), (where("EPI-06"), "EPI-06-text"), (where("WSH-03"), "WSH-03-value")],
)
def test_a_form_whose_cookie_was_lost_is_saved_with_the_number(
    inside: Walk, silence: Any, place: str, field: str
) -> None:
    fields = fields_of(inside.read(place)) | {field: WORDS, "do": "save"}
    lose_the_cookie(inside)
    answer = inside.post(place, fields)
    assert answer.status_code == 403
    shown = fields_of(page_of(answer))
    assert shown[field] == [WORDS]
    assert inside.post(place, shown | {"number": inside.digits}).status_code == 302
    assert fields_of(inside.read(place))[field] == [WORDS]
    assert silence.holds("сястры", inside.digits)


def test_a_file_whose_cookie_was_lost_did_not_arrive_and_the_page_says_so(inside: Walk, silence: Any) -> None:
    token = fields_of(inside.read("files/"))["csrfmiddlewaretoken"]
    lose_the_cookie(inside)
    file = SimpleUploadedFile("двор.png", PNG)
    sent = {"EVD-02-file": file, "EVD-02-name": WORDS, "do": "add", "csrfmiddlewaretoken": token}
    answer = inside.post("files/", sent)
    page = page_of(answer)
    assert answer.status_code == 403
    assert "Файл на гэтым кроку не дайшоў." in page
    assert fields_of(page)["EVD-02-name"] == [WORDS]
    inside.post("files/", fields_of(page) | {"number": inside.digits})
    assert 'name="remove"' not in inside.read("files/")
    assert silence.holds("двор", "сястры")


def test_the_first_answers_go_on_from_the_page_that_has_lost_its_cookie(cast: Cast) -> None:
    walk = Walk("be")
    walk.fill("q/1/", {"ELG-01-value": "BY"})
    walk.fill("q/2/", {"ELG-02-value": "LT"})
    fields = fields_of(walk.read("q/3/")) | {"SAF-04-value": ["none"], "do": "go"}
    lose_the_cookie(walk)
    shown = fields_of(page_of(walk.post("q/3/", fields)))
    assert walk.post("q/3/", shown)["Location"] == "/be/q/4/"
    assert walk.get("number/")["Location"] == "/be/q/1/"  # what was lost with the cookie is asked again
    assert fields_of(walk.read("q/3/"))["SAF-04-value"] == ["none"]


# -- a clock turned back ---------------------------------------------------------------------------------------------


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A function that sets the clock of the server to so many days from now."""
    seconds, moment = time.time, timezone.now

    def at(days: int) -> None:
        monkeypatch.setattr(time, "time", lambda: seconds() + days * 86_400)
        monkeypatch.setattr(timezone, "now", lambda: moment() + timedelta(days=days))

    return at


@pytest.mark.parametrize("days", [1, 40])
def test_nothing_is_lost_when_the_clock_is_turned_back(
    walk: Walk, cast: Cast, silence: Any, set_clock: Any, days: int
) -> None:
    set_clock(60)
    inside = walk.begin()
    place = inside.open_words()
    inside.fill(place, {"EPI-08-value": WORDS})
    fields = fields_of(inside.read(place)) | {"EPI-08-value": f"{WORDS}. {OTHER}", "do": "save"}
    set_clock(60 - days)
    assert inside.post(place, fields).status_code == 302
    assert fields_of(inside.read(place))["EPI-08-value"] == [f"{WORDS}. {OTHER}"]
    inside.post("files/", {"EVD-02-file": SimpleUploadedFile("a.png", PNG), "EVD-02-name": "", "do": "add"})
    inside.fill("check/", {}, do="send")
    inside.fill("page/letter/", {"letter": OTHER})
    inside.fill("back/", {"code": inside.digits})
    assert OTHER in text_of(inside.read("page/"))
    case = Case.objects.get()
    account = open_account(case, by=cast.dana.person, ring=cast.dana.ring, purpose="assessment")
    assert account.answer("EPI-08") == {"value": f"{WORDS}. {OTHER}", "lang": "be"}
    assert [len(account.exhibits), [each.text for each in read_letters(case, cast.dana.ring)]] == [1, [OTHER]]
    assert silence.holds("сястры", "калідор", inside.digits)


def test_the_first_contact_goes_on_when_the_clock_is_turned_back(walk: Walk, set_clock: Any) -> None:
    set_clock(60)
    walk.fill("q/1/", {"ELG-01-value": "BY"})
    set_clock(57)
    walk.answer_all()
    assert walk.send()["Location"] == "/be/sent/"
    assert walk.fill("back/", {"code": walk.digits})["Location"] == "/be/page/"


def test_before_the_day_of_the_keys_nothing_is_sent_and_the_answers_wait(walk: Walk, set_clock: Any) -> None:
    walk.answer_all()
    fields = fields_of(walk.read("number/")) | {"do": "send"}
    set_clock(-3)
    answer = walk.post("number/", fields)
    assert answer.status_code == 503
    assert "Цяпер гэта не ўдалося захаваць" in page_of(answer)
    assert not Case.objects.exists()
    set_clock(0)
    assert walk.post("number/", fields_of(page_of(answer)))["Location"] == "/be/sent/"


def test_r7_an_idle_hour_counts_from_the_first_page_after_the_clock_was_turned_back(
    inside: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now - 86_400)
    assert inside.get("parts/").status_code == 200
    monkeypatch.setattr(time, "time", lambda: now - 86_400 + settings.SIGNED_OUT_SECONDS + 60)
    assert inside.get("parts/")["Location"] == "/be/back/"
