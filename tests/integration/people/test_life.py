"""Suspending, letting in again, removing: at once, with keys, and never so that nobody is left."""

from __future__ import annotations

import pytest
from django.conf import settings

from cases import keys as case_keys
from people import joining, life, renewing, signing_in
from people.errors import Refused
from people.handing import hand_on, holders
from people.models import Person, RecoveryShare, SealedTOTPDevice
from people.recipients import recipient_of
from tests.factories.cast import Cast, Member, assigned, first_contact, write
from tests.factories.newcomers import admitted, again, invited, joined
from vault import rotation
from vault.errors import NoGrant, Unstated
from vault.models import AuditEvent, Grant, KeyPair, SealedSession
from vault.recipients import organisation


def removed(member: Member, by: Member) -> set[str]:
    return life.remove(person=member.person, by=by.person, ring=by.ring)


def worked_off(by: Member) -> None:
    """A lead's session has done everything."""
    while rotation.remaining().total:
        assert rotation.step(by.ring, seconds=5)


def test_suspending_closes_every_session_at_once(cast: Cast) -> None:
    client = cast.ben.browser()
    life.suspend(person=cast.ben.person, by=cast.dana.person)
    assert client.get("/desk/").status_code == 302
    assert not SealedSession.objects.filter(holder=cast.ben.person.id).exists()
    assert signing_in.check("ben", cast.ben.password) is None


def test_a_session_put_back_after_a_suspension_opens_nothing(cast: Cast) -> None:
    """The row of the session and the cookie were kept; the person is still suspended."""
    client = cast.ben.browser()
    row = SealedSession.objects.get(holder=cast.ben.person.id)
    life.suspend(person=cast.ben.person, by=cast.dana.person)
    row.save(force_insert=True)
    assert settings.DESK_COOKIE_NAME in client.cookies
    assert client.get("/desk/")["Location"].startswith("/desk/sign-in/")


def test_a_lead_lets_somebody_in_again_with_the_same_keys(cast: Cast) -> None:
    life.suspend(person=cast.ben.person, by=cast.dana.person)
    life.reinstate(person=cast.ben.person, by=cast.dana.person)
    assert signing_in.check("ben", cast.ben.password) is not None
    assert cast.ben.ring.team("intake")
    actions = AuditEvent.objects.filter(subject=cast.ben.person.id).values_list("action", flat=True)
    assert {"person.suspended", "person.reinstated"} <= set(actions)


def test_an_administrator_suspends_and_does_not_let_in_again(cast: Cast) -> None:
    admin = admitted(cast.dana, "ada", "administrator")
    life.suspend(person=cast.ben.person, by=admin.person)
    with pytest.raises(Refused):
        life.reinstate(person=cast.ben.person, by=admin.person)


def test_whoever_was_never_admitted_cannot_be_let_in_by_that_way(dana: Member) -> None:
    _, eva = joined(invited(dana)[1])
    with pytest.raises(Refused, match="not_admitted"):
        life.reinstate(person=eva.person, by=dana.person)


@pytest.mark.parametrize("login", ["ben", "lena"])
def test_others_suspend_nobody(cast: Cast, login: str) -> None:
    with pytest.raises(Refused):
        life.suspend(person=cast.chloe.person, by=getattr(cast, login).person)


def test_nobody_suspends_or_removes_themselves(cast: Cast) -> None:
    with pytest.raises(Refused, match="yourself"):
        life.suspend(person=cast.dana.person, by=cast.dana.person)
    with pytest.raises(Refused, match="yourself"):
        removed(cast.dana, cast.dana)


def test_the_last_active_lead_is_not_suspended(cast: Cast) -> None:
    admin = admitted(cast.dana, "ada", "administrator")
    life.suspend(person=cast.marek.person, by=admin.person)
    with pytest.raises(Refused, match="last_lead"):
        life.suspend(person=cast.dana.person, by=admin.person)


def test_two_leads_stay(cast: Cast) -> None:
    with pytest.raises(Refused, match="two_leads_stay"):
        removed(cast.marek, cast.dana)
    admitted(cast.dana, "olga", "lead")
    assert removed(cast.marek, cast.dana) == {"root", "leads", "intake"}


def test_the_last_caseworker_takes_no_key_into_the_grave(cast: Cast) -> None:
    removed(cast.ben, cast.dana)
    with pytest.raises(Refused, match="last_holder"):
        removed(cast.chloe, cast.dana)


