"""The e-mail that says only that there is something new: to whom it goes, what it says, and what stops it."""

from __future__ import annotations

import logging
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.core.mail.backends import locmem
from django.test import Client
from django.urls import reverse

from cases import notices
from cases.actions import agreed, approving
from cases.models import Case
from tests.attack.scanner import scan_bytes
from tests.factories import cast as made
from tests.factories.cast import Cast, Survivor
from tests.factories.kept import kept
from vault.models import AuditEvent

ADDRESS, SENDER, WORDS = "amina.k@post.example", "news@sender.example", "Мы знайшлі адваката ў Вільні."
FIRST = made.FIRST | {"CTC-01": {"value": "email", "lang": "be"}, "CTC-02": {"value": f" {ADDRESS} ", "lang": "be"}}
YES: dict[str, dict[str, Any]] = {"CTC-08": {"value": "yes", "lang": "be"}}
HEADERS = ["Auto-Submitted", "Content-Transfer-Encoding", "Content-Type", "Date", "From", "MIME-Version", "Message-ID"]


@pytest.fixture(autouse=True)
def mail_is_on(settings: Any) -> None:
    settings.MAIL_IS_ON, settings.DEFAULT_FROM_EMAIL = True, SENDER


def person(cast: Cast, first: dict[str, Any] | None = None, **safety: Any) -> Survivor:
    """Somebody who chose e-mail and answered the questions of contact; Ben works on the case."""
    survivor = made.first_contact(FIRST | (first or {}))
    made.assigned(survivor, cast.ben)
    made.tell(survivor, {"safety": YES | {key.replace("_", "-"): value for key, value in safety.items()}})
    return survivor


@pytest.fixture
def willing(cast: Cast) -> Survivor:
    return kept("wants mail", lambda: person(cast))


def write(client: Client, survivor: Survivor) -> str:
    """Write a letter and return the page that follows."""
    where = reverse("cases:letters", args=[survivor.case.reference])
    return client.post(where, {"text": WORDS, "language": "be"}, follow=True).content.decode()


def now(client: Client, survivor: Survivor) -> str:
    where = reverse("cases:notice", args=[survivor.case.reference])
    return client.post(where, follow=True).content.decode()


def sent() -> EmailMessage:
    """The one message that went out, as it goes over the line."""
    (message,) = mail.outbox
    return message_from_bytes(message.message().as_bytes(), policy=default)


def everything_stored() -> bytes:
    """Every column of every row, the bytes as they are."""
    rows = (row for model in apps.get_models() for row in model._base_manager.values_list())
    return b"\n".join(each if isinstance(each, bytes) else str(each).encode() for row in rows for each in row)


def test_it_says_nothing_but_that_there_is_something_new(willing: Survivor, as_ben: Client, cast: Cast) -> None:
    page = write(as_ben, willing)
    assert "They were told by e-mail that there is something new, and nothing else." in page
    found = sent()
    assert (found["To"], found["From"]) == (ADDRESS, SENDER)
    assert sorted(found.keys()) == sorted([*HEADERS, "Subject", "To"])
    assert found["Message-ID"].endswith("@sender.example>")
    subject, body = notices.words_in("be")
    assert (found["Subject"], found.get_content().strip()) == (subject, body)
    other = person(cast)
    mail.outbox.clear()
    write(as_ben, other)
    again = sent()
    for name in ("Date", "Message-ID"):
        del found[name], again[name]
    assert again.as_string() == found.as_string()
    told = [willing.case.reference, str(willing.case.id), WORDS, "http", "desk", "Ben", "Аміна", "localhost"]
    assert [word for word in told if word in f"{again.as_string()} {again.get_content()}"] == []


