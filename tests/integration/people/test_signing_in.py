"""Password, code, lock, unlock: through the pages, and from the side of a thief."""

import re
import time
from typing import Any

import pytest
from django.conf import settings as live
from django.contrib.auth.hashers import check_password
from django.db import connection
from django.test import Client
from django.utils import timezone

from people import factors, keys, signing_in
from people.models import Person, SealedTOTPDevice
from tests.factories.cast import Cast, Member
from vault.envelope.errors import WrongKey
from vault.models import AuditEvent, SealedSession
from vault.session import SessionStore

QUEUE = "/desk/"


def password_step(client: Client, member: Member) -> Any:
    return client.post("/desk/sign-in/", {"login": member.person.login, "password": member.password})


def cookie(client: Client) -> str:
    return client.cookies[live.DESK_COOKIE_NAME].value


def test_the_password_alone_opens_nothing(ben: Member) -> None:
    client = Client()
    assert password_step(client, ben)["Location"] == "/desk/code/"
    assert client.get(QUEUE)["Location"].startswith("/desk/sign-in/")


def test_password_and_code_lead_to_the_queue(ben: Member) -> None:
    client = Client()
    password_step(client, ben)
    answer = client.post("/desk/code/", {"code": ben.code()})
    assert answer["Location"] == QUEUE
    assert client.get(QUEUE).status_code == 200


def test_a_lawyer_is_led_to_the_dossiers(lena: Member) -> None:
    client = Client()
    password_step(client, lena)
    assert client.post("/desk/code/", {"code": lena.code()})["Location"] == "/desk/dossiers/"


def test_signing_in_returns_to_the_page_that_was_asked_for(ben: Member) -> None:
    client = Client()
    asked = client.get("/desk/approvals/")["Location"]
    assert asked == "/desk/sign-in/?next=%2Fdesk%2Fapprovals%2F"
    ask = {"login": "ben", "password": ben.password, "next": "/desk/approvals/"}
    assert client.post("/desk/sign-in/", ask)["Location"].startswith("/desk/code/?next=")
    assert (
        client.post("/desk/code/", {"code": ben.code(), "next": "/desk/approvals/"})["Location"] == "/desk/approvals/"
    )


@pytest.mark.parametrize(
    "target", ["https://example.org/desk/", "//example.org/desk/", "/be/", "/desk\\x", "javascript:1"]
)
def test_nobody_is_sent_anywhere_else(ben: Member, target: str) -> None:
    client = Client()
    password_step(client, ben)
    assert client.post("/desk/code/", {"code": ben.code(), "next": target})["Location"] == QUEUE


def test_a_code_passes_once(ben: Member) -> None:
    code = ben.code()
    first, second = Client(), Client()
    for client in (first, second):
        password_step(client, ben)
    assert first.post("/desk/code/", {"code": code}).status_code == 302
    assert second.post("/desk/code/", {"code": code}).status_code == 200
    assert second.get(QUEUE).status_code == 302


def test_a_wrong_code_makes_the_next_one_wait(ben: Member) -> None:
    client = Client()
    password_step(client, ben)
    client.post("/desk/code/", {"code": "000000"})
    assert client.post("/desk/code/", {"code": ben.code()}).status_code == 200
    device = SealedTOTPDevice.objects.get(user=ben.person)
    assert device.throttling_failure_count == 1
    SealedTOTPDevice.objects.update(throttling_failure_timestamp=timezone.now() - timezone.timedelta(seconds=2))
    assert client.post("/desk/code/", {"code": ben.code()}).status_code == 302


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "１２３４５６", "-12345", "1e5"])
def test_what_is_not_six_digits_is_no_code(ben: Member, code: str) -> None:
    assert factors.check_code(ben.person, code, ben.seed) is None


