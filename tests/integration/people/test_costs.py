"""The hash and the sealed seed cost the same, and a higher cost takes hold at the next right password."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from people import costs, keys, signing_in
from people.models import Person
from tests.factories.cast import Cast, Member
from vault.envelope.password import Cost

DEARER = {"memory_kib": 128, "iterations": 2, "lanes": 1}


def fresh(member: Member) -> Person:
    return Person.objects.select_related("pair").get(id=member.person.id)


def report() -> str:
    out = StringIO()
    call_command("password_costs", stdout=out)
    return out.getvalue()


def test_both_blobs_carry_the_cost_of_the_settings(ben: Member) -> None:
    assert costs.costs(fresh(ben)) == (keys.cost(), keys.cost())


def test_a_raised_cost_takes_hold_at_the_next_sign_in(ben: Member, settings: Any) -> None:
    before, seed = fresh(ben), ben.seed
    settings.ARGON2 = DEARER
    found = signing_in.check("ben", ben.password)
    assert found is not None
    assert found[1] == seed
    assert costs.costs(fresh(ben)) == (Cost(128, 2, 1), Cost(128, 2, 1))
    assert fresh(ben).password != before.password
    again = signing_in.check("ben", ben.password)
    assert again is not None
    assert again[1] == seed


def test_once_is_enough(ben: Member, settings: Any) -> None:
    settings.ARGON2 = DEARER
    signing_in.check("ben", ben.password)
    once = fresh(ben)
    signing_in.check("ben", ben.password)
    assert (fresh(ben).password, bytes(fresh(ben).pair.password_seed)) == (
        once.password,
        bytes(once.pair.password_seed),
    )


def test_a_wrong_password_renews_nothing(ben: Member, settings: Any) -> None:
    settings.ARGON2 = DEARER
    signing_in.check("ben", "x" * 20)
    assert costs.is_outdated(fresh(ben))


def test_signing_in_and_unlocking_go_through_while_the_cost_is_raised(ben: Member, settings: Any) -> None:
    client = ben.browser()
    client.post("/desk/lock/")
    settings.ARGON2 = DEARER
    ask = {"password": ben.password, "code": ben.code()}
    assert client.post("/desk/unlock/", ask)["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200, "the session knows the new hash"
    assert not costs.is_outdated(fresh(ben))
    settings.ARGON2 = {**DEARER, "memory_kib": 256}
    assert ben.browser().get("/desk/").status_code == 200


def test_a_lowered_cost_is_followed_too(ben: Member, settings: Any) -> None:
    settings.ARGON2 = {"memory_kib": 32, "iterations": 1, "lanes": 1}
    signing_in.check("ben", ben.password)
    assert costs.costs(fresh(ben)) == (Cost(32, 1, 1), Cost(32, 1, 1))


@pytest.mark.parametrize("which", ["hash", "seed"])
def test_a_password_changed_meanwhile_is_not_put_back(ben: Member, settings: Any, which: str) -> None:
    """A sign-in has checked the old password when another request changes it."""
    settings.ARGON2 = DEARER
    old, seed = fresh(ben), ben.seed
    changed = fresh(ben)
    if which == "hash":
        Person.objects.filter(id=old.id).update(password="argon2$another")
    else:
        changed.pair.password_seed = keys.seal_seed(seed, changed.pair, "another password")
        changed.pair.save()
    wanted = (fresh(ben).password, bytes(fresh(ben).pair.password_seed))
    costs.renew(old, seed, ben.password)
    assert (fresh(ben).password, bytes(fresh(ben).pair.password_seed)) == wanted


def test_the_command_names_who_is_left_and_their_earlier_costs(cast: Cast, settings: Any) -> None:
    assert "0 left" in report()
    settings.ARGON2 = DEARER
    signing_in.check("ben", cast.ben.password)
    Person.objects.filter(login="tomas").update(is_active=False)
    text = report()
    assert "today: 128 KiB, 2 passes, 1 lane" in text
    assert "chloe: sign-in 64 KiB, 1 pass, 1 lane; seed 64 KiB, 1 pass, 1 lane" in text
    assert "ben:" not in text
    assert "tomas:" not in text, "whoever may not sign in is not waited for"
    assert "4 left" in text


def test_an_unlocked_session_elsewhere_ends_with_the_hash_it_was_made_under(ben: Member, settings: Any) -> None:
    there = ben.browser()
    settings.ARGON2 = DEARER
    Client().post("/desk/sign-in/", {"login": "ben", "password": ben.password})
    assert there.get("/desk/").status_code == 302
