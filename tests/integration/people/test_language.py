"""The language of the desk: whose wish counts, how it is chosen, and that it reaches nobody else."""

import pytest
from django.test import Client

from people.models import Person
from tests.factories.cast import Cast, Member
from vault.models import AuditEvent

ACCOUNT, CHOOSE = "/desk/account/", "/desk/account/language/"


def speaks(client: Client, where: str = ACCOUNT, **headers: str) -> str:
    """The language that a page names in its first tag and in its header."""
    answer = client.get(where, headers=headers)
    named = answer.content.decode().split('<html lang="')[1][:2]
    assert answer["Content-Language"] == named
    return str(named)


def test_a_member_chooses_and_every_session_speaks_so_from_the_password_on(ben: Member, cast: Cast) -> None:
    client, other = ben.browser(), ben.browser()
    assert speaks(client) == "en"
    assert speaks(client, **{"accept-language": "ru"}) == "ru"
    answer = client.post(CHOOSE, {"language": "be", "next": "/desk/?view=mine"})
    assert answer["Location"] == "/desk/?view=mine"
    assert [speaks(each, **{"accept-language": "ru"}) for each in (client, other)] == ["be", "be"]
    fresh = Client()
    assert speaks(fresh, "/desk/sign-in/", **{"accept-language": "ru"}) == "ru"
    fresh.post("/desk/sign-in/", {"login": "ben", "password": ben.password})
    assert speaks(fresh, "/desk/code/") == "be"
    assert speaks(cast.chloe.browser()) == "en"
    assert AuditEvent.objects.filter(action="person.language_chosen", actor=ben.person.id).count() == 1


@pytest.mark.parametrize("language", ["ar", "", "xx", "be\x00", "en" * 5000])
def test_a_language_that_the_desk_has_not_changes_nothing_and_is_said(ben: Member, language: str) -> None:
    client = ben.browser()
    answer = client.post(CHOOSE, {"language": language}, follow=True)
    assert "The desk does not speak that language." in answer.content.decode()
    assert Person.objects.get(id=ben.person.id).language == ""


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example/desk/", "/be/", "javascript:0"])
def test_choosing_leads_nowhere_but_to_the_desk(ben: Member, target: str) -> None:
    assert ben.browser().post(CHOOSE, {"language": "ru", "next": target})["Location"] == ACCOUNT


@pytest.mark.shown
def test_the_choice_is_offered_on_a_page_and_not_on_what_a_form_has_brought(ben: Member) -> None:
    client = ben.browser()
    words = "The page is loaded anew: send first what you have typed."
    assert words in client.get("/desk/").content.decode()
    brought = client.post("/desk/account/password/", {"password": "short"})
    assert brought.status_code == 200
    assert words not in brought.content.decode()


def test_errors_of_the_desk_speak_so_too_and_survivors_pages_do_not(ben: Member) -> None:
    client = ben.browser()
    client.post(CHOOSE, {"language": "be"})
    missing = client.get("/desk/nowhere/")
    assert missing.status_code == 404
    assert '<html lang="be"' in missing.content.decode()
    assert speaks(client, "/ru/") == "ru"
