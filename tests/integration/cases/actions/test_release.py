"""Two people release a dossier. Whatever the database says, a worker believes two shares and who gave them."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from cases import building, records, release
from cases.actions import dossiers
from cases.actions.dossiers import KIND, approve, hand_over_again, refuse
from cases.dossier_request import INPUT, request_purpose
from cases.errors import NotReady, Refused
from cases.models import Case, Dossier
from cases.release import NotReleased, open_released
from people.models import Person
from tests.factories.cast import ROUTES, Cast, Member, assigned, confirmed, first_contact, tell
from tests.factories.complaint import drafted
from tests.factories.intruder import Intruder, copied, erase, overwrite
from vault import worker
from vault.compartments import release_share
from vault.directory import new_pair, state
from vault.envelope.seeds import new_seed
from vault.errors import Forged, NoGrant, VaultError
from vault.keyring import Keyring
from vault.models import Compartment, Epoch, Grant, SealedValue, Statement, today
from vault.opened import Opened
from vault.places import Place

State = Dossier.State


def ask(case: Case, by: Member, lawyer: Member) -> Dossier:
    drafted(case, by)
    return dossiers.request_dossier(
        case=case, by=by.person, ring=by.ring, route=ROUTES[0], lawyer=lawyer.person, reason="yes to Lithuania"
    )


def fresh(dossier: Dossier) -> Dossier:
    return Dossier.objects.select_related("case").get(id=dossier.id)


def say_yes(dossier: Dossier, member: Member) -> None:
    approve(dossier=dossier, by=member.person, ring=member.ring, reason="all checks done")


def released(dossier: Dossier) -> release.Released:
    return open_released(fresh(dossier), worker.keyrings())


def epoch_of(dossier: Dossier) -> Epoch:
    return Epoch.objects.get(compartment__kind=KIND, compartment__owner=dossier.id)


def input_of(dossier: Dossier) -> SealedValue:
    return SealedValue.objects.get(table=INPUT[0], field=INPUT[1], row=dossier.id)


def purpose_of(dossier: Dossier) -> str:
    return request_purpose(fresh(dossier), bytes(fresh(dossier).lawyer.pair.fingerprint))


def share_b(dossier: Dossier, lead: Member) -> bytes:
    return lead.ring.open_share(epoch_of(dossier), "b")


def give_b(dossier: Dossier, secret: bytes, signer: Any, purpose: str = "") -> Grant:
    """Give share B to the worker by hand, without any action, and say in every column that a lead approved."""
    row = release_share(
        epoch_of(dossier), "b", secret, worker.current(), giver=signer, purpose=purpose or purpose_of(dossier)
    )
    say_approved(dossier)
    return row


def say_approved(dossier: Dossier) -> None:
    lead = Person.objects.filter(role="lead").exclude(id=dossier.requested_by_id)[0]
    overwrite(dossier, state=State.APPROVED, decided_by=lead, decided_at=timezone.now(), trouble="", attempts=0)


def opened_by_asker(dossier: Dossier, asker: Member, lead: Member) -> Opened:
    """What the asker had in memory at the request: the key of the input."""
    from vault.envelope.shares import join
    from vault.opened import open_epoch

    epoch = epoch_of(dossier)
    return open_epoch(epoch, join(asker.ring.open_share(epoch, "a"), share_b(dossier, lead)))


def refused_with(dossier: Dossier) -> str:
    with pytest.raises(NotReleased) as caught:
        released(dossier)
    return str(caught.value.args[0])


@pytest.fixture
def dossier(request_made: Dossier) -> Dossier:
    """Ben has asked for Lena; nobody has decided."""
    return request_made


class TestRoad:
    """As it is meant."""

    def test_two_people_release_it_to_the_worker_for_that_lawyer(self, cast: Cast, dossier: Dossier) -> None:
        say_yes(dossier, cast.dana)
        found = released(dossier)
        assert found.lawyer.fingerprint == bytes(cast.lena.person.pair.fingerprint)
        assert found.requester.holder == cast.ben.person.id
        assert found.content["case_reference"] == dossier.case.reference
        assert fresh(dossier).state == State.APPROVED

    def test_before_the_approval_nobody_has_both_shares(self, cast: Cast, dossier: Dossier) -> None:
        assert refused_with(dossier) == "share"
        for ring in (cast.ben.ring, cast.dana.ring, cast.marek.ring, cast.lena.ring, *worker.keyrings()):
            with pytest.raises(NoGrant):
                ring.open(epoch_of(dossier))

    def test_the_approval_gives_the_worker_b_and_nobody_else_anything(self, cast: Cast, dossier: Dossier) -> None:
        before = set(Grant.objects.values_list("id", flat=True))
        say_yes(dossier, cast.dana)
        (row,) = Grant.objects.exclude(id__in=before).filter(epoch=epoch_of(dossier))
        assert (row.share, row.recipient.use, row.giver) == ("b", "worker", cast.dana.person.pair)
        for ring in (cast.ben.ring, cast.dana.ring, cast.lena.ring):
            with pytest.raises(NoGrant):
                ring.open(epoch_of(dossier))

    def test_the_lawyer_opens_nothing_of_the_case(self, cast: Cast, dossier: Dossier) -> None:
        say_yes(dossier, cast.dana)
        assert not Grant.objects.filter(recipient=cast.lena.person.pair).exists()


class TestWhoDecides:
    """The action itself refuses early, so that nobody waits for nothing."""

    def test_the_asker_and_everybody_who_is_no_lead(self, cast: Cast, dossier: Dossier) -> None:
        for member in (cast.ben, cast.chloe, cast.lena):
            for act in (approve, refuse):
                with pytest.raises(Refused):
                    act(dossier=dossier, by=member.person, ring=member.ring, reason="x")

    def test_a_lead_does_not_approve_the_own_request(self, cast: Cast, reviewed: Case) -> None:
        worker.ensure()
        own = ask(reviewed, cast.dana, cast.lena)
        with pytest.raises(Refused):
            say_yes(own, cast.dana)
        say_yes(own, cast.marek)
        assert released(own).requester.holder == cast.dana.person.id

    def test_not_even_with_another_requester_in_the_column(self, cast: Cast, reviewed: Case) -> None:
        worker.ensure()
        own = ask(reviewed, cast.dana, cast.lena)
        overwrite(own, requested_by=cast.ben.person)
        with pytest.raises(Refused):
            say_yes(fresh(own), cast.dana)

    def test_nobody_decides_twice(self, cast: Cast, dossier: Dossier) -> None:
        say_yes(dossier, cast.dana)
        for act in (approve, refuse):
            with pytest.raises(Refused):
                act(dossier=dossier, by=cast.marek.person, ring=cast.marek.ring, reason="x")

    def test_a_lead_without_the_leads_key_gives_nothing(self, cast: Cast, dossier: Dossier) -> None:
        overwrite(cast.chloe.person, role="lead")
        with pytest.raises(NoGrant):
            approve(dossier=dossier, by=Person.objects.get(id=cast.chloe.person.id), ring=cast.chloe.ring, reason="x")
        assert refused_with(dossier) == "share"

    def test_the_decision_is_sealed_and_signed_by_who_decided(self, cast: Cast, dossier: Dossier) -> None:
        say_yes(dossier, cast.dana)
        value = SealedValue.objects.get(table="dossier", field="decision", row=dossier.id)
        assert value.signer == cast.dana.person.pair
        assert value.epoch.compartment.kind == "work"


class TestEditedByHand:
    """Every flag says approved, and the worker still refuses."""

    def test_all_columns(self, cast: Cast, dossier: Dossier) -> None:
        say_approved(dossier)
        assert refused_with(dossier) == "share"

    def test_the_job_ends_without_a_package(self, cast: Cast, dossier: Dossier) -> None:
        say_approved(dossier)
        building.build(dossier.id)
        assert (fresh(dossier).state, fresh(dossier).trouble) == (State.FAILED, "not_released_share")
        assert not Compartment.objects.filter(kind__in=["package", "checkpoint"]).exists()
        assert fresh(dossier).file is None

    def test_the_leads_grant_copied_to_the_worker(self, cast: Cast, dossier: Dossier) -> None:
        row = Grant.objects.get(epoch=epoch_of(dossier), share="b")
        copied(row, recipient=worker.current().pair, is_release=True)
        say_approved(dossier)
        with pytest.raises(Forged):
            released(dossier)

    def test_share_a_copied_as_share_b(self, cast: Cast, dossier: Dossier) -> None:
        row = Grant.objects.get(epoch=epoch_of(dossier), share="a", recipient__use="worker")
        copied(row, share="b")
        say_approved(dossier)
        with pytest.raises(Forged):
            released(dossier)

    def test_a_share_by_an_intruder(self, cast: Cast, dossier: Dossier) -> None:
        for intruder in (Intruder(), Intruder("receipt"), Intruder("worker"), Intruder("root")):
            intruder.states(intruder.pair, use="person", role="lead")
            row = intruder.gives(epoch_of(dossier), bytes(32), worker.current().pair, "b", purpose_of(dossier))
            say_approved(dossier)
            with pytest.raises(VaultError):
                released(dossier)
            row.delete()

    def test_a_job_with_forged_shares_delivers_nothing(self, cast: Cast, dossier: Dossier) -> None:
        Intruder().gives(epoch_of(dossier), bytes(32), worker.current().pair, "b", purpose_of(dossier))
        for _ in range(4):
            say_approved(dossier)
            building.build(dossier.id)
        assert not Compartment.objects.filter(kind="package").exists()

    @pytest.mark.parametrize("name", ["ben", "chloe"])
    def test_share_b_by_a_caseworker_even_with_the_real_secret(self, cast: Cast, dossier: Dossier, name: str) -> None:
        give_b(dossier, share_b(dossier, cast.dana), getattr(cast, name).ring.signer)
        assert refused_with(dossier) == "role"

    def test_share_b_by_the_lawyer(self, cast: Cast, dossier: Dossier) -> None:
        give_b(dossier, share_b(dossier, cast.dana), cast.lena.ring.signer)
        assert refused_with(dossier) == "role"

    def test_share_b_by_a_key_of_the_organisation(self, cast: Cast, dossier: Dossier) -> None:
        give_b(dossier, share_b(dossier, cast.dana), cast.dana.ring.team("leads").signer)
        with pytest.raises(VaultError):
            released(dossier)

    def test_a_lead_who_asked_gives_b_too(self, cast: Cast, reviewed: Case) -> None:
        worker.ensure()
        own = ask(reviewed, cast.dana, cast.lena)
        overwrite(own, requested_by=cast.ben.person)
        give_b(own, share_b(own, cast.dana), cast.dana.ring.signer)
        assert refused_with(own) == "same_person"

    def test_a_caseworker_whose_row_says_lead(self, cast: Cast, dossier: Dossier) -> None:
        overwrite(cast.chloe.person, role="lead")
        overwrite(Statement.objects.get(pair=cast.chloe.person.pair, role="caseworker"), role="lead")
        give_b(dossier, share_b(dossier, cast.dana), cast.chloe.ring.signer)
        with pytest.raises(VaultError):
            released(dossier)

    def test_a_lead_of_last_year_with_a_day_of_last_year(self, cast: Cast, dossier: Dossier) -> None:
        """The grant's day is a column; the directory of today decides."""
        seed = new_seed()
        pair = new_pair(seed, "person")
        former, root = Keyring(seed, pair), cast.dana.ring.team("root").signer
        year = today() - timedelta(days=365)
        for role, until in (("caseworker", None), ("lead", year + timedelta(days=30))):
            state(
                pair=pair, holder=cast.marek.person.id, use="person", role=role, from_on=year, until_on=until,
                signer=root,
            )  # fmt: skip
        row = give_b(dossier, share_b(dossier, cast.dana), former.signer)
        overwrite(row, made_on=year)
        assert refused_with(dossier) == "role"

    def test_a_second_key_of_the_asker(self, cast: Cast, dossier: Dossier) -> None:
        """Ben was made a lead under a new key: it is still the same person."""
        seed = new_seed()
        pair = new_pair(seed, "person")
        state(
            pair=pair, holder=cast.ben.person.id, use="person", role="lead", from_on=today(), until_on=None,
            signer=cast.dana.ring.team("root").signer,
        )  # fmt: skip
        give_b(dossier, share_b(dossier, cast.dana), Keyring(seed, pair).signer)
        assert refused_with(dossier) == "same_person"

    def test_another_asker_in_the_column_of_the_input(self, cast: Cast, dossier: Dossier) -> None:
        say_yes(dossier, cast.dana)
        overwrite(input_of(dossier), signer=cast.chloe.person.pair)
        with pytest.raises(VaultError):
            released(dossier)

    def test_another_case(self, cast: Cast, dossier: Dossier) -> None:
        say_yes(dossier, cast.dana)
        overwrite(dossier, case=first_contact().case, number=9)
        assert refused_with(dossier) == "purpose"

    @pytest.mark.parametrize("column", [{"is_split": False}, {"number": 7}])
    def test_another_epoch(self, cast: Cast, dossier: Dossier, column: dict[str, Any]) -> None:
        say_yes(dossier, cast.dana)
        overwrite(epoch_of(dossier), **column)
        with pytest.raises(VaultError):
            released(dossier)

    def test_a_share_for_another_purpose(self, cast: Cast, dossier: Dossier) -> None:
        give_b(dossier, share_b(dossier, cast.dana), cast.dana.ring.signer, "dossier")
        assert refused_with(dossier) == "purpose"

    def test_a_purpose_written_into_the_row(self, cast: Cast, dossier: Dossier) -> None:
        row = give_b(dossier, share_b(dossier, cast.dana), cast.dana.ring.signer, "dossier")
        overwrite(row, purpose=purpose_of(dossier))
        with pytest.raises(Forged):
            released(dossier)


