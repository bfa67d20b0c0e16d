"""What goes wrong gets a clear page in the person's language, with the typed words on it and in no log."""

from __future__ import annotations

import errno
import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client

from cases.actions import drafting, letters, opening
from cases.models import Case, Draft
from cases.statement import catalogue
from tests.factories.walk import Walk, fields_of, text_of, where
from vault.envelope.receipt import new_code
from vault.errors import NotKept
from vault.models import today
from vault.session import SessionStore

pytestmark = pytest.mark.shown

WORDS = "Мяне спынілі вечарам, калі я вяртаўся ад сястры"
PROBLEM = "Ёсць праблема"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 200


def page_of(answer: Any) -> str:
    return str(answer.content.decode())


def locked(*args: object, **kwargs: object) -> None:
    raise OperationalError("database is locked")


def full(*args: object, **kwargs: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def not_kept(*args: object, **kwargs: object) -> None:
    raise NotKept("errno 28")


def upload(name: str, body: bytes) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, body)


# -- the number ------------------------------------------------------------------------------------------------


def slipped(digits: str) -> str:
    last = (int(digits[7]) + 1) % 10
    return f"{digits[:7]}{last}{digits[8:]}"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("123456", "У нумары 30 лічбаў."),
        ("марына 555", "У нумары толькі лічбы."),
        (slipped(new_code().digits), "Падобна, што адна лічба іншая"),
        (new_code().digits, "Па гэтым нумары мы нічога не знайшлі."),
    ],
    ids=["short", "words", "slipped", "nobody's"],
)
def test_a_wrong_number(walk: Walk, silence: Any, typed: str, said: str) -> None:
    answer = walk.fill("back/", {"code": typed})
    page = page_of(answer)
    assert answer.status_code == 400
    assert PROBLEM in page
    assert said in page
    assert fields_of(page)["code"] == [typed]
    assert silence.holds(typed, typed[:7])


def test_r8_an_unknown_number_and_a_stranger_s_get_the_same_page(walk: Walk, amina: Any) -> None:
    unknown = page_of(walk.fill("back/", {"code": new_code().digits}))
    other = page_of(walk.fill("back/", {"code": slipped(amina.code.digits)}))
    assert "нічога не знайшлі" in unknown
    assert "нічога не знайшлі" not in other  # a slip of the pen is found before anything is looked up


def test_a_number_that_was_shown_but_not_sent_leads_back_to_sending(walk: Walk) -> None:
    walk.answer_all()
    digits = "".join(re.findall(r"<bdi>(\d{5})</bdi>", walk.read("number/")))
    assert walk.fill("back/", {"code": digits})["Location"] == "/be/number/"
    assert "З ім пакуль нічога не адпраўлена." in walk.read("number/")


# -- sending ---------------------------------------------------------------------------------------------------


def test_a_send_whose_answer_was_lost_is_found_by_the_number(walk: Walk) -> None:
    walk.answer_all()
    walk.send()
    stranger = Walk("be")
    assert stranger.fill("back/", {"code": walk.digits})["Location"] == "/be/page/"
    assert "Мы атрымалі вашы першыя адказы" in stranger.read("page/")


def test_a_send_whose_answer_was_lost_can_be_sent_again_from_the_old_page(walk: Walk) -> None:
    walk.answer_all()
    fields = fields_of(walk.read("number/")) | {"do": "send"}
    cookie = walk.client.cookies[settings.SESSION_COOKIE_NAME].value
    walk.send()
    walk.client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    assert walk.post("number/", fields)["Location"] == "/be/sent/"
    assert Case.objects.count() == 1


@pytest.mark.parametrize("failure", [full, locked, not_kept])
def test_the_five_answers_wait_while_nothing_can_be_stored(
    walk: Walk, silence: Any, monkeypatch: pytest.MonkeyPatch, failure: Any
) -> None:
    walk.answer_all()
    walk.read("number/")
    with monkeypatch.context() as patched:
        patched.setattr(opening.records, "sealed", failure)
        answer = walk.fill("number/", {}, do="send")
    assert answer.status_code == 503
    assert "Цяпер гэта не ўдалося захаваць" in page_of(answer)
    assert not Case.objects.exists()
    fields = fields_of(page_of(answer))
    assert walk.post("number/", fields)["Location"] == "/be/sent/"


