"""Permissions are taken back: the account says so at once, and nothing that was under way reaches a lawyer."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from time import sleep
from typing import Any

import pytest

from cases import building, keys
from cases.access import open_account
from cases.actions import withdrawing
from cases.actions.dossiers import KIND, PACKAGE, approve, hand_over_again, request_dossier
from cases.actions.drafting import load_draft, save_section
from cases.actions.packages import open_package
from cases.actions.withdrawing import withdraw
from cases.asked import asked_of
from cases.complaint.checked import Written
from cases.dossier_input import compose
from cases.errors import NotConsented, NotReady, Refused
from cases.limits import limits_of
from cases.models import Case, Dossier, StatementVersion
from cases.permission import READING, SCOPES
from tests.factories.cast import FACTS, ROUTES, Cast, Member, Survivor, delivered, tell
from tests.factories.intruder import erase, overwrite, put_back
from tests.factories.together import together
from vault import worker
from vault.errors import Forged, NoGrant
from vault.models import AuditEvent, Compartment, Epoch, EraseShare, Grant, SealedValue

State = Dossier.State
YES: dict[str, Any] = {"CNS-02": {"value": ["lt"], "lang": "be"}, "CNS-03": {"value": "yes", "lang": "be"}}


def take_back(survivor: Survivor, *scopes: str) -> StatementVersion:
    return withdraw(case=survivor.fresh(), receipt=survivor.ring, scopes=scopes, language="be")


def lines(case: Case, member: Member) -> str:
    return " ".join(f"{each.before}{each.strong}{each.after}" for each in limits_of(case, member.ring).lines)


def say_yes(dossier: Dossier, dana: Member) -> None:
    approve(dossier=Dossier.objects.get(id=dossier.id), by=dana.person, ring=dana.ring, reason="Fits.")


def ask(case: Case, by: Member, lawyer: Member) -> Dossier:
    worker.ensure()
    return request_dossier(
        case=case, by=by.person, ring=by.ring, route=ROUTES[0], lawyer=lawyer.person, reason="why"
    )  # fmt: skip


class TestTheAccount:
    """It is a version like any other: signed by the receipt, readable to the team, not to the code."""

    def test_the_newest_answer_says_that_it_was_taken_back(self, told: Case, amina: Survivor, ben: Member) -> None:
        assert take_back(amina, "CNS-03").number == 2
        found = open_account(amina.fresh(), by=ben.person, ring=ben.ring, purpose="assessment")
        assert found.answer("CNS-03") == {"value": None, "said": "withdrawn", "lang": "be"}
        assert found.answer("CNS-02") == {"value": ["lt"], "lang": "be"}

    def test_staff_see_it_first_on_every_page(self, told: Case, amina: Survivor, ben: Member) -> None:
        take_back(amina, "CNS-03", "CNS-09")
        said = lines(amina.fresh(), ben)
        assert "Partner lawyers: no, the permission was taken back." in said
        assert "Taken back: sharing with a partner lawyer; counting in statistics." in said
        assert "A complaint may be prepared in Lithuania" in said

    def test_everything_is_every_permission(self, told: Case, amina: Survivor, ben: Member) -> None:
        take_back(amina, READING)
        assert "Stop: every permission was taken back. Nothing goes outside." in lines(amina.fresh(), ben)
        assert asked_of(amina.fresh(), amina.ring).days().keys() == set(SCOPES)

    def test_there_is_news_and_a_line_in_the_trail_without_what_it_was(self, told: Case, amina: Survivor) -> None:
        Case.objects.filter(id=told.id).update(has_news=False)
        take_back(amina, "CNS-03")
        event = AuditEvent.objects.get(action="consent.withdrawn")
        assert amina.fresh().has_news
        assert (event.at, event.actor, event.detail) == (None, None, {"version": 2})

    def test_the_code_cannot_read_what_it_has_added(self, told: Case, amina: Survivor) -> None:
        take_back(amina, "CNS-03")
        with pytest.raises(NoGrant):
            keys.open_latest(amina.fresh(), keys.ACCOUNT, amina.ring)

    def test_a_yes_that_is_sent_later_counts(self, told: Case, amina: Survivor, ben: Member) -> None:
        take_back(amina, "CNS-03")
        tell(amina, {"consent": YES})
        assert limits_of(amina.fresh(), ben.ring).shares_with_lawyers

    def test_a_draft_does_not_give_it_again(self, told: Case, amina: Survivor, ben: Member) -> None:
        case = amina.fresh()
        save_section(case=case, receipt=amina.ring, section="consent", answers=YES, seen_version=0)
        take_back(amina, "CNS-03")
        assert load_draft(case, amina.ring).sections["consent"].answers.keys() == {"CNS-02"}
        tell(amina, {"story": {"EPI-08": {"value": "яшчэ", "lang": "be"}}})
        assert not limits_of(amina.fresh(), ben.ring).shares_with_lawyers

    def test_what_is_no_permission_changes_nothing(self, told: Case, amina: Survivor) -> None:
        with pytest.raises(Refused):
            take_back(amina, "EPI-08")
        assert told.versions.count() == 2

    def test_another_receipt_cannot(self, told: Case, amina: Survivor, cast: Cast) -> None:
        from tests.factories.cast import first_contact

        stranger = first_contact()
        with pytest.raises(Forged):
            withdraw(case=amina.fresh(), receipt=stranger.ring, scopes=["CNS-03"], language="be")
        assert told.versions.count() == 2


class TestDossiers:
    """What no lawyer has fetched stops."""

    @pytest.mark.parametrize(("scope", "code"), [("CNS-03", "lawyer"), ("CNS-02", "country"), (READING, "all")])
    def test_none_can_be_asked_for(self, reviewed: Case, amina: Survivor, cast: Cast, scope: str, code: str) -> None:
        take_back(amina, scope)
        with pytest.raises(NotConsented) as caught:
            ask(amina.fresh(), cast.ben, cast.lena)
        assert caught.value.code == code

    @pytest.mark.parametrize("scope", ["CNS-03", "CNS-02", READING])
    def test_one_that_waits_is_refused_and_its_copy_erased(
        self, request_made: Dossier, amina: Survivor, cast: Cast, scope: str
    ) -> None:
        take_back(amina, scope)
        request_made.refresh_from_db()
        assert (request_made.state, request_made.trouble) == (State.REFUSED, "taken_back")
        assert not Compartment.objects.filter(kind=KIND, owner=request_made.id).exists()
        with pytest.raises(Refused):
            say_yes(request_made, cast.dana)

    def test_another_permission_leaves_it_alone(self, request_made: Dossier, amina: Survivor, cast: Cast) -> None:
        take_back(amina, "CNS-09")
        say_yes(request_made, cast.dana)
        request_made.refresh_from_db()
        assert request_made.state == State.APPROVED

    def test_a_country_that_was_changed_by_an_addition_is_not_released(
        self, request_made: Dossier, amina: Survivor, cast: Cast
    ) -> None:
        tell(amina, {"consent": {"CNS-02": {"value": ["pl"], "lang": "be"}}})
        with pytest.raises(NotConsented) as caught:
            say_yes(request_made, cast.dana)
        assert caught.value.code == "country"
        request_made.refresh_from_db()
        assert request_made.state == State.REQUESTED

    def test_one_that_is_being_built_is_not_delivered(
        self, request_made: Dossier, amina: Survivor, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        say_yes(request_made, cast.dana)
        render: Callable[..., Any] = building.render_all

        def slowly(*args: Any, **kwargs: Any) -> Any:
            take_back(amina, "CNS-03")
            return render(*args, **kwargs)

        monkeypatch.setattr(building, "render_all", slowly)
        building.build(request_made.id)
        request_made.refresh_from_db()
        assert (request_made.state, request_made.trouble, request_made.file) == (State.REFUSED, "taken_back", None)
        assert not Compartment.objects.filter(owner=request_made.id).exists()

    def test_a_package_that_nobody_fetched_is_gone(self, request_made: Dossier, amina: Survivor, cast: Cast) -> None:
        ready = delivered(request_made, cast.lena, b"x" * 100)
        take_back(amina, "CNS-03")
        with pytest.raises(NotReady):
            open_package(dossier=Dossier.objects.get(id=ready.id), by=cast.lena.person, ring=cast.lena.ring)
        assert not Compartment.objects.filter(kind=PACKAGE, owner=ready.id).exists()

    def test_a_package_that_was_fetched_stays_with_the_lawyer(
        self, request_made: Dossier, amina: Survivor, cast: Cast
    ) -> None:
        ready = delivered(request_made, cast.lena, b"x" * 100)
        open_package(dossier=ready, by=cast.lena.person, ring=cast.lena.ring)[2].close()
        take_back(amina, "CNS-03")
        assert Dossier.objects.get(id=ready.id).state == State.READY


class TestRowsPutBack:
    """Somebody who writes to the database does not make it undone."""

    def test_the_version_taken_out_is_noticed(self, request_made: Dossier, amina: Survivor, cast: Cast) -> None:
        newest = take_back(amina, "CNS-03")
        erase(SealedValue.objects.filter(row=newest.id))
        erase(StatementVersion.objects.filter(id=newest.id))
        with pytest.raises(Forged):
            limits_of(amina.fresh(), cast.ben.ring)
        with pytest.raises(Forged):
            ask(amina.fresh(), cast.ben, cast.lena)

    def test_its_row_alone_taken_out_is_noticed(self, told: Case, amina: Survivor, ben: Member) -> None:
        erase(StatementVersion.objects.filter(id=take_back(amina, "CNS-03").id))
        with pytest.raises(Forged):
            limits_of(amina.fresh(), ben.ring)

    def test_the_day_taken_out_is_noticed(self, told: Case, amina: Survivor) -> None:
        take_back(amina, "CNS-03")
        erase(SealedValue.objects.filter(table="asked"))
        with pytest.raises(Forged):
            asked_of(amina.fresh(), amina.ring)

    def test_a_request_put_back_with_its_keys_is_not_released(
        self, request_made: Dossier, amina: Survivor, cast: Cast
    ) -> None:
        self.restored(request_made, amina)
        with pytest.raises(NotConsented):
            say_yes(request_made, cast.dana)
        with pytest.raises(NotConsented):
            hand_over_again(
                dossier=Dossier.objects.get(id=request_made.id), by=cast.ben.person, ring=cast.ben.ring
            )  # fmt: skip

    def test_a_released_one_put_back_with_its_keys_is_not_built(
        self, request_made: Dossier, amina: Survivor, cast: Cast
    ) -> None:
        say_yes(request_made, cast.dana)
        self.restored(request_made, amina)
        building.build(request_made.id)
        assert Dossier.objects.get(id=request_made.id).state == State.REFUSED

    def restored(self, dossier: Dossier, amina: Survivor) -> None:
        """Take back, and then put back every row of the request as it was before."""
        before = Dossier.objects.get(id=dossier.id)
        owned = Compartment.objects.filter(owner=dossier.id)
        kept = [
            *owned,
            *Epoch.objects.filter(compartment__in=owned),
            *EraseShare.objects.filter(epoch__compartment__in=owned),
        ]
        kept += [
            *Grant.objects.filter(epoch__compartment__in=owned),
            *SealedValue.objects.filter(epoch__compartment__in=owned),
        ]
        take_back(amina, "CNS-03")
        for row in kept:
            put_back(row)
        overwrite(before, state=before.state, trouble="", claimed_until=None)


@pytest.mark.parametrize("scope", ["CNS-13", "CNS-14"])
def test_taken_back_on_the_arabic_page_it_stands_in_a_dossier_in_english(
    reviewed: Case, amina: Survivor, cast: Cast, scope: str
) -> None:
    withdraw(case=amina.fresh(), receipt=amina.ring, scopes=[scope], language="ar")
    dossier = ask(amina.fresh(), cast.ben, cast.lena)
    assert dossier.state == State.REQUESTED
    account = open_account(amina.fresh(), by=cast.ben.person, ring=cast.ben.ring, purpose="dossier")
    content: Any = compose(dossier, account, FACTS, ROUTES[0], Written(()), annexed={})
    answers = [each for section in content["account"] for each in section["answers"] if each["question_id"] == scope]
    assert [(each["value"], each["lang"]) for each in answers] == [("I take this permission back", "en")]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("late", [True, False])
def test_taking_back_and_releasing_at_once_wait_for_each_other_in_one_order(
    request_made: Dossier, amina: Survivor, cast: Cast, monkeypatch: pytest.MonkeyPatch, late: bool
) -> None:
    """Each holds its first lock when the other begins: in two orders, the database would end one of them."""
    held = Event()
    say = withdrawing._say

    def slowly(*args: Any) -> StatementVersion:
        held.set()
        sleep(0.3)
        return say(*args)

    def release() -> None:
        held.wait(5 if late else 0.05)
        say_yes(request_made, cast.dana)

    monkeypatch.setattr(withdrawing, "_say", slowly)
    taken, released = together(lambda: take_back(amina, "CNS-03"), release)
    assert isinstance(taken, StatementVersion)
    assert released is None or isinstance(released, NotConsented | Refused), released
    request_made.refresh_from_db()
    assert (request_made.state, request_made.trouble) == (State.REFUSED, "taken_back")
