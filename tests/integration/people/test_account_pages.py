"""The own account: who sees it, what it shows, a changed password, sessions, a new app, recovery codes."""

from base64 import b32decode
from typing import Any

import pytest
from django.conf import settings as live
from django.test import Client
from django_otp.oath import totp

from people import factors, keys, sessions, signing_in
from people.models import Person, RecoverySheet, SealedTOTPDevice
from people.passwords import is_generated
from tests.factories.cast import Cast, Member
from vault.models import AuditEvent, SealedSession

ACCOUNT, QUEUE = "/desk/account/", "/desk/"
PAGES = [
    ACCOUNT,
    "/desk/account/password/",
    "/desk/account/authenticator/",
    "/desk/account/recovery-codes/",
    "/desk/account/passkeys/add/",
    "/desk/passkey/",
]
OWN = "a password of my own, long enough"


def read(client: Client, where: str) -> str:
    answer = client.get(where)
    assert answer.status_code == 200, where
    return str(answer.content.decode())


def change(client: Client, member: Member, password: str = OWN, **more: str) -> Any:
    ask = {"password": password, "again": password, "code": member.code(), **more}
    return client.post("/desk/account/password/", ask)


def last_event(member: Member) -> AuditEvent:
    return AuditEvent.objects.filter(actor=member.person.id).latest("id")


@pytest.mark.parametrize("where", PAGES)
def test_everybody_who_signs_in_has_these_pages_and_nobody_else(cast: Cast, where: str) -> None:
    for member in (cast.ben, cast.dana, cast.lena):
        read(member.browser(), where)
    assert Client().get(where)["Location"].startswith("/desk/sign-in/")


@pytest.mark.parametrize("role", ["translator", "analyst", "administrator"])
def test_whoever_has_no_queue_starts_at_the_own_account(tomas: Member, role: str) -> None:
    Person.objects.filter(id=tomas.person.id).update(role=role)
    client = Client()
    client.post("/desk/sign-in/", {"login": "tomas", "password": tomas.password})
    assert client.post("/desk/code/", {"code": tomas.code()})["Location"] == ACCOUNT
    read(client, ACCOUNT)


@pytest.fixture
def tomas(cast: Cast) -> Member:
    return cast.tomas


@pytest.mark.parametrize("login", ["ben", "lena"])
def test_every_page_leads_to_the_own_account(cast: Cast, login: str) -> None:
    start = "/desk/" if login == "ben" else "/desk/dossiers/"
    assert f'href="{ACCOUNT}"' in read(getattr(cast, login).browser(), start)


def test_it_shows_the_own_key_in_groups(ben: Member) -> None:
    page, whole = read(ben.browser(), ACCOUNT), bytes(ben.person.pair.fingerprint).hex()
    assert " ".join(whole[start : start + 8] for start in range(0, 64, 8)) in page
    assert "caseworker" in page


def test_the_offered_password_has_six_words_and_stays_while_one_types(ben: Member) -> None:
    client = ben.browser()
    offered = [read(client, "/desk/account/password/").split('<pre translate="no">')[1].split("<")[0] for _ in "ab"]
    assert offered[0] == offered[1]
    assert is_generated(offered[0])
    assert change(client, ben, offered[0]).status_code == 302
    assert signing_in.check("ben", offered[0]) is not None


def test_a_changed_password_opens_the_same_seed_and_the_old_one_nothing(ben: Member) -> None:
    client, seed, pair = ben.browser(), ben.seed, bytes(ben.person.pair.fingerprint)
    assert change(client, ben)["Location"] == ACCOUNT
    assert signing_in.check("ben", ben.password) is None
    found = signing_in.check("ben", OWN)
    assert found is not None
    assert found[1] == seed
    assert bytes(found[0].pair.fingerprint) == pair
    assert factors.check_code(found[0], ben.code(), seed) is not None
    event = AuditEvent.objects.get(action="person.password_changed")
    assert (event.actor, event.subject, event.detail) == (ben.person.id, ben.person.id, {"sessions_ended": 0})