@pytest.mark.parametrize("failure", [full, locked])
def test_an_answer_of_the_first_contact_waits_on_its_page(
    walk: Walk, silence: Any, monkeypatch: pytest.MonkeyPatch, failure: Any
) -> None:
    fields = fields_of(walk.read("q/4/")) | {"CTC-01-value": "signal", "CTC-02-value": "+48 марына", "do": "go"}
    with monkeypatch.context() as patched:
        patched.setattr(SessionStore, "save", failure)
        answer = walk.post("q/4/", fields)
    assert answer.status_code == 503
    shown = fields_of(page_of(answer))
    assert (shown["CTC-01-value"], shown["CTC-02-value"]) == (["signal"], ["+48 марына"])
    assert silence.holds("марына")
    assert walk.post("q/4/", shown)["Location"] == "/be/q/5/"


# -- the account -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("failure", [full, locked, not_kept])
def test_own_words_wait_while_nothing_can_be_stored(
    inside: Walk, silence: Any, monkeypatch: pytest.MonkeyPatch, failure: Any
) -> None:
    place = inside.open_words()
    fields = fields_of(inside.read(place)) | {"EPI-08-value": WORDS, "do": "go"}
    with monkeypatch.context() as patched:
        patched.setattr(drafting.records, "write", failure)
        answer = inside.post(place, fields)
    page = page_of(answer)
    assert answer.status_code == 503
    assert "<title>Памылка:" in page
    assert "Цяпер гэта не ўдалося захаваць" in page
    assert fields_of(page)["EPI-08-value"] == [WORDS]
    assert silence.holds("сястры", "Мяне")
    assert inside.post(place, fields_of(page) | {"do": "go"}).status_code == 302
    assert fields_of(inside.read(place))["EPI-08-value"] == [WORDS]


def test_a_page_that_cannot_be_opened_now_offers_itself_again(inside: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafting, "prolong", locked)
    inside.fill(where("LNG-04"), {"LNG-04-value": "Лён"})
    Draft.objects.update(expires_on=today())  # its days begin anew at the next page
    answer = inside.get("parts/")
    assert answer.status_code == 503
    assert '<a class="button go" href="/be/parts/">' in page_of(answer)
    assert "Вашы словы" not in page_of(answer)


def test_an_expired_draft_says_so_and_a_new_one_begins_with_the_typed_words(inside: Walk, silence: Any) -> None:
    place = inside.open_words()
    inside.fill(place, {"EPI-08-value": "раней"})
    fields = fields_of(inside.read(place)) | {"EPI-08-value": WORDS, "do": "go"}
    Draft.objects.update(expires_on=today() - timedelta(days=1))
    answer = inside.post(place, fields)
    page = page_of(answer)
    assert answer.status_code == 410
    assert "Тэрмін чарнавіка скончыўся" in page
    assert fields_of(page)["EPI-08-value"] == [WORDS]
    assert silence.holds("сястры", "раней")
    assert inside.post(place, fields_of(page)).status_code == 302
    assert fields_of(inside.read(place))["EPI-08-value"] == [WORDS]
    assert Case.objects.count() == 1


def test_an_expired_draft_is_told_once_when_the_list_is_opened(inside: Walk) -> None:
    inside.fill(where("LNG-04"), {"LNG-04-value": "Лён"})
    Draft.objects.update(expires_on=today() - timedelta(days=1))
    assert "Тэрмін чарнавіка скончыўся" in page_of(inside.get("parts/"))
    assert "не пачата" in page_of(inside.get("parts/"))


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        (f"{WORDS}\x00 і далей".encode(), f"{WORDS} і далей"),
        (f"{WORDS} ".encode() + b"\xed\xa0\x80", f"{WORDS} "),
    ],
    ids=["a null byte", "a lone surrogate"],
)
def test_what_cannot_be_kept_is_taken_out_said_and_the_rest_is_shown(
    inside: Walk, silence: Any, sent: bytes, shown: str
) -> None:
    place = inside.open_words()
    seen = fields_of(inside.read(place))["seen"][0].encode()
    quoted = b"".join(b"%%%02X" % byte for byte in sent)
    body = b"EPI-08-shown=1&do=go&seen=" + seen + b"&EPI-08-value=" + quoted
    answer = inside.client.post(
        inside.path(place), body, content_type="application/x-www-form-urlencoded", secure=True, follow=True
    )
    page = page_of(answer)
    assert "У тэксце былі знакі, якія нельга захаваць." in page
    assert fields_of(page)["EPI-08-value"] == [shown]
    assert silence.holds("сястры")


def test_a_megabyte_of_text_is_shown_again_with_ways_to_go_on(inside: Walk, silence: Any) -> None:
    place = inside.open_words()
    long = (WORDS + " ") * 20_000
    assert len(long.encode()) > 2**20
    answer = inside.fill(place, {"EPI-08-value": long})
    page = page_of(answer)
    assert PROBLEM in page
    assert f"У гэтым тэксце {len(long)} знакаў. У адзін адказ змяшчаецца 100000." in page
    assert 'href="/be/files/"' in page
    assert fields_of(page)["EPI-08-value"] == [long]
    assert silence.holds("сястры")