class TestInput:
    """What the lead released is what is built."""

    def forge(self, dossier: Dossier, cast: Cast, version: int, lawyer: Member) -> None:
        """The asker, who knew the key, writes another input."""
        opened = opened_by_asker(dossier, cast.ben, cast.dana)
        record = {
            "dossier": str(dossier.id), "lawyer_pair": str(lawyer.person.pair.id),
            "lawyer": bytes(lawyer.person.pair.fingerprint).hex(), "content": {"forged": True},
        }  # fmt: skip
        records.write(opened, Place(*INPUT, dossier.id, version), record, cast.ben.ring.signer)

    def test_a_second_input_beside_it(self, cast: Cast, dossier: Dossier) -> None:
        say_yes(dossier, cast.dana)
        self.forge(dossier, cast, 2, cast.lena)
        assert refused_with(dossier) == "missing"

    def test_an_input_replaced_after_the_approval(self, cast: Cast, dossier: Dossier) -> None:
        say_yes(dossier, cast.dana)
        erase(SealedValue.objects.filter(id=input_of(dossier).id))
        self.forge(dossier, cast, 1, cast.lena)
        assert refused_with(dossier) == "purpose"

    def test_an_input_replaced_before_the_approval(self, cast: Cast, dossier: Dossier) -> None:
        erase(SealedValue.objects.filter(id=input_of(dossier).id))
        self.forge(dossier, cast, 1, cast.lena)
        with pytest.raises(Forged):
            say_yes(dossier, cast.dana)
        assert refused_with(dossier) == "share"

    def test_no_input_at_all(self, cast: Cast, dossier: Dossier) -> None:
        say_yes(dossier, cast.dana)
        erase(SealedValue.objects.filter(id=input_of(dossier).id))
        assert refused_with(dossier) == "missing"

    def test_an_input_moved_out_of_the_split_epoch(self, cast: Cast, dossier: Dossier) -> None:
        say_yes(dossier, cast.dana)
        account = Epoch.objects.get(compartment__kind="account", compartment__owner=dossier.case_id, number=1)
        overwrite(input_of(dossier), epoch=account)
        assert refused_with(dossier) == "missing"


