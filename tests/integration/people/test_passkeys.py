"""Passkeys: after the right password, bound to this host, to the person and to the seed, and to one question."""

import json
import time
from typing import Any

import pytest
from django.test import Client
from django_otp_webauthn.models import WebAuthnAttestation, WebAuthnCredential, WebAuthnUserHandle

from people import factors
from people.models import Passkey, SealedTOTPDevice
from tests.factories.authenticator import Token, give_passkey, question
from tests.factories.cast import Member
from vault.models import AuditEvent

QUEUE, CODE, USE = "/desk/", "/desk/code/", "/desk/passkey/"


def known(member: Member) -> Client:
    """A browser after the password."""
    client = Client()
    client.post("/desk/sign-in/", {"login": member.person.login, "password": member.password})
    return client


def by_passkey(member: Member, token: Token) -> Client:
    client = known(member)
    client.post(CODE, {"passkey": token.answers(question(client.get(CODE).content))})
    return client


def test_a_passkey_stands_for_the_code_at_sign_in(ben: Member) -> None:
    token = give_passkey(ben.browser(), ben.code())
    client = by_passkey(ben, token)
    assert client.get(QUEUE).status_code == 200
    assert Passkey.objects.get().sign_count == 1


def test_adding_one_needs_the_second_factor_first(ben: Member) -> None:
    client = ben.browser()
    assert client.post("/desk/account/passkeys/add/", {"name": "x", "code": "000000"}).status_code == 200
    assert client.get("/desk/account/passkeys/make/")["Location"] == "/desk/account/passkeys/add/"
    assert client.post("/desk/account/passkeys/make/", {"passkey": "{}"}).status_code == 302
    assert not Passkey.objects.exists()


def test_the_second_factor_is_asked_for_again_after_five_minutes(ben: Member, monkeypatch: Any) -> None:
    client = ben.browser()
    client.post("/desk/account/passkeys/add/", {"name": "x", "code": ben.code()})
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 301)
    assert client.get("/desk/account/passkeys/make/").status_code == 302


def test_nothing_of_the_attestation_nor_of_the_device_is_kept(ben: Member) -> None:
    give_passkey(ben.browser(), ben.code())
    assert set(Passkey.objects.values_list("aaguid", flat=True)) == {"00000000-0000-0000-0000-000000000000"}
    for model in (WebAuthnAttestation, WebAuthnCredential, WebAuthnUserHandle):
        assert not model.objects.exists()


def test_the_authenticator_gets_no_id_of_ours(ben: Member) -> None:
    client = ben.browser()
    client.post("/desk/account/passkeys/add/", {"name": "x", "code": ben.code()})
    asked = question(client.get("/desk/account/passkeys/make/").content)
    assert asked["user"]["name"] == asked["user"]["displayName"] == "ben"
    assert ben.person.id.hex not in json.dumps(asked)
    assert asked["attestation"] == "none"
    assert asked["rp"] == {"id": "testserver", "name": "Workspace"}


def test_whoever_has_no_passkey_is_asked_for_none(ben: Member) -> None:
    assert b"data-passkey" not in known(ben).get(CODE).content


def test_before_the_password_nothing_is_asked_and_nothing_taken(ben: Member) -> None:
    token = give_passkey(ben.browser(), ben.code())
    client = Client()
    assert client.get(CODE).status_code == 302
    asked = question(known(ben).get(CODE).content)
    assert client.post(CODE, {"passkey": token.answers(asked)})["Location"] == "/desk/sign-in/"
    assert client.get(QUEUE).status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://desk.example.net"},  # a page that looks like ours hands everything on
        {"origin": "http://testserver:8000"},
        {"host": "example.net"},
    ],
    ids=["another site", "another port", "another host"],
)
def test_an_answer_for_another_place_is_refused(ben: Member, wrong: dict[str, str]) -> None:
    token = give_passkey(ben.browser(), ben.code())
    for name, value in wrong.items():
        setattr(token, name, value)
    assert by_passkey(ben, token).get(QUEUE).status_code == 302


def test_an_answer_to_another_question_is_refused(ben: Member) -> None:
    token = give_passkey(ben.browser(), ben.code())
    client, other = known(ben), known(ben)
    stolen = token.answers(question(other.get(CODE).content))
    client.get(CODE)
    client.post(CODE, {"passkey": stolen})
    assert client.get(QUEUE).status_code == 302


def test_a_question_is_answered_once(ben: Member) -> None:
    client = ben.browser()
    token = give_passkey(client, ben.code())
    answer = token.answers(question(client.get(USE).content))
    assert b"For five minutes" in client.post(USE, {"passkey": answer}).content
    assert b"There is a problem" in client.post(USE, {"passkey": answer}).content


def test_a_copied_token_that_falls_behind_is_refused(ben: Member) -> None:
    token = give_passkey(ben.browser(), ben.code())
    by_passkey(ben, token)
    token.count = 0
    assert by_passkey(ben, token).get(QUEUE).status_code == 302


def test_another_persons_passkey_is_refused(ben: Member, chloe: Member) -> None:
    give_passkey(ben.browser(), ben.code())
    hers = give_passkey(chloe.browser(), chloe.code())
    assert by_passkey(ben, hers).get(QUEUE).status_code == 302


@pytest.mark.parametrize(
    "answer", ["", "{", "[]", "7", "{}", '{"id": 1}', '{"id":"a","rawId":"a","response":{}}', "x" * 20_000]
)
def test_nonsense_is_no_passkey(ben: Member, answer: str) -> None:
    give_passkey(ben.browser(), ben.code())
    client = known(ben)
    client.get(CODE)
    assert client.post(CODE, {"passkey": answer}).status_code == 200
    assert client.get(QUEUE).status_code == 302