def test_no_row_has_the_address_and_the_trail_says_that_it_was_sent(
    willing: Survivor, as_ben: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        write(as_ben, willing)
    assert len(mail.outbox) == 1
    (event,) = AuditEvent.objects.filter(action=notices.SENT)
    assert (event.subject, event.detail) == (willing.case.id, {})
    words = [ADDRESS, "amina.k"]
    assert scan_bytes(everything_stored(), words, "tables") == []
    assert scan_bytes(caplog.text.encode(), words, "logs") == []
    trail = as_ben.get(reverse("cases:case", args=[willing.case.reference])).content.decode()
    assert "told the person by e-mail that there is something new" in trail
    assert ADDRESS not in trail


def answer(value: Any) -> dict[str, Any]:
    return {"value": value, "lang": "be"}


def test_without_a_plain_yes_nothing_goes_out_and_the_letter_is_sealed(cast: Cast, as_ben: Client) -> None:
    """The address alone, and the choice of e-mail as the way to answer, are no yes to this."""
    survivor = person(cast, CTC_08=answer("no"))
    page = write(as_ben, survivor)
    assert "They allowed no e-mail" in page
    assert WORDS in page
    assert "No e-mail was sent." not in page
    assert "They allowed no e-mail" in now(as_ben, survivor)
    assert mail.outbox == []


@pytest.mark.parametrize("how", ["held", "closed", "over"])
def test_nothing_goes_out_in_a_safety_hold_or_after_the_end(
    willing: Survivor, cast: Cast, as_ben: Client, how: str
) -> None:
    if how == "held":
        Case.objects.update(status=Case.Status.SAFETY_HOLD)
    elif how == "closed":
        from cases.actions.ending import close_access

        close_access(case=willing.fresh(), receipt=willing.ring)
    else:
        from cases.actions.withdrawing import withdraw

        withdraw(case=willing.fresh(), receipt=willing.ring, scopes=["CNS-01"], language="be")
    page = write(as_ben, willing)
    now(as_ben, willing)
    assert mail.outbox == []
    assert ("While the safety hold lasts" in page) == (how == "held")


def test_where_no_server_is_named_nothing_is_opened_and_nothing_said(
    willing: Survivor, as_ben: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MAIL_IS_ON = False
    monkeypatch.setattr(notices, "newest_answers", lambda *given: pytest.fail("the address was opened"))
    page = write(as_ben, willing)
    assert mail.outbox == []
    assert "Telling them by e-mail" not in page


def test_a_server_that_refuses_is_said_loses_nothing_and_tells_no_log(
    willing: Survivor, as_ben: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*given: Any) -> int:
        raise SMTPRecipientsRefused({ADDRESS: (550, ADDRESS.encode())})

    with monkeypatch.context() as patch, caplog.at_level(logging.DEBUG):
        patch.setattr(locmem.EmailBackend, "send_messages", refuse)
        page = write(as_ben, willing)
    assert "The letter is sealed and safe. The e-mail could not be sent" in page
    assert WORDS in page
    assert ADDRESS not in page + caplog.text
    assert not AuditEvent.objects.filter(action=notices.SENT).exists()
    assert "They were told by e-mail" in now(as_ben, willing)
    assert len(mail.outbox) == 1


def test_at_a_time_that_they_allow_a_member_sends_it(cast: Cast, as_ben: Client) -> None:
    survivor = person(cast, CTC_03=answer(["evening"]))
    page = write(as_ben, survivor)
    assert "at these times where they live: Evening." in page
    assert "Tell them by e-mail now" in page
    assert mail.outbox == []
    assert "They were told by e-mail" in now(as_ben, survivor)
    assert sent()["To"] == ADDRESS


def test_once_a_day_is_enough(willing: Survivor, as_ben: Client) -> None:
    for _ in range(2):
        page = write(as_ben, willing)
    assert "They were told by e-mail today already." in page
    assert "They were told by e-mail today already." in now(as_ben, willing)
    assert len(mail.outbox) == 1


def test_a_letter_that_two_agreed_to_is_told_of_in_the_leads_session(
    willing: Survivor, cast: Cast, as_dana: Client
) -> None:
    content = {"letter": WORDS, "language": "be", "no_letter": ""}
    asked = approving.ask(
        case=willing.fresh(), kind="close", by=cast.ben.person, ring=cast.ben.ring, reason="x", content=content
    )
    sent_ = {"reason": "y", "code": cast.dana.code(), "decision": "agree"}
    page = as_dana.post(reverse("cases:agreement", args=[asked.id]), sent_, follow=True).content.decode()
    assert "They were told by e-mail" in page
    assert sent()["To"] == ADDRESS
    (event,) = AuditEvent.objects.filter(action=notices.SENT)
    assert event.actor == cast.dana.person.id
    assert agreed.EFFECTS["close"]


def test_the_newest_answer_counts(willing: Survivor, as_ben: Client) -> None:
    made.tell(willing, {"safety": {"CTC-08": answer("no")}})
    assert "They allowed no e-mail" in write(as_ben, willing)
    assert mail.outbox == []
