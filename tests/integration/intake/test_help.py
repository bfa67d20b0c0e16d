"""The page with numbers to call, and the command that lists what must be checked again (C1 to C6)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from intake import crisis, tasks
from intake.crisis import DAYS, EU, resources
from people import alarms
from portal.celery import app
from tests.factories.cast import Cast
from tests.factories.walk import Walk, text_of

CHECKED = max(each.checked_on for each in resources())
LATE = CHECKED + timedelta(days=DAYS + 1)
CHECKING = "We are checking other numbers again, so they are not here now."
PHONE_BILL = "A call can stay in the list of calls and on the telephone bill."


@pytest.fixture
def english(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Walk:
    """A browser in English, on the day of the last check."""
    monkeypatch.setattr("intake.views.plain.today", lambda: CHECKED)
    return Walk("en")


def links(page: str) -> list[str]:
    """The telephone links of a page in their order."""
    return re.findall('href="tel:([^"]+)"', page)


def expected(country: str, language: str = "en", on: date = CHECKED) -> list[str]:
    """The same from the data."""
    return [line.href.removeprefix("tel:") for line in crisis.help_for(country, language, on).lines]


def test_without_a_country_the_numbers_of_the_union_stand_there(english: Walk) -> None:
    page = english.read("help/")
    assert links(page) == expected("")
    assert links(page)[0] == "112"
    countries = {each.country for each in resources() if each.is_shown(CHECKED) and each.fits("")}
    assert countries == {EU}


def test_c4_a_number_stands_as_text_with_its_hours_its_price_and_the_hint_about_the_bill(english: Walk) -> None:
    page = english.read("help/")
    assert '<a href="tel:112"><bdi dir="ltr">112</bdi></a>' in page
    words = text_of(page)
    assert "Day and night. The call is free. The service can see where the call comes from." in words
    assert words.index("112") < words.index(PHONE_BILL) < words.index("116 006")


@pytest.mark.parametrize("country", ["LV", "DE", "PL", "LT", "BY"])
def test_the_country_of_the_second_answer_decides(english: Walk, country: str) -> None:
    english.fill("q/2/", {"ELG-02-value": country})
    assert links(english.read("help/")) == expected(country)


def test_the_country_is_still_known_when_the_answers_are_sent(english: Walk) -> None:
    english.answer_all(ELG_02_value="LV")
    english.send()
    page = english.read("help/")
    assert links(page) == expected("LV")
    assert "Latvian, Russian, English" in page


def test_an_unconfirmed_number_is_on_no_page(english: Walk) -> None:
    hidden = [each.name["en"] for each in resources() if not each.is_verified]
    for country in ["", *sorted({each.country for each in resources()} - {EU})]:
        english.fill("q/2/", {"ELG-02-value": country})
        page = english.read("help/")
        assert not [name for name in hidden if name in page]


def test_c1_when_all_is_outdated_112_stays_and_the_page_says_why(
    english: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert CHECKING not in english.read("help/")
    monkeypatch.setattr("intake.views.plain.today", lambda: LATE)
    page = english.read("help/")
    assert links(page) == ["112"]
    assert CHECKING in page
    assert PHONE_BILL in page


@pytest.mark.parametrize(("language", "hours"), [("be", "Кругласутачна"), ("ru", "Круглосуточно")])
def test_the_texts_are_in_the_language_of_the_page(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, language: str, hours: str
) -> None:
    monkeypatch.setattr("intake.views.plain.today", lambda: CHECKED)
    walk = Walk(language)
    walk.fill("q/2/", {"ELG-02-value": "DE"})
    page = text_of(walk.read("help/"))
    assert hours in page
    assert all(each.name[language] in page for each in resources() if each.country == "DE" and each.is_shown(CHECKED))
    assert "Day and night" not in page


def test_w1_the_longest_list_is_within_the_budget(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intake.views.plain.today", lambda: CHECKED)
    longest = max({each.country for each in resources()}, key=lambda country: len(expected(country, "be")))
    walk = Walk("be")
    walk.fill("q/2/", {"ELG-02-value": longest})
    assert len(links(walk.read("help/"))) > 3
    assert len(walk.get("help/").content) <= 14 * 1024


def run(*arguments: str) -> str:
    """What the command prints."""
    out = StringIO()
    call_command("crisis_resources", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_the_command_lists_what_is_shown_and_what_nobody_confirmed() -> None:
    text = run(f"--on={CHECKED}")
    assert "shown: EU 112 danger" in text
    assert "never confirmed, not shown: LT" in text
    assert "overdue" not in text


@pytest.mark.django_db
def test_the_check_is_content_while_every_number_is_fresh() -> None:
    assert "overdue" not in run("--check", f"--on={CHECKED}")


@pytest.mark.django_db
def test_the_check_fails_and_names_what_is_overdue() -> None:
    out = StringIO()
    with pytest.raises(CommandError, match="to check again") as raised:
        call_command("crisis_resources", "--check", f"--on={LATE}", stdout=out)
    assert raised.value.returncode == 1
    assert "overdue: EU 112 danger" in out.getvalue()


def numbers_alarms() -> list[alarms.Alarm]:
    return [each for each in alarms.waiting() if each.code == tasks.ALARM]


def test_c1_old_checks_raise_one_alarm_that_a_lead_reads_on_a_page(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "today", lambda: CHECKED)
    tasks.watch_numbers()
    assert numbers_alarms() == []
    monkeypatch.setattr(tasks, "today", lambda: LATE)
    for _ in range(2):
        tasks.watch_numbers()
    (alarm,) = numbers_alarms()
    assert alarm.at is None
    assert "EU 112" in alarm.what
    page = cast.dana.browser().get("/desk/alarms/").content.decode()
    assert "Numbers to call are hidden" in page
    assert "EU 112" in page
    alarms.review(alarm=alarm.id, by=cast.dana.person, outcome="passed")
    tasks.watch_numbers()
    assert numbers_alarms() == []
    monkeypatch.setattr(tasks, "today", lambda: LATE + timedelta(days=7))
    tasks.watch_numbers()
    assert len(numbers_alarms()) == 1


def test_c1_the_clock_asks_each_hour() -> None:
    assert "intake.tasks.watch_numbers" in {entry["task"] for entry in app.conf.beat_schedule.values()}