class TestLawyer:
    """The lead approves for the lawyer on the page; the worker seals to that lawyer and no other."""

    def test_the_column_is_not_asked(self, cast: Cast, dossier: Dossier) -> None:
        say_yes(dossier, cast.dana)
        overwrite(dossier, lawyer=cast.tomas.person)
        assert released(dossier).lawyer.fingerprint == bytes(cast.lena.person.pair.fingerprint)

    def test_another_lawyer_on_the_page_of_the_lead_is_not_approved(self, cast: Cast, dossier: Dossier) -> None:
        overwrite(dossier, lawyer=cast.tomas.person)
        with pytest.raises(Forged):
            say_yes(fresh(dossier), cast.dana)
        assert refused_with(dossier) == "share"

    def test_an_asker_who_shows_one_and_seals_for_another(self, cast: Cast, reviewed: Case) -> None:
        worker.ensure()
        made = ask(reviewed, cast.ben, cast.tomas)
        overwrite(made, lawyer=cast.lena.person)
        with pytest.raises(Forged):
            say_yes(fresh(made), cast.dana)
        purpose = request_purpose(fresh(made), bytes(cast.lena.person.pair.fingerprint))
        row = give_b(made, share_b(made, cast.dana), cast.dana.ring.signer, purpose)
        assert row.purpose == purpose
        assert refused_with(made) == "purpose"

    @pytest.mark.parametrize("change", ["halves", "statement", "row"])
    def test_a_lawyers_key_that_does_not_hold_any_more(self, cast: Cast, dossier: Dossier, change: str) -> None:
        say_yes(dossier, cast.dana)
        pair = cast.lena.person.pair
        if change == "halves":
            overwrite(pair, kem_public=bytes(Intruder().pair.kem_public))
        else:
            erase(Statement.objects.filter(pair=pair))
        if change == "row":
            Intruder().states(pair, use="person", role="lawyer", holder=cast.lena.person.id)
        assert refused_with(dossier) == "lawyer"


