"""New epochs after somebody is gone, a new intake key, and what a thief and the one who left may try."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from cases import keys as kinds
from cases.access import open_account
from cases.actions import letters
from cases.actions.assigning import assign
from cases.models import Case
from tests.factories.cast import Cast, Member, Survivor, assigned, first_contact, tell, write
from tests.factories.intruder import Intruder, overwrite
from tests.factories.together import together
from vault import rotation
from vault.apart import KEY_KIND
from vault.compartments import grant_info, seal_grant
from vault.directory import revoke
from vault.envelope.errors import EnvelopeError
from vault.errors import Forged, NoGrant, VaultError
from vault.gone import is_finished
from vault.heads import check_head, write_head
from vault.models import AuditEvent, Compartment, Epoch, Grant, Head, KeyPair, SealedValue
from vault.recipients import Recipient, organisation, recorded, stated

LONG = 60.0


def recipients(*members: Member) -> list[Recipient]:
    return [stated(each.person.pair, {"person"}) for each in members]


def remove(cast: Cast, member: Member, by: Member) -> None:
    """What removing a caseworker means for keys, up to the work that is left."""
    root, others = by.ring.team("root").signer, [each for each in (cast.ben, cast.chloe) if each != member]
    revoke(member.person.pair, root)
    rotation.expose(member.person.pair)
    leads = recipients(cast.dana, cast.marek)
    rotation.replace_team_key("intake", [*leads, *recipients(*others)], root, exposed=True, ring=by.ring)
    rotation.replace_team_key("caseworkers", recipients(*others), root, exposed=True, ring=by.ring)


def given(survivor: Survivor, cast: Cast) -> Case:
    """A case that Ben has taken and that Dana gave to Chloe too."""
    assigned(survivor, cast.ben)
    assign(case=survivor.fresh(), person=cast.chloe.person, by=cast.dana.person, ring=cast.dana.ring)
    return survivor.fresh()


def answered(survivor: Survivor, by: Member) -> Case:
    """The same with a letter, so that the head is signed by its writer."""
    letters.write_from_team(case=survivor.fresh(), by=by.person, ring=by.ring, text="Good day", language="be")
    return survivor.fresh()


def numbers(case: Case) -> dict[str, int]:
    """The newest epoch of each compartment."""
    return {kind: newest(case, kind).number for kind in (*kinds.ASSIGNED_KINDS, "sealed")}


def rotate(by: Member) -> int:
    done, troubles = 0, []
    while some := rotation.step(by.ring, seconds=LONG, trouble=lambda *each: troubles.append(each)):
        done += some
    assert not troubles
    return done


def newest(case: Case, kind: str) -> Epoch:
    return Epoch.objects.filter(compartment__owner=case.id, compartment__kind=kind).order_by("-number")[0]


def holders(epoch: Epoch) -> set[str]:
    """The uses of keys, and the logins of people, that an epoch is granted to."""
    rows = Grant.objects.filter(epoch=epoch).select_related("recipient__person")
    return {row.recipient.person.login if row.recipient.use == "person" else row.recipient.use for row in rows}


def read(case: Case, member: Member) -> None:
    """Everything on a case's pages opens: letters, the account, the team's own records."""
    letters.read_letters(case, member.ring)
    open_account(case, by=member.person, ring=member.ring, purpose="assessment")
    check_head(kinds.compartment(case, "work").id, kinds.open_whole(case, "work", member.ring))


class Copy:
    """What somebody holds who copied the database on a day: every sealed seed and grant of that day, and one seed."""

    def __init__(self, member: Member) -> None:
        self.grants = {row.id for row in Grant.objects.all()}
        self.rings = {member.person.pair.id: member.ring}
        for pair in KeyPair.objects.filter(use__in=["intake", "caseworkers", "leads"]):
            try:
                self.rings[pair.id] = member.ring.team_of(pair)
            except NoGrant:
                continue

    def shares(self, epoch: Epoch) -> dict[str, bytes]:
        """The shares of an epoch that any of the copied keys opens, by whichever grants there are, old or new."""
        rows = Grant.objects.filter(epoch=epoch).select_related("recipient", "epoch__compartment")
        found = {}
        for row in rows:
            for ring in self.rings.values():
                try:
                    found[row.share] = ring._opener.open(bytes(row.sealed), grant_info(row))
                except EnvelopeError:
                    continue
        return found


@pytest.fixture
def case(amina: Survivor, cast: Cast) -> Case:
    """Amina's case with an account, assigned to Ben and Chloe; Ben has written a letter, so that the head is his."""
    given(amina, cast)
    tell(amina)
    return answered(amina, cast.ben)


