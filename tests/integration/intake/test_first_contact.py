"""The five answers, the number, sending."""

import re
import time

import pytest
from django.conf import settings

from cases.access import open_account
from cases.actions.opening import find_case
from cases.models import Case
from tests.factories.cast import Cast
from tests.factories.walk import Walk, fields_of, text_of
from vault.envelope.receipt import derive, parse
from vault.models import SealedSession

SIGNAL = "+48 555 010 203"


def test_l1_the_first_page_names_languages_by_their_own_names(walk: Walk) -> None:
    page = walk.client.get("/", secure=True).content.decode()
    assert [page.index(name) for name in ("Беларуская", "Русский", "English")]
    assert walk.client.get("/xx/", secure=True).status_code == 404


def test_t9_the_start_page_says_what_we_cannot_do(walk: Walk) -> None:
    page = text_of(walk.read(""))
    assert "Скарга часта займае гады. Вынік няпэўны." in page
    assert "Чаго мы не можам схаваць" in page


def test_the_way_out_is_explained_between_the_start_and_the_first_question(walk: Walk) -> None:
    assert 'href="/be/leaving/"' in walk.read("")
    assert 'href="/be/q/1/"' in walk.read("leaving/")


def test_n7_no_cookie_is_set_before_the_first_form(walk: Walk) -> None:
    for place in ("", "leaving/", "safe/", "kept/", "tor/", "person/", "pause/"):
        assert not walk.get(place).cookies, place


def test_the_whole_first_contact_opens_one_case(walk: Walk, cast: Cast) -> None:
    walk.answer_all()
    assert walk.send()["Location"] == "/be/sent/"
    case = Case.objects.get()
    assert (case.language, case.residence) == ("be", "LT")
    account = open_account(case, by=cast.dana.person, ring=cast.dana.ring, purpose="first_reading")
    assert account.answer("ELG-01") == {"value": "BY", "lang": "be"}
    assert find_case(derive(parse(walk.digits), settings.DEPLOYMENT_SALT)) == case


def test_o1_each_page_says_which_of_the_five_it_is(walk: Walk) -> None:
    captions = [re.search(r"Пытанне \d з \d", walk.read(f"q/{number}/")) for number in range(1, 6)]
    assert [found.group() for found in captions if found] == [f"Пытанне {number} з 5" for number in range(1, 6)]


def test_the_number_is_shown_only_after_five_pages_and_a_yes(walk: Walk) -> None:
    assert walk.get("number/")["Location"] == "/be/q/1/"
    walk.fill("q/1/", {"ELG-01-value": "BY"})
    assert walk.get("number/")["Location"] == "/be/q/2/"


def test_everything_but_the_consent_may_stay_empty(walk: Walk) -> None:
    for number in range(1, 5):
        assert walk.fill(f"q/{number}/", {}).status_code == 302
    refused = walk.fill("q/5/", {})
    assert refused.status_code == 200
    assert "Каб адправіць гэта, нам патрэбна ваша «так»." in refused.content.decode()
    assert walk.fill("q/5/", {"CNS-01-value": "yes"})["Location"] == "/be/number/"


def test_t10_no_is_as_short_as_yes_and_erases_the_answers(walk: Walk) -> None:
    walk.fill("q/1/", {"ELG-01-value": "BY"})
    visit = SealedSession.objects.get()
    assert walk.fill("q/5/", {}, do="erase")["Location"] == "/be/erased/"
    assert not SealedSession.objects.filter(lookup=visit.lookup).exists()
    assert walk.get("number/")["Location"] == "/be/q/1/"


def test_an_urgent_tick_shows_help_once_and_then_goes_on(walk: Walk) -> None:
    assert walk.fill("q/3/", {"SAF-04-value": ["dying_thoughts"]})["Location"] == "/be/help/"
    page = walk.read("help/")
    assert 'href="tel:112"' in page
    assert 'href="/be/q/4/"' in page
    assert walk.fill("q/3/", {"SAF-04-value": ["dying_thoughts"]})["Location"] == "/be/q/4/"


@pytest.mark.parametrize("ticks", [[], ["none"], ["~unsaid"]])
def test_no_help_page_where_nothing_is_urgent(walk: Walk, ticks: list[str]) -> None:
    assert walk.fill("q/3/", {"SAF-04-value": ticks})["Location"] == "/be/q/4/"


