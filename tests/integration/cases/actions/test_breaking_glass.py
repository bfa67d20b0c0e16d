"""The safety hold: nothing goes outside, two people lift it, one lead alone only for P0 and only to be looked at."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases import building
from cases.actions import breaking_glass, dossiers, packages
from cases.actions.letters import write_from_team
from cases.errors import NotReady, Refused
from cases.models import Case, Dossier, HoldRelease, SealedRelease
from cases.sealed_part import epochs
from people import alarms, news
from tests.factories import cast as made
from tests.factories.cast import Cast, Member, Survivor
from tests.factories.intruder import overwrite
from tests.factories.kept import kept
from vault.errors import Forged, NoGrant
from vault.models import AuditEvent, Grant

DANGER = {**made.FIRST, "SAF-04": {"value": ["danger_now"], "lang": "be"}}
PDF = b"%PDF-1.4\n" + b"x" * 70_000


@pytest.fixture
def olga(cast: Cast) -> Survivor:
    """A survivor who is in danger now; Ben works on the case."""

    def contact() -> Survivor:
        survivor = made.first_contact(DANGER)
        made.assigned(survivor, cast.ben)
        return survivor

    return kept("in danger", contact)


def hold(case: Case, by: Member) -> None:
    breaking_glass.hold(case=case, by=by.person, ring=by.ring, reason="The family was called.")


def note(case: Case, by: Member) -> HoldRelease:
    return breaking_glass.write_note(case=case, by=by.person, ring=by.ring, note="They are safe in Vilnius.")


def decide(release: HoldRelease, by: Member, *, is_agreed: bool = True) -> None:
    breaking_glass.decide(release=release, by=by.person, ring=by.ring, reason="Read.", is_agreed=is_agreed)


def break_glass(case: Case, by: Member) -> HoldRelease:
    return breaking_glass.break_glass(case=case, by=by.person, ring=by.ring, reason="The lawyer must act tonight.")


class TestPlacing:
    @pytest.mark.parametrize(
        ("ticks", "status"),
        [(["detained_now"], "safety_hold"), (["family_risk"], "received"), ([], "received")],
    )
    def test_a_case_of_somebody_in_danger_begins_in_it(self, cast: Cast, ticks: list[str], status: str) -> None:
        survivor = made.first_contact({**made.FIRST, "SAF-04": {"value": ticks, "lang": "be"}})
        assert survivor.fresh().status == status

    def test_an_answer_through_the_code_does_not_lift_it(self, cast: Cast, olga: Survivor) -> None:
        write_from_team(case=olga.fresh(), by=cast.ben.person, ring=cast.ben.ring, text="Добры дзень", language="be")
        assert olga.fresh().status == "safety_hold"

    def test_nor_does_what_the_person_tells(self, olga: Survivor) -> None:
        assert made.tell(olga).status == "safety_hold"

    def test_whoever_works_on_the_case_puts_it_on_hold(self, cast: Cast, amina: Survivor) -> None:
        case = made.assigned(amina, cast.ben)
        hold(case, cast.ben)
        assert amina.fresh().status == "safety_hold"
        with pytest.raises(Refused):
            hold(case, cast.ben)

    def test_nobody_else_does(self, cast: Cast, amina: Survivor) -> None:
        for member in (cast.chloe, cast.lena):
            with pytest.raises(Refused):
                hold(amina.fresh(), member)
        assert amina.fresh().status == "received"


class TestTwoPeople:
    def test_one_writes_and_a_lead_lifts(self, cast: Cast, olga: Survivor) -> None:
        release = note(olga.fresh(), cast.ben)
        assert olga.fresh().status == "safety_hold"
        decide(release, cast.dana)
        assert olga.fresh().status == "acknowledged"
        release.refresh_from_db()
        assert (release.is_alone, release.reviewed_by, release.is_agreed) == (False, cast.dana.person, True)

    @pytest.mark.parametrize(("confirm", "status"), [(False, "statement_received"), (True, "in_review")])
    def test_the_case_goes_on_where_it_stood(self, cast: Cast, amina: Survivor, confirm: bool, status: str) -> None:
        made.assigned(amina, cast.ben)
        made.tell(amina)
        if confirm:
            made.given(amina, cast.chloe, cast.dana)
            made.confirmed(amina, cast.ben)
        hold(amina.fresh(), cast.ben)
        decide(note(amina.fresh(), cast.ben), cast.dana)
        assert amina.fresh().status == status

    def test_a_note_that_is_not_accepted_leaves_the_hold(self, cast: Cast, olga: Survivor) -> None:
        decide(note(olga.fresh(), cast.ben), cast.dana, is_agreed=False)
        assert olga.fresh().status == "safety_hold"
        note(olga.fresh(), cast.ben)  # a better one

    def test_a_lead_does_not_accept_the_own_note(self, cast: Cast, olga: Survivor) -> None:
        release = note(olga.fresh(), cast.dana)
        with pytest.raises(Refused):
            decide(release, cast.dana)
        decide(release, cast.marek)

    def test_not_even_with_another_name_in_the_column(self, cast: Cast, olga: Survivor) -> None:
        release = note(olga.fresh(), cast.dana)
        overwrite(release, by=cast.marek.person)
        with pytest.raises(Forged):
            decide(release, cast.dana)
        assert olga.fresh().status == "safety_hold"

    def test_the_database_refuses_one_person_twice(self, cast: Cast, olga: Survivor) -> None:
        release = note(olga.fresh(), cast.dana)
        with pytest.raises(IntegrityError), transaction.atomic():
            HoldRelease.objects.filter(id=release.id).update(reviewed_by=cast.dana.person)

    @pytest.mark.parametrize("login", ["ben", "chloe", "lena"])
    def test_nobody_but_a_lead_accepts(self, cast: Cast, olga: Survivor, login: str) -> None:
        release = note(olga.fresh(), cast.marek)
        with pytest.raises(Refused):
            decide(release, getattr(cast, login))

    def test_it_is_decided_once(self, cast: Cast, olga: Survivor) -> None:
        release = note(olga.fresh(), cast.ben)
        decide(release, cast.dana, is_agreed=False)
        with pytest.raises(Refused):
            decide(release, cast.marek)

    def test_one_note_at_a_time(self, cast: Cast, olga: Survivor) -> None:
        note(olga.fresh(), cast.ben)
        with pytest.raises(Refused):
            note(olga.fresh(), cast.marek)


class TestAlone:
    def test_one_lead_lifts_a_p0_hold_and_all_are_told(self, cast: Cast, olga: Survivor) -> None:
        release = break_glass(olga.fresh(), cast.dana)
        assert olga.fresh().status == "acknowledged"
        assert release.review_by - timezone.now() > timedelta(hours=23, minutes=59)
        told = [each.words for each in news.unseen(cast.chloe.person)]
        assert told[0].startswith(f"Dana alone released the safety hold of case {olga.case.reference}")
        alarm = alarms.waiting()[0]
        assert (alarm.code, alarm.subject, alarm.reference) == ("hold_released", release.id, olga.case.reference)

    @pytest.mark.parametrize("login", ["ben", "chloe", "lena"])
    def test_nobody_but_a_lead_breaks_the_glass(self, cast: Cast, olga: Survivor, login: str) -> None:
        with pytest.raises(Refused):
            break_glass(olga.fresh(), getattr(cast, login))
        assert olga.fresh().status == "safety_hold"

    @pytest.mark.parametrize("level", ["P1", "P2", "P3"])
    def test_not_for_another_level(self, cast: Cast, olga: Survivor, level: str) -> None:
        Case.objects.filter(id=olga.case.id).update(level=level)
        with pytest.raises(Refused, match="not_p0"):
            break_glass(olga.fresh(), cast.dana)

    def test_not_for_a_case_that_is_not_held(self, cast: Cast, olga: Survivor) -> None:
        break_glass(olga.fresh(), cast.dana)
        with pytest.raises(Refused, match="not_held"):
            break_glass(olga.fresh(), cast.marek)

    def test_it_never_touches_the_sealed_part(self, cast: Cast, olga: Survivor) -> None:
        before = set(Grant.objects.filter(epoch__in=epochs(olga.case)).values_list("id", flat=True))
        break_glass(olga.fresh(), cast.dana)
        assert set(Grant.objects.filter(epoch__in=epochs(olga.case)).values_list("id", flat=True)) == before
        assert not SealedRelease.objects.exists()
        with pytest.raises(NoGrant):
            cast.dana.ring.open(epochs(olga.case)[0])

    def test_the_same_lead_does_not_review_it(self, cast: Cast, olga: Survivor) -> None:
        release = break_glass(olga.fresh(), cast.dana)
        with pytest.raises(Refused, match="own_release"):
            decide(release, cast.dana)
        with pytest.raises(alarms.NotReviewed):
            alarms.settle(code="hold_released", subject=release.id, by=cast.dana.person, outcome="agreed")

    def test_the_alarm_is_not_put_away_among_the_alarms(self, cast: Cast, olga: Survivor) -> None:
        break_glass(olga.fresh(), cast.dana)
        with pytest.raises(alarms.NotReviewed, match="elsewhere"):
            alarms.review(alarm=alarms.waiting()[0].id, by=cast.marek.person, outcome="nothing")

    def test_another_lead_agrees_and_the_alarm_is_over(self, cast: Cast, olga: Survivor) -> None:
        decide(break_glass(olga.fresh(), cast.dana), cast.marek)
        assert alarms.waiting() == []
        assert olga.fresh().status == "acknowledged"
        assert AuditEvent.objects.get(action="alarm.reviewed").detail["outcome"] == "agreed"

    def test_another_lead_who_does_not_agree_puts_it_back_on_hold(self, cast: Cast, olga: Survivor) -> None:
        decide(break_glass(olga.fresh(), cast.dana), cast.marek, is_agreed=False)
        assert alarms.waiting() == []
        assert olga.fresh().status == "safety_hold"

    def test_the_words_are_sealed(self, cast: Cast, olga: Survivor) -> None:
        release = break_glass(olga.fresh(), cast.dana)
        assert breaking_glass.note_of(release, cast.marek.ring)["note"] == "The lawyer must act tonight."
        with pytest.raises(NoGrant):
            breaking_glass.note_of(release, cast.lena.ring)


class TestNothingOutside:
    @pytest.fixture
    def waiting(self, cast: Cast, amina: Survivor) -> Dossier:
        """Ben asked for a dossier; then the case came into safety hold."""
        made.assigned(amina, cast.ben)
        made.tell(amina)
        made.confirmed(amina, cast.ben)
        return made.requested(amina, cast.ben, cast.lena)

    def test_no_dossier_is_asked_for(self, cast: Cast, amina: Survivor, waiting: Dossier) -> None:
        hold(amina.fresh(), cast.ben)
        with pytest.raises(NotReady, match="safety_hold"):
            made.requested(amina, cast.ben, cast.lena)

    def test_none_is_approved(self, cast: Cast, amina: Survivor, waiting: Dossier) -> None:
        hold(amina.fresh(), cast.ben)
        with pytest.raises(NotReady, match="safety_hold"):
            dossiers.approve(dossier=waiting, by=cast.dana.person, ring=cast.dana.ring, reason="Yes.")
        dossiers.refuse(dossier=waiting, by=cast.dana.person, ring=cast.dana.ring, reason="Not now.")

    def test_none_is_handed_over_again(self, cast: Cast, amina: Survivor, waiting: Dossier) -> None:
        hold(amina.fresh(), cast.ben)
        with pytest.raises(NotReady, match="safety_hold"):
            dossiers.hand_over_again(dossier=waiting, by=cast.ben.person, ring=cast.ben.ring)

    def test_none_is_built(self, cast: Cast, amina: Survivor, waiting: Dossier) -> None:
        dossiers.approve(dossier=waiting, by=cast.dana.person, ring=cast.dana.ring, reason="Yes.")
        hold(amina.fresh(), cast.ben)
        building.build(waiting.id)
        waiting.refresh_from_db()
        assert (waiting.state, waiting.file, waiting.attempts) == ("approved", None, 0)

    def test_none_is_delivered_that_was_being_built(
        self, cast: Cast, amina: Survivor, waiting: Dossier, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        dossiers.approve(dossier=waiting, by=cast.dana.person, ring=cast.dana.ring, reason="Yes.")
        real = building.render_all

        def slow(*args: Any, **kwargs: Any) -> Any:
            hold(amina.fresh(), cast.ben)
            return real(*args, **kwargs)

        monkeypatch.setattr(building, "render_all", slow)
        building.build(waiting.id)
        waiting.refresh_from_db()
        assert (waiting.state, waiting.file) == ("approved", None)

    def test_none_is_downloaded(self, cast: Cast, amina: Survivor, waiting: Dossier) -> None:
        dossier = made.delivered(waiting, cast.lena, PDF)
        hold(amina.fresh(), cast.ben)
        with pytest.raises(NotReady, match="safety_hold"):
            packages.open_package(dossier=dossier, by=cast.lena.person, ring=cast.lena.ring)
        decide(note(amina.fresh(), cast.ben), cast.dana)
        packages.open_package(dossier=dossier, by=cast.lena.person, ring=cast.lena.ring)[2].close()
