"""The pages of the sealed part: ask, decide with a second factor, read with a purpose; and who may see them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cases.actions import releasing
from cases.models import Case, SealedRelease
from tests.factories import cast as made
from tests.factories.cast import Cast, Member, Survivor
from tests.factories.kept import kept
from tests.factories.made_up import APART, add_question, answered
from vault.models import AuditEvent

pytestmark = pytest.mark.shown

REASON = "The lawyer asks whether it matters for the route."


@pytest.fixture
def told(cast: Cast, amina: Survivor, monkeypatch: pytest.MonkeyPatch) -> Case:
    """Ben works on Amina's case, in whose sealed part something stands."""
    add_question(monkeypatch, "APA-01", "sealed")

    def tell() -> Case:
        made.assigned(amina, cast.ben)
        return made.tell(amina, answered("APA-01"))

    return kept("told apart", tell)


@pytest.fixture
def asked(cast: Cast, told: Case) -> SealedRelease:
    """Ben has asked."""
    return releasing.ask(case=told, by=cast.ben.person, ring=cast.ben.ring, reason=REASON, days=3)


def page(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(f"cases:{name}", args=args))
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def decided(member: Member, release: SealedRelease, wanted: str, /, **changed: Any) -> Any:
    client = member.browser()
    fields = {"reason": "Read.", "days": "3", "code": member.code(), "decision": wanted} | changed
    return client.post(reverse("cases:sealed-release", args=[release.id]), fields)


class TestTheRoad:
    def test_asked_released_and_read(self, cast: Cast, told: Case) -> None:
        ben, where = cast.ben.browser(), [told.reference]
        assert "Ask a lead to open it with you" in page(ben, "sealed", *where)
        ben.post(reverse("cases:sealed", args=where), {"reason": REASON, "days": "3"})
        assert "You asked; a lead decides" in page(ben, "sealed", *where)

        release = SealedRelease.objects.get()
        dana = cast.dana.browser()
        assert "Sealed part: " in page(dana, "approvals")
        shown = page(dana, "sealed-release", release.id)
        assert shown.index(REASON) < shown.index("Your decision")
        fields = {"reason": "It matters.", "days": "3", "code": cast.dana.code(), "decision": "release"}
        assert dana.post(reverse("cases:sealed-release", args=[release.id]), fields).status_code == 302

        assert "Open to you until" in page(ben, "sealed", *where)
        opened = ben.post(reverse("cases:open-sealed", args=where), {"purpose": "assessment"}, follow=True)
        assert APART in opened.content.decode()
        event = AuditEvent.objects.get(action="sealed.opened")
        assert (event.actor, event.detail) == (cast.ben.person.id, {"purpose": "assessment"})

    def test_without_a_purpose_nothing_is_shown(self, cast: Cast, asked: SealedRelease) -> None:
        releasing.lend(release=asked, by=cast.dana.person, ring=cast.dana.ring, reason="Yes.", days=0)
        ben = cast.ben.browser()
        answer = ben.get(reverse("cases:sealed-reading", args=[asked.case.reference]), follow=True)
        assert APART not in answer.content.decode()
        answer = ben.post(reverse("cases:open-sealed", args=[asked.case.reference]), {"purpose": ""})
        assert APART not in answer.content.decode()
        assert not AuditEvent.objects.filter(action="sealed.opened").exists()

    def test_a_purpose_for_the_account_is_none_for_the_sealed_part(self, cast: Cast, asked: SealedRelease) -> None:
        releasing.lend(release=asked, by=cast.dana.person, ring=cast.dana.ring, reason="Yes.", days=0)
        ben = cast.ben.browser()
        ben.post(reverse("cases:open-account", args=[asked.case.reference]), {"purpose": "assessment"})
        assert ben.get(reverse("cases:sealed-reading", args=[asked.case.reference])).status_code == 302

    def test_the_account_shows_nothing_of_it(self, cast: Cast, told: Case) -> None:
        ben = cast.ben.browser()
        ben.post(reverse("cases:open-account", args=[told.reference]), {"purpose": "assessment"})
        assert APART not in page(ben, "account", told.reference)

    def test_a_refusal_is_shown_with_its_reason(self, cast: Cast, asked: SealedRelease) -> None:
        assert decided(cast.dana, asked, "refuse", reason="Ask the person first.").status_code == 302
        assert "Ask the person first." in page(cast.ben.browser(), "sealed-release", asked.id)
        assert "Ask a lead to open it with you" in page(cast.ben.browser(), "sealed", asked.case.reference)


