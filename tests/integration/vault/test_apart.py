"""Two shares, two people: the grant functions refuse to bring the halves together in one hand."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.factories.cast import Cast, Member
from vault import compartments, purge
from vault.errors import Forged, NoGrant
from vault.models import Compartment, Grant, today
from vault.opened import Opened
from vault.recipients import organisation, stated


def released(opened: Opened, by: Member, to: Member, share: str, **until: object) -> Grant:
    secret = by.ring.open_share(opened.epoch, share)
    recipient = stated(to.person.pair)
    return compartments.release_share(
        opened.epoch, share, secret, recipient, giver=by.ring.signer, purpose="test", **until
    )


@pytest.fixture
def halves(cast: Cast) -> Opened:
    """A secret whose shares lie with the caseworkers' and the leads' key."""
    a, b = [organisation("caseworkers")], [organisation("leads")]
    return compartments.create_split(
        kind="halves", owner=uuid4(), a=a, b=b, giver=cast.dana.ring.signer, purpose="test"
    )


def test_the_next_split_epoch_has_a_fresh_secret_in_two_hands(cast: Cast, halves: Opened) -> None:
    a, b = [organisation("caseworkers")], [organisation("leads")]
    opened = compartments.next_split(halves.epoch.compartment, a=a, b=b, giver=cast.dana.ring.signer, purpose="again")
    assert (opened.epoch.number, opened.epoch.is_split, opened.secret == halves.secret) == (2, True, False)
    for member in (cast.ben, cast.dana):
        with pytest.raises(NoGrant):
            member.ring.open(opened.epoch)


def test_without_an_end_the_other_share_is_refused(cast: Cast, halves: Opened) -> None:
    with pytest.raises(Forged):
        released(halves, cast.dana, cast.ben, Grant.Share.B)
    with pytest.raises(Forged):
        released(halves, cast.ben, cast.dana, Grant.Share.A)


def test_until_a_day_it_opens_for_the_one_who_was_given_it_and_for_nobody_else(cast: Cast, halves: Opened) -> None:
    released(halves, cast.dana, cast.ben, Grant.Share.B, until=today())
    assert cast.ben.ring.open(halves.epoch).secret == halves.secret
    for member in (cast.chloe, cast.dana, cast.marek):
        with pytest.raises(NoGrant):
            member.ring.open(halves.epoch)


@pytest.mark.parametrize(("use", "holder", "other"), [("leads", "dana", "ben"), ("caseworkers", "ben", "dana")])
def test_nobody_is_given_the_keys_of_both_shares(cast: Cast, use: str, holder: str, other: str) -> None:
    ring = getattr(cast, holder).ring
    opened = ring.latest(Compartment.objects.get(kind="key", owner=organisation(use).pair.id))
    recipient = stated(getattr(cast, other).person.pair)
    with pytest.raises(Forged):
        compartments.grant(opened, recipient, giver=ring.signer, purpose="organisation_key")


def test_the_clock_takes_a_grant_whose_day_is_over_and_leaves_the_others(cast: Cast, halves: Opened) -> None:
    over = released(halves, cast.dana, cast.ben, Grant.Share.B, until=today() - timedelta(days=1))
    lasts = released(halves, cast.dana, cast.chloe, Grant.Share.B, until=today())
    before = Grant.objects.count()
    purge.purge()
    assert Grant.objects.count() == before - 1
    assert not Grant.objects.filter(id=over.id).exists()
    assert cast.chloe.ring.open(lasts.epoch).secret == halves.secret
