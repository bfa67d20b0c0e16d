"""The only door to an account: a permission, a purpose, a key, a head that fits; and a line in the audit chain."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from cases import access, flags, keys, limits
from cases.actions.assigning import assign
from cases.actions.facts import agreed_countries
from cases.errors import Refused
from cases.models import Assignment, Case, Exhibit, StatementVersion
from people.models import Person
from tests.factories.cast import STORY, Cast, Member, Survivor, assigned, first_contact, tell
from tests.factories.intruder import Intruder, erase, overwrite, put_back
from tests.factories.kept import kept
from vault import audit
from vault.errors import Forged, NoGrant, Unstated, VaultError
from vault.models import AuditEvent, Compartment, Epoch, Grant, Head, SealedFile, SealedValue

FILES = (("a.jpg", "image/jpeg", b"first " * 50), ("b.jpg", "image/jpeg", b"other " * 50))


@pytest.fixture
def case(amina: Survivor, ben: Member) -> Case:
    """Ben's case: an account with two files and an addition."""

    def tell_twice() -> Case:
        assigned(amina, ben)
        tell(amina, files=FILES)
        return tell(amina, {"story": {"EPI-07": {"value": "дадатак", "lang": "be"}}})

    return kept("told twice", tell_twice)


def opened_by(member: Member, case: Case, purpose: str = "assessment") -> access.Account:
    return access.open_account(case, by=member.person, ring=member.ring, purpose=purpose)


class TestWho:
    """Permission and key, each on its own."""

    def test_the_assigned_person_and_a_lead_read_it(self, cast: Cast, case: Case) -> None:
        for member in (cast.ben, cast.dana):
            found = opened_by(member, case)
            assert found.answer("EPI-08") == {"value": STORY, "lang": "be"}
            assert [each.name for each in found.exhibits] == ["a.jpg", "b.jpg"]

    def test_each_opening_is_recorded_with_its_purpose(self, case: Case, ben: Member) -> None:
        opened_by(ben, case, "reply")
        event = AuditEvent.objects.get(action="account.opened")
        assert (event.actor, event.subject, event.detail) == (ben.person.id, case.id, {"purpose": "reply"})
        assert event.at is not None

    def test_whoever_is_not_assigned_is_refused_and_recorded(self, cast: Cast, case: Case) -> None:
        for member in (cast.chloe, cast.lena):
            with pytest.raises(Refused):
                opened_by(member, case)
            event = AuditEvent.objects.get(action="account.refused", actor=member.person.id)
            assert event.subject == case.id
        assert not AuditEvent.objects.filter(action="account.opened").exists()

    @pytest.mark.parametrize("purpose", ["", "curiosity", "Assessing routes"])
    def test_without_a_purpose_of_the_list_it_stays_shut(self, case: Case, ben: Member, purpose: str) -> None:
        with pytest.raises(Refused):
            opened_by(ben, case, purpose)
        with pytest.raises(Refused):
            access.open_exhibit(case, Exhibit.objects.all()[0].id, by=ben.person, ring=ben.ring, purpose=purpose)

    def test_a_purpose_is_never_written_down_unless_it_is_a_code(self, case: Case, ben: Member) -> None:
        with pytest.raises(Refused):
            opened_by(ben, case, "словы ахвяры")
        assert "словы" not in repr(list(AuditEvent.objects.values("detail")))

    def test_who_is_written_in_as_assigned_but_has_no_grant_opens_nothing(self, cast: Cast, case: Case) -> None:
        erase(Grant.objects.filter(recipient__use="intake"))
        Assignment.objects.create(case=case, person=cast.chloe.person, by=cast.chloe.person)
        with pytest.raises(NoGrant):
            opened_by(cast.chloe, case)
        assert AuditEvent.objects.filter(action="account.opened", actor=cast.chloe.person.id).exists()

    def test_a_role_written_into_the_row_opens_nothing_of_the_leads(self, cast: Cast, case: Case) -> None:
        overwrite(cast.lena.person, role="lead")
        lena = Person.objects.get(id=cast.lena.person.id)
        with pytest.raises(NoGrant):
            access.open_account(case, by=lena, ring=cast.lena.ring, purpose="assessment")

    def test_somebody_who_is_not_active_any_more_is_refused(self, cast: Cast, case: Case) -> None:
        overwrite(cast.ben.person, is_active=False)
        gone = Person.objects.get(id=cast.ben.person.id)
        with pytest.raises(Refused):
            access.open_account(case, by=gone, ring=cast.ben.ring, purpose="assessment")

    def test_the_exhibit_of_another_case_is_not_there(self, cast: Cast, case: Case, ben: Member) -> None:
        other = first_contact()
        assigned(other, ben)
        with pytest.raises(Refused):
            access.open_exhibit(
                other.fresh(), Exhibit.objects.all()[0].id, by=ben.person, ring=ben.ring, purpose="assessment"
            )
        with pytest.raises(Refused):
            access.open_exhibit(case, uuid4(), by=ben.person, ring=ben.ring, purpose="assessment")