class TestReused:
    """Shares of one request open no other."""

    @pytest.fixture
    def second(self, dossier: Dossier, cast: Cast) -> Dossier:
        """Another request of the same case; the first one is approved."""
        made = ask(dossier.case, cast.ben, cast.lena)
        say_yes(dossier, cast.dana)
        return made

    def test_a_share_copied_over(self, cast: Cast, dossier: Dossier, second: Dossier) -> None:
        row = Grant.objects.get(epoch=epoch_of(dossier), share="b", recipient__use="worker")
        copied(row, epoch=epoch_of(second))
        say_approved(second)
        with pytest.raises(Forged):
            released(second)

    def test_the_whole_epoch_of_the_other(self, cast: Cast, dossier: Dossier, second: Dossier) -> None:
        """The rows of the approved request are hung under the other one."""
        value = input_of(dossier)
        erase(SealedValue.objects.filter(id=input_of(second).id))
        overwrite(value, row=second.id)
        assert refused_with(second) == "missing"
        compartment = Compartment.objects.get(kind=KIND, owner=dossier.id)
        Compartment.objects.filter(kind=KIND, owner=second.id).delete()
        overwrite(compartment, owner=second.id)
        with pytest.raises(VaultError):
            released(second)

    def test_of_a_dossier_of_another_case(self, cast: Cast, dossier: Dossier, second: Dossier) -> None:
        other = first_contact()
        assigned(other, cast.ben)
        tell(other)
        confirmed(other, cast.ben)
        foreign = ask(other.fresh(), cast.ben, cast.lena)
        row = Grant.objects.get(epoch=epoch_of(dossier), share="b", recipient__use="worker")
        copied(row, epoch=epoch_of(foreign))
        say_approved(foreign)
        with pytest.raises(Forged):
            released(foreign)


