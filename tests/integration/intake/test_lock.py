"""Until the organisation is ready, survivors see a calm page that says so, and nothing of theirs is taken."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.models import Case
from people import opening
from people.models import Person, RecoveryShare, Role, SealedTOTPDevice
from people.organisation import NewPerson, found
from tests.factories.cast import PEOPLE, Cast
from vault.models import AuditEvent

WORDS = {"be": "яшчэ не адкрытая", "ru": "ещё не открыта", "en": "not open yet"}
PATHS = ["", "q/1/", "person/", "help/", "back/", "number/", "parts/", "page/", "sent/"]


@pytest.fixture
def closed(db: None, fresh_deployment: None) -> None:
    """An organisation with one lead: not ready."""
    found([person for person in PEOPLE if person.login != "marek"], demo=False)


@pytest.mark.parametrize("language", sorted(WORDS))
@pytest.mark.parametrize("path", PATHS)
def test_every_page_says_that_it_is_not_open_yet(closed: None, language: str, path: str) -> None:
    answer = Client().get(f"/{language}/{path}")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert WORDS[language] in page
    assert "<form" not in page
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_the_first_page_says_it_in_every_language(closed: None) -> None:
    page = Client().get("/").content.decode()
    assert all(words in page for words in WORDS.values())


@pytest.mark.django_db
def test_before_there_is_a_root_it_is_closed_too(fresh_deployment: None) -> None:
    assert WORDS["be"] in Client().get("/be/").content.decode()


def test_nothing_that_is_sent_is_taken(closed: None) -> None:
    for path in PATHS:
        answer = Client().post(f"/be/{path}", {"do": "go", "value": "BY"})
        assert WORDS["be"] in answer.content.decode()
    strange = Client(enforce_csrf_checks=True).post("/be/q/1/", {"do": "go"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert strange.status_code == 403
    assert not Case.objects.exists()


def test_whoever_wants_to_leave_leaves_and_members_sign_in(closed: None) -> None:
    assert Client().get("/exit/?l=be").status_code == 303
    assert "Sign in" in Client().get("/desk/sign-in/").content.decode()
    assert Client().get("/favicon.ico").status_code == 204
    assert Client().get("/robots.txt").status_code == 200


def test_it_is_open_with_two_leads_two_caseworkers_and_a_printed_kit(cast: Cast) -> None:
    assert all(step.is_done for step in opening.steps())
    assert WORDS["be"] not in Client().get("/be/").content.decode()
    assert AuditEvent.objects.filter(action="organisation.opened").count() == 1


def test_once_known_to_be_open_nothing_is_looked_up(cast: Cast) -> None:
    Client().get("/be/")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        Client().get("/be/person/")
    assert not [query for query in queries if "vault_auditevent" in query["sql"]]


def test_it_stays_open_when_a_lead_leaves(cast: Cast) -> None:
    Person.objects.filter(login="marek").update(is_active=False)
    assert not all(step.is_done for step in opening.steps())
    assert opening.check()


def without_code(login: str) -> Any:
    return SealedTOTPDevice.objects.filter(user__login=login).update(confirmed=False)


def unprinted() -> Any:
    return RecoveryShare.objects.filter(number=2).update(printed_on=None)


@pytest.mark.parametrize(
    ("spoil", "place"),
    [
        (lambda: Person.objects.filter(login="dana").update(is_active=False), 1),
        (lambda: Person.objects.filter(login="dana").update(role=Role.ANALYST), 1),
        (lambda: without_code("marek"), 1),
        (lambda: Person.objects.filter(login="ben").update(is_active=False), 2),
        (lambda: without_code("chloe"), 2),
        (lambda: RecoveryShare.objects.filter(number=3).delete(), 4),
        (unprinted, 6),
    ],
)
def test_each_condition_keeps_it_closed(
    db: None, fresh_deployment: None, monkeypatch: pytest.MonkeyPatch, spoil: Any, place: int
) -> None:
    monkeypatch.setattr(opening, "check", lambda: False)
    found(list(PEOPLE), demo=False)
    monkeypatch.undo()
    spoil()
    assert not opening.check()
    assert not opening.steps()[place].is_done
    assert WORDS["en"] in Client().get("/en/").content.decode()


@pytest.mark.django_db
def test_a_founding_with_too_few_people_is_not_open(fresh_deployment: None) -> None:
    found([NewPerson("dana", "Dana", Role.LEAD), NewPerson("ben", "Ben", Role.CASEWORKER)], demo=False)
    assert not opening.is_open()
    assert [step.is_done for step in opening.steps()] == [True, False, False, False, False, False, False]
