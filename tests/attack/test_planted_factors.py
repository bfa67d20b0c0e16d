"""Somebody who knows a password and can write to the database plants a second factor: none is believed."""

from __future__ import annotations

import hashlib

import pytest
from django.test import Client

from people import factors
from people.models import Passkey, SealedTOTPDevice
from tests.attack import sql
from tests.factories.authenticator import Token, give_passkey, question
from tests.factories.cast import Member

CODE, QUEUE = "/desk/code/", "/desk/"


def gets_in(member: Member, token: Token) -> bool:
    """Signs in with the member's password and this token."""
    client = Client()
    client.post("/desk/sign-in/", {"login": member.person.login, "password": member.password})
    client.post(CODE, {"passkey": token.answers(question(client.get(CODE).content))})
    return client.get(QUEUE).status_code == 200


def row_of(member: Member) -> int:
    return int(Passkey.objects.get(user=member.person).id)


@pytest.fixture
def bens(ben: Member) -> Token:
    """Ben's passkey, which works."""
    token = give_passkey(ben.browser(), ben.code())
    assert gets_in(ben, token)
    return token


@pytest.fixture
def stranger(bens: Token) -> Token:
    """A token of the attacker that pretends to be Ben's."""
    return Token(id=bens.id, count=bens.count)


def test_a_public_key_put_over_a_passkey_is_refused(ben: Member, bens: Token, stranger: Token) -> None:
    sql.run("UPDATE people_passkey SET public_key = %s WHERE id = %s", stranger.public_key, row_of(ben))
    assert not gets_in(ben, stranger)
    assert not gets_in(ben, bens)


def test_a_passkey_moved_to_another_person_is_refused(ben: Member, chloe: Member, bens: Token) -> None:
    hers = give_passkey(chloe.browser(), chloe.code())
    sql.run("DELETE FROM people_passkey WHERE id = %s", row_of(ben))
    sql.run("UPDATE people_passkey SET user_id = %s WHERE id = %s", ben.person.id, row_of(chloe))
    assert not gets_in(ben, hers)


def test_an_added_passkey_is_refused(ben: Member, bens: Token) -> None:
    mine = Token()
    sql.copied(
        "people_passkey", "id = %s", row_of(ben), id=10_000, credential_id=mine.id, public_key=mine.public_key,
        credential_id_sha256=hashlib.sha256(mine.id).hexdigest(),
    )  # fmt: skip
    assert not gets_in(ben, mine)
    assert gets_in(ben, bens), "the genuine one still works"


def test_a_row_that_is_found_under_a_genuine_name_is_refused(ben: Member, bens: Token, stranger: Token) -> None:
    """Rows are found by a hash of the credential: the genuine row gets another one, the planted row gets its."""
    wanted = hashlib.sha256(bens.id).hexdigest()
    row = row_of(ben)
    sql.run("UPDATE people_passkey SET credential_id_sha256 = %s WHERE id = %s", "0" * 64, row)
    sql.copied("people_passkey", "id = %s", row, id=10_000, public_key=stranger.public_key, credential_id_sha256=wanted)
    assert not gets_in(ben, stranger)


def test_a_row_in_the_packages_own_table_is_no_factor(ben: Member, bens: Token) -> None:
    mine = Token()
    columns = (
        "name, confirmed, credential_type, credential_id, public_key, transports, sign_count, backup_eligible, "
        "backup_state, aaguid, discoverable, user_id, created_at, last_used_at"
    )
    sql.run(
        f"INSERT INTO django_otp_webauthn_webauthncredential ({columns}, credential_id_sha256) "
        f"SELECT {columns}, %s FROM people_passkey WHERE id = %s",
        hashlib.sha256(mine.id).hexdigest(), row_of(ben),
    )  # fmt: skip
    sql.run(
        "UPDATE django_otp_webauthn_webauthncredential SET credential_id = %s, public_key = %s",
        mine.id,
        mine.public_key,
    )
    assert not gets_in(ben, mine)
    assert not factors.is_own(ben.person, "django_otp_webauthn.webauthncredential/1")


def test_recovery_codes_of_another_person_are_refused(ben: Member, chloe: Member) -> None:
    hers = factors.make_recovery_codes(person=chloe.person, by=chloe.person, seed=chloe.seed)
    factors.make_recovery_codes(person=ben.person, by=ben.person, seed=ben.seed)
    sheets = "SELECT id FROM people_recoverysheet WHERE user_id = %s"
    sql.run(f"DELETE FROM people_recoverycode WHERE sheet_id IN ({sheets})", ben.person.id)
    sql.run(f"UPDATE people_recoverycode SET sheet_id = ({sheets})", ben.person.id)
    assert [code for code in hers if factors.check_code(ben.person, code, ben.seed)] == []


def test_a_code_put_into_the_table_by_hand_is_refused(ben: Member) -> None:
    """The writer knows one code of the paper and copies its hash to a new row, to use it for ever."""
    codes = factors.make_recovery_codes(person=ben.person, by=ben.person, seed=ben.seed)
    tags = {code: tag for code in codes[:1] for (tag,) in sql.ask("SELECT tag FROM people_recoverycode")}
    assert factors.check_code(ben.person, codes[0], ben.seed) is not None
    sql.run("UPDATE people_recoverycode SET tag = %s", tags[codes[0]])
    assert factors.check_code(ben.person, codes[0], ben.seed) is None


def test_a_used_code_put_back_is_refused(ben: Member) -> None:
    code = factors.make_recovery_codes(person=ben.person, by=ben.person, seed=ben.seed)[0]
    before = sql.ask("SELECT id, sheet_id, tag FROM people_recoverycode")
    assert factors.check_code(ben.person, code, ben.seed) is not None
    left = {row[0] for row in sql.ask("SELECT id FROM people_recoverycode")}
    for row in (row for row in before if row[0] not in left):
        sql.run("INSERT INTO people_recoverycode (id, sheet_id, tag) VALUES (%s, %s, %s)", *row)
    assert len(sql.ask("SELECT id FROM people_recoverycode")) == factors.CODES
    assert factors.check_code(ben.person, code, ben.seed) is None


def test_another_persons_authenticator_is_refused(ben: Member, chloe: Member) -> None:
    hers = sql.ask("SELECT sealed FROM people_sealedtotpdevice WHERE user_id = %s", chloe.person.id)[0][0]
    sql.run("UPDATE people_sealedtotpdevice SET sealed = %s WHERE user_id = %s", bytes(hers), ben.person.id)
    client = Client(raise_request_exception=False)
    client.post("/desk/sign-in/", {"login": "ben", "password": ben.password})
    assert client.post(CODE, {"code": chloe.code()}).status_code != 302
    assert client.get(QUEUE).status_code == 302
    assert SealedTOTPDevice.objects.filter(user=ben.person).count() == 1