class TestWorkerLost:
    """The half died with the power: A is handed over again, and a lead decides again."""

    @pytest.fixture
    def lost(self, cast: Cast, dossier: Dossier) -> Dossier:
        say_yes(dossier, cast.dana)
        shutil.rmtree(Path(settings.TMPFS_DIR) / "worker")
        worker.ensure()
        return fresh(dossier)

    def test_the_new_half_opens_nothing_and_says_why(self, lost: Dossier) -> None:
        assert refused_with(lost) == "share"
        assert release.is_lost(lost, worker.keyrings())
        building.build(lost.id)
        assert fresh(lost).trouble == "worker_changed"

    def test_handed_over_again_it_waits_for_a_lead(self, cast: Cast, lost: Dossier) -> None:
        hand_over_again(dossier=lost, by=cast.ben.person, ring=cast.ben.ring)
        assert (fresh(lost).state, fresh(lost).decided_by) == (State.REQUESTED, None)
        assert refused_with(lost) == "share"
        say_yes(fresh(lost), cast.marek)
        assert released(lost).lawyer.pair == cast.lena.person.pair

    def test_the_old_approval_does_not_count_for_the_new_half(self, cast: Cast, lost: Dossier) -> None:
        hand_over_again(dossier=lost, by=cast.ben.person, ring=cast.ben.ring)
        say_approved(lost)
        assert refused_with(lost) == "share"

    def test_whoever_hands_over_does_not_approve(self, cast: Cast, lost: Dossier) -> None:
        with pytest.raises(NoGrant):  # share A is the caseworkers'
            hand_over_again(dossier=lost, by=cast.dana.person, ring=cast.dana.ring)

    def test_who_does_not_work_on_the_case_hands_nothing_over(self, cast: Cast, lost: Dossier) -> None:
        with pytest.raises(Refused):
            hand_over_again(dossier=lost, by=cast.chloe.person, ring=cast.chloe.ring)

    @pytest.mark.parametrize("done", [State.REFUSED, State.READY, State.ACKNOWLEDGED])
    def test_what_is_over_is_not_handed_over(self, cast: Cast, lost: Dossier, done: str) -> None:
        overwrite(lost, state=done)
        with pytest.raises(Refused):
            hand_over_again(dossier=lost, by=cast.ben.person, ring=cast.ben.ring)

    def test_an_intruders_half_gets_no_share(self, cast: Cast, dossier: Dossier) -> None:
        """A row of a worker, and a grant of A to it, stand before the real ones."""
        intruder = Intruder("worker")
        intruder.gives(epoch_of(dossier), bytes(32), intruder.pair, "a", purpose_of(dossier))
        erase(Grant.objects.filter(epoch=epoch_of(dossier), share="a", recipient=worker.current().pair))
        with pytest.raises(VaultError):
            say_yes(dossier, cast.dana)
        assert not Grant.objects.filter(recipient=intruder.pair, share="b").exists()

    def test_without_any_worker_the_lead_is_told(self, cast: Cast, dossier: Dossier) -> None:
        erase(Grant.objects.filter(epoch=epoch_of(dossier), recipient__use="worker"))
        with pytest.raises(NotReady):
            say_yes(dossier, cast.dana)