class TestTheDecision:
    @pytest.mark.parametrize(
        "changed", [{"code": "000000"}, {"code": ""}, {"decision": ""}, {"reason": ""}, {"days": "99"}, {"days": ""}]
    )
    def test_without_all_of_it_nothing_is_decided(
        self, cast: Cast, asked: SealedRelease, changed: dict[str, str]
    ) -> None:
        assert decided(cast.dana, asked, "release", **changed).status_code == 200
        assert SealedRelease.objects.get().state == "requested"

    def test_the_asker_sees_no_buttons_and_may_not_press_them(self, cast: Cast, asked: SealedRelease) -> None:
        assert "Your decision" not in page(cast.ben.browser(), "sealed-release", asked.id)
        assert decided(cast.ben, asked, "release").status_code == 200
        assert SealedRelease.objects.get().state == "requested"

    def test_two_leads_at_once_decide_once(self, cast: Cast, asked: SealedRelease) -> None:
        decided(cast.dana, asked, "release")
        assert decided(cast.marek, asked, "refuse").status_code == 200
        assert SealedRelease.objects.get().decided_by == cast.dana.person


class TestWhoMay:
    @pytest.mark.parametrize(("login", "status"), [("ben", 200), ("dana", 200), ("chloe", 403), ("lena", 403)])
    def test_the_page_is_for_assignees_and_leads(
        self, cast: Cast, asked: SealedRelease, login: str, status: int
    ) -> None:
        client = getattr(cast, login).browser()
        for name, argument in (("sealed", asked.case.reference), ("sealed-release", asked.id)):
            expected = 404 if (login, name) == ("lena", "sealed-release") else status
            assert client.get(reverse(f"cases:{name}", args=[argument])).status_code in (status, expected)

    @pytest.mark.parametrize("login", ["dana", "chloe", "lena"])
    def test_nobody_but_a_caseworker_on_the_case_reads_or_opens(
        self, cast: Cast, asked: SealedRelease, login: str
    ) -> None:
        client, where = getattr(cast, login).browser(), [asked.case.reference]
        assert client.get(reverse("cases:sealed-reading", args=where)).status_code == 403
        assert client.post(reverse("cases:open-sealed", args=where), {"purpose": "assessment"}).status_code == 403

    def test_another_team_finds_nothing(self, cast: Cast, asked: SealedRelease) -> None:
        Case.objects.filter(id=asked.case_id).update(team="South")
        dana = cast.dana.browser()
        for name, argument in (("sealed", asked.case.reference), ("sealed-release", asked.id)):
            assert dana.get(reverse(f"cases:{name}", args=[argument])).status_code == 404

    def test_nobody_enters_without_signing_in(self, asked: SealedRelease) -> None:
        for name, argument in (("sealed", asked.case.reference), ("sealed-release", asked.id)):
            answer = Client().get(reverse(f"cases:{name}", args=[argument]))
            assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/desk/sign-in/")


class TestTheBox:
    def test_it_looks_the_same_whether_anything_is_in_it_or_not(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        add_question(monkeypatch, "APA-01", "sealed")
        shown = []
        for sections in (made.SECTIONS, {**made.SECTIONS, **answered("APA-01")}):
            survivor = made.first_contact()
            made.assigned(survivor, cast.ben)
            case = made.tell(survivor, sections)
            text = page(cast.ben.browser(), "case", case.reference)
            box = text[text.index('id="sealed"') :]
            shown.append(box[: box.index("</section>")].replace(case.reference, ""))
        assert shown[0] == shown[1]

    def test_it_says_that_a_request_waits_and_until_when_it_is_open(self, cast: Cast, asked: SealedRelease) -> None:
        assert "Ben asked" in page(cast.dana.browser(), "case", asked.case.reference)
        releasing.lend(release=asked, by=cast.dana.person, ring=cast.dana.ring, reason="Yes.", days=3)
        assert "Open to Ben" in page(cast.dana.browser(), "case", asked.case.reference)


def test_a_visit_of_a_lead_closes_what_is_over(
    cast: Cast, asked: SealedRelease, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import timedelta

    from vault.models import today

    releasing.lend(release=asked, by=cast.dana.person, ring=cast.dana.ring, reason="Yes.", days=0)
    SealedRelease.objects.update(until_on=today() - timedelta(days=1))
    page(cast.ben.browser(), "approvals")
    assert SealedRelease.objects.get().state == "released"
    page(cast.marek.browser(), "approvals")
    assert SealedRelease.objects.get().state == "over"


def test_a_lead_of_another_team_closes_nothing_there(cast: Cast, asked: SealedRelease) -> None:
    from datetime import timedelta

    from vault.models import today

    releasing.lend(release=asked, by=cast.dana.person, ring=cast.dana.ring, reason="Yes.", days=0)
    SealedRelease.objects.update(until_on=today() - timedelta(days=1))
    Case.objects.filter(id=asked.case_id).update(team="South")
    page(cast.marek.browser(), "approvals")
    assert SealedRelease.objects.get().state == "released"