# -- files -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("двор.jpg", b"Rar!\x1a\x07", "Падобна, што гэта архіў."),
        ("двор.doc", b"\xd0\xcf\x11\xe0", "Падобна, што гэта офісны дакумент."),
        ("двор.pdf", b"MZ\x90\x00", "Падобна, што гэта праграма."),
        ("двор.png", b"<html><script>", "Падобна, што гэта вэб-старонка."),
        ("двор.jpg", b"", "Гэты файл пусты."),
    ],
)
def test_a_file_that_is_something_else_or_nothing(
    inside: Walk, silence: Any, name: str, body: bytes, said: str
) -> None:
    inside.post("files/", {"EVD-02-file": upload("a.png", PNG), "EVD-02-name": "ранейшы", "do": "add"})
    answer = inside.post("files/", {"EVD-02-file": upload(name, body), "EVD-02-name": WORDS, "do": "add"})
    page = page_of(answer)
    assert PROBLEM in page
    assert said in page
    assert fields_of(page)["EVD-02-name"] == [WORDS]
    assert "ранейшы" in page
    assert silence.holds("двор", "сястры", "ранейшы")


def test_a_file_of_25_megabytes_and_a_byte(inside: Walk, silence: Any) -> None:
    body = b"\xff\xd8\xff" + b"0" * (25 * 2**20 - 2)
    answer = inside.post("files/", {"EVD-02-file": upload("двор.jpg", body), "EVD-02-name": WORDS, "do": "add"})
    page = page_of(answer)
    assert "Гэты файл большы за 25 МБ." in page
    assert fields_of(page)["EVD-02-name"] == [WORDS]
    assert "Атрымана" not in page
    assert silence.holds("двор", "сястры")