def test_only_a_lead_with_the_root_removes(cast: Cast) -> None:
    with pytest.raises(Refused):
        removed(cast.chloe, cast.ben)
    Person.objects.filter(login="ben").update(role="lead")
    with pytest.raises(NoGrant):
        life.remove(person=cast.chloe.person, by=Person.objects.get(login="ben"), ring=cast.ben.ring)
    assert again(cast.chloe).is_active


def test_a_removed_person_is_gone_in_every_respect(cast: Cast) -> None:
    client, pair = cast.ben.browser(), cast.ben.person.pair
    removed(cast.ben, cast.dana)
    ben = again(cast.ben)
    assert not ben.is_active
    assert ben.removed_on is not None
    assert client.get("/desk/").status_code == 302
    with pytest.raises(Unstated):
        recipient_of(ben, {"caseworker"})
    pair.refresh_from_db()
    assert pair.is_exposed
    assert pair.password_seed is None
    assert not Grant.objects.filter(recipient=pair).exists()
    assert not SealedTOTPDevice.objects.filter(user=ben).exists()
    event = AuditEvent.objects.get(action="person.removed")
    assert (event.subject, event.actor) == (ben.id, cast.dana.person.id)
    assert event.detail == {"keys": ["caseworkers", "intake"]}
    with pytest.raises(Refused, match="removed"):
        removed(cast.ben, cast.dana)
    with pytest.raises(Refused, match="not_suspended"):
        life.reinstate(person=ben, by=cast.dana.person)


def test_a_removed_person_switched_on_again_by_sql_gets_nothing(cast: Cast) -> None:
    removed(cast.ben, cast.dana)
    Person.objects.filter(login="ben").update(is_active=True, removed_on=None)
    hand_on(cast.chloe.ring)
    hand_on(cast.dana.ring)
    assert not Grant.objects.filter(recipient=cast.ben.person.pair).exists()
    assert signing_in.check("ben", cast.ben.password) is None


def test_a_removed_persons_keyring_opens_none_of_the_new_keys(cast: Cast) -> None:
    ring = cast.ben.ring
    assert ring.team("caseworkers")
    assert ring.team("intake")
    removed(cast.ben, cast.dana)
    for use in ("caseworkers", "intake"):
        with pytest.raises(NoGrant):
            ring.team(use)
        assert cast.chloe.ring.team(use).pair == organisation(use).pair


def test_what_a_removed_person_held_reopens_for_the_others_only(cast: Cast) -> None:
    """What was copied stays readable to whoever copied it; what is written afterwards is not."""
    amina = first_contact()
    case = assigned(amina, cast.ben)
    old = case_keys.open_latest(case, "messages", cast.ben.ring)
    ring, pair = cast.ben.ring, cast.ben.person.pair
    removed(cast.ben, cast.dana)
    worked_off(cast.dana)
    newest = case_keys.open_latest(case, "messages", cast.dana.ring)
    assert newest.epoch.number > old.epoch.number
    assert not Grant.objects.filter(recipient=pair).exists()
    with pytest.raises(NoGrant):
        ring.open(newest.epoch)
    write(amina, "written afterwards")


def test_a_retired_key_that_somebody_held_while_suspended_is_replaced_too(cast: Cast) -> None:
    life.suspend(person=cast.ben.person, by=cast.dana.person)
    rotation.replace_team_key("intake", list(holders("intake")), cast.dana.ring.team("root").signer)
    assert removed(cast.ben, cast.dana) == {"caseworkers", "intake"}


def test_an_open_invitation_and_an_unprinted_share_go_along(cast: Cast) -> None:
    RecoveryShare.objects.filter(custodian=cast.ben.person).update(sealed=b"x")
    renewing.start(person=cast.ben.person, kind="lost", by=cast.dana.person)
    removed(cast.ben, cast.dana)
    assert not joining.current().filter(person=cast.ben.person).exists()
    assert not RecoveryShare.objects.filter(custodian=cast.ben.person).exclude(sealed=None).exists()


def test_the_seeds_of_removed_people_stand_nowhere(cast: Cast) -> None:
    removed(cast.lena, cast.dana)
    assert KeyPair.objects.get(id=cast.lena.person.pair_id).password_seed is None