def test_this_session_goes_on_under_a_new_key_and_the_others_end(ben: Member) -> None:
    here, there = ben.browser(), ben.browser()
    half = Client()
    half.post("/desk/sign-in/", {"login": "ben", "password": ben.password})
    before = here.cookies[live.DESK_COOKIE_NAME].value
    change(here, ben)
    assert here.get(QUEUE).status_code == 200
    assert here.cookies[live.DESK_COOKIE_NAME].value != before
    assert there.get(QUEUE)["Location"].startswith("/desk/sign-in/")
    assert half.post("/desk/code/", {"code": ben.code()})["Location"] == "/desk/sign-in/"
    assert SealedSession.objects.filter(holder=ben.person.id).count() == 1
    here.post("/desk/lock/")
    assert here.post("/desk/unlock/", {"password": OWN, "code": ben.code()})["Location"] == QUEUE


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"code": "000000"}, "That code did not work"),
        ({"code": ""}, "Nothing is written here yet"),
        ({"again": OWN + "x"}, "do not agree"),
        ({"password": "fourteen chars", "again": "fourteen chars"}, "too short"),
        ({"password": "", "again": ""}, "Nothing is written here yet"),
    ],
    ids=["code", "no code", "again", "short", "empty"],
)
def test_nothing_changes_when_something_is_wrong(ben: Member, wrong: dict[str, str], says: str) -> None:
    client, before = ben.browser(), Person.objects.get(login="ben").password
    page = change(client, ben, **wrong)
    assert page.status_code == 200
    assert says in page.content.decode()
    assert OWN not in page.content.decode()
    assert Person.objects.get(login="ben").password == before
    assert not AuditEvent.objects.filter(action="person.password_changed").exists()


def test_no_password_stands_in_the_database_after_a_change(ben: Member) -> None:
    from django.db import connection

    client = ben.browser()
    change(client, ben)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            assert OWN not in str(cursor.fetchall()), table


def test_sessions_are_listed_with_this_one_marked_and_ended_by_a_button(ben: Member) -> None:
    here, there = ben.browser(), ben.browser()
    page = read(here, ACCOUNT)
    assert page.count("This session") == 1
    assert page.count("Another session") == 1
    other = next(one for one in sessions.mine(ben.person, here.cookies[live.DESK_COOKIE_NAME].value) if not one.is_this)
    here.post(f"/desk/account/sessions/{other.id}/end/")
    assert there.get(QUEUE).status_code == 302
    assert "Another session" not in read(here, ACCOUNT)
    assert last_event(ben).action == "person.session_ended"


def test_ending_all_others(ben: Member) -> None:
    here, others = ben.browser(), [ben.browser() for _ in "ab"]
    here.post("/desk/account/sessions/end-others/")
    assert [client.get(QUEUE).status_code for client in (here, *others)] == [200, 302, 302]
    assert last_event(ben).detail == {"sessions_ended": 2}


def test_a_page_never_ends_another_persons_session(ben: Member, chloe: Member) -> None:
    hers = chloe.browser()
    ben.browser().post(f"/desk/account/sessions/{sessions.mine(chloe.person)[0].id}/end/")
    assert hers.get(QUEUE).status_code == 200


@pytest.mark.parametrize("where", ["/desk/account/sessions/end-others/", "/desk/account/sessions/abc/end/"])
def test_sessions_end_by_a_form_only(ben: Member, where: str) -> None:
    assert ben.browser().get(where).status_code == 405
    assert Client().post(where)["Location"].startswith("/desk/sign-in/")


def new_app(client: Client) -> bytes:
    page = read(client, "/desk/account/authenticator/")
    assert "<svg" in page
    return b32decode(page.split('<pre translate="no">')[1].split("<")[0].replace(" ", ""))


def code_of(secret: bytes) -> str:
    return f"{totp(secret):06d}"


def test_a_new_app_takes_the_place_of_the_old_one(ben: Member) -> None:
    client = ben.browser()
    secret = new_app(client)
    ask = {"new_code": code_of(secret), "code": ben.code()}
    assert client.post("/desk/account/authenticator/", ask)["Location"] == ACCOUNT
    assert client.get(QUEUE).status_code == 200, "this session goes on"
    device = SealedTOTPDevice.objects.get(user=ben.person)
    assert keys.open_totp(ben.seed, bytes(device.sealed), ben.person.id) == secret
    assert factors.check_code(ben.person, code_of(secret), ben.seed) is None, "the code that proved it is used up"
    assert last_event(ben).action == "person.authenticator_changed"


