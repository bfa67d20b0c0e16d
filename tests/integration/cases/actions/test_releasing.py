"""The sealed part opens for one caseworker, lent by one lead, for some days; alone nobody opens it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases import keys
from cases.actions import releasing
from cases.errors import NotReady, Refused
from cases.models import Case, SealedRelease
from cases.sealed_part import epochs, open_sealed
from people.models import Person
from tests.factories import cast as made
from tests.factories.cast import Cast, Member, Survivor
from tests.factories.intruder import copied, erase, overwrite
from tests.factories.kept import kept
from tests.factories.made_up import APART, add_question, answered
from vault import compartments, purge
from vault.directory import revoke
from vault.errors import Forged, NoGrant, VaultError
from vault.models import AuditEvent, Grant, today
from vault.recipients import stated

REASON = "The lawyer needs to know whether this part matters."


@pytest.fixture
def told(cast: Cast, amina: Survivor, monkeypatch: pytest.MonkeyPatch) -> Case:
    """Amina's case with something in its sealed part; Ben works on it."""
    add_question(monkeypatch, "APA-01", "sealed")
    sections = {**made.SECTIONS, "story": {**made.SECTIONS["story"], **answered("APA-01")["story"]}}

    def tell() -> Case:
        made.assigned(amina, cast.ben)
        return made.tell(amina, sections)

    return kept("told, a part apart", tell)


@pytest.fixture
def asked(cast: Cast, told: Case) -> SealedRelease:
    """Ben has asked for three days."""
    return ask(told, cast.ben)


@pytest.fixture
def lent(cast: Cast, asked: SealedRelease) -> SealedRelease:
    """Dana has lent the other share for three days."""
    lend(asked, cast.dana)
    return SealedRelease.objects.get(id=asked.id)


def ask(case: Case, by: Member, days: int = 3) -> SealedRelease:
    return releasing.ask(case=case, by=by.person, ring=by.ring, reason=REASON, days=days)


def lend(release: SealedRelease, by: Member, days: int = 3) -> None:
    releasing.lend(release=release, by=by.person, ring=by.ring, reason="Yes.", days=days)


def read(case: Case, by: Member) -> list[dict[str, Any]]:
    part = open_sealed(Case.objects.get(id=case.id), by=by.person, ring=by.ring, purpose="assessment")
    return [version.sections for version in part.versions]