def test_a_send_while_the_account_is_read_is_no_alarm(
    case: Case, amina: Survivor, ben: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_epochs, sent = access.open_epochs, []

    def interrupted(*given: Any) -> Any:
        opened = open_epochs(*given)
        if not sent:
            sent.append(tell(amina, {"story": {"EPI-08": {"value": "новае", "lang": "be"}}}))
        return opened

    monkeypatch.setattr(access, "open_epochs", interrupted)
    assert opened_by(ben, case).answer("EPI-08") == {"value": "новае", "lang": "be"}


class TestForged:
    """Something of the account was changed in the database."""

    @pytest.mark.parametrize("table", ["statement", "exhibit", "file", "case"])
    def test_a_record_that_is_gone(self, case: Case, ben: Member, table: str) -> None:
        kinds = ["identity", "account", "messages"]
        values = SealedValue.objects.filter(epoch__compartment__owner=case.id, epoch__compartment__kind__in=kinds)
        erase(SealedValue.objects.filter(id=values.filter(table=table)[0].id))
        with pytest.raises(Forged):
            opened_by(ben, case)

    def test_a_version_whose_row_is_gone(self, case: Case, ben: Member) -> None:
        erase(StatementVersion.objects.filter(case=case, number=2))
        with pytest.raises(Forged):
            opened_by(ben, case)

    def test_an_exhibit_whose_row_is_gone(self, case: Case, ben: Member) -> None:
        erase(Exhibit.objects.filter(case=case, number=2))
        with pytest.raises(Forged):
            opened_by(ben, case)

    def test_a_version_that_was_added(self, case: Case, ben: Member) -> None:
        StatementVersion.objects.create(case=case, number=3, catalogue="2026-11", language="be")
        with pytest.raises(Forged):
            opened_by(ben, case)

    def test_versions_that_change_places(self, case: Case, ben: Member) -> None:
        one, two = (StatementVersion.objects.get(case=case, number=number) for number in (1, 2))
        for row, number in ((one, 9), (two, 1), (one, 2)):
            overwrite(row, number=number)
        with pytest.raises(Forged):
            opened_by(ben, case)

    @pytest.mark.parametrize("column", [{"language": "ru"}, {"catalogue": "2020-01"}])
    def test_what_the_row_says_of_a_version(self, case: Case, ben: Member, column: dict[str, Any]) -> None:
        overwrite(StatementVersion.objects.get(case=case, number=1), **column)
        with pytest.raises(Forged):
            opened_by(ben, case)

    def test_exhibits_that_change_their_numbers(self, case: Case, ben: Member) -> None:
        one, two = Exhibit.objects.filter(case=case)
        for row, number in ((one, 9), (two, 1), (one, 2)):
            overwrite(row, number=number)
        with pytest.raises(Forged):
            opened_by(ben, case)

    def test_exhibits_that_change_their_files(self, case: Case, ben: Member) -> None:
        one, two = Exhibit.objects.filter(case=case)
        spare = SealedFile.objects.create(storage_name="00/" + "0" * 32, stored_size=1, header_digest=bytes(32))
        files = one.file, two.file
        for row, file in ((one, spare), (two, files[0]), (one, files[1])):
            overwrite(row, file=file)
        with pytest.raises(Forged):
            access.open_exhibit(case, one.id, by=ben.person, ring=ben.ring, purpose="assessment")

    def test_bytes_of_a_file_that_were_exchanged(self, case: Case, ben: Member, settings: Any) -> None:
        one, two = (settings.FILES_DIR / each.file.storage_name for each in Exhibit.objects.filter(case=case))
        one.write_bytes(two.read_bytes())
        with pytest.raises(Forged):
            access.open_exhibit(
                case, Exhibit.objects.get(number=1).id, by=ben.person, ring=ben.ring, purpose="assessment"
            )

    def test_an_epoch_whose_grants_were_taken_away_is_not_just_left_out(self, case: Case, cast: Cast) -> None:
        for kind in ("identity", "account"):
            epoch = Epoch.objects.get(compartment__kind=kind, compartment__owner=case.id, number=3)
            rows = list(Grant.objects.filter(epoch=epoch))
            erase(Grant.objects.filter(epoch=epoch))
            for member in (cast.ben, cast.dana):
                with pytest.raises(NoGrant):
                    opened_by(member, case)
            for row in rows:
                put_back(row)
        assert len(opened_by(cast.ben, case).versions) == 3

    def test_an_account_signed_by_another_receipt(self, cast: Cast, case: Case, ben: Member) -> None:
        other = first_contact()
        for value in SealedValue.objects.filter(table="statement", epoch__compartment__owner=case.id):
            overwrite(value, signer=other.fresh().receipt)
        with pytest.raises(VaultError):
            opened_by(ben, case)

    def test_a_whole_compartment_of_an_intruder(self, case: Case, ben: Member) -> None:
        from vault import compartments
        from vault.recipients import stated

        own = Compartment.objects.get(kind="work", owner=case.id)
        erase(Head.objects.filter(owner=own.id))
        own.delete()
        intruder = Intruder("receipt")
        compartments.create(
            kind="work", owner=case.id, recipients=[stated(ben.person.pair)], giver=intruder.signer, purpose="test"
        )
        with pytest.raises(Forged):
            keys.open_latest(case, keys.WORK, ben.ring)
        assert [flag.words for flag in flags.flags_of(case, ben.ring)] == ["Flags do not verify"]

    def test_a_compartment_that_is_gone(self, case: Case, ben: Member) -> None:
        Compartment.objects.filter(kind="identity", owner=case.id).delete()
        with pytest.raises(Forged):
            opened_by(ben, case)

    def test_limits_and_account_agree_on_what_an_empty_page_means(
        self, case: Case, amina: Survivor, ben: Member
    ) -> None:
        tell(amina, {"consent": {"CNS-02": {"value": [], "lang": "be"}}})
        assert limits.limits_of(amina.fresh(), ben.ring).countries == ["LT"]
        assert agreed_countries(opened_by(ben, amina.fresh())) == ["LT"]

    def test_the_limits_of_the_survivor_are_read_from_signed_answers_too(self, case: Case, ben: Member) -> None:
        assert limits.limits_of(case, ben.ring).countries == ["LT"]
        overwrite(StatementVersion.objects.get(case=case, number=1), number=7)
        with pytest.raises(Forged):
            limits.limits_of(case, ben.ring)


class TestAssigning:
    """A case is given to a person whom the directory names, whole, and to nobody else."""

    def test_the_assignee_gets_a_grant_to_every_epoch_but_the_sealed_one(self, case: Case, ben: Member) -> None:
        own = Grant.objects.filter(recipient=ben.person.pair, epoch__compartment__owner=case.id)
        found = sorted(own.values_list("epoch__compartment__kind", "epoch__number"))
        assert found == [
            ("account", 1), ("account", 2), ("account", 3), ("account", 4), ("identity", 1), ("identity", 2),
            ("identity", 3), ("identity", 4), ("messages", 1), ("messages", 2), ("work", 1), ("work", 2),
        ]  # fmt: skip

    def test_taking_a_case_twice_changes_nothing(self, case: Case, amina: Survivor, ben: Member) -> None:
        before = Grant.objects.count()
        assigned(amina, ben)
        assert (Grant.objects.count(), Assignment.objects.count()) == (before, 1)

    def test_only_a_lead_gives_it_to_somebody_else(self, cast: Cast, case: Case) -> None:
        with pytest.raises(Refused):
            assign(case=case, person=cast.chloe.person, by=cast.ben.person, ring=cast.ben.ring)
        assign(case=case, person=cast.chloe.person, by=cast.dana.person, ring=cast.dana.ring)
        assert opened_by(cast.chloe, case).versions

    def test_a_lawyer_takes_no_case(self, cast: Cast, case: Case) -> None:
        with pytest.raises(Refused):
            assign(case=case, person=cast.lena.person, by=cast.dana.person, ring=cast.dana.ring)

    def test_a_lawyer_whose_row_says_caseworker_gets_nothing(self, cast: Cast, case: Case) -> None:
        overwrite(cast.lena.person, role="caseworker")
        with pytest.raises(Unstated):
            assign(
                case=case, person=Person.objects.get(id=cast.lena.person.id), by=cast.dana.person, ring=cast.dana.ring
            )
        assert not Grant.objects.filter(recipient=cast.lena.person.pair, epoch__compartment__owner=case.id).exists()

    def test_a_person_whose_row_was_given_another_key_gets_nothing(self, cast: Cast, case: Case) -> None:
        """Chloe's name, Lena's key: both are stated, each for herself."""
        chloe, lena = cast.chloe.person, cast.lena.person
        spare = Intruder().pair
        pairs = chloe.pair, lena.pair
        for person, pair in ((chloe, spare), (lena, pairs[0]), (chloe, pairs[1])):
            overwrite(person, pair=pair)
        with pytest.raises(Unstated):
            assign(case=case, person=Person.objects.get(id=chloe.id), by=cast.dana.person, ring=cast.dana.ring)

    def test_a_key_without_a_statement_gets_nothing(self, cast: Cast, case: Case) -> None:
        overwrite(cast.chloe.person, pair=Intruder().pair)
        with pytest.raises(Unstated):
            assign(
                case=case, person=Person.objects.get(id=cast.chloe.person.id), by=cast.dana.person,
                ring=cast.dana.ring,
            )  # fmt: skip

    def test_who_cannot_open_a_case_cannot_give_it(self, cast: Cast, amina: Survivor) -> None:
        erase(Grant.objects.filter(recipient__use="intake"))
        with pytest.raises(NoGrant):
            assigned(amina, cast.ben)
        assert Assignment.objects.count() == 0

    def test_it_is_recorded_by_whom_and_to_whom(self, case: Case, ben: Member) -> None:
        event = AuditEvent.objects.get(action="case.assigned")
        assert (event.actor, event.detail) == (ben.person.id, {"person": str(ben.person.id)})


def test_the_road_leaves_a_whole_chain(case: Case, ben: Member) -> None:
    from vault import worker

    opened_by(ben, case)
    while audit.chain(worker.ensure().signer):
        pass
    assert (audit.verify().fault, audit.verify().pending) == ("", 0)