class TestRemoved:
    """Ben is removed; Dana's session does the work."""

    def test_each_live_compartment_gets_an_epoch_without_him(self, case: Case, cast: Cast) -> None:
        remove(cast, cast.ben, cast.dana)
        before = numbers(case)
        assert rotation.remaining().epochs == len(before)
        rotate(cast.dana)
        assert numbers(case) == {kind: number + 1 for kind, number in before.items()}
        assert not [kind for kind in before if "ben" in holders(newest(case, kind))]
        assert {"chloe", "leads", "recovery", "receipt"} <= holders(newest(case, "messages"))
        assert rotation.remaining().total == 0 == rotation.waiting()

    def test_what_was_there_opens_for_those_who_stay_and_for_the_survivor(
        self, case: Case, cast: Cast, amina: Survivor
    ) -> None:
        remove(cast, cast.ben, cast.dana)
        rotate(cast.dana)
        for member in (cast.chloe, cast.dana, cast.marek):
            read(case, member)
        assert [each.text for each in letters.read_letters(case, amina.ring)] == ["Good day"]
        write(amina, "And now?")
        assert [each.text for each in letters.read_letters(case, cast.chloe.ring)] == ["Good day", "And now?"]

    def test_a_copy_from_before_opens_everything_before_and_nothing_after(self, case: Case, cast: Cast) -> None:
        old = list(Epoch.objects.filter(compartment__owner=case.id))
        copy = Copy(cast.ben)
        assert all(copy.shares(each) for each in old)
        remove(cast, cast.ben, cast.dana)
        rotate(cast.dana)
        for epoch in Epoch.objects.exclude(id__in=[each.id for each in old]):
            assert copy.shares(epoch) == {}

    def test_neither_does_the_copy_open_a_case_that_arrives_later(self, case: Case, cast: Cast) -> None:
        copy = Copy(cast.ben)
        remove(cast, cast.ben, cast.dana)
        later = first_contact().case
        for epoch in Epoch.objects.filter(compartment__owner=later.id):
            assert copy.shares(epoch) == {}

    def test_his_grants_are_gone_from_the_database(self, case: Case, cast: Cast) -> None:
        remove(cast, cast.ben, cast.dana)
        rotate(cast.dana)
        assert not Grant.objects.filter(recipient=cast.ben.person.pair).exists()

    def test_they_stay_listed_until_they_are(self, case: Case, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(rotation, "DROPPED", 1)
        remove(cast, cast.ben, cast.dana)
        while not rotation.remaining().held:
            rotation.step(cast.dana.ring, seconds=0)
        while rotation.remaining().epochs:
            rotation.step(cast.dana.ring, seconds=0)
        left = rotation.remaining().held
        rotation.step(cast.dana.ring, seconds=0)
        assert rotation.remaining().held == left - 1
        assert not is_finished(cast.ben.person.pair)

    def test_the_shares_stay_with_two_sides(self, case: Case, cast: Cast) -> None:
        remove(cast, cast.ben, cast.dana)
        rotate(cast.dana)
        epoch = newest(case, "sealed")
        sides = {row.share: row.recipient for row in Grant.objects.filter(epoch=epoch).select_related("recipient")}
        assert sides == {"a": organisation("caseworkers").pair, "b": organisation("leads").pair}
        a = cast.chloe.ring.open_share(epoch, "a")
        b = cast.dana.ring.open_share(epoch, "b")
        assert len(a) == len(b) == 32
        for member, share in ((cast.chloe, "b"), (cast.dana, "a")):
            with pytest.raises(NoGrant):
                member.ring.open_share(epoch, share)

    def test_half_done_every_case_opens(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(rotation, "BATCH", 1)
        cases = []
        for _ in range(2):
            survivor = first_contact()
            given(survivor, cast)
            cases.append(answered(survivor, cast.ben))
        remove(cast, cast.ben, cast.dana)
        steps = 0
        while rotation.remaining().total:
            for case in cases:
                read(case, cast.chloe)
                read(case, cast.dana)
            assert rotation.step(cast.dana.ring, seconds=0)
            steps += 1
        assert steps > len(cases) * 5

    def test_two_steps_at_once_do_it_once(self, transactional_db: None, fresh_deployment: None) -> None:
        from tests.factories.cast import found_cast

        cast = found_cast()
        case = assigned(first_contact(), cast.ben)
        before = numbers(case)
        remove(cast, cast.ben, cast.dana)
        run = [lambda ring=member.ring: rotation.step(ring, seconds=LONG) for member in (cast.dana, cast.marek)]
        for result in together(*run):
            assert isinstance(result, int), result
        rotate(cast.dana)
        assert numbers(case) == {kind: number + 1 for kind, number in before.items()}
        read(case, cast.marek)

    def test_a_removed_lead_has_no_key_of_the_organisation_any_more(self, case: Case, cast: Cast) -> None:
        copy, root = Copy(cast.marek), cast.dana.ring.team("root")
        epochs = set(Epoch.objects.values_list("id", flat=True))
        revoke(cast.marek.person.pair, root.signer)
        rotation.expose(cast.marek.person.pair)
        for use, rest in (("leads", [cast.dana]), ("intake", [cast.dana, cast.ben, cast.chloe]), ("root", [cast.dana])):
            rotation.replace_team_key(use, recipients(*rest), root.signer, exposed=True, ring=cast.dana.ring)
        assert not Grant.objects.filter(recipient=cast.marek.person.pair, epoch__compartment__kind=KEY_KIND).exists()
        rotate(cast.dana)
        read(case, cast.dana)
        read(case, cast.ben)
        for epoch in Epoch.objects.exclude(id__in=epochs).exclude(compartment__kind=KEY_KIND):
            assert copy.shares(epoch) == {}
        assert cast.dana.ring.team("root").pair == root.pair

    def test_what_was_forged_into_the_work_stops_one_compartment_and_is_told(self, case: Case, cast: Cast) -> None:
        remove(cast, cast.ben, cast.dana)
        before = numbers(case)
        Grant.objects.filter(epoch=newest(case, "account")).update(signature=bytes(64))
        told: list[tuple[str, UUID, VaultError]] = []
        while rotation.step(cast.dana.ring, seconds=LONG, trouble=lambda *each: told.append(each)):
            pass
        stuck = kinds.compartment(case, "account").id
        assert {(table, row) for table, row, _ in told} == {("compartment", stuck)}
        assert rotation.remaining().epochs == 1
        assert numbers(case) == {kind: number + (kind != "account") for kind, number in before.items()}


class TestThief:
    """Somebody writes to the database while the work is done."""

    def test_a_strangers_grant_is_not_carried(self, case: Case, cast: Cast) -> None:
        stranger = Intruder()
        epoch = newest(case, "messages")
        stranger.gives(epoch, bytes(32), stranger.pair)
        remove(cast, cast.ben, cast.dana)
        rotate(cast.dana)
        assert not Grant.objects.filter(recipient=stranger.pair).exclude(epoch=epoch).exists()

    def test_a_grant_to_a_colleague_that_nobody_gave_is_not_carried(self, amina: Survivor, cast: Cast) -> None:
        assigned(amina, cast.ben)
        epoch = newest(amina.case, "account")
        Intruder().gives(epoch, bytes(32), cast.chloe.person.pair)
        assert cast.chloe.person.pair not in [each.pair for each in rotation.carried(epoch)]
        assert cast.ben.person.pair in [each.pair for each in rotation.carried(epoch)]

    def test_a_receipt_is_carried_only_where_it_is_the_founder(self, case: Case, cast: Cast) -> None:
        other, epoch = first_contact().case.receipt, newest(case, "messages")
        stranger = recorded(other, bytes(other.fingerprint))
        seal_grant(epoch, "whole", bytes(32), stranger, cast.dana.ring.signer, "test", None).save()
        carried = [each.pair for each in rotation.carried(epoch)]
        assert case.receipt in carried
        assert other not in carried

    def test_the_recovery_kit_stays_only_beside_a_key_of_the_organisation(self, case: Case, cast: Cast) -> None:
        epoch, kit = newest(case, "account"), organisation("recovery").pair
        Grant.objects.filter(epoch=epoch, recipient=kit).update(signature=bytes(64))
        assert kit in [each.pair for each in rotation.carried(epoch)]  # it opens the leads' key, with or without this
        Grant.objects.filter(epoch=epoch, recipient__use="leads").update(signature=bytes(64))
        assert kit not in [each.pair for each in rotation.carried(epoch)]

    def test_a_column_set_back_hides_no_exposed_key(self, case: Case, cast: Cast) -> None:
        remove(cast, cast.ben, cast.dana)
        left = rotation.remaining().epochs
        overwrite(cast.ben.person.pair, is_exposed=False)
        assert rotation.remaining().epochs == left

    def test_an_epoch_that_the_removed_one_inserted_is_opened_anew(self, case: Case, cast: Cast) -> None:
        ben = Ghost(cast.ben)
        remove(cast, cast.ben, cast.dana)
        rotate(cast.dana)
        forged = ben.opens_epoch(kinds.compartment(case, "messages"), organisation("leads").pair)
        rotate(cast.dana)
        assert newest(case, "messages").number == forged.epoch.number + 1
        assert not [row for row in Grant.objects.filter(epoch=newest(case, "messages")) if row.giver == ben.pair]
        assert Copy(cast.ben).shares(newest(case, "messages")) == {}


class Ghost(Intruder):
    """Ben after he was removed: his seed, and a hand in the database. What he signs is of the day on which he went."""

    def __init__(self, member: Member) -> None:
        self.seed, self.pair = member.seed, member.person.pair


class TestHeads:
    """A head by somebody who is gone."""

    def test_it_is_written_again_by_the_lead(self, case: Case, cast: Cast) -> None:
        assert Head.objects.get(owner=case.id).value.signer == cast.ben.person.pair
        remove(cast, cast.ben, cast.dana)
        owners = {"messages": case.id, "work": kinds.compartment(case, "work").id}
        assert rotation.remaining().heads == len(owners)
        rotate(cast.dana)
        for kind, owner in owners.items():
            value = Head.objects.get(owner=owner).value
            assert (value.signer, value.epoch) == (cast.dana.person.pair, newest(case, kind))

    def test_he_cannot_put_a_head_into_the_old_epoch_while_the_work_is_half_done(
        self, case: Case, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        opened, forger = cast.ben.ring.open(newest(case, "messages")), cast.ben.ring.signer
        assigned(first_contact(), cast.ben)
        remove(cast, cast.ben, cast.dana)
        monkeypatch.setattr(rotation, "BATCH", 1)
        while newest(case, "messages").number == opened.epoch.number:
            rotation.step(cast.dana.ring, seconds=0)
        assert rotation.remaining().total
        write_head(case.id, opened, forger)
        with pytest.raises(Forged, match="epoch that is over"):
            read(case, cast.chloe)

    def test_nor_into_any_epoch_when_it_is_done(self, case: Case, cast: Cast) -> None:
        forger = Ghost(cast.ben)
        remove(cast, cast.ben, cast.dana)
        rotate(cast.dana)
        assert is_finished(cast.ben.person.pair)
        made = forger.opens_epoch(kinds.compartment(case, "messages"), organisation("leads").pair)
        write_head(case.id, made, forger.signer)
        with pytest.raises(Forged, match="counts no longer"):
            check_head(case.id, kinds.open_whole(case, "messages", cast.dana.ring))

    def test_a_broken_head_is_not_blessed(self, case: Case, cast: Cast) -> None:
        remove(cast, cast.ben, cast.dana)
        SealedValue.objects.filter(table="message").delete()
        told: list[Any] = []
        while rotation.step(cast.dana.ring, seconds=LONG, trouble=lambda *each: told.append(each)):
            pass
        assert told
        assert rotation.remaining().heads == 1
        with pytest.raises(Forged):
            read(case, cast.dana)

    def test_the_head_of_a_member_who_stays_is_left_in_peace(self, amina: Survivor, cast: Cast) -> None:
        given(amina, cast)
        answered(amina, cast.chloe)
        before = Head.objects.get(owner=amina.case.id).counter
        remove(cast, cast.ben, cast.dana)
        rotate(cast.dana)
        assert Head.objects.get(owner=amina.case.id).counter == before
        assert Head.objects.get(owner=amina.case.id).value.epoch != newest(amina.case, "messages")
        read(amina.fresh(), cast.chloe)


class TestIntake:
    """The intake key is replaced."""

    def replaced(self, cast: Cast) -> KeyPair:
        holders = recipients(cast.dana, cast.marek, cast.ben, cast.chloe)
        return rotation.replace_team_key("intake", holders, cast.dana.ring.team("root").signer)

    def test_the_old_one_is_destroyed_when_its_backlog_is_given_again(self, amina: Survivor, cast: Cast) -> None:
        old = organisation("intake").pair
        new = self.replaced(cast)
        assert new != old
        assert rotation.remaining().epochs == 0
        rotate(cast.dana)
        assert not Grant.objects.filter(recipient=old).exists()
        assert not Compartment.objects.filter(kind=KEY_KIND, owner=old.id).exists()
        assert not SealedValue.objects.filter(table="keypair", row=old.id).exists()
        assert AuditEvent.objects.filter(action="keys.destroyed", subject=old.id).count() == 1
        assert Grant.objects.filter(recipient=new, epoch__compartment__owner=amina.case.id).count() == 4
        for member in (cast.ben, cast.dana):
            kinds.open_whole(amina.case, "account", member.ring)

    def test_not_before(self, amina: Survivor, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        old = organisation("intake").pair
        self.replaced(cast)
        monkeypatch.setattr(rotation, "BATCH", 1)
        while rotation.remaining().grants:
            assert Compartment.objects.filter(kind=KEY_KIND, owner=old.id).exists()
            kinds.open_whole(amina.case, "account", cast.ben.ring)
            rotation.step(cast.dana.ring, seconds=0)
        rotate(cast.dana)
        assert not Compartment.objects.filter(kind=KEY_KIND, owner=old.id).exists()

    def test_a_grant_that_does_not_verify_keeps_the_old_key_and_is_told(self, amina: Survivor, cast: Cast) -> None:
        old = organisation("intake").pair
        row = Grant.objects.filter(recipient=old).first()
        overwrite(row, signature=bytes(64))
        self.replaced(cast)
        told: list[tuple[str, UUID, VaultError]] = []
        while rotation.step(cast.dana.ring, seconds=LONG, trouble=lambda *each: told.append(each)):
            pass
        assert {(table, each) for table, each, _ in told} == {("grant", row.id)}
        assert Compartment.objects.filter(kind=KEY_KIND, owner=old.id).exists()
        assert rotation.remaining() == rotation.Work(grants=1, keys=1)

    def test_a_case_that_is_no_longer_with_intake_stays_so(self, amina: Survivor, cast: Cast) -> None:
        Grant.objects.filter(recipient=organisation("intake").pair).delete()
        self.replaced(cast)
        rotate(cast.dana)
        assert not Grant.objects.filter(recipient__use="intake", epoch__compartment__owner=amina.case.id).exists()

    def test_a_copy_with_the_destroyed_key_opens_no_new_case(self, cast: Cast) -> None:
        copy = Copy(cast.ben)
        self.replaced(cast)
        copy.rings = {key: ring for key, ring in copy.rings.items() if ring.pair.use == "intake"}
        for epoch in Epoch.objects.filter(compartment__owner=first_contact().case.id):
            assert copy.shares(epoch) == {}


class TestTeamKeys:
    """Replacing a key of the organisation."""

    def test_recovery_always_holds_it(self, cast: Cast) -> None:
        pair = rotation.replace_team_key("leads", recipients(cast.dana), cast.dana.ring.team("root").signer)
        rows = Grant.objects.filter(epoch__compartment__owner=pair.id)
        assert {row.recipient.use for row in rows.select_related("recipient")} == {"person", "recovery"}

    def test_a_retired_key_still_opens_for_the_holders_who_stay_and_for_nobody_else(self, cast: Cast) -> None:
        old, root = organisation("leads").pair, cast.dana.ring.team("root").signer
        rotation.replace_team_key("leads", recipients(cast.dana), root, exposed=True, ring=cast.dana.ring)
        assert cast.dana.ring.team_of(old).pair == old
        with pytest.raises(NoGrant):
            cast.marek.ring.team_of(old)
        assert Epoch.objects.filter(compartment__kind=KEY_KIND, compartment__owner=old.id).count() == 2

    def test_a_key_that_the_lead_does_not_hold_is_taken_from_the_one_who_goes(self, cast: Cast) -> None:
        old, root = organisation("caseworkers").pair, cast.dana.ring.team("root").signer
        rotation.replace_team_key("caseworkers", recipients(cast.chloe), root, exposed=True, ring=cast.dana.ring)
        assert cast.chloe.ring.team_of(old).pair == old
        with pytest.raises(NoGrant):
            cast.ben.ring.team_of(old)
        with pytest.raises(NoGrant):
            cast.dana.ring.team("caseworkers")

    def test_the_root_keeps_its_seed_and_gets_other_holders(self, cast: Cast) -> None:
        root = cast.dana.ring.team("root")
        assert rotation.replace_team_key("root", recipients(cast.dana), root.signer, exposed=True) == root.pair
        assert cast.dana.ring.team("root").pair == root.pair
        with pytest.raises(NoGrant):
            cast.marek.ring.team("root")

    @pytest.mark.parametrize("use", ["person", "recovery", "receipt", "worker", "x"])
    def test_nothing_else_is_replaced(self, cast: Cast, use: str) -> None:
        with pytest.raises(ValueError, match="organisation"):
            rotation.replace_team_key(use, [], cast.dana.ring.team("root").signer)

    def test_an_exposed_key_that_is_still_in_use_is_not_granted_again(self, case: Case, cast: Cast) -> None:
        before = numbers(case)
        rotation.expose(organisation("leads").pair)
        told: list[Any] = []
        assert rotation.step(cast.dana.ring, seconds=LONG, trouble=lambda *each: told.append(each)) == 0
        assert told
        assert numbers(case) == before
