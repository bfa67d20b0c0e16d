"""Access is a grant: whoever writes to the table of grants gains nothing by it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tests.factories.cast import Cast
from tests.factories.intruder import Intruder, copied, erase, overwrite
from vault import compartments
from vault.envelope.seeds import new_seed
from vault.errors import Forged, NoGrant, Unstated
from vault.keyring import Keyring
from vault.models import EraseShare, Grant, KeyPair, SealedValue, today
from vault.opened import Opened
from vault.recipients import organisation, stated


def grant_of(opened: Opened, pair: KeyPair) -> Grant:
    return Grant.objects.get(epoch=opened.epoch, recipient=pair)


def test_a_granted_person_opens_what_another_sealed(cast: Cast, box: Opened, note: SealedValue) -> None:
    assert cast.chloe.ring.open(box.epoch).open(note) == b"words"


def test_nobody_else_opens_it(cast: Cast, box: Opened) -> None:
    for member in (cast.dana, cast.marek, cast.lena):
        with pytest.raises(NoGrant):
            member.ring.open(box.epoch)


def test_a_grant_readdressed_to_another_person_does_not_open(cast: Cast, box: Opened) -> None:
    overwrite(grant_of(box, cast.chloe.person.pair), recipient=cast.lena.person.pair)
    with pytest.raises(Forged):
        cast.lena.ring.open(box.epoch)


def test_a_keyring_needs_the_seed_of_its_own_pair(cast: Cast) -> None:
    with pytest.raises(Forged):
        Keyring(new_seed(), cast.ben.person.pair)


def test_a_grant_in_the_name_of_another_giver_is_forged(cast: Cast, box: Opened) -> None:
    overwrite(grant_of(box, cast.chloe.person.pair), giver=cast.dana.person.pair)
    with pytest.raises(Forged):
        cast.chloe.ring.open(box.epoch)


def test_a_giver_without_a_statement_gives_nothing(cast: Cast, box: Opened) -> None:
    erase(Grant.objects.filter(recipient=cast.chloe.person.pair, epoch=box.epoch))
    Intruder().gives(box.epoch, bytes(32), cast.chloe.person.pair)
    with pytest.raises(Unstated):
        cast.chloe.ring.open(box.epoch)


@pytest.mark.parametrize("use", ["receipt", "worker"])
def test_a_giver_that_calls_itself_receipt_or_worker_gives_nothing(cast: Cast, box: Opened, use: str) -> None:
    erase(Grant.objects.filter(recipient=cast.chloe.person.pair, epoch=box.epoch))
    Intruder(use).gives(box.epoch, bytes(32), cast.chloe.person.pair)
    with pytest.raises(Forged):
        cast.chloe.ring.open(box.epoch)


@pytest.mark.parametrize("use", ["receipt", "worker"])
def test_not_even_when_it_is_written_down_as_founder(cast: Cast, box: Opened, use: str) -> None:
    intruder = Intruder(use)
    overwrite(box.epoch.compartment, founder=intruder.pair)
    box.epoch.compartment.refresh_from_db()
    planted = intruder.opens_epoch(box.epoch.compartment, cast.ben.person.pair)
    with pytest.raises(Forged):
        cast.ben.ring.latest(planted.epoch.compartment)


def test_nor_with_the_sign_half_of_the_real_founder_replaced(cast: Cast) -> None:
    receipt = Intruder("receipt")
    recipients = [stated(cast.ben.person.pair)]
    opened = compartments.create(kind="box", owner=uuid4(), recipients=recipients, giver=receipt.signer, purpose="test")
    assert cast.ben.ring.open(opened.epoch).secret == opened.secret
    intruder = Intruder()
    overwrite(receipt.pair, sign_public=bytes(intruder.pair.sign_public))
    erase(Grant.objects.filter(epoch=opened.epoch))
    intruder.gives(opened.epoch, bytes(32), cast.ben.person.pair)
    Grant.objects.filter(epoch=opened.epoch).update(giver=receipt.pair)
    with pytest.raises(Unstated):
        cast.ben.ring.open(opened.epoch)


def test_a_worker_gives_only_where_it_is_the_founder(cast: Cast, box: Opened) -> None:
    from vault import worker

    half = worker.ensure()
    compartments.grant(box, stated(cast.dana.person.pair), giver=half.signer, purpose="test")
    with pytest.raises(Forged):
        cast.dana.ring.open(box.epoch)
    own = compartments.create(
        kind="package", owner=uuid4(), recipients=[stated(cast.lena.person.pair)], giver=half.signer, purpose="test"
    )
    assert cast.lena.ring.open(own.epoch).key == own.key


def test_a_grant_ends_with_its_last_day(cast: Cast, box: Opened) -> None:
    recipient = stated(cast.dana.person.pair)
    row = compartments.grant(box, recipient, giver=cast.ben.ring.signer, purpose="test", until=today())
    assert cast.dana.ring.open(box.epoch).key == box.key
    row.delete()
    yesterday = today() - timedelta(days=1)
    compartments.grant(box, recipient, giver=cast.ben.ring.signer, purpose="test", until=yesterday)
    with pytest.raises(NoGrant):
        cast.dana.ring.open(box.epoch)


def test_a_longer_end_written_into_the_row_is_forged(cast: Cast, box: Opened) -> None:
    row = compartments.grant(
        box, stated(cast.dana.person.pair), giver=cast.ben.ring.signer, purpose="test",
        until=today() - timedelta(days=1),
    )  # fmt: skip
    for until in (None, today() + timedelta(days=9)):
        overwrite(row, until_on=until)
        with pytest.raises(Forged):
            cast.dana.ring.open(box.epoch)


def test_another_purpose_written_into_the_row_is_forged(cast: Cast, box: Opened) -> None:
    overwrite(grant_of(box, cast.ben.person.pair), purpose="assignment")
    with pytest.raises(Forged):
        cast.ben.ring.open(box.epoch)


def test_a_grant_copied_to_another_epoch_is_forged(cast: Cast, box: Opened) -> None:
    later = compartments.next_epoch(
        box.epoch.compartment, recipients=[], giver=cast.ben.ring.signer, purpose="without chloe"
    )
    row = grant_of(box, cast.chloe.person.pair)
    copied(row, epoch=later.epoch)
    with pytest.raises(Forged):
        cast.chloe.ring.open(later.epoch)


def test_sealed_bytes_swapped_between_two_grants_are_forged(cast: Cast, box: Opened) -> None:
    other = compartments.create(
        kind="box", owner=uuid4(), recipients=[stated(cast.chloe.person.pair)], giver=cast.ben.ring.signer,
        purpose="test",
    )  # fmt: skip
    overwrite(grant_of(box, cast.chloe.person.pair), sealed=bytes(grant_of(other, cast.chloe.person.pair).sealed))
    with pytest.raises(Forged):
        cast.chloe.ring.open(box.epoch)


def test_a_whole_grant_moved_with_its_signature_is_forged(cast: Cast, box: Opened) -> None:
    other = compartments.create(kind="box", owner=uuid4(), recipients=[], giver=cast.ben.ring.signer, purpose="test")
    overwrite(grant_of(box, cast.chloe.person.pair), epoch=other.epoch)
    with pytest.raises(Forged):
        cast.chloe.ring.open(other.epoch)


def test_another_erase_share_makes_another_key(cast: Cast, box: Opened, note: SealedValue) -> None:
    overwrite(EraseShare.objects.get(epoch=box.epoch), share=bytes(32))
    with pytest.raises(Forged):
        cast.ben.ring.open(box.epoch).open(note)


def test_without_the_erase_share_every_grant_is_worth_nothing(cast: Cast, box: Opened) -> None:
    EraseShare.objects.filter(epoch=box.epoch).delete()
    with pytest.raises(Forged):
        cast.ben.ring.open(box.epoch)


class TestNewestEpoch:
    """What is written next goes to the newest epoch, never to an older one with other readers."""

    def test_a_person_without_it_does_not_fall_back(self, cast: Cast, box: Opened) -> None:
        ben = stated(cast.ben.person.pair)
        compartments.next_epoch(box.epoch.compartment, recipients=[ben], giver=cast.ben.ring.signer, purpose="test")
        with pytest.raises(NoGrant):
            cast.chloe.ring.latest(box.epoch.compartment)
        assert [each.epoch.number for each in cast.chloe.ring.open_all(box.epoch.compartment)] == [1]

    def test_grants_taken_away_by_sql_do_not_bring_the_old_one_back(self, cast: Cast, box: Opened) -> None:
        ben = stated(cast.ben.person.pair)
        later = compartments.next_epoch(
            box.epoch.compartment, recipients=[ben], giver=cast.ben.ring.signer, purpose="chloe left"
        )
        erase(Grant.objects.filter(epoch=later.epoch))
        with pytest.raises(NoGrant):
            cast.ben.ring.latest(box.epoch.compartment)


class TestSplit:
    """Two shares, two people."""

    @pytest.fixture
    def split(self, cast: Cast) -> Opened:
        return compartments.create_split(
            kind="split", owner=uuid4(), a=[organisation("caseworkers")], b=[organisation("leads")],
            giver=cast.ben.ring.signer, purpose="test",
        )  # fmt: skip

    def test_each_side_has_one_share_and_neither_opens(self, cast: Cast, split: Opened) -> None:
        a, b = cast.ben.ring.open_share(split.epoch, "a"), cast.dana.ring.open_share(split.epoch, "b")
        assert bytes(x ^ y for x, y in zip(a, b, strict=True)) == split.secret
        for member, missing in ((cast.ben, "b"), (cast.dana, "a")):
            with pytest.raises(NoGrant):
                member.ring.open_share(split.epoch, missing)
            with pytest.raises(NoGrant):
                member.ring.open(split.epoch)

    def test_one_person_does_not_get_both(self, cast: Cast, split: Opened) -> None:
        ben, signer = stated(cast.ben.person.pair), cast.ben.ring.signer
        compartments.release_share(split.epoch, "a", bytes(32), ben, giver=signer, purpose="test")
        with pytest.raises(Forged):
            compartments.release_share(split.epoch, "b", bytes(32), ben, giver=signer, purpose="test")

    def test_the_database_refuses_both_too(self, cast: Cast, split: Opened) -> None:
        row = Grant.objects.get(epoch=split.epoch, share="a")
        with pytest.raises(IntegrityError), transaction.atomic():
            copied(row, share="b")

    def test_a_share_renamed_to_the_other_is_forged(self, cast: Cast, split: Opened) -> None:
        overwrite(Grant.objects.get(epoch=split.epoch, share="b"), share="a")
        with pytest.raises(Forged):
            cast.dana.ring.open_share(split.epoch, "a")

    def test_an_epoch_that_calls_itself_whole_has_no_whole_grant(self, cast: Cast, split: Opened) -> None:
        overwrite(split.epoch, is_split=False)
        split.epoch.refresh_from_db()
        for member in (cast.ben, cast.dana):
            with pytest.raises(NoGrant):
                member.ring.open(split.epoch)

    def test_it_is_never_granted_whole(self, cast: Cast, split: Opened) -> None:
        with pytest.raises(Forged):
            compartments.grant(split, stated(cast.ben.person.pair), giver=cast.ben.ring.signer, purpose="test")


class TestOrganisationKeys:
    """The seed of an organisation key lies in a compartment that the root has opened."""

    def test_leads_hold_root_leads_and_intake_and_caseworkers_the_others(self, cast: Cast) -> None:
        held = {"dana": {"root", "leads", "intake"}, "ben": {"caseworkers", "intake"}, "lena": set()}
        for name, uses in held.items():
            for use in ("root", "leads", "intake", "caseworkers", "recovery"):
                ring = getattr(cast, name).ring
                if use in uses:
                    assert ring.team(use).pair.use == use
                else:
                    with pytest.raises(NoGrant):
                        ring.team(use)

    @pytest.mark.parametrize("use", ["root", "leads", "intake"])
    def test_a_key_that_an_intruder_shares_out_is_not_taken(self, cast: Cast, use: str) -> None:
        from vault.keyring import KEY_KIND
        from vault.places import Place

        intruder, key = Intruder("receipt"), Intruder(use)
        shared = compartments.create(
            kind=KEY_KIND, owner=key.pair.id, recipients=[stated(cast.dana.person.pair)], giver=intruder.signer,
            purpose="organisation_key",
        )  # fmt: skip
        shared.seal(Place("keypair", "seed", key.pair.id), key.seed, intruder.signer)
        KeyPair.objects.filter(use=use).exclude(id=key.pair.id).update(retired_on=today())
        with pytest.raises((Forged, Unstated)):
            cast.dana.ring.team(use)
        with pytest.raises(Unstated):
            organisation(use)