class TestRefused:
    """No is no: what was copied is erased."""

    def test_everything_copied_for_it_is_gone(self, cast: Cast, dossier: Dossier) -> None:
        refuse(dossier=dossier, by=cast.dana.person, ring=cast.dana.ring, reason="not now")
        assert fresh(dossier).state == State.REFUSED
        assert not Compartment.objects.filter(kind=KIND, owner=dossier.id).exists()
        assert not SealedValue.objects.filter(table=INPUT[0], field=INPUT[1]).exists()
        assert not Grant.objects.filter(recipient__use="worker").exists()

    def test_it_is_not_approved_afterwards_by_hand_or_by_a_lead(self, cast: Cast, dossier: Dossier) -> None:
        refuse(dossier=dossier, by=cast.dana.person, ring=cast.dana.ring, reason="not now")
        with pytest.raises(Refused):
            say_yes(fresh(dossier), cast.marek)
        overwrite(dossier, state=State.REQUESTED, decided_by=None, decided_at=None)
        with pytest.raises(NotReady):
            say_yes(fresh(dossier), cast.marek)
        say_approved(dossier)
        assert refused_with(dossier) == "missing"


def test_the_key_of_a_file_in_the_request_is_for_the_worker_only(cast: Cast, dossier: Dossier) -> None:
    from vault import files

    say_yes(dossier, cast.dana)
    exhibit = dossier.case.exhibits.get()
    assert files.find_key(exhibit.file, released(dossier).opened).size > 0
    assert SealedValue.objects.filter(table="file", row=exhibit.file_id).count() == 2
