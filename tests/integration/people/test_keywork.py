"""A lead's session and the keys: the weekly intake key, slices of work, the page, and who may not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from people import alarms, keywork, life
from people.errors import Refused
from people.handing import holders
from tests.factories.cast import Cast, Member, Survivor, assigned, first_contact
from tests.factories.intruder import overwrite
from vault import rotation
from vault.errors import Forged
from vault.models import AuditEvent, Epoch, Grant, KeyPair, Statement
from vault.recipients import organisation

PAGE, CONTINUE, INTAKE = "/desk/keys/", "/desk/keys/continue/", "/desk/keys/intake/"


@pytest.fixture
def in_days(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let the vault's day, and with it every new row, be some days from now."""

    def pass_by(days: int) -> None:
        later = timezone.now().date() + timedelta(days=days)
        for module in ("people.keywork", "vault.models", "vault.directory", "vault.teamkeys", "vault.heirs"):
            monkeypatch.setattr(f"{module}.today", lambda: later)

    return pass_by


@pytest.fixture
def as_dana(dana: Member) -> Client:
    """Dana's browser: a lead."""
    return dana.browser()


@pytest.fixture
def amina_with_ben(amina: Survivor, ben: Member) -> Survivor:
    """Ben took Amina's case."""
    assigned(amina, ben)
    return amina


def remove_ben(cast: Cast) -> None:
    life.remove(person=cast.ben.person, by=cast.dana.person, ring=cast.dana.ring)


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


