"""Intake staff: of the caseworkers only those whom a lead named hold the intake key."""

from __future__ import annotations

import pytest

from people import joining, keywork, naming
from people.errors import Refused
from people.models import Role
from people.recipients import is_intake_staff
from tests.factories.cast import Cast, Member, first_contact
from tests.factories.newcomers import again, invited, joined, renewed, words_of
from vault import rotation
from vault.directory import state
from vault.errors import NoGrant
from vault.models import Compartment, KeyPair, Statement, today

pytestmark = pytest.mark.django_db


def has_intake(member: Member) -> bool:
    """Does the member's key reach the intake key in use?"""
    try:
        member.ring.team("intake")
    except NoGrant:
        return False
    return True


def end(cast: Cast, member: Member) -> None:
    naming.end(person=member.person, by=cast.dana.person, ring=cast.dana.ring)


def admitted(cast: Cast, *, is_intake: bool) -> Member:
    """Eva comes as a caseworker."""
    row, member = joined(invited(cast.dana)[1])
    person = joining.admit(
        invitation=row, by=cast.dana.person, ring=cast.dana.ring, typed=words_of(row), role=Role.CASEWORKER,
        is_intake=is_intake,
    )  # fmt: skip
    return Member(person, member.password, member.totp)


@pytest.mark.parametrize("is_intake", [True, False])
def test_a_newcomer_reads_new_accounts_only_when_named(cast: Cast, is_intake: bool) -> None:
    eva = admitted(cast, is_intake=is_intake)
    assert is_intake_staff(eva.person) is has_intake(eva) is is_intake


def test_naming_later_gives_the_key_and_ending_takes_it(cast: Cast) -> None:
    eva = admitted(cast, is_intake=False)
    naming.name(person=eva.person, by=cast.dana.person, ring=cast.dana.ring)
    assert has_intake(eva)
    waiting = first_contact()
    end(cast, eva)
    assert not has_intake(eva)
    assert not is_intake_staff(again(eva))
    while rotation.step(cast.dana.ring, seconds=60):
        pass
    account = Compartment.objects.get(kind="account", owner=waiting.case.id)
    with pytest.raises(NoGrant):
        eva.ring.latest(account)
    assert cast.chloe.ring.latest(account)
    assert has_intake(cast.chloe)


def test_the_key_is_replaced_when_somebody_goes(cast: Cast) -> None:
    before = cast.chloe.ring.team("intake").pair.id
    end(cast, cast.ben)
    assert cast.chloe.ring.team("intake").pair.id != before
    assert not has_intake(cast.ben)


def test_a_weekly_replacement_leaves_out_who_is_not_named(cast: Cast) -> None:
    eva = admitted(cast, is_intake=False)
    keywork.replace_intake(by=cast.dana.person, ring=cast.dana.ring)
    assert [has_intake(each) for each in (cast.ben, cast.chloe, cast.dana, eva)] == [True, True, True, False]


def test_new_keys_of_intake_staff_are_named_again(cast: Cast) -> None:
    fresh, _ = renewed(cast.ben, cast.dana)
    assert is_intake_staff(fresh.person)
    assert has_intake(fresh)


def test_no_row_names_anybody(cast: Cast) -> None:
    """A statement that somebody else than the root signed, and one that was put back after its end."""
    eva = admitted(cast, is_intake=False)
    state(
        pair=eva.person.pair, holder=eva.person.id, use=KeyPair.Use.PERSON, role="intake", from_on=today(),
        until_on=None, signer=cast.ben.ring.signer,
    )  # fmt: skip
    assert not is_intake_staff(eva.person)
    kept = list(Statement.objects.filter(pair=cast.ben.person.pair, role="intake"))
    end(cast, cast.ben)
    Statement.objects.bulk_create(kept)
    assert not is_intake_staff(again(cast.ben))


@pytest.mark.parametrize("login", ["ben", "lena"])
def test_only_leads_name_and_only_caseworkers_are_named(cast: Cast, login: str) -> None:
    with pytest.raises(Refused):
        naming.name(person=cast.chloe.person, by=getattr(cast, login).person, ring=cast.ben.ring)
    with pytest.raises(Refused):
        naming.name(person=cast.lena.person, by=cast.dana.person, ring=cast.dana.ring)


def test_whoever_is_not_named_sees_the_line_and_no_button(cast: Cast) -> None:
    waiting = first_contact()
    end(cast, cast.chloe)
    chloe = cast.chloe.browser()
    page = chloe.get(f"/desk/cases/{waiting.case.reference}/").content.decode()
    assert f"/desk/cases/{waiting.case.reference}/take/" not in page
    assert "Wait: intake staff take it" in chloe.get("/desk/").content.decode()


def test_pages(cast: Cast) -> None:
    dana = cast.dana.browser()
    path = f"/desk/people/{cast.ben.person.id}/"
    assert "reads new accounts" in dana.get(path).content.decode()
    assert dana.post(f"{path}intake/end/", {"code": cast.dana.code()}).status_code == 302
    assert not is_intake_staff(again(cast.ben))
    assert "Let read new accounts" in dana.get(path).content.decode()
    assert dana.post(f"{path}intake/end/", {"code": cast.dana.code()}).status_code == 409