def test_the_secret_stays_the_same_until_it_is_taken(ben: Member) -> None:
    client = ben.browser()
    assert new_app(client) == new_app(client)
    assert new_app(client) != ben.totp


@pytest.mark.parametrize("wrong", ["new_code", "code"])
def test_a_new_app_needs_its_own_code_and_the_second_factor(ben: Member, wrong: str) -> None:
    client = ben.browser()
    secret = new_app(client)
    ask = {"new_code": code_of(secret), "code": ben.code(), wrong: "000000"}
    assert client.post("/desk/account/authenticator/", ask).status_code == 200
    device = SealedTOTPDevice.objects.get(user=ben.person)
    assert keys.open_totp(ben.seed, bytes(device.sealed), ben.person.id) == ben.totp


def made_codes(client: Client, member: Member) -> list[str]:
    page = client.post("/desk/account/recovery-codes/", {"code": member.code()}).content.decode()
    return [part.split("<")[0] for part in page.split('<li><bdi class="ref">')[1:]]


def test_ten_recovery_codes_of_eighty_bits_are_shown_once(ben: Member) -> None:
    client = ben.browser()
    codes = made_codes(client, ben)
    assert len(set(codes)) == 10
    assert all(len(code.replace(" ", "")) == 25 for code in codes)
    assert 10**25 > 2**80
    page = read(client, "/desk/account/recovery-codes/")
    assert not [code for code in codes if code in page]
    assert "10 codes are left" in read(client, ACCOUNT)
    assert last_event(ben).action == "person.recovery_codes_made"


def test_recovery_codes_stand_nowhere_in_clear(ben: Member) -> None:
    from django.db import connection

    codes = [code.replace(" ", "") for code in made_codes(ben.browser(), ben)]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            dump = str(cursor.fetchall())
            assert not [code for code in codes if code in dump], table


def test_a_recovery_code_signs_in_once(ben: Member) -> None:
    codes = made_codes(ben.browser(), ben)
    for expected in (302, 200):
        client = Client()
        client.post("/desk/sign-in/", {"login": "ben", "password": ben.password})
        assert client.post("/desk/code/", {"code": codes[3]}).status_code == expected
    client = Client()
    client.post("/desk/sign-in/", {"login": "ben", "password": ben.password})
    client.post("/desk/code/", {"code": codes[4].replace(" ", "")})
    page = read(client, ACCOUNT)
    assert "A recovery code was used; 8 are left" in page
    assert AuditEvent.objects.filter(action=factors.USED, actor=ben.person.id).count() == 2


def test_new_codes_end_the_old_ones_and_keep_the_session(ben: Member) -> None:
    codes = made_codes(ben.browser(), ben)
    client = Client()
    client.post("/desk/sign-in/", {"login": "ben", "password": ben.password})
    client.post("/desk/code/", {"code": codes[0]})
    again = made_codes(client, ben)
    assert client.get(QUEUE).status_code == 200, "the session that a code of the paper opened goes on"
    assert factors.check_code(ben.person, codes[1], ben.seed) is None
    assert factors.check_code(ben.person, again[1], ben.seed) is not None
    assert RecoverySheet.objects.get(user=ben.person).codes.count() == 9


def test_a_recovery_code_stands_for_the_second_factor_of_an_act(ben: Member) -> None:
    client = ben.browser()
    codes = made_codes(client, ben)
    assert change(client, ben, code=codes[0]).status_code == 302


def test_codes_open_nothing_for_another_person(ben: Member, chloe: Member) -> None:
    codes = made_codes(ben.browser(), ben)
    made_codes(chloe.browser(), chloe)
    assert [code for code in codes if factors.check_code(chloe.person, code, chloe.seed)] == []


def test_forms_that_arrive_locked_are_given_back_without_any_secret(ben: Member) -> None:
    client = ben.browser()
    client.post("/desk/lock/")
    client.post("/desk/account/password/", {"password": OWN, "again": OWN, "code": "123456", "new_code": "654321"})
    page = client.post("/desk/unlock/", {"password": ben.password, "code": ben.code()}).content.decode()
    assert not [secret for secret in (OWN, "123456", "654321") if secret in page]
