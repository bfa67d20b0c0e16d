"""New keys: what the old key was really given goes to the new one; what nobody here opens is counted as lost."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from cases import keys as case_keys
from people import joining, life, renewing, signing_in
from people.errors import Refused, WrongWords
from people.handing import hand_on
from people.models import Invitation, Person, RecoveryShare, SealedTOTPDevice
from people.recipients import recipient_of
from tests.factories.cast import ROUTES, Cast, Member, assigned, confirmed, delivered, first_contact, requested, tell
from tests.factories.newcomers import again, joined, renewed, words_of
from vault import rotation
from vault.errors import NoGrant, Unstated
from vault.models import AuditEvent, Grant, KeyPair, SealedSession
from vault.recipients import stated


def start(member: Member, by: Member, kind: str = "lost") -> tuple[Invitation, str]:
    return renewing.start(person=member.person, kind=kind, by=by.person)


def test_a_lost_password_ends_with_new_keys_and_the_same_cases(cast: Cast) -> None:
    case = assigned(first_contact(), cast.ben)
    old = cast.ben.person.pair
    ben, done = renewed(cast.ben, cast.dana)
    assert done.given >= 4
    assert done.lost == {}
    assert signing_in.check("ben", cast.ben.password) is None
    assert signing_in.check("ben", ben.password) is not None
    Grant.objects.filter(recipient__use="intake").delete()  # only the own grants are left to try
    assert case_keys.open_latest(case, "account", ben.ring)
    assert not Grant.objects.filter(recipient=old).exists()
    with pytest.raises(Unstated):
        stated(old)


def test_a_lost_password_is_no_exposure(cast: Cast) -> None:
    before = set(KeyPair.objects.filter(use="intake").values_list("id", flat=True))
    renewed(cast.ben, cast.dana)
    assert set(KeyPair.objects.filter(use="intake").values_list("id", flat=True)) == before
    assert rotation.remaining().epochs == 0


def test_the_organisation_keys_come_from_whoever_holds_them(cast: Cast) -> None:
    ben, _ = renewed(cast.ben, cast.dana)
    assert ben.ring.team("intake")
    with pytest.raises(NoGrant):
        ben.ring.team("caseworkers")
    hand_on(cast.chloe.ring)
    assert ben.ring.team("caseworkers")


def test_a_lead_gets_everything_back_from_the_other_lead(cast: Cast) -> None:
    marek, _ = renewed(cast.marek, cast.dana)
    assert {marek.ring.team(use).pair.use for use in ("root", "leads", "intake")} == {"root", "leads", "intake"}


def test_nobody_admits_the_own_new_keys(cast: Cast) -> None:
    row, _ = joined(start(cast.dana, cast.dana, "suspicion")[1])
    with pytest.raises(Refused, match="yourself"):
        renewing.admit(invitation=row, by=cast.dana.person, ring=cast.dana.ring, typed=words_of(row))


def test_a_lawyers_packages_that_no_lead_opens_are_counted_as_lost(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cases.actions.facts.assess_routes", lambda facts, on, language="en": ROUTES)
    amina = first_contact()
    assigned(amina, cast.ben)
    tell(amina)
    confirmed(amina, cast.ben)
    delivered(requested(amina, cast.ben, cast.lena), cast.lena, b"package")
    lena, done = renewed(cast.lena, cast.dana)
    assert done.lost == {"package": 1}
    assert AuditEvent.objects.get(action="person.new_keys").detail == {"kind": "lost", "given": 0, "lost": 1}
    assert recipient_of(again(lena), {"lawyer"})


def test_a_share_of_the_kit_that_is_not_on_paper_is_lost(cast: Cast) -> None:
    RecoveryShare.objects.filter(custodian=cast.ben.person).update(sealed=b"x")
    _, done = renewed(cast.ben, cast.dana)
    assert done.lost == {"recovery_share": 1}


def test_everything_old_of_the_person_ends(cast: Cast) -> None:
    client = cast.ben.browser()
    SealedTOTPDevice.objects.create(user=cast.ben.person, name="second app", sealed=b"x")
    renewed(cast.ben, cast.dana)
    assert client.get("/desk/").status_code == 302
    assert not SealedSession.objects.filter(holder=cast.ben.person.id).exists()
    assert [device.name for device in SealedTOTPDevice.objects.filter(user=cast.ben.person)] == ["code"]
    assert AuditEvent.objects.filter(action="person.new_keys", subject=cast.ben.person.id).exists()


def test_the_new_person_signs_in_through_the_pages(cast: Cast) -> None:
    ben, _ = renewed(cast.ben, cast.dana)
    assert ben.browser().get("/desk/").status_code == 200


def test_until_a_lead_has_heard_the_words_the_old_keys_work(cast: Cast) -> None:
    """A link that went astray locks nobody out."""
    row, thief = joined(start(cast.ben, cast.dana)[1])
    assert signing_in.check("ben", cast.ben.password) is not None
    assert signing_in.check("ben", thief.password) is None
    with pytest.raises(WrongWords):
        renewing.admit(
            invitation=row, by=cast.dana.person, ring=cast.dana.ring, typed=" ".join(["acid"] * 6)
        )  # fmt: skip
    joining.withdraw(invitation=row, by=cast.dana.person)
    assert Person.objects.filter(login="ben").exists()
    assert cast.ben.browser().get("/desk/").status_code == 200


def test_a_newer_link_ends_the_older(cast: Cast) -> None:
    _, first = start(cast.ben, cast.dana)
    start(cast.ben, cast.dana)
    with pytest.raises(Refused, match="link"):
        joined(first)


def test_who_may_start(cast: Cast) -> None:
    for by, kind in ((cast.chloe, "lost"), (cast.ben, "lost"), (cast.lena, "suspicion"), (cast.dana, "new")):
        with pytest.raises(Refused):
            start(cast.ben, by, kind)
    start(cast.ben, cast.ben, "suspicion")


def test_a_key_under_suspicion_is_exposed_and_the_keys_it_held_are_replaced(cast: Cast) -> None:
    case = assigned(first_contact(), cast.ben)
    ring, old = cast.ben.ring, cast.ben.person.pair
    ben, _ = renewed(cast.ben, cast.dana, "suspicion")
    old.refresh_from_db()
    assert old.is_exposed
    assert rotation.remaining().epochs > 0
    while rotation.remaining().total:
        assert rotation.step(cast.dana.ring, seconds=5)
    newest = case_keys.open_latest(case, "messages", ben.ring)
    with pytest.raises(NoGrant):
        ring.open(newest.epoch)
    assert not Grant.objects.filter(recipient=old).exists()
    for use in ("intake", "caseworkers"):
        with pytest.raises(NoGrant):
            ring.team(use)
        assert ben.ring.team(use)


def test_a_grant_that_nobody_signed_is_not_given_again(cast: Cast) -> None:
    """Somebody who writes to the database adds Ben to a case, and waits for his password to be lost."""
    case = assigned(first_contact(), cast.chloe)
    real = Grant.objects.filter(recipient=cast.chloe.person.pair, epoch__compartment__owner=case.id)[0]
    Grant.objects.create(
        epoch=real.epoch, recipient=cast.ben.person.pair, sealed=real.sealed, giver=real.giver,
        signature=real.signature, purpose=real.purpose,
    )  # fmt: skip
    ben, done = renewed(cast.ben, cast.dana)
    assert done.given == 0
    assert done.lost.keys() == {real.epoch.compartment.kind}
    assert not Grant.objects.filter(recipient=again(ben).pair, epoch=real.epoch).exists()


def test_a_role_raised_in_the_database_is_not_stated_with_the_new_key(cast: Cast) -> None:
    Person.objects.filter(login="ben").update(role="lead")
    with pytest.raises(Refused, match="not_admitted"):
        start(cast.ben, cast.dana)


def test_a_removed_person_gets_no_new_keys(cast: Cast) -> None:
    life.remove(person=cast.ben.person, by=cast.dana.person, ring=cast.dana.ring)
    with pytest.raises(Refused, match="removed"):
        start(cast.ben, cast.dana)


def test_two_people_never_share_a_key_pair(cast: Cast) -> None:
    with pytest.raises(IntegrityError):
        Person.objects.filter(login="ben").update(pair=cast.chloe.person.pair)