def test_the_code_must_follow_the_password_soon(ben: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    password_step(client, ben)
    later = time.time() + signing_in.CODE_SECONDS + 1
    monkeypatch.setattr(time, "time", lambda: later)
    assert client.post("/desk/code/", {"code": ben.code()})["Location"] == "/desk/sign-in/"


def test_unknown_wrong_and_suspended_get_the_same_answer(ben: Member, chloe: Member) -> None:
    Person.objects.filter(login="chloe").update(is_active=False)
    tries = [("nobody", "x" * 20), ("ben", "x" * 20), ("chloe", chloe.password)]
    answers = [Client().post("/desk/sign-in/", {"login": login, "password": word}) for login, word in tries]
    token = re.compile(rb'value="[A-Za-z0-9]{64}"')
    shown = {token.sub(b"", re.sub(rb'name="login" value="\w*"', b"", answer.content)) for answer in answers}
    assert {answer.status_code for answer in answers} == {200}
    assert (
        len({page.replace(b"nobody", b"").replace(b"ben", b"").replace(b"chloe", b"").strip() for page in shown}) == 1
    )


def test_the_session_key_changes_at_the_password_and_at_the_code(ben: Member) -> None:
    client = Client()
    client.get("/desk/sign-in/")
    seen = [cookie(client)]
    password_step(client, ben)
    seen.append(cookie(client))
    client.post("/desk/code/", {"code": ben.code()})
    seen.append(cookie(client))
    assert len(set(seen)) == 3
    for old in seen[:2]:
        thief = Client()
        thief.cookies[live.DESK_COOKIE_NAME] = old
        assert thief.get(QUEUE).status_code == 302


def test_a_planted_session_is_not_taken_over(ben: Member) -> None:
    attacker = Client()
    attacker.get("/desk/sign-in/")
    victim = Client()
    victim.cookies[live.DESK_COOKIE_NAME] = cookie(attacker)
    password_step(victim, ben)
    victim.post("/desk/code/", {"code": ben.code()})
    assert attacker.get(QUEUE).status_code == 302


def test_a_session_row_without_its_cookie_opens_nothing(ben: Member) -> None:
    client = ben.browser()
    row = SealedSession.objects.get()
    seed = ben.seed
    assert seed not in bytes(row.blob) + bytes(row.seed_blob)
    thief = SessionStore(row.lookup)  # everything that the table holds
    assert thief.get("_auth_user_id") is None
    assert thief.seed is None
    assert cookie(client) not in str(row.lookup)


def test_the_seed_stands_nowhere_in_the_database(ben: Member) -> None:
    ben.browser()
    needles = [ben.seed, ben.totp, ben.password.encode()]
    needles += [needle.hex().encode() for needle in needles[:2]]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            dump = b"\0".join(_as_bytes(cell) for row in cursor.fetchall() for cell in row)
            assert not [needle for needle in needles if needle in dump], table


def _as_bytes(cell: Any) -> bytes:
    return bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()


def test_the_second_factor_opens_only_with_the_seed(ben: Member, chloe: Member) -> None:
    device = SealedTOTPDevice.objects.get(user=ben.person)
    assert keys.open_totp(ben.seed, bytes(device.sealed), ben.person.id) == ben.totp
    with pytest.raises(WrongKey):
        keys.open_totp(chloe.seed, bytes(device.sealed), ben.person.id)


def test_a_second_factor_moved_to_another_person_does_not_work(ben: Member, chloe: Member) -> None:
    """Somebody who writes to the table puts the own device in place of another's."""
    stolen = SealedTOTPDevice.objects.get(user=chloe.person)
    SealedTOTPDevice.objects.filter(user=ben.person).update(sealed=stolen.sealed)
    with pytest.raises(WrongKey):
        factors.check_code(ben.person, chloe.code(), ben.seed)


def test_idle_sessions_lock_and_keep_the_place(ben: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    client = ben.browser()
    later = time.time() + live.IDLE_SECONDS + 1
    monkeypatch.setattr(time, "time", lambda: later)
    assert client.get("/desk/approvals/")["Location"] == "/desk/unlock/?next=%2Fdesk%2Fapprovals%2F"
    assert SealedSession.objects.get().seed_blob is None
    monkeypatch.undo()
    assert client.get("/desk/approvals/").status_code == 302, "a lock does not end by itself"
    ask = {"password": ben.password, "code": ben.code(), "next": "/desk/approvals/"}
    assert client.post("/desk/unlock/", ask)["Location"] == "/desk/approvals/"
    assert client.get("/desk/approvals/").status_code == 200


def test_use_keeps_a_session_unlocked(ben: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    client, start = ben.browser(), time.time()
    for part in (0.6, 1.2, 1.8):
        monkeypatch.setattr(time, "time", lambda part=part: start + part * live.IDLE_SECONDS)
        assert client.get(QUEUE).status_code == 200


def test_the_clock_drops_the_seed_of_an_idle_session(ben: Member) -> None:
    ben.browser()
    SealedSession.objects.update(seen_at=timezone.now() - timezone.timedelta(seconds=live.IDLE_SECONDS + 1))
    SessionStore.clear_expired()
    assert SealedSession.objects.get().seed_blob is None


def test_the_lock_button_locks_at_once(ben: Member) -> None:
    client = ben.browser()
    assert client.post("/desk/lock/", {"next": QUEUE})["Location"].startswith("/desk/unlock/")
    assert client.get(QUEUE)["Location"] == "/desk/unlock/"


@pytest.mark.parametrize("wrong", ["password", "code"])
def test_unlocking_needs_both(ben: Member, wrong: str) -> None:
    client = ben.browser()
    client.post("/desk/lock/")
    ask = {"password": ben.password, "code": ben.code(), wrong: "000000"}
    assert client.post("/desk/unlock/", ask).status_code == 200
    assert client.get(QUEUE).status_code == 302


def test_only_the_same_person_unlocks(ben: Member, chloe: Member) -> None:
    client = ben.browser()
    client.post("/desk/lock/")
    assert client.post("/desk/unlock/", {"password": chloe.password, "code": chloe.code()}).status_code == 200


def test_what_was_sent_while_locked_is_given_back_and_not_sent(ben: Member) -> None:
    client = ben.browser()
    client.post("/desk/lock/")
    words = "Words that took an hour & <more>"
    answer = client.post("/desk/cases/7QK-4MT/letters/", {"text": words, "code": "123456"})
    assert answer["Location"].startswith("/desk/unlock/")
    assert words.encode() not in bytes(SealedSession.objects.get().blob)
    page = client.post("/desk/unlock/", {"password": ben.password, "code": ben.code()}).content.decode()
    assert "Words that took an hour &amp; &lt;more&gt;" in page
    assert 'action="/desk/cases/7QK-4MT/letters/"' in page
    assert "123456" not in page


def test_the_longest_letter_is_given_back_too(ben: Member) -> None:
    client = ben.browser()
    client.post("/desk/lock/")
    client.post("/desk/cases/7QK-4MT/letters/", {"text": "ў " * (live.ANSWER_LIMIT // 2), "language": "be"})
    page = client.post("/desk/unlock/", {"password": ben.password, "code": ben.code()}).content.decode()
    assert "ў " * (live.ANSWER_LIMIT // 2 - 1) in page
    assert "Lock now" in page, "the page stands in the unlocked frame"


def test_signing_out_forgets_the_session(ben: Member) -> None:
    client = ben.browser()
    key = cookie(client)
    client.post("/desk/sign-out/")
    assert not SealedSession.objects.exists()
    thief = Client()
    thief.cookies[live.DESK_COOKIE_NAME] = key
    assert thief.get(QUEUE).status_code == 302


def test_a_suspended_person_loses_access_at_once(ben: Member) -> None:
    client = ben.browser()
    Person.objects.filter(id=ben.person.id).update(is_active=False)
    assert client.get(QUEUE)["Location"].startswith("/desk/sign-in/")


def test_a_withdrawn_second_factor_ends_access(ben: Member) -> None:
    client = ben.browser()
    SealedTOTPDevice.objects.filter(user=ben.person).update(confirmed=False)
    assert client.get(QUEUE)["Location"].startswith("/desk/sign-in/")


def test_a_changed_key_pair_locks_the_session(ben: Member, cast: Cast) -> None:
    """Somebody gives the row of a signed-in person another key pair."""
    client = ben.browser()
    Person.objects.filter(id=cast.tomas.person.id).delete()
    Person.objects.filter(id=ben.person.id).update(pair=cast.tomas.person.pair)
    assert client.get(QUEUE)["Location"] == "/desk/unlock/"


def test_a_password_hash_put_in_by_hand_opens_no_seed(ben: Member, chloe: Member) -> None:
    """Somebody copies the hash of a password that is known over another person's: the seed does not follow."""
    Person.objects.filter(login="ben").update(password=chloe.person.password)
    assert check_password(chloe.password, Person.objects.get(login="ben").password)
    assert signing_in.check("ben", chloe.password) is None


def test_forms_without_a_token_are_refused(ben: Member) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/desk/sign-in/", {"login": "ben", "password": ben.password}).status_code == 403


def test_acts_are_on_record_without_addresses(ben: Member) -> None:
    client = ben.browser()
    client.post("/desk/lock/")
    client.post("/desk/unlock/", {"password": ben.password, "code": ben.code()})
    client.post("/desk/sign-out/")
    events = AuditEvent.objects.filter(actor=ben.person.id).order_by("id")
    assert [event.action for event in events] == ["person.signed_in", "person.unlocked", "person.signed_out"]
    assert all(event.detail == {} for event in events)


def test_survivor_pages_never_see_the_staff_session(ben: Member) -> None:
    client = ben.browser()
    assert client.cookies[live.DESK_COOKIE_NAME]["samesite"] == "Strict"
    assert client.cookies[live.DESK_COOKIE_NAME]["httponly"]
    assert live.SESSION_COOKIE_NAME not in client.cookies
