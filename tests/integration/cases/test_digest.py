"""The mail a day: a number or nothing, once, from readable columns, to members who asked for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.test import Client

from cases import digest
from cases.actions import tasks
from cases.tasks import send_digests
from people.models import Person
from tests.factories import cast as made
from tests.factories.cast import Cast, Survivor
from vault.models import AuditEvent, today

ADDRESS, PAGE = "b.work@post.example", "/desk/account/mail/"


def at(hour: int) -> datetime:
    return datetime.now(UTC).replace(hour=hour, minute=29)


@pytest.fixture(autouse=True)
def mail_is_on(settings: Any) -> None:
    settings.MAIL_IS_ON, settings.DEFAULT_FROM_EMAIL = True, "news@sender.example"


@pytest.fixture
def waiting(cast: Cast, amina: Survivor) -> Survivor:
    """Ben wants the mail; Amina wrote, and a task of his is late."""
    case = made.assigned(amina, cast.ben)
    made.write(amina, "Пытанне пра паперы")
    tasks.add(
        case=case, by=cast.ben.person, ring=cast.ben.ring, words="Спытаць", due_on=today(), person=cast.ben.person
    )
    Person.objects.filter(id=cast.ben.person.id).update(digest_address=ADDRESS)
    return amina


def test_it_says_a_number_once_a_day_and_nothing_else(waiting: Survivor, cast: Cast) -> None:
    assert [digest.send_all(at(hour)) for hour in (5, 6, 7, 23)] == [0, 1, 0, 0]
    (message,) = mail.outbox
    assert (message.to, message.subject, message.body) == (
        [ADDRESS],
        "Workspace",
        "2 new things wait in the workspace.",
    )
    whole = message.message().as_string()
    told = (waiting.case.reference, str(waiting.case.id), "Ben", "ben", "http", "desk", "localhost", "Спытаць")
    assert [word for word in told if word in whole] == []
    Person.objects.update(digest_on=today() - timedelta(days=1), language="be")
    assert digest.send_all(at(9)) == 1
    assert mail.outbox[1].body == "На працоўным месцы чакаюць 2 навіны."


def test_nobody_gets_one_who_asked_for_none_has_nothing_or_left(waiting: Survivor, cast: Cast, settings: Any) -> None:
    Person.objects.filter(id=cast.chloe.person.id).update(digest_address="c@post.example")
    Person.objects.filter(id=cast.ben.person.id).update(is_active=False)
    assert digest.send_all(at(8)) == 0
    chloe = Person.objects.get(id=cast.chloe.person.id)
    assert chloe.digest_on == today()  # what comes later today is told of tomorrow, and no hour of it
    Person.objects.filter(id=cast.ben.person.id).update(is_active=True)
    settings.MAIL_IS_ON = False
    assert digest.send_all(at(8)) == 0
    assert mail.outbox == []


def test_a_server_that_refuses_is_tried_in_the_next_hour(waiting: Survivor, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(locmem.EmailBackend, "send_messages", lambda *given: (_ for _ in ()).throw(OSError(ADDRESS)))
        assert digest.send_all(at(6)) == 0
    assert digest.send_all(at(7)) == 1


def test_the_timer_runs_it(waiting: Survivor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cases.tasks.timezone.now", lambda: at(6))
    send_digests()
    assert len(mail.outbox) == 1


def test_leads_and_lawyers_are_told_of_what_waits_for_them(cast: Cast, amina: Survivor) -> None:
    made.assigned(amina, cast.ben)
    made.tell(amina)
    made.confirmed(amina, cast.ben)
    dossier = made.requested(amina, cast.ben, cast.lena)
    assert digest.waiting(cast.dana.person) == 1
    assert digest.waiting(cast.lena.person) == 0
    made.delivered(dossier, cast.lena, b"%PDF-1.4\n")
    assert digest.waiting(cast.lena.person) == 1


@pytest.mark.shown
class TestPage:
    def test_asked_for_and_ended_by_the_member_alone(self, as_ben: Client, cast: Cast) -> None:
        assert PAGE in as_ben.get("/desk/account/").content.decode()
        assert as_ben.post(PAGE, {"address": f" {ADDRESS} "})["Location"] == "/desk/account/"
        ben = Person.objects.get(id=cast.ben.person.id)
        assert (ben.digest_address, ben.digest_on) == (ADDRESS, today())
        assert ADDRESS in as_ben.get("/desk/account/").content.decode()
        (event,) = AuditEvent.objects.filter(action="person.digest_chosen")
        assert (event.subject, event.detail) == (ben.id, {})
        as_ben.post(PAGE, {"address": ""})
        assert Person.objects.get(id=ben.id).digest_address == ""

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ("nonsense", "Enter a valid email address."),
            ("a@b.example, c@d.example", "Enter a valid email address."),
            ("ben@mail.ru", "Choose a service outside Belarus and Russia."),
            ("a" * 120 + "@post.example", "at most 120 characters"),
        ],
    )
    def test_what_does_not_fit_is_said_and_kept(self, as_ben: Client, typed: str, words: str) -> None:
        page = as_ben.post(PAGE, {"address": typed}).content.decode()
        assert words in page
        assert f'value="{typed}"' in page
        assert not Person.objects.exclude(digest_address="").exists()

    def test_where_no_mail_is_sent_nothing_is_asked(self, as_ben: Client, settings: Any) -> None:
        settings.MAIL_IS_ON = False
        assert PAGE not in as_ben.get("/desk/account/").content.decode()
        assert "This portal sends no e-mail." in as_ben.post(PAGE, {"address": ADDRESS}).content.decode()
        assert not Person.objects.exclude(digest_address="").exists()