def test_nonsense_makes_no_passkey(ben: Member) -> None:
    client = ben.browser()
    client.post("/desk/account/passkeys/add/", {"name": "x", "code": ben.code()})
    for answer in ("{}", "[]", '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"YQ"}}'):
        client.get("/desk/account/passkeys/make/")
        assert client.post("/desk/account/passkeys/make/", {"passkey": answer}).status_code == 200
    assert not Passkey.objects.exists()


def test_unlocking_with_password_and_passkey(ben: Member) -> None:
    client = ben.browser()
    token = give_passkey(client, ben.code())
    client.post("/desk/lock/")
    asked = question(client.get("/desk/unlock/").content)
    wrong = client.post("/desk/unlock/", {"password": "x" * 20, "passkey": token.answers(asked)})
    assert wrong.status_code == 200
    right = {"password": ben.password, "passkey": token.answers(question(wrong.content))}
    assert client.post("/desk/unlock/", right)["Location"] == QUEUE


def test_a_fresh_passkey_stands_for_a_code_for_five_minutes(ben: Member, monkeypatch: Any) -> None:
    client = ben.browser()
    token = give_passkey(client, ben.code())
    assert b"Ten recovery codes" not in client.post("/desk/account/recovery-codes/", {"code": ""}).content
    client.post(USE, {"passkey": token.answers(question(client.get(USE).content))})
    assert b"Ten recovery codes" in client.post("/desk/account/recovery-codes/", {"code": ""}).content
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 301)
    assert b"Ten recovery codes" not in client.post("/desk/account/recovery-codes/", {"code": ""}).content


def test_locking_ends_the_five_minutes(ben: Member) -> None:
    client = ben.browser()
    token = give_passkey(client, ben.code())
    client.post(USE, {"passkey": token.answers(question(client.get(USE).content))})
    client.post("/desk/lock/")
    client.post("/desk/unlock/", {"password": ben.password, "code": ben.code()})
    assert b"Ten recovery codes" not in client.post("/desk/account/recovery-codes/", {"code": ""}).content


def test_signing_in_by_passkey_does_not_start_the_five_minutes(ben: Member) -> None:
    client = by_passkey(ben, give_passkey(ben.browser(), ben.code()))
    assert b"Ten recovery codes" not in client.post("/desk/account/recovery-codes/", {"code": ""}).content


def test_a_removed_passkey_ends_its_sessions(ben: Member) -> None:
    here = ben.browser()
    client = by_passkey(ben, give_passkey(here, ben.code()))
    assert client.get(QUEUE).status_code == 200
    page = f"/desk/account/passkeys/{Passkey.objects.get().id}/"
    assert here.post(page, {"do": "remove", "code": "000000"}).status_code == 200
    SealedTOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert here.post(page, {"do": "remove", "code": ben.code()}).status_code == 302
    assert client.get(QUEUE).status_code == 302


def test_the_last_second_factor_stays(ben: Member) -> None:
    here = ben.browser()
    client = by_passkey(ben, give_passkey(here, ben.code()))
    codes = factors.make_recovery_codes(person=ben.person, by=ben.person, seed=ben.seed)
    SealedTOTPDevice.objects.filter(user=ben.person).delete()
    page = client.post(f"/desk/account/passkeys/{Passkey.objects.get().id}/", {"do": "remove", "code": codes[0]})
    assert b"only second factor" in page.content
    assert Passkey.objects.exists()


def test_renaming_needs_no_factor_and_shows_on_the_account(ben: Member) -> None:
    client = ben.browser()
    give_passkey(client, ben.code())
    client.post(f"/desk/account/passkeys/{Passkey.objects.get().id}/", {"name": "<b>green</b>"})
    assert "Passkey: &lt;b&gt;green&lt;/b&gt;" in client.get("/desk/account/").content.decode()


def test_nobody_sees_or_changes_another_persons_passkey(ben: Member, chloe: Member) -> None:
    give_passkey(ben.browser(), ben.code())
    page, hers = f"/desk/account/passkeys/{Passkey.objects.get().id}/", chloe.browser()
    assert hers.get(page).status_code == 404
    assert hers.post(page, {"name": "mine now"}).status_code == 404
    assert hers.post(page, {"do": "remove", "code": chloe.code()}).status_code == 404
    assert Passkey.objects.get().name == "blue token"


def test_acts_are_on_record(ben: Member) -> None:
    client = ben.browser()
    give_passkey(client, ben.code())
    client.post(f"/desk/account/passkeys/{Passkey.objects.get().id}/", {"do": "remove", "code": ben.code()})
    actions = AuditEvent.objects.filter(actor=ben.person.id).order_by("id").values_list("action", flat=True)
    assert list(actions)[-2:] == ["person.passkey_added", "person.passkey_removed"]


def test_the_packages_own_ways_in_are_closed(db: None) -> None:
    """Neither a view nor a back-end of the packages signs anybody in."""
    from django.conf import settings
    from django.urls import get_resolver

    assert settings.OTP_WEBAUTHN_ALLOW_PASSWORDLESS_LOGIN is False
    assert settings.AUTHENTICATION_BACKENDS == ["django.contrib.auth.backends.ModelBackend"]
    assert not [name for name in get_resolver().reverse_dict if "webauthn" in str(name) or "axes" in str(name)]
    assert "otp_webauthn" not in get_resolver().namespace_dict
