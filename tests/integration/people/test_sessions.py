"""One's own sessions: listed, ended, and the survivors' never among them."""

from django.conf import settings as live
from django.test import Client

from people import sessions
from tests.factories.cast import Cast, Member
from vault.models import SealedSession

QUEUE = "/desk/"


def cookie(client: Client) -> str:
    return client.cookies[live.DESK_COOKIE_NAME].value


def test_a_desk_session_says_whose_it_is_and_since_when(ben: Member) -> None:
    ben.browser()
    row = SealedSession.objects.get()
    assert row.holder == ben.person.id
    assert row.made_at <= row.seen_at


def test_before_the_password_nobody_is_named(ben: Member) -> None:
    Client().get("/desk/sign-in/")
    assert SealedSession.objects.get().holder is None


def test_a_survivors_session_has_neither_holder_nor_times(cast: Cast) -> None:
    Client().post("/be/q/1/", {"ELG-01": "BY"})
    row = SealedSession.objects.get()
    assert (row.holder, row.made_at, row.seen_at) == (None, None, None)


def test_only_ones_own_sessions_are_listed(ben: Member, chloe: Member) -> None:
    here, there = ben.browser(), ben.browser()
    chloe.browser()
    found = sessions.mine(ben.person, cookie(here))
    assert [one.is_this for one in found].count(True) == 1
    assert len(found) == 2
    assert {one.id for one in found}.isdisjoint({one.id for one in sessions.mine(chloe.person)})
    assert cookie(there) not in "".join(one.id for one in found)


def test_an_ended_session_is_signed_out_at_its_next_request(ben: Member) -> None:
    here, there = ben.browser(), ben.browser()
    other = next(one for one in sessions.mine(ben.person, cookie(here)) if not one.is_this)
    assert sessions.end(ben.person, other.id)
    assert there.get(QUEUE)["Location"].startswith("/desk/sign-in/")
    assert here.get(QUEUE).status_code == 200


def test_nobody_ends_another_persons_session(ben: Member, chloe: Member) -> None:
    hers = chloe.browser()
    assert not sessions.end(ben.person, sessions.mine(chloe.person)[0].id)
    assert hers.get(QUEUE).status_code == 200


def test_ending_all_others_keeps_this_one(ben: Member, chloe: Member) -> None:
    here, there, hers = ben.browser(), ben.browser(), chloe.browser()
    assert sessions.end_all(ben.person, cookie(here)) == 1
    assert here.get(QUEUE).status_code == 200
    assert there.get(QUEUE).status_code == 302
    assert hers.get(QUEUE).status_code == 200


def test_ending_all_ends_a_session_that_waits_for_its_code_too(ben: Member) -> None:
    client = Client()
    client.post("/desk/sign-in/", {"login": "ben", "password": ben.password})
    assert sessions.end_all(ben.person) == 1
    assert client.post("/desk/code/", {"code": ben.code()})["Location"] == "/desk/sign-in/"
