"""Giving, accepting, declining and ending: who can open a case afterwards, by keys and not by columns."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cases import access, keys, work
from cases.actions import assigning
from cases.actions.letters import read_letters
from cases.actions.releasing import ask, lend
from cases.errors import Refused
from cases.models import Assignment, Case, SealedRelease
from people.models import Person
from tests.factories import cast as made
from tests.factories.cast import STORY, Cast, Member, Survivor
from tests.factories.intruder import Intruder, erase, overwrite, put_back
from tests.factories.kept import kept
from tests.factories.together import together
from vault import audit
from vault.errors import Forged, NoGrant, Unstated, VaultError
from vault.heads import check_head
from vault.keyring import Keyring
from vault.models import AuditEvent, Compartment, Epoch, Grant, SealedValue

KINDS = keys.ASSIGNED_KINDS
LATER = {"story": {"EPI-07": {"value": "напісана пазней", "lang": "be"}}}


@pytest.fixture
def case(amina: Survivor) -> Case:
    """An account that nobody has taken."""
    return kept("told, not taken", lambda: made.tell(amina))


def give(case: Case, to: Member, by: Member) -> Assignment:
    return assigning.assign(case=case, person=to.person, by=by.person, ring=by.ring)


def accept(case: Case, by: Member) -> Assignment:
    return assigning.accept(case=case, by=by.person, ring=by.ring)


def end(case: Case, who: Member, by: Member) -> None:
    assigning.end_assignment(case=case, person=who.person, by=by.person, ring=by.ring)


def holders(case: Case, kind: str) -> dict[int, list[str]]:
    """Who is granted which epoch of a compartment: the use of a key, or the name of a person."""
    found: dict[int, list[str]] = {}
    for row in Grant.objects.filter(epoch__compartment__owner=case.id, epoch__compartment__kind=kind):
        who = getattr(row.recipient, "person", None)
        found.setdefault(row.epoch.number, []).append(who.name if who else row.recipient.use)
    return {number: sorted(names) for number, names in sorted(found.items())}


def opens(case: Case, ring: Keyring) -> list[tuple[str, int]]:
    """Every epoch of a case that a keyring opens, whatever the pages say."""
    compartments = Compartment.objects.filter(owner=case.id)
    epochs = [each.epoch for one in compartments for each in ring.open_all(one)]
    return sorted((epoch.compartment.kind, epoch.number) for epoch in epochs)


class TestGiving:
    """A lead gives a case; until the person accepts, it stays with intake."""

    def test_it_is_sealed_to_the_own_key_and_waits(self, case: Case, cast: Cast) -> None:
        row = give(case, cast.chloe, cast.dana)
        assert (row.accepted_on, row.ended_on, row.by) == (None, None, cast.dana.person)
        assert {name for kind in KINDS for names in holders(case, kind).values() for name in names} >= {"Chloe"}
        assert "intake" in holders(case, "account")[2]

    def test_a_person_who_was_asked_gets_what_comes_meanwhile(self, case: Case, amina: Survivor, cast: Cast) -> None:
        give(case, cast.chloe, cast.dana)
        made.tell(amina, LATER)
        assert holders(case, "account")[3] == ["Chloe", "intake", "leads", "recovery"]

    def test_declining_deletes_what_was_given(self, case: Case, cast: Cast) -> None:
        give(case, cast.chloe, cast.dana)
        assigning.decline(case=case, by=cast.chloe.person, ring=cast.chloe.ring)
        assert not Grant.objects.filter(recipient=cast.chloe.person.pair, epoch__compartment__owner=case.id).exists()
        assert Assignment.objects.get().ended_on is not None
        assert holders(case, "account")[3] == ["intake", "leads", "recovery"]
        assert AuditEvent.objects.filter(action="case.declined", actor=cast.chloe.person.id).count() == 1

    def test_what_was_accepted_cannot_be_declined(self, case: Case, cast: Cast) -> None:
        give(case, cast.chloe, cast.chloe)
        with pytest.raises(Refused):
            assigning.decline(case=case, by=cast.chloe.person, ring=cast.chloe.ring)

    @pytest.mark.parametrize("act", [assigning.accept, assigning.decline])
    def test_nobody_accepts_or_declines_what_was_given_to_somebody_else(
        self, case: Case, cast: Cast, act: Callable[..., object]
    ) -> None:
        give(case, cast.chloe, cast.dana)
        for member in (cast.ben, cast.dana):
            with pytest.raises(Refused):
                act(case=case, by=member.person, ring=member.ring)


class TestAccepting:
    """From then on the intake key, and every caseworker who holds nothing else, opens nothing of the case."""

    @pytest.mark.parametrize("way", ["taken", "given and accepted", "taken by a lead"])
    def test_a_stolen_key_of_another_caseworker_opens_nothing(
        self, case: Case, amina: Survivor, cast: Cast, way: str
    ) -> None:
        assert len(opens(case, cast.ben.ring)) == 6
        if way == "given and accepted":
            give(case, cast.chloe, cast.dana)
            accept(case, cast.chloe)
        else:
            taker = cast.dana if way == "taken by a lead" else cast.chloe
            give(case, taker, taker)
        made.tell(amina, LATER)
        made.write(amina, "Ліст")
        assert opens(case, cast.ben.ring) == []
        assert opens(case, cast.ben.ring.team("intake")) == []
        assert "leads" in holders(case, "account")[4]

    def test_each_compartment_has_a_new_epoch_for_the_people_on_the_case(self, case: Case, cast: Cast) -> None:
        give(case, cast.chloe, cast.dana)
        accept(case, cast.chloe)
        found = {kind: list(holders(case, kind).items())[-1] for kind in KINDS}
        team = ["Chloe", "leads", "recovery"]
        assert found == {
            "identity": (3, team), "account": (3, team), "work": (2, team),
            "messages": (2, ["Chloe", "leads", "receipt", "recovery"]),
        }  # fmt: skip
        assert Assignment.objects.get().accepted_on is not None
        assert AuditEvent.objects.filter(action="case.accepted", actor=cast.chloe.person.id).count() == 1

    def test_everything_is_read_and_written_afterwards(self, case: Case, amina: Survivor, cast: Cast) -> None:
        made.write(amina, "да таго")
        made.assigned(amina, cast.ben)
        made.tell(amina, LATER)
        made.write(amina, "пасля таго")
        made.confirmed(amina, cast.ben)
        for reader in (cast.ben, cast.dana):
            found = access.open_account(case, by=reader.person, ring=reader.ring, purpose="reply")
            assert found.answer("EPI-08") == {"value": STORY, "lang": "be"}
            assert found.answer("EPI-07") == {"value": "напісана пазней", "lang": "be"}
            assert [letter.text for letter in read_letters(case, reader.ring)] == ["да таго", "пасля таго"]
            assert work.read(case, reader.ring, "facts", "confirmed", case.id) == made.FACTS
        assert [letter.text for letter in read_letters(case, amina.ring)] == ["да таго", "пасля таго"]

    def test_the_heads_stand_in_the_new_epochs(self, case: Case, cast: Cast) -> None:
        give(case, cast.ben, cast.ben)
        for kind, owner in (("messages", case.id), ("work", keys.compartment(case, "work").id)):
            newest = keys.open_latest(case, kind, cast.ben.ring)
            assert check_head(owner, [newest])

    def test_twice_is_once(self, case: Case, cast: Cast) -> None:
        give(case, cast.chloe, cast.dana)
        accept(case, cast.chloe)
        before = Epoch.objects.count(), Grant.objects.count(), AuditEvent.objects.count()
        accept(case, cast.chloe)
        assert (Epoch.objects.count(), Grant.objects.count(), AuditEvent.objects.count()) == before

    def test_a_column_that_says_accepted_does_not_stop_it(self, case: Case, cast: Cast) -> None:
        row = give(case, cast.chloe, cast.dana)
        overwrite(row, accepted_on=row.made_on)
        accept(case, cast.chloe)
        assert opens(case, cast.ben.ring) == []

    @pytest.mark.django_db(transaction=True)
    def test_two_at_once_hold_it_both(self, case: Case, amina: Survivor, cast: Cast) -> None:
        give(case, cast.chloe, cast.dana)
        give(case, cast.ben, cast.dana)
        together(lambda: accept(case, cast.chloe), lambda: accept(case, cast.ben), lambda: accept(case, cast.ben))
        made.tell(amina, LATER)
        assert Assignment.objects.exclude(accepted_on=None).count() == 2
        for member in (cast.ben, cast.chloe):
            found = access.open_account(case, by=member.person, ring=member.ring, purpose="reply")
            assert found.answer("EPI-07") == {"value": "напісана пазней", "lang": "be"}
        assert list(holders(case, "account").values())[-1] == ["Ben", "Chloe", "leads", "recovery"]

    @pytest.mark.django_db(transaction=True)
    def test_of_two_who_take_it_at_once_one_does(self, case: Case, cast: Cast) -> None:
        found = together(lambda: give(case, cast.ben, cast.ben), lambda: give(case, cast.chloe, cast.chloe))
        assert sorted(type(each).__name__ for each in found) == ["Assignment", "NoGrant"]
        assert Assignment.objects.count() == 1

    def test_afterwards_a_caseworker_cannot_take_it_and_a_lead_can(self, case: Case, cast: Cast) -> None:
        give(case, cast.ben, cast.ben)
        with pytest.raises(NoGrant):
            give(case, cast.chloe, cast.chloe)
        give(case, cast.marek, cast.marek)
        assert list(holders(case, "account").values())[-1] == ["Ben", "Marek", "leads", "recovery"]

    @pytest.mark.parametrize("table", ["statement", "case"])
    def test_nothing_changes_when_a_record_does_not_fit_the_head(self, case: Case, cast: Cast, table: str) -> None:
        give(case, cast.chloe, cast.dana)
        gone = SealedValue.objects.filter(table=table, field="flags" if table == "case" else "story")
        assert gone.count() == 1
        erase(gone)
        before = Epoch.objects.count(), Grant.objects.count()
        with pytest.raises(Forged):
            accept(case, cast.chloe)
        assert (Epoch.objects.count(), Grant.objects.count()) == before
        assert Assignment.objects.get().accepted_on is None


class TestEnding:
    """The keys of one person go; the case goes on."""

    def test_nothing_new_opens_for_whoever_left(self, case: Case, amina: Survivor, cast: Cast) -> None:
        give(case, cast.ben, cast.ben)
        give(case, cast.chloe, cast.dana)
        accept(case, cast.chloe)
        end(case, cast.ben, by=cast.dana)
        made.tell(amina, LATER)
        assert opens(case, cast.ben.ring) == []
        assert list(holders(case, "account").values())[-1] == ["Chloe", "leads", "recovery"]
        event = AuditEvent.objects.get(action="case.unassigned")
        assert (event.actor, event.detail) == (cast.dana.person.id, {"person": str(cast.ben.person.id)})

    def test_a_copy_of_the_grants_opens_nothing_that_is_written_afterwards(
        self, case: Case, amina: Survivor, cast: Cast
    ) -> None:
        give(case, cast.ben, cast.ben)
        copied = list(Grant.objects.filter(recipient=cast.ben.person.pair, epoch__compartment__owner=case.id))
        end(case, cast.ben, by=cast.ben)
        made.tell(amina, LATER)
        made.write(amina, "Ліст")
        for row in copied:
            put_back(row)
        assert sorted(opens(case, cast.ben.ring)) == sorted(
            (row.epoch.compartment.kind, row.epoch.number) for row in copied
        )
        assert opens(case, cast.ben.ring)[-1] == ("work", 2)
        with pytest.raises(NoGrant):
            read_letters(case, cast.ben.ring)

    def test_when_nobody_is_left_the_leads_hold_it(self, case: Case, amina: Survivor, cast: Cast) -> None:
        give(case, cast.ben, cast.ben)
        end(case, cast.ben, by=cast.ben)
        made.tell(amina, LATER)
        assert list(holders(case, "account").values())[-1] == ["leads", "recovery"]
        give(case, cast.chloe, cast.marek)
        accept(case, cast.chloe)
        assert access.open_account(case, by=cast.chloe.person, ring=cast.chloe.ring, purpose="reply").versions

    def test_only_a_lead_ends_the_work_of_somebody_else(self, case: Case, cast: Cast) -> None:
        give(case, cast.ben, cast.ben)
        with pytest.raises(Refused):
            end(case, cast.ben, by=cast.chloe)
        give(case, cast.chloe, cast.dana)
        with pytest.raises(Refused):
            end(case, cast.ben, by=cast.chloe)

    def test_who_is_not_on_the_case_cannot_be_ended(self, case: Case, cast: Cast) -> None:
        with pytest.raises(Refused):
            end(case, cast.ben, by=cast.dana)

    def test_what_was_lent_of_the_sealed_part_goes_too(self, case: Case, cast: Cast) -> None:
        give(case, cast.ben, cast.ben)
        release = ask(case=case, by=cast.ben.person, ring=cast.ben.ring, reason="для адказу", days=3)
        lend(release=release, by=cast.dana.person, ring=cast.dana.ring, reason="так", days=3)
        sealed = keys.compartment(case, keys.SEALED)
        assert len(cast.ben.ring.open_all(sealed)) == sealed.epochs.count()
        end(case, cast.ben, by=cast.dana)
        assert cast.ben.ring.open_all(sealed) == []
        assert holders(case, "sealed")[sealed.epochs.count()] == ["caseworkers", "leads"]
        assert SealedRelease.objects.get().state == SealedRelease.State.OVER

    def test_who_left_may_be_asked_again(self, case: Case, cast: Cast) -> None:
        give(case, cast.ben, cast.ben)
        end(case, cast.ben, by=cast.ben)
        give(case, cast.ben, cast.dana)
        accept(case, cast.ben)
        assert Assignment.objects.filter(ended_on=None).count() == 1
        assert access.open_account(case, by=cast.ben.person, ring=cast.ben.ring, purpose="reply").versions


class TestForged:
    """Whoever writes to the database writes nobody into a case."""

    def test_a_row_of_assignment_gives_nobody_a_grant(self, case: Case, amina: Survivor, cast: Cast) -> None:
        give(case, cast.ben, cast.ben)
        for member in (cast.chloe, cast.lena):
            Assignment.objects.create(
                case=case, person=member.person, by=cast.dana.person, accepted_on=case.received_on
            )
        made.tell(amina, LATER)
        give(case, cast.marek, cast.marek)
        for member in (cast.chloe, cast.lena):
            assert opens(case, member.ring) == []
            assert not Grant.objects.filter(recipient=member.person.pair, epoch__compartment__owner=case.id).exists()
        with pytest.raises(NoGrant):
            accept(case, cast.chloe)

    def test_a_grant_that_nobody_of_us_gave_is_not_carried_on(self, case: Case, amina: Survivor, cast: Cast) -> None:
        give(case, cast.ben, cast.ben)
        for kind in KINDS:
            newest = keys.compartment(case, kind).epochs.order_by("-number")[0]
            Intruder().gives(newest, bytes(32), cast.chloe.person.pair)
            Intruder().gives(newest, bytes(32), cast.ben.ring.team("intake").pair)
        made.tell(amina, LATER)
        assert opens_or_forged(case, cast.chloe.ring) == []
        assert list(holders(case, "account").values())[-1] == ["Ben", "leads", "recovery"]

    def test_not_even_a_grant_that_a_colleague_signs_without_holding_the_case(
        self, case: Case, amina: Survivor, cast: Cast
    ) -> None:
        """Chloe's key and an hour in the database: her signature is good, and she was never given the case."""
        give(case, cast.ben, cast.ben)
        insider = Intruder()
        insider.pair, insider.seed = cast.chloe.person.pair, cast.chloe.seed
        for kind in KINDS:
            newest = keys.compartment(case, kind).epochs.order_by("-number")[0]
            insider.gives(newest, bytes(32), cast.chloe.person.pair)
            insider.gives(newest, bytes(32), cast.ben.ring.team("intake").pair)
        Assignment.objects.create(case=case, person=cast.chloe.person, by=cast.dana.person)
        made.tell(amina, LATER)
        assert list(holders(case, "account").values())[-1] == ["Ben", "leads", "recovery"]
        assert opens_or_forged(case, cast.chloe.ring) == []

    def test_an_older_record_of_holders_put_back_stops_everything(
        self, case: Case, amina: Survivor, cast: Cast
    ) -> None:
        give(case, cast.chloe, cast.dana)
        accept(case, cast.chloe)
        newest = SealedValue.objects.filter(table="case", field="holders").order_by("-version")[0]
        assert newest.version == 2
        erase(SealedValue.objects.filter(id=newest.id))
        with pytest.raises(Forged):
            made.tell(amina, LATER)
        with pytest.raises(Forged):
            give(case, cast.ben, cast.dana)

    def test_the_survivor_does_not_say_who_holds_the_case(self, case: Case, amina: Survivor, cast: Cast) -> None:
        """With the code and the database: a record by the receipt is no word of ours."""
        from cases import records
        from vault.heads import write_head

        give(case, cast.ben, cast.ben)
        messages = keys.open_latest(case, keys.MESSAGES, amina.ring)
        content = {"people": [str(cast.chloe.person.id)], "intake": True}
        records.write_next(messages, *keys.HOLDERS, case.id, content, amina.ring.signer)
        write_head(case.id, messages, amina.ring.signer)
        with pytest.raises(Forged):
            give(case, cast.marek, cast.marek)

    def test_a_colleague_whose_row_says_lead_cannot_give_it(self, case: Case, cast: Cast) -> None:
        give(case, cast.ben, cast.ben)
        overwrite(cast.chloe.person, role="lead")
        chloe = Person.objects.get(id=cast.chloe.person.id)
        for person in (chloe, cast.ben.person):
            with pytest.raises((NoGrant, Unstated)):
                assigning.assign(case=case, person=person, by=chloe, ring=cast.chloe.ring)


def opens_or_forged(case: Case, ring: Keyring) -> list[tuple[str, int]]:
    """Like opens(), where a grant that was put there does not open either."""
    found = []
    for epoch in Epoch.objects.filter(compartment__owner=case.id).select_related("compartment"):
        try:
            values = [ring.open(epoch).open(value) for value in SealedValue.objects.filter(epoch=epoch)]
        except VaultError:
            continue
        found += [(epoch.compartment.kind, epoch.number)] if values else []
    return found


def test_the_whole_road_leaves_a_whole_chain(case: Case, cast: Cast) -> None:
    from vault import worker

    give(case, cast.chloe, cast.dana)
    accept(case, cast.chloe)
    end(case, cast.chloe, by=cast.dana)
    while audit.chain(worker.ensure().signer):
        pass
    assert audit.verify().fault == ""