def test_a_full_disk_while_a_file_arrives(inside: Walk, silence: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vault.uploads.os.fsync", full)
    answer = inside.post("files/", {"EVD-02-file": upload("двор.png", PNG), "EVD-02-name": WORDS, "do": "add"})
    page = page_of(answer)
    assert "Цяпер файл не ўдалося захаваць." in page
    assert fields_of(page)["EVD-02-name"] == [WORDS]
    assert silence.holds("двор", "сястры")


def test_a_full_disk_when_a_file_is_kept(inside: Walk, silence: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vault.uploads.keep", not_kept)
    answer = inside.post("files/", {"EVD-02-file": upload("двор.png", PNG), "EVD-02-name": WORDS, "do": "add"})
    assert "Цяпер файл не ўдалося захаваць." in page_of(answer)
    assert fields_of(page_of(answer))["EVD-02-name"] == [WORDS]
    assert silence.holds("двор", "сястры")


# -- the visit -------------------------------------------------------------------------------------------------


def test_r7_after_an_idle_hour_the_words_wait_for_the_number(
    inside: Walk, silence: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = inside.open_words()
    fields = fields_of(inside.read(place)) | {"EPI-08-value": WORDS, "do": "save"}
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 3700)
    answer = inside.post(place, fields)
    page = page_of(answer)
    assert answer.status_code == 403
    assert "Увядзіце, калі ласка, свой нумар яшчэ раз" in page
    assert fields_of(page)["EPI-08-value"] == [WORDS]
    wrong = inside.post(place, fields_of(page) | {"number": new_code().digits})
    assert "Гэты нумар не адкрыў вашу старонку" in page_of(wrong)
    assert fields_of(page_of(wrong))["EPI-08-value"] == [WORDS]
    assert inside.post(place, fields_of(page_of(wrong)) | {"number": inside.digits}).status_code == 302
    assert fields_of(inside.read(place))["EPI-08-value"] == [WORDS]
    assert silence.holds("сястры", inside.digits)


def test_r7_a_page_opened_after_an_idle_hour_asks_for_the_number(inside: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 3700)
    assert inside.get("parts/")["Location"] == "/be/back/"
    assert "Праз гадзіну без дзеянняў ваша старонка закрылася." in inside.read("back/")


@pytest.mark.parametrize(
    ("language", "warning"),
    [
        ("be", "Праз гадзіну без дзеянняў ваша старонка закрыецца і папросіць нумар."),
        ("ru", "После часа без действий ваша страница закроется и попросит номер."),
        ("en", "After an hour without use your page closes and asks for your number."),
        ("ar", "بعد ساعة دون استخدام تُغلق صفحتكم وتطلب رقمكم."),
    ],
)
def test_r7_the_hour_is_named_before_typing_and_no_page_reloads_itself(walk: Walk, language: str, warning: str) -> None:
    walk.language = language
    walk.answer_all()
    assert warning not in walk.read("q/4/")  # before there is a number a visit lasts a day
    walk.send("more")
    longer = ("parts/", walk.open_words()) if language in catalogue.LANGUAGES else ()
    for page in map(walk.read, ("page/letter/", *longer)):
        assert page.count(warning) == 1
        assert "http-equiv" not in page.lower()


def test_r7_a_visit_that_is_used_stays_open(inside: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    for minutes in (50, 100, 150):
        monkeypatch.setattr(time, "time", lambda at=now + minutes * 60: at)
        assert inside.get("parts/").status_code == 200


@pytest.mark.parametrize(
    ("place", "fields", "said"),
    [
        ("q/4/", {"CTC-01-value": "signal", "CTC-02-value": WORDS, "CTC-01-shown": "1"}, "Працягнуць з гэтымі словамі"),
        (where("EPI-08"), {"EPI-08-value": WORDS, "EPI-08-shown": "1"}, "Увядзіце, калі ласка, свой нумар яшчэ раз"),
        ("page/letter/", {"letter": WORDS, "act": "1"}, "Увядзіце, калі ласка, свой нумар яшчэ раз"),
    ],
)
def test_a_form_without_its_visit_shows_the_words_again(
    cast: Any, silence: Any, place: str, fields: dict, said: str
) -> None:
    walk = Walk("be", enforce_csrf_checks=True)
    answer = walk.post(place, fields | {"do": "go", "csrfmiddlewaretoken": "x" * 64})
    page = page_of(answer)
    assert answer.status_code == 403
    assert said in page
    assert [values for values in fields_of(page).values() if values == [WORDS]]
    assert silence.holds("сястры")
    assert walk.client.cookies[settings.SESSION_COOKIE_NAME].value


def test_the_words_of_a_lost_form_can_be_sent_from_the_page_that_shows_them(cast: Any) -> None:
    walk = Walk("be", enforce_csrf_checks=True)
    fields = {"CTC-01-value": "signal", "CTC-02-value": WORDS, "CTC-01-shown": "1", "CTC-02-shown": "1", "do": "go"}
    shown = fields_of(page_of(walk.post("q/4/", fields)))
    assert walk.post("q/4/", shown)["Location"] == "/be/q/5/"
    assert fields_of(walk.read("q/4/"))["CTC-02-value"] == [WORDS]


def test_a_form_from_another_site_is_not_shown_again(cast: Any) -> None:
    client = Client(enforce_csrf_checks=True, headers={"sec-fetch-site": "cross-site"})
    answer = client.post("/be/q/4/", {"CTC-02-value": WORDS}, secure=True)
    assert answer.status_code == 403
    assert WORDS not in page_of(answer)


def test_a_visit_ended_in_another_window_is_not_brought_back(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    fields = fields_of(walk.read("q/4/")) | {"CTC-01-value": "signal", "CTC-02-value": WORDS, "do": "go"}
    save = SessionStore.save

    def after_exit(store: SessionStore, must_create: bool = False) -> None:
        store.delete()
        save(store, must_create)

    monkeypatch.setattr(SessionStore, "save", after_exit)
    answer = walk.post("q/4/", fields)
    assert answer.status_code == 403
    assert WORDS in page_of(answer)


@pytest.mark.parametrize("failure", [full, locked])
def test_a_letter_waits_while_nothing_can_be_stored(
    inside: Walk, silence: Any, monkeypatch: pytest.MonkeyPatch, failure: Any
) -> None:
    fields = fields_of(inside.read("page/letter/")) | {"letter": WORDS, "do": "go"}
    with monkeypatch.context() as patched:
        patched.setattr(letters.records, "write", failure)
        answer = inside.post("page/letter/", fields)
    assert answer.status_code == 503
    assert fields_of(page_of(answer))["letter"] == [WORDS]
    assert silence.holds("сястры")
    assert inside.post("page/letter/", fields_of(page_of(answer)) | {"do": "go"})["Location"] == "/be/page/"
    assert WORDS in text_of(inside.read("page/"))


def test_no_worker_is_needed_to_tell_and_to_send(inside: Walk) -> None:
    inside.fill(where("LNG-04"), {"LNG-04-value": "Лён"})
    assert inside.fill("check/", {}, do="send")["Location"] == "/be/thanks/"
