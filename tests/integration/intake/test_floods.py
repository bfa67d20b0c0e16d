"""Somebody floods the form: what it costs, what is refused, and that nobody honest loses a word (docs/adr/0006)."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as live
from django.utils import translation

from cases.models import Case, Message
from intake.floods import lanes, passes, turns
from tests.factories.cast import Cast, Survivor
from tests.factories.walk import Walk, fields_of, text_of
from tests.factories.work import task_of, too_little, worked
from vault.envelope.receipt import new_code
from vault.models import SealedSession

LANGUAGES = ("be", "ru", "en", "ar")


@pytest.fixture
def strict(settings: Any) -> Any:
    """The cost that production has, but for the bits, which would take a second each."""
    settings.FLOODS = settings.FLOODS | {"reading_seconds": 20}
    return settings


@pytest.fixture
def gone(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """A function that moves the clock, forwards or back."""
    start = time.time()
    return lambda seconds: monkeypatch.setattr(time, "time", lambda: start + seconds)


def answered(language: str = "be") -> Walk:
    """Somebody who stands in front of the number."""
    walk = Walk(language)
    walk.answer_all()
    return walk


def limit(settings: Any, **given: int) -> None:
    settings.FLOODS = settings.FLOODS | given


def fill_lanes() -> None:
    """Others came before and took everything for some minutes."""
    for _ in range(40):
        lanes.take_place(is_proven=True)
        lanes.take_place(is_proven=False)


def words_of(answer: Any) -> str:
    return text_of(answer.content.decode())


class TestTheCost:
    """Twenty seconds of reading, or the work of a device."""

    def test_too_early_waits_calmly_and_then_one_click_sends(self, cast: Cast, strict: Any, gone: Any) -> None:
        gone(0)
        walk = answered()
        answer = walk.fill("number/", {}, do="more")
        assert answer["Location"] == "/be/turn/"
        page = walk.read("turn/")
        assert "Адправіць можна будзе менш чым праз паўхвіліны." in text_of(page)
        assert "Нічога не згублена" in page
        assert not Case.objects.exists()
        gone(21)
        assert "Цяпер можна адправіць" in walk.read("turn/")
        assert walk.fill("turn/", {}, do="more").status_code == 405  # the button goes to the page of the number
        fields = fields_of(walk.read("turn/"))
        assert walk.post("number/", fields)["Location"] == "/be/parts/"
        assert Case.objects.count() == 1

    def test_who_has_read_for_twenty_seconds_notices_nothing(self, cast: Cast, strict: Any, gone: Any) -> None:
        gone(0)
        walk = answered()
        gone(20.1)
        assert walk.fill("number/", {}, do="send")["Location"] == "/be/sent/"

    def test_who_has_worked_need_not_read(self, cast: Cast, strict: Any) -> None:
        walk = answered()
        work = worked(*task_of(walk.read("number/")))
        assert walk.fill("number/", {"work": work}, do="send")["Location"] == "/be/sent/"

    def test_too_little_work_is_none(self, cast: Cast, strict: Any) -> None:
        walk = answered()
        work = too_little(*task_of(walk.read("number/")))
        assert walk.fill("number/", {"work": work}, do="send")["Location"] == "/be/turn/"

    def test_work_for_another_visit_is_none(self, cast: Cast, strict: Any) -> None:
        other, walk = answered(), answered()
        work = worked(*task_of(other.read("number/")))
        mark, bits = task_of(walk.read("number/"))
        if worked(mark, bits) != work:
            assert walk.fill("number/", {"work": work}, do="send")["Location"] == "/be/turn/"

    def test_the_other_buttons_cost_nothing(self, cast: Cast, strict: Any) -> None:
        walk = answered()
        for given, goes in (({"do": "check"}, "number/"), ({"do": "talk"}, "person/"), ({"to": "ru"}, "../ru/number/")):
            place = goes.removeprefix("../ru/")
            assert walk.fill("number/", given)["Location"] == f"/{'ru' if 'ru' in goes else 'be'}/{place}"

    def test_the_work_grows_with_the_load(self, cast: Cast, settings: Any) -> None:
        limit(settings, sends_per_minute=4, work_bits=9)
        quiet = task_of(answered().read("number/"))[1]
        fill_lanes()
        busy = task_of(answered().read("number/"))[1]
        assert (quiet, busy) == (9, 9 + lanes.HIGHEST)


class TestThePass:
    """Forged, old, of another visit, used twice."""

    @pytest.mark.parametrize("text", ["", "x", "00" * 16 + "." + "0" * 32, "\x00", "é" * 1000])
    def test_a_forged_one_opens_nothing_and_the_next_click_sends(
        self, cast: Cast, strict: Any, gone: Any, text: str
    ) -> None:
        gone(0)
        walk = answered()
        gone(60)
        assert walk.fill("number/", {"pass": text}, do="send")["Location"] == "/be/turn/"
        assert not Case.objects.exists()
        assert "Цяпер можна адправіць" in walk.read("turn/")
        assert walk.post("number/", fields_of(walk.read("turn/")))["Location"] == "/be/sent/"

    def test_one_of_another_visit_opens_nothing(self, cast: Cast, strict: Any, gone: Any) -> None:
        gone(0)
        walk, other = answered(), answered()
        gone(60)
        taken = fields_of(other.read("number/"))["pass"]
        assert walk.fill("number/", {"pass": taken}, do="send")["Location"] == "/be/turn/"
        assert not Case.objects.exists()

    def test_one_that_is_too_old_loses_nothing(self, cast: Cast, strict: Any, gone: Any) -> None:
        gone(0)
        walk = answered()
        page = walk.read("number/")
        gone(passes.GOOD_SECONDS + 5)
        assert walk.post("number/", fields_of(page) | {"do": "send"})["Location"] == "/be/turn/"
        assert fields_of(walk.read("turn/"))["pass"] != fields_of(page)["pass"]
        assert walk.read("turn/").count("<bdi>") == 6
        gone(passes.GOOD_SECONDS + 30)
        assert walk.post("number/", fields_of(walk.read("turn/")))["Location"] == "/be/sent/"
        assert re.findall(r"<bdi>(\d{5})</bdi>", walk.read("sent/")) == re.findall(r"<bdi>(\d{5})</bdi>", page)

    def test_a_replay_opens_nothing_twice(self, cast: Cast, strict: Any) -> None:
        walk = answered()
        page = walk.read("number/")
        form = fields_of(page) | {"do": "send", "work": worked(*task_of(page))}
        stale = SealedSession.objects.get()
        assert [walk.post("number/", form)["Location"] for _ in range(3)] == ["/be/sent/"] * 3
        stale.save()  # the visit as it was before, as a slow request of the same browser would write it
        assert walk.post("number/", form)["Location"] == "/be/sent/"
        assert Case.objects.count() == 1

    def test_a_new_number_never_comes_with_an_old_pass(self, cast: Cast, strict: Any) -> None:
        walk = answered()
        page = walk.read("number/")
        form = fields_of(page) | {"do": "send", "work": worked(*task_of(page))}
        walk.post("number/", form)
        walk.post("close/", {})
        walk.answer_all()
        assert walk.post("number/", form)["Location"] == "/be/turn/"
        assert Case.objects.count() == 1

    def test_nothing_about_it_lies_in_a_table(self, cast: Cast, strict: Any) -> None:
        walk = answered()
        mark, _ = task_of(walk.read("number/"))
        row = SealedSession.objects.get()
        assert mark.encode() not in bytes(row.blob)
        assert row.seen_at is None
        assert row.made_at is None


class TestTheClock:
    """A server whose clock is set back."""

    @pytest.mark.parametrize("back", [-5, -3600, -(10**9)])
    def test_it_begins_anew_and_locks_nobody_out(self, cast: Cast, strict: Any, gone: Any, back: int) -> None:
        gone(0)
        walk = answered()
        gone(back)
        assert walk.fill("number/", {}, do="send")["Location"] == "/be/turn/"
        assert "менш чым праз паўхвіліны" in walk.read("turn/")
        gone(back + 21)
        assert walk.post("number/", fields_of(walk.read("turn/")))["Location"] == "/be/sent/"

    def test_a_place_in_the_line_never_gets_farther_than_was_said(self, cast: Cast, settings: Any, gone: Any) -> None:
        limit(settings, sends_per_minute=4)
        gone(0)
        walk = answered()
        fill_lanes()
        walk.fill("number/", {}, do="send")
        said = walk.read("turn/")
        gone(-7200)
        assert (
            text_of(walk.read("turn/")).split("Ваша чарга падыдзе")[1][:40]
            == text_of(said).split("Ваша чарга падыдзе")[1][:40]
        )
        walk.post("number/", fields_of(walk.read("turn/")))
        gone(-7200 + lanes.LONGEST)
        assert walk.post("number/", fields_of(walk.read("turn/")))["Location"] == "/be/sent/"


class TestTheLine:
    """More send than there is room for."""

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_page_says_how_long_and_keeps_everything(
        self, cast: Cast, settings: Any, gone: Any, language: str
    ) -> None:
        limit(settings, sends_per_minute=4)
        gone(0)
        walk = answered(language)
        number = re.findall(r"<bdi>(\d{5})</bdi>", walk.read("number/"))
        fill_lanes()
        assert walk.fill("number/", {}, do="send")["Location"] == f"/{language}/turn/"
        page = walk.read("turn/")
        with translation.override(language):
            assert turns.in_words(39 * 60) in page  # forty at one a minute, and one minute's number passed at once
        assert re.findall(r"<bdi>(\d{5})</bdi>", page) == number
        assert '<noscript><meta http-equiv="refresh" content="60"></noscript>' in page
        assert not Case.objects.exists()
        gone(41 * 60)
        assert 'http-equiv="refresh"' not in walk.read("turn/")
        assert walk.post("number/", fields_of(walk.read("turn/")))["Location"] == f"/{language}/sent/"
        assert Case.objects.get().language == language

    def test_too_early_a_press_keeps_the_place(self, cast: Cast, settings: Any, gone: Any) -> None:
        limit(settings, sends_per_minute=4)
        gone(0)
        walk = answered()
        fill_lanes()
        walk.fill("number/", {}, do="send")
        for minutes in (1, 5, 20):
            gone(60 * minutes)
            lanes.take_place(is_proven=False)
            assert walk.post("number/", fields_of(walk.read("turn/")))["Location"] == "/be/turn/"
        gone(41 * 60)
        assert walk.post("number/", fields_of(walk.read("turn/")))["Location"] == "/be/sent/"

    def test_who_works_while_waiting_goes_on_sooner(self, cast: Cast, settings: Any) -> None:
        limit(settings, sends_per_minute=4)
        walk = answered()
        for _ in range(40):
            lanes.take_place(is_proven=False)
        walk.fill("number/", {}, do="send")
        page = walk.read("turn/")
        assert 'data-helps="1"' in page
        for _ in range(10):
            lanes.take_place(is_proven=True)
        ahead = fields_of(page) | {"work": worked(*task_of(page))}
        walk.post("number/", ahead)
        sooner = walk.read("turn/")
        assert "data-helps" not in sooner
        with translation.override("be"):
            assert turns.in_words(lanes.wait(lanes.PLAIN)) not in sooner

    def test_one_pass_takes_one_place(self, cast: Cast, settings: Any) -> None:
        limit(settings, sends_per_minute=4)
        walk = answered()
        form = fields_of(walk.read("number/")) | {"do": "send"}
        fill_lanes()
        before, row = lanes.wait(lanes.PLAIN), SealedSession.objects.get()
        for _ in range(5):
            walk.post("number/", form)
            row.save()  # as if all had been sent at the same moment
        assert lanes.wait(lanes.PLAIN) - before == pytest.approx(lanes.PLAIN.step, abs=5)

    def test_a_line_of_many_hours_says_so_and_the_answers_stay(self, cast: Cast, settings: Any) -> None:
        limit(settings, sends_per_minute=4)
        walk = answered("en")
        for _ in range(900):
            lanes.take_place(is_proven=False)
        walk.fill("number/", {}, do="send")
        page = text_of(walk.read("turn/"))
        assert "We cannot take in your answers yet. Please press the button again in about three hours." in page
        assert "data-sends" not in walk.read("turn/")

    def test_who_has_a_case_does_not_stand_in_line(self, cast: Cast, settings: Any, amina: Survivor) -> None:
        limit(settings, sends_per_minute=1, tries_per_minute=1, visits_per_minute=1)
        walk = Walk("be")
        walk.fill("back/", {"code": amina.code.digits})
        fill_lanes()
        assert walk.fill("page/letter/", {"letter": "Двор за крамай."})["Location"] == "/be/page/"
        assert Message.objects.count() == 1

    def test_the_page_of_the_turn_is_for_those_who_wait(self, cast: Cast) -> None:
        assert Walk("be").get("turn/")["Location"] == "/be/number/"
        walk = answered()
        assert walk.get("turn/")["Location"] == "/be/number/"
        walk.send()
        assert walk.get("turn/")["Location"] == "/be/sent/"


class TestNumbers:
    """Wrong numbers, very many of them (R8)."""

    @pytest.fixture(autouse=True)
    def _flooded(self, strict: Any, cast: Cast) -> None:
        limit(strict, tries_per_minute=3)
        for _ in range(500):
            lanes.count(lanes.TRIES)

    def test_a_right_number_gets_through_after_half_a_minute(self, amina: Survivor, gone: Any) -> None:
        gone(0)
        walk = Walk("be")
        answer = walk.fill("back/", {"code": amina.code.digits})
        assert answer.status_code == 429
        assert "Ваш пакуль не правяраўся. Калі ласка, націсніце кнопку яшчэ раз праз паўхвіліны." in words_of(answer)
        assert fields_of(answer.content.decode())["code"] == [amina.code.digits]
        assert "<title>Памылка" not in answer.content.decode()  # nobody did anything wrong
        gone(20.5)
        assert walk.post("back/", fields_of(answer.content.decode()) | {"do": "go"})["Location"] == "/be/page/"

    def test_a_right_number_with_work_gets_through_at_once(self, amina: Survivor) -> None:
        walk = Walk("be")
        work = worked(*task_of(walk.read("back/")))
        assert walk.fill("back/", {"code": amina.code.digits, "work": work})["Location"] == "/be/page/"

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_right_unknown_and_wrong_get_the_same_answer_before_they_pay(self, amina: Survivor, language: str) -> None:
        pages = []
        for digits in (amina.code.digits, new_code().digits):
            answer = Walk(language).fill("back/", {"code": digits})
            assert answer.status_code == 429
            pages.append(re.sub(r'(value|data-mark)="[^"]*"|\d{30}', "", answer.content.decode()))
        assert pages[0] == pages[1]

    def test_nothing_is_derived_before_it_is_paid(self, amina: Survivor, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("intake.guests.derive", lambda *_: pytest.fail("derived"))
        assert Walk("be").fill("back/", {"code": new_code().digits}).status_code == 429

    def test_each_try_is_paid(self, amina: Survivor, gone: Any) -> None:
        gone(0)
        walk = Walk("be")
        form = fields_of(walk.read("back/")) | {"code": new_code().digits, "do": "go"}
        gone(30)
        assert [walk.post("back/", form).status_code for _ in range(3)] == [400, 429, 429]

    def test_one_pass_sent_many_times_at_once_is_one_try(self, amina: Survivor, gone: Any) -> None:
        gone(0)
        walk = Walk("be")
        form = fields_of(walk.read("back/")) | {"code": new_code().digits, "do": "go"}
        row = SealedSession.objects.get()
        gone(30)
        statuses = []
        for _ in range(3):
            statuses.append(walk.post("back/", form).status_code)
            row.save()
        assert statuses == [400, 429, 429]

    def test_words_and_number_wait_together(self, amina: Survivor, gone: Any) -> None:
        gone(0)
        form = {"letter": "Двор за крамай.", "number": amina.code.digits, "do": "go"}
        walk = Walk("be")
        page = walk.post("page/letter/", form).content.decode()
        assert "Калі ласка, пачакайце паўхвіліны" in page
        assert fields_of(page)["letter"] == ["Двор за крамай."]
        assert fields_of(page)["number"] == [amina.code.digits]
        gone(25)
        assert walk.post("page/letter/", fields_of(page) | {"do": "go"})["Location"] == "/be/page/"
        assert Message.objects.count() == 1

    def test_a_slip_of_the_pen_is_told_at_once(self, amina: Survivor) -> None:
        digits = amina.code.digits
        slipped = digits[:-1] + str((int(digits[-1]) + 1) % 10)
        assert Walk("be").fill("back/", {"code": slipped}).status_code == 400


def test_right_numbers_do_not_use_up_the_limit(strict: Any, amina: Survivor) -> None:
    limit(strict, tries_per_minute=1)
    for _ in range(3):
        assert Walk("be").fill("back/", {"code": amina.code.digits})["Location"] == "/be/page/"
    assert lanes.wait(lanes.TRIES) == 0
    Walk("be").fill("back/", {"code": new_code().digits})
    assert lanes.wait(lanes.TRIES) > 0


class TestVisits:
    """Very many open a first page."""

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("place", ["q/1/", "back/"])
    def test_a_new_one_waits_without_a_row(self, cast: Cast, settings: Any, place: str, language: str) -> None:
        limit(settings, visits_per_minute=1)
        Walk(language).get(place)
        rows = SealedSession.objects.count()
        answer = Walk(language).get(place)
        assert answer.status_code == 429
        assert '<meta http-equiv="refresh" content="30">' in answer.content.decode()
        assert SealedSession.objects.count() == rows
        assert live.SESSION_COOKIE_NAME not in answer.cookies

    def test_who_is_inside_goes_on(self, cast: Cast, settings: Any) -> None:
        limit(settings, visits_per_minute=1)
        walk = answered()
        assert Walk("be").get("q/1/").status_code == 429
        assert walk.get("q/1/").status_code == 200
        assert walk.fill("number/", {}, do="send")["Location"] == "/be/sent/"


def test_no_address_is_looked_at(cast: Cast, settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    """All come from one Tor exit, or from very many addresses: it is the same."""
    limit(settings, visits_per_minute=2)
    seen = [Walk("be", REMOTE_ADDR=f"203.0.113.{number}").get("q/1/").status_code for number in range(4)]
    assert seen == [200, 200, 429, 429]
    assert caplog.text.count("203.0.113") == 0
    assert b"203.0.113" not in (live.TMPFS_DIR / "floods").read_bytes()


def test_a_flood_leaves_no_trace_in_the_log(cast: Cast, settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    limit(settings, sends_per_minute=4, tries_per_minute=1, visits_per_minute=5)
    walk = answered()
    mark, _ = task_of(walk.read("number/"))
    fill_lanes()
    walk.fill("number/", {}, do="send")
    code = new_code().digits
    for _ in range(3):
        walk.fill("back/", {"code": code})
    for secret in (mark, code, "127.0.0.1"):
        assert secret not in caplog.text


def test_a_refusal_is_no_line_in_the_log_at_all(cast: Cast, settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    """Whoever keeps the log writes the hour beside each line."""
    limit(settings, tries_per_minute=1, visits_per_minute=3)
    for _ in range(3):
        Walk("be").fill("back/", {"code": new_code().digits})
    Walk("be").post("page/letter/", {"letter": "x", "number": new_code().digits})
    Walk("be", enforce_csrf_checks=True).post("back/", {"code": "1"})
    assert Walk("be").get("q/1/").status_code == 429
    assert caplog.records == []