def on_the_day(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    """Let days pass for everybody who asks for the date."""
    then = timezone.now() + timedelta(days=days)
    monkeypatch.setattr(timezone, "now", lambda: then)


def opens_nothing(case: Case, member: Member) -> bool:
    """Neither by the door nor with the keyring alone."""
    with pytest.raises((VaultError, Refused)):
        read(case, member)
    return not any(opens(member, epoch) for epoch in epochs(case))


def opens(member: Member, epoch: Any) -> bool:
    try:
        member.ring.open(epoch)
    except VaultError:
        return False
    return True


class TestTheRoad:
    def test_lent_by_a_lead_the_asker_reads_what_was_told_apart(self, cast: Cast, lent: SealedRelease) -> None:
        assert read(lent.case, cast.ben) == [answered("APA-01")]
        assert (lent.state, lent.decided_by, lent.until_on) == (
            "released", cast.dana.person, today() + timedelta(days=3),
        )  # fmt: skip

    def test_every_epoch_is_covered(self, cast: Cast, lent: SealedRelease) -> None:
        found = epochs(lent.case)
        assert len(found) == 2
        assert all(opens(cast.ben, epoch) for epoch in found)

    def test_what_is_told_afterwards_needs_a_release_of_its_own(
        self, cast: Cast, amina: Survivor, lent: SealedRelease
    ) -> None:
        made.tell(amina, answered("APA-01", "Яшчэ адно слова"))
        part = open_sealed(amina.fresh(), by=cast.ben.person, ring=cast.ben.ring, purpose="assessment")
        assert (part.later, [version.sections for version in part.versions]) == (1, [answered("APA-01")])

    def test_the_reason_and_the_decision_are_readable_to_both(self, cast: Cast, lent: SealedRelease) -> None:
        for member in (cast.ben, cast.dana, cast.marek):
            assert releasing.request_record(lent, member.ring) == {"reason": REASON, "days": 3}
            assert releasing.decision_record(lent, member.ring)["reason"] == "Yes."

    def test_each_opening_is_recorded_with_its_purpose_and_before_it(self, cast: Cast, told: Case) -> None:
        with pytest.raises(NoGrant):
            read(told, cast.ben)
        event = AuditEvent.objects.get(action="sealed.opened")
        assert (event.actor, event.subject, event.detail) == (cast.ben.person.id, told.id, {"purpose": "assessment"})

    def test_without_a_purpose_it_does_not_open(self, cast: Cast, lent: SealedRelease) -> None:
        with pytest.raises(Refused):
            open_sealed(lent.case, by=cast.ben.person, ring=cast.ben.ring, purpose="curiosity")

    def test_a_refusal_lends_nothing(self, cast: Cast, asked: SealedRelease) -> None:
        releasing.refuse(release=asked, by=cast.dana.person, ring=cast.dana.ring, reason="Not needed.")
        assert SealedRelease.objects.get(id=asked.id).state == "refused"
        assert opens_nothing(asked.case, cast.ben)


class TestTwoPeople:
    def test_one_caseworker_alone_opens_nothing(self, cast: Cast, told: Case) -> None:
        assert opens_nothing(told, cast.ben)

    def test_one_lead_alone_opens_nothing(self, cast: Cast, told: Case) -> None:
        assert opens_nothing(told, cast.dana)

    def test_whoever_lent_it_opens_nothing_either(self, cast: Cast, lent: SealedRelease) -> None:
        assert opens_nothing(lent.case, cast.dana)

    def test_a_colleague_on_the_same_case_opens_nothing(self, cast: Cast, amina: Survivor, lent: SealedRelease) -> None:
        made.given(amina, cast.chloe, cast.dana)
        assert opens_nothing(lent.case, cast.chloe)

    def test_a_lead_cannot_ask(self, cast: Cast, told: Case) -> None:
        with pytest.raises(Refused):
            ask(told, cast.dana)

    def test_a_caseworker_who_is_not_on_the_case_cannot_ask(self, cast: Cast, told: Case) -> None:
        with pytest.raises(Refused):
            ask(told, cast.chloe)

    @pytest.mark.parametrize("login", ["ben", "chloe", "lena"])
    def test_nobody_but_a_lead_lends(self, cast: Cast, asked: SealedRelease, login: str) -> None:
        with pytest.raises(Refused):
            lend(asked, getattr(cast, login))

    def test_the_asker_cannot_lend_even_as_a_lead(self, cast: Cast, asked: SealedRelease) -> None:
        Person.objects.filter(id=cast.ben.person.id).update(role="lead")
        cast.ben.person.refresh_from_db()
        with pytest.raises(Refused, match="own_request"):
            lend(asked, cast.ben)

    def test_the_database_refuses_the_asker_too(self, cast: Cast, asked: SealedRelease) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            SealedRelease.objects.filter(id=asked.id).update(decided_by=cast.ben.person)

    def test_it_is_decided_once(self, cast: Cast, lent: SealedRelease) -> None:
        with pytest.raises(Refused, match="already_decided"):
            lend(lent, cast.marek)

    def test_two_requests_of_one_person_do_not_stand_beside_each_other(self, cast: Cast, asked: SealedRelease) -> None:
        with pytest.raises(Refused, match="already_asked"):
            ask(asked.case, cast.ben)

    def test_nothing_is_lent_to_somebody_who_left_the_case(self, cast: Cast, asked: SealedRelease) -> None:
        asked.case.assignments.update(ended_on=today())
        with pytest.raises(NotReady, match="asker"):
            lend(asked, cast.dana)

    @pytest.mark.parametrize("days", [-1, 1, 8, 400])
    def test_the_days_are_those_of_the_form(self, cast: Cast, asked: SealedRelease, days: int) -> None:
        with pytest.raises(Refused, match="days"):
            lend(asked, cast.dana, days)


class TestTheEnd:
    def test_on_the_last_day_it_still_opens(
        self, cast: Cast, lent: SealedRelease, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        on_the_day(monkeypatch, 3)
        assert read(lent.case, cast.ben) == [answered("APA-01")]

    def test_after_the_last_day_it_opens_nothing(
        self, cast: Cast, lent: SealedRelease, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        on_the_day(monkeypatch, 4)
        assert opens_nothing(lent.case, cast.ben)

    def test_the_clock_takes_the_grants(self, cast: Cast, lent: SealedRelease, monkeypatch: pytest.MonkeyPatch) -> None:
        on_the_day(monkeypatch, 4)
        purge.purge()
        assert not Grant.objects.filter(recipient=cast.ben.person.pair, share="b").exists()

    def test_the_next_lead_gives_it_a_new_epoch(
        self, cast: Cast, lent: SealedRelease, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert releasing.renew(by=cast.marek.person, ring=cast.marek.ring) == 0
        on_the_day(monkeypatch, 4)
        assert list(releasing.overdue(cast.marek.person)) == [lent]
        assert releasing.renew(by=cast.marek.person, ring=cast.marek.ring) == 1
        assert releasing.renew(by=cast.marek.person, ring=cast.marek.ring) == 0
        newest = epochs(lent.case)[-1]
        assert (newest.number, newest.is_split) == (3, True)
        assert SealedRelease.objects.get(id=lent.id).state == "over"
        assert opens_nothing(lent.case, cast.ben)
        assert opens_nothing(lent.case, cast.marek)

    def test_a_caseworker_renews_nothing(
        self, cast: Cast, lent: SealedRelease, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        on_the_day(monkeypatch, 4)
        assert releasing.renew(by=cast.ben.person, ring=cast.ben.ring) == 0

    def test_it_can_be_asked_for_and_lent_again(
        self, cast: Cast, lent: SealedRelease, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        on_the_day(monkeypatch, 4)
        lend(ask(lent.case, cast.ben), cast.marek, 0)
        assert read(lent.case, cast.ben) == [answered("APA-01")]


class TestBySql:
    def test_a_state_written_into_the_row_opens_nothing(self, cast: Cast, asked: SealedRelease) -> None:
        until = today() + timedelta(days=9)
        overwrite(asked, state="released", decided_by=cast.dana.person, until_on=until)
        assert opens_nothing(asked.case, cast.ben)

    def test_a_grant_copied_from_another_case_opens_nothing(
        self, cast: Cast, asked: SealedRelease, lent: SealedRelease
    ) -> None:
        other = made.assigned(made.first_contact(), cast.ben)
        target = epochs(other)[0]
        copied(a_grant(cast, lent), epoch=target)
        assert not opens(cast.ben, target)
        with pytest.raises(Forged):
            read(other, cast.ben)

    def test_a_grant_readdressed_to_a_colleague_opens_nothing(
        self, cast: Cast, amina: Survivor, lent: SealedRelease
    ) -> None:
        made.given(amina, cast.chloe, cast.dana)
        for row in Grant.objects.filter(recipient=cast.ben.person.pair, share="b"):
            overwrite(row, recipient=cast.chloe.person.pair)
        assert opens_nothing(lent.case, cast.chloe)

    @pytest.mark.parametrize("column", ["until_on", "purpose", "giver", "share"])
    def test_a_column_of_the_grant_changed_opens_nothing(self, cast: Cast, lent: SealedRelease, column: str) -> None:
        changed = {
            "until_on": today() + timedelta(days=30),
            "purpose": "first contact",
            "giver": cast.marek.person.pair,
            "share": "a",
        }
        for row in Grant.objects.filter(recipient=cast.ben.person.pair, share="b"):
            overwrite(row, **{column: changed[column]})
        assert opens_nothing(lent.case, cast.ben)

    def test_an_end_that_was_moved_does_not_open_afterwards(
        self, cast: Cast, lent: SealedRelease, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for row in Grant.objects.filter(recipient=cast.ben.person.pair, share="b"):
            overwrite(row, until_on=today() + timedelta(days=30))
        overwrite(lent, until_on=today() + timedelta(days=30))
        on_the_day(monkeypatch, 4)
        assert opens_nothing(lent.case, cast.ben)

    def test_the_grant_of_an_earlier_release_put_back_opens_nothing(
        self, cast: Cast, lent: SealedRelease, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        kept = list(Grant.objects.filter(recipient=cast.ben.person.pair, share="b"))
        on_the_day(monkeypatch, 4)
        releasing.renew(by=cast.dana.person, ring=cast.dana.ring)
        for row in kept:
            row.save(force_insert=True)
        assert opens_nothing(lent.case, cast.ben)

    def test_the_request_exchanged_under_a_release_does_not_open(self, cast: Cast, lent: SealedRelease) -> None:
        """The grants name the digest of what the lead read."""
        from cases.sealed_part import request_value

        erase(type(request_value(lent)).objects.filter(id=request_value(lent).id))
        with pytest.raises(Forged):
            read(lent.case, cast.ben)

    def test_a_share_from_somebody_who_is_no_lead_does_not_open(self, cast: Cast, asked: SealedRelease) -> None:
        """Chloe has got hold of share B and signs a release that is whole in itself."""
        purpose = purpose_of(asked, cast)
        for epoch in epochs(asked.case):
            share = cast.dana.ring.open_share(epoch, Grant.Share.B)
            compartments.release_share(
                epoch, Grant.Share.B, share, stated(cast.ben.person.pair), giver=cast.chloe.ring.signer,
                purpose=purpose, until=today(),
            )  # fmt: skip
        with pytest.raises(Forged):
            read(asked.case, cast.ben)

    def test_a_release_by_a_lead_who_was_removed_does_not_open(self, cast: Cast, lent: SealedRelease) -> None:
        revoke(cast.dana.person.pair, cast.marek.ring.team("root").signer)
        with pytest.raises(NoGrant):
            read(lent.case, cast.ben)

    def test_a_share_that_came_with_a_renewal_opens_nothing(self, cast: Cast, lent: SealedRelease) -> None:
        """New epochs after somebody was removed carry grants on; only the lead's release for this request counts."""
        opened = compartments.next_split(
            keys.compartment(lent.case, keys.SEALED), giver=cast.marek.ring.signer, purpose="renewed",
            **keys.sealed_audience(),
        )  # fmt: skip
        share = cast.marek.ring.open_share(opened.epoch, Grant.Share.B)
        compartments.release_share(
            opened.epoch, Grant.Share.B, share, stated(cast.ben.person.pair), giver=cast.marek.ring.signer,
            purpose="renewed", until=today(),
        )  # fmt: skip
        part = open_sealed(lent.case, by=cast.ben.person, ring=cast.ben.ring, purpose="assessment")
        assert part.later == 1

    def test_a_release_for_one_request_does_not_serve_another(self, cast: Cast, asked: SealedRelease) -> None:
        """A lead's grant for something else, to the right person and until the right day."""
        for epoch in epochs(asked.case):
            share = cast.dana.ring.open_share(epoch, Grant.Share.B)
            compartments.release_share(
                epoch, Grant.Share.B, share, stated(cast.ben.person.pair), giver=cast.dana.ring.signer,
                purpose="sealed:" + "0" * 64, until=today(),
            )  # fmt: skip
        with pytest.raises(NoGrant):
            read(asked.case, cast.ben)

    def test_an_epoch_that_calls_itself_whole_stops_the_page(self, cast: Cast, lent: SealedRelease) -> None:
        overwrite(epochs(lent.case)[0], is_split=False)
        with pytest.raises(Forged):
            read(lent.case, cast.ben)

    def test_a_record_that_is_missing_stops_the_page(self, cast: Cast, lent: SealedRelease) -> None:
        from vault.models import SealedValue

        found = SealedValue.objects.filter(epoch__compartment=keys.compartment(lent.case, keys.SEALED), field="sealed")
        erase(found.filter(table="statement"))
        with pytest.raises(Forged):
            read(lent.case, cast.ben)


def a_grant(cast: Cast, release: SealedRelease) -> Grant:
    return Grant.objects.filter(recipient=cast.ben.person.pair, share="b", epoch=epochs(release.case)[0]).get()


def purpose_of(release: SealedRelease, cast: Cast) -> str:
    from cases.sealed_part import release_purpose

    return release_purpose(release, bytes(cast.ben.person.pair.fingerprint))


def test_the_words_of_the_sealed_part_are_nowhere_but_there(cast: Cast, told: Case) -> None:
    for kind in keys.ASSIGNED_KINDS:
        for opened in keys.open_whole(told, kind, cast.ben.ring):
            assert all(APART not in opened.open(value).decode() for value in opened.epoch.values.all())