@pytest.mark.parametrize("country", ["BY", "RU"])
def test_s2_somebody_in_belarus_or_russia_sees_what_lowers_the_risk_once(walk: Walk, country: str) -> None:
    assert walk.fill("q/2/", {"ELG-02-value": country})["Location"] == "/be/safe/"
    assert 'href="/be/q/3/"' in walk.read("safe/")
    assert walk.fill("q/2/", {"ELG-02-value": country})["Location"] == "/be/q/3/"


def test_a_channel_without_an_address_is_asked_once_more_with_a_way_round(walk: Walk) -> None:
    answer = walk.fill("q/4/", {"CTC-01-value": "signal"})
    page = answer.content.decode()
    assert "Для гэтага спосабу патрэбны адрас або нумар: Signal" in page
    assert 'href="#CTC-01-value"' in page
    assert fields_of(page)["CTC-01-value"] == ["signal"]
    assert walk.fill("q/4/", {"CTC-01-value": "signal", "CTC-02-value": SIGNAL})["Location"] == "/be/q/5/"


def test_an_address_that_a_later_choice_made_needless_is_not_sent(walk: Walk, cast: Cast) -> None:
    walk.fill("q/4/", {"CTC-01-value": "signal", "CTC-02-value": SIGNAL})
    walk.answer_all()
    walk.send()
    account = open_account(Case.objects.get(), by=cast.dana.person, ring=cast.dana.ring, purpose="first_reading")
    assert account.answer("CTC-01") == {"value": "code_only", "lang": "be"}
    assert account.answer("CTC-02") is None


def test_r2_reloading_shows_the_same_number(walk: Walk) -> None:
    walk.answer_all()
    numbers = {re.sub(r"\D", "", "".join(re.findall(r"<bdi>\d{5}</bdi>", walk.read("number/")))) for _ in range(3)}
    assert len(numbers) == 1
    assert parse(numbers.pop())


@pytest.mark.parametrize("typed", ["111111", "12", "абв"])
def test_r2_the_last_six_digits_are_compared_if_typed_and_never_asked_for(walk: Walk, typed: str) -> None:
    walk.answer_all()
    answer = walk.fill("number/", {"last": typed}, do="send")
    assert "Гэта не апошнія шэсць лічбаў." in answer.content.decode()
    assert fields_of(answer.content.decode())["last"] == [typed]
    assert not Case.objects.exists()
    right = "".join(re.findall(r"<bdi>(\d{5})</bdi>", answer.content.decode()))[-6:]
    assert walk.fill("number/", {"last": f"{right[0]} {right[1:]}"}, do="check")["Location"] == "/be/number/"
    assert not Case.objects.exists()
    assert walk.fill("number/", {"last": right}, do="send")["Location"] == "/be/sent/"


def test_r2_both_ways_of_sending_are_equal_buttons(walk: Walk) -> None:
    walk.answer_all()
    buttons = re.findall(r'<button class="button" name="do" value="(\w+)"', walk.read("number/"))
    assert buttons == ["send", "more"]


def test_after_sending_the_day_of_the_answer_is_named(walk: Walk) -> None:
    walk.answer_all()
    walk.send()
    page = text_of(walk.read("sent/"))
    assert "Мы атрымалі вашы адказы" in page
    assert re.search(r"Мы адкажам вам не пазней за \d+ \w+ \((панядзелак|аўторак|серада|чацвер|пятніца)\)", page)


def test_sending_twice_makes_one_case(walk: Walk) -> None:
    walk.answer_all()
    first = walk.send("more")
    again = walk.post("number/", {"do": "more", "last": ""})
    assert first["Location"] == "/be/parts/"
    assert again["Location"] == "/be/sent/"
    assert Case.objects.count() == 1


def test_r5_without_a_number_the_visit_ends_after_a_day_even_when_it_was_used(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, hour = time.time(), 3600
    walk.fill("q/1/", {"ELG-01-value": "BY"})
    monkeypatch.setattr(time, "time", lambda: start + 13 * hour)
    assert walk.fill("q/2/", {"ELG-02-value": "LT"})["Location"] == "/be/q/3/"
    monkeypatch.setattr(time, "time", lambda: start + 25 * hour)
    assert walk.get("q/3/")["Location"] == "/be/"
    assert walk.get("number/")["Location"] == "/be/q/1/"


def test_the_longer_way_leads_to_the_sections_and_the_number_is_forgotten(walk: Walk) -> None:
    walk.answer_all()
    assert walk.send("more")["Location"] == "/be/parts/"
    assert "Што адбылося" in walk.read("parts/")
    assert not re.findall(r"<bdi>\d{5}</bdi>", walk.read("sent/"))
