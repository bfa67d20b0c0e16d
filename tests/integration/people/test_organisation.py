"""The founding ceremony: who holds what afterwards, and what is kept nowhere."""

from __future__ import annotations

import json
from itertools import combinations

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from shamir_mnemonic import MnemonicError, combine_mnemonics

from people.management.commands.found_organisation import parse
from people.models import Person, Role
from people.organisation import AlreadyFounded, NewPerson, found
from tests.factories.cast import PEOPLE, Cast
from vault import worker
from vault.envelope.seeds import public_of
from vault.errors import NoGrant, Unstated
from vault.models import KeyPair
from vault.recipients import stated

HOLDERS = {
    "root": {"dana", "marek"},
    "leads": {"dana", "marek"},
    "caseworkers": {"ben", "chloe"},
    "intake": {"ben", "chloe", "dana", "marek"},
}


@pytest.mark.parametrize("use", sorted(HOLDERS))
def test_organisation_keys_open_for_their_holders_only(cast: Cast, use: str) -> None:
    holders = set()
    for login in ("ben", "chloe", "dana", "marek", "lena", "tomas"):
        try:
            ring = getattr(cast, login).ring.team(use)
        except NoGrant:
            continue
        assert ring.pair.use == use
        holders.add(login)
    assert holders == HOLDERS[use]


def test_the_root_states_everybody_with_the_role(cast: Cast) -> None:
    for person in Person.objects.all():
        recipient = stated(person.pair, {"person"})
        assert (recipient.holder, recipient.role) == (person.id, person.role)


def test_any_two_custodians_open_the_recovery_key_and_one_does_not(cast: Cast) -> None:
    pair = KeyPair.objects.get(use="recovery")
    for shares in combinations(cast.founded.recovery_shares, 2):
        assert public_of(combine_mnemonics(shares)).fingerprint == bytes(pair.fingerprint)
    with pytest.raises(MnemonicError):
        combine_mnemonics(cast.founded.recovery_shares[:1])


def test_no_seed_and_no_password_is_kept(cast: Cast) -> None:
    needles = [getattr(cast, login).password.encode() for login in ("ben", "lena")]
    needles += [getattr(cast, login).totp for login in ("ben", "lena")]
    needles += [cast.dana.ring.team(use).signer.seed for use in ("root", "leads", "intake")]
    needles += [cast.ben.seed, combine_mnemonics(cast.founded.recovery_shares[:2])]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            cells = (cell for row in cursor.fetchall() for cell in row)
            dump = b"\0".join(bytes(c) if isinstance(c, bytes | memoryview) else str(c).encode() for c in cells)
            assert not [needle for needle in needles if needle in dump or needle.hex().encode() in dump], table


def test_the_root_fingerprint_is_written_beside_the_secrets_once(cast: Cast, settings: object) -> None:
    path = settings.SECRETS_DIR / "root_fingerprint"
    assert bytes.fromhex(path.read_text().strip()) == cast.founded.root_fingerprint
    assert path.stat().st_mode & 0o777 == 0o600


def test_it_is_done_once(cast: Cast) -> None:
    with pytest.raises(AlreadyFounded):
        found(list(PEOPLE), demo=True)


@pytest.mark.django_db
def test_another_root_in_the_settings_is_not_replaced(fresh_deployment: None, settings: object) -> None:
    settings.ROOT_FINGERPRINT = bytes(32)
    with pytest.raises(AlreadyFounded):
        found(list(PEOPLE), demo=False)


@pytest.mark.django_db
def test_nobody_is_admitted_without_a_lead(fresh_deployment: None) -> None:
    with pytest.raises(ValueError, match="lead"):
        found([NewPerson("ben", "Ben", Role.CASEWORKER)], demo=False)
    assert not Person.objects.exists()


def test_the_worker_of_this_host_is_admitted(cast: Cast) -> None:
    assert worker.ensure().pair.use == "worker"


def test_a_person_added_by_hand_is_in_no_directory(cast: Cast) -> None:
    """A row that was inserted: its key is not stated, so nothing is ever sealed to it."""
    stranger = KeyPair.objects.get(use="recovery")
    person = Person.objects.create(login="eve", name="Eve", role=Role.LEAD, pair=stranger)
    with pytest.raises(Unstated):
        stated(person.pair, {"person"})


@pytest.mark.django_db
def test_make_demo_prints_once(fresh_deployment: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("make_demo")
    first = capsys.readouterr().out
    assert first.count("(demo)") == 5
    assert first.startswith("DEMO. Invented people")
    assert "otpauth://totp/Workspace:ben?secret=" in first
    assert [
        Person.objects.filter(role=role, is_demo=True).count() for role in (Role.CASEWORKER, Role.LEAD, Role.LAWYER)
    ] == [2, 2, 1]
    call_command("make_demo")
    assert capsys.readouterr().out.startswith("The demo organisation exists.")


@pytest.mark.django_db
def test_make_demo_as_json(fresh_deployment: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("make_demo", "--json")
    made = json.loads(capsys.readouterr().out)
    assert {person["login"] for person in made["people"]} == {"ben", "chloe", "dana", "marek", "lena"}
    assert not made["exists"]
    call_command("make_demo", "--json")
    assert json.loads(capsys.readouterr().out) == {"exists": True}


@pytest.mark.django_db
def test_production_gets_no_demo(fresh_deployment: None, settings: object) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError):
        call_command("make_demo")
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_a_real_organisation_is_founded_from_arguments(
    fresh_deployment: None, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("found_organisation", "lead:dana:Dana:North", "caseworker:ben:Ben:North", "lawyer:lena:Lena")
    printed = capsys.readouterr().out
    assert "DEMO" not in printed
    assert "Recovery shares" in printed
    assert Person.objects.get(login="dana").team == "North"
    assert not Person.objects.filter(is_demo=True).exists()
    with pytest.raises(CommandError, match="has a root"):
        call_command("found_organisation", "lead:eve:Eve")


@pytest.mark.parametrize("text", ["", "lead", "lead:dana", "boss:dana:Dana", "lead::Dana", "lead:dana:", "a:b:c:d:e"])
def test_arguments_of_another_shape_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="role:login:name"):
        parse(text)