class TestAtSignIn:
    """What happens when somebody has signed in."""

    def test_a_young_intake_key_stays(self, cast: Cast, in_days: Any) -> None:
        before = organisation("intake").pair
        in_days(6)
        keywork.after_sign_in(cast.dana.person, cast.dana.ring)
        assert organisation("intake").pair == before

    def test_one_of_a_week_is_replaced_announced_and_destroyed(self, amina: Survivor, cast: Cast, in_days: Any) -> None:
        before = organisation("intake").pair
        in_days(7)
        keywork.after_sign_in(cast.dana.person, cast.dana.ring)
        after = organisation("intake").pair
        assert after != before
        event = AuditEvent.objects.get(action="keys.replaced")
        assert (event.subject, event.actor, event.detail) == (after.id, cast.dana.person.id, {"use": "intake"})
        assert AuditEvent.objects.filter(action="keys.destroyed", subject=before.id).exists()
        for member in (cast.ben, cast.chloe, cast.dana, cast.marek):
            assert member.ring.team("intake").pair == after
        kept = Grant.objects.filter(recipient=after, epoch__compartment__owner=amina.case.id)
        assert cast.ben.ring.open(kept[0].epoch)

    def test_it_happens_by_the_pages(self, cast: Cast, in_days: Any) -> None:
        before = organisation("intake").pair
        in_days(7)
        cast.ben.browser()
        assert organisation("intake").pair == before
        cast.marek.browser()
        assert organisation("intake").pair != before

    def test_a_row_that_was_dated_anew_does_not_put_it_off(self, cast: Cast, in_days: Any) -> None:
        before = organisation("intake").pair
        in_days(7)
        overwrite(before, made_on=timezone.now().date() + timedelta(days=7))
        keywork.after_sign_in(cast.dana.person, cast.dana.ring)
        assert organisation("intake").pair != before

    @pytest.mark.parametrize("login", ["ben", "lena"])
    def test_whoever_does_not_lead_works_on_no_keys(self, cast: Cast, in_days: Any, login: str) -> None:
        member: Member = getattr(cast, login)
        before = organisation("intake").pair
        in_days(30)
        keywork.after_sign_in(member.person, member.ring)
        assert organisation("intake").pair == before
        with pytest.raises(Refused):
            keywork.replace_intake(by=member.person, ring=member.ring)
        with pytest.raises(Refused):
            keywork.work_on(by=member.person, ring=member.ring)

    def test_what_is_left_of_a_removal_is_worked_on(self, amina_with_ben: Survivor, cast: Cast) -> None:
        remove_ben(cast)
        assert rotation.remaining().total
        cast.marek.browser()
        assert rotation.remaining().total == 0

    def test_a_failure_is_an_alarm_and_no_end_of_signing_in(
        self, cast: Cast, in_days: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fails(*args: Any, **kwargs: Any) -> None:
            raise Forged("a row of somebody")

        in_days(7)
        monkeypatch.setattr(rotation, "replace_team_key", fails)
        browser = cast.dana.browser()
        assert browser.get(PAGE).status_code == 200
        assert [(each.code, each.subject, each.by) for each in alarms.waiting()] == [
            ("keys", cast.dana.person.pair_id, cast.dana.person.id)
        ]

    def test_a_row_that_does_not_verify_is_an_alarm_once(self, amina_with_ben: Survivor, cast: Cast) -> None:
        remove_ben(cast)
        epochs = Epoch.objects.filter(compartment__owner=amina_with_ben.case.id, compartment__kind="account")
        epoch = epochs.latest("number")
        Grant.objects.filter(epoch=epoch).update(signature=bytes(64))
        for member in (cast.dana, cast.marek):
            keywork.after_sign_in(member.person, member.ring)
        assert [(each.code, each.subject) for each in alarms.waiting()] == [("keys", epoch.compartment_id)]


class TestPage:
    """The page Keys."""

    def test_it_says_what_is_in_use_and_that_nothing_is_left(self, cast: Cast, as_dana: Client) -> None:
        page = text(as_dana.get(PAGE))
        assert "Nothing. When somebody is removed" in page
        assert keywork.root_fingerprint() in page
        assert page.count("there is none") == 0

    def test_it_says_in_words_what_is_left_and_does_it(self, amina_with_ben: Survivor, cast: Cast) -> None:
        browser = cast.dana.browser()
        remove_ben(cast)
        total = rotation.remaining().total
        assert f"0 of {total} done" in text(browser.get(PAGE))
        answer = browser.post(CONTINUE, follow=True)
        assert "Done. Nothing is left." in text(answer)
        assert rotation.remaining().total == 0

    def test_it_goes_on_by_itself_only_after_a_press(
        self, amina_with_ben: Survivor, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        browser = cast.dana.browser()
        remove_ben(cast)
        monkeypatch.setattr(rotation, "BATCH", 1)
        monkeypatch.setattr(keywork, "AT_PAGE", 0.0)
        assert "desk-keys.js" not in text(browser.get(PAGE))
        total = rotation.remaining().total
        page = text(browser.post(CONTINUE, follow=True))
        assert "desk-keys.js" in page
        assert "data-goes-on" in page
        assert f"of {total} done" in page
        assert f"0 of {total} done" not in page

    def test_what_does_not_fit_is_said(self, amina_with_ben: Survivor, cast: Cast) -> None:
        browser = cast.dana.browser()
        remove_ben(cast)
        Grant.objects.filter(epoch__compartment__owner=amina_with_ben.case.id).update(signature=bytes(64))
        browser.post(CONTINUE)  # destroys the old intake key; the case stays
        page = text(browser.post(CONTINUE, follow=True))
        assert "does not fit" in page
        assert "data-goes-on" not in page

    def test_the_navigation_counts_what_is_left(self, amina_with_ben: Survivor, cast: Cast, as_dana: Client) -> None:
        assert 'href="/desk/keys/">Keys <span>0</span>' in text(as_dana.get("/desk/"))
        remove_ben(cast)
        assert f'href="/desk/keys/">Keys <span>{rotation.remaining().total}</span>' in text(as_dana.get("/desk/"))

    def test_the_intake_key_is_replaced_with_a_code(self, cast: Cast, as_dana: Client) -> None:
        before = organisation("intake").pair
        answer = as_dana.post(INTAKE, {"code": cast.dana.code()}, follow=True)
        assert "The intake key is replaced" in text(answer)
        after = organisation("intake").pair
        assert after != before
        assert {each.pair.id for each in holders("intake")} <= set(
            Grant.objects.filter(epoch__compartment__owner=after.id).values_list("recipient", flat=True)
        )

    @pytest.mark.parametrize("code", ["", "000000"])
    def test_not_without_one(self, cast: Cast, as_dana: Client, code: str) -> None:
        before = organisation("intake").pair
        assert as_dana.post(INTAKE, {"code": code}).status_code == 200
        assert organisation("intake").pair == before

    @pytest.mark.parametrize(("method", "path"), [("get", PAGE), ("post", CONTINUE), ("post", INTAKE)])
    def test_others_get_nothing(self, cast: Cast, method: str, path: str) -> None:
        for member in (cast.ben, cast.lena):
            assert getattr(member.browser(), method)(path).status_code == 403
        answer = getattr(Client(), method)(path)
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/desk/sign-in/")

    @pytest.mark.parametrize("path", [CONTINUE, INTAKE])
    def test_a_link_changes_nothing(self, as_dana: Client, path: str) -> None:
        assert as_dana.get(path).status_code == 405


def test_a_removed_persons_copy_does_not_open_what_arrives_after_the_next_sign_in(cast: Cast) -> None:
    survivor = first_contact()
    assigned(survivor, cast.ben)
    ring, old = cast.ben.ring, KeyPair.objects.get(id=cast.ben.person.pair_id)
    remove_ben(cast)
    cast.marek.browser()
    newest = Epoch.objects.filter(compartment__owner=survivor.case.id).order_by("compartment", "-number")
    for epoch in {each.compartment_id: each for each in reversed(newest)}.values():
        assert not Grant.objects.filter(epoch=epoch, recipient=old).exists()
        assert not Grant.objects.filter(epoch=epoch, recipient__in=ring._teams).exists()
    assert Statement.objects.filter(pair=old).exists()
