"""The own page: permissions taken back in two clicks, erasing asked for, the number closed, the draft kept on."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from cases import keeping, keys
from cases.access import open_account
from cases.actions.drafting import save_section
from cases.actions.letters import read_letters, write_from_team
from cases.asked import asked_of
from cases.limits import limits_of
from cases.models import Case, Dossier, Draft, StatementVersion
from cases.permission import READING, SCOPES
from intake.views.consents import LABELS
from tests.factories import cast as made
from tests.factories.cast import Cast, Survivor
from tests.factories.intruder import erase, overwrite, put_back
from tests.factories.walk import Walk, fields_of, text_of
from vault.envelope.receipt import new_code
from vault.errors import Forged, NoGrant
from vault.heads import check_head
from vault.models import AuditEvent, Grant, KeyPair, SealedValue, today

pytestmark = pytest.mark.shown

PAGES = ("page/permissions/", "page/erase/", "page/end/")


@pytest.fixture
def returned(cast: Cast, amina: Survivor) -> Walk:
    """Amina at her own page, in English."""
    return entered(amina)


@pytest.fixture
def stranger(cast: Cast) -> Walk:
    """Somebody else at another page."""
    return entered(made.first_contact())


def entered(survivor: Survivor, language: str = "en") -> Walk:
    walk = Walk(language)
    walk.fill("back/", {"code": survivor.code.digits})
    return walk


def close(walk: Walk, digits: str) -> Any:
    return walk.post("page/end/", {"number": digits})


def acts() -> set[str]:
    """What a survivor's page has recorded so far, but for the first contact."""
    asked = {"consent.withdrawn", "erasing.asked", "access.closed"}
    return asked & set(AuditEvent.objects.values_list("action", flat=True))


def test_every_permission_has_a_button_and_the_first_one_is_the_button_for_all() -> None:
    assert {*LABELS, READING} == set(SCOPES)


class TestPermissions:
    """From the own page: one click to the list, one click on a button."""

    def test_two_clicks(self, returned: Walk, amina: Survivor, cast: Cast) -> None:
        assert f'href="{returned.path("page/permissions/")}"' in returned.read("page/")
        page = returned.read("page/permissions/")
        assert page.count('name="scope"') == len(SCOPES)
        assert returned.post("page/permissions/", fields_of(page) | {"scope": "CNS-03"}).status_code == 302
        after = text_of(returned.read("page/permissions/"))
        assert "You took it back. The team sees this at once." in after
        assert re.search("Taken back , [^<>]{5,40} Sharing the case with a partner lawyer", after)
        assert "You took a permission back" in returned.read("page/")
        limits = limits_of(amina.fresh(), cast.dana.ring)
        assert "no, the permission was taken back" in [each.strong for each in limits.lines]

    def test_what_was_said_stands_first_under_three_headings_and_the_rest_is_folded(self, returned: Walk) -> None:
        untold = [len(rows) for _title, _told, rows in returned.get("page/permissions/").context["groups"]]
        assert untold == [6, 6, 1]
        returned.fill("page/permissions/", {"scope": "CNS-08"})
        page = returned.read("page/permissions/")
        names = (
            "Who we may give it to", 'id="CNS-08"', "You have not answered: 5", 'id="CNS-03"', "How we may use it",
            "You have not answered: 6", "Who may contact you", "You have not answered: 1", 'id="CNS-14"',
        )  # fmt: skip
        assert [page.index(name) for name in names] == sorted(page.index(name) for name in names)
        assert 'value="CNS-08"' not in page  # nothing more to take back
        assert page.count("<details") - 1 == 3 == page.count('<details class="fold"><summary>You have not answered')

    def test_everything(self, returned: Walk, amina: Survivor, cast: Cast) -> None:
        returned.fill("page/permissions/", {"scope": READING})
        assert limits_of(amina.fresh(), cast.dana.ring).is_over

    def test_the_same_form_sent_twice_takes_back_once(self, returned: Walk) -> None:
        fields = fields_of(returned.read("page/permissions/")) | {"scope": "CNS-03"}
        assert [returned.post("page/permissions/", fields).status_code for _ in range(2)] == [302, 302]
        assert AuditEvent.objects.filter(action="consent.withdrawn").count() == 1

    @pytest.mark.parametrize("scope", ["", "CNS-17", "EPI-08", "x" * 4000])
    def test_what_is_no_permission_does_nothing(self, returned: Walk, scope: str) -> None:
        assert returned.post("page/permissions/", {"scope": scope, "act": "a"}).status_code == 302
        assert not acts()

    def test_it_says_when_a_lawyer_has_papers(self, returned: Walk, amina: Survivor, cast: Cast) -> None:
        page = returned.read("page/permissions/")
        assert "Papers that no lawyer has fetched yet are stopped" in page
        row = Dossier.objects.create(
            case=amina.fresh(), number=1, requested_by=cast.ben.person, lawyer=cast.lena.person
        )
        Dossier.objects.filter(id=row.id).update(delivered_at=row.requested_at)
        assert "We cannot take these back." in returned.read("page/permissions/")
        assert "We cannot erase them there." in returned.read("page/erase/")


class TestErasing:
    """Asked for here, decided by two members."""

    def test_two_clicks_and_a_day(self, returned: Walk, amina: Survivor, cast: Cast) -> None:
        assert f'href="{returned.path("page/erase/")}"' in returned.read("page/")
        returned.fill("page/erase/", {})
        assert "You asked on" in returned.read("page/erase/")
        assert "We answer by" in returned.read("page/")
        assert asked_of(amina.fresh(), cast.dana.ring).erasing_on == today()
        assert any(each.strong == "erase everything" for each in limits_of(amina.fresh(), cast.dana.ring).lines)

    def test_leads_see_it_until_somebody_takes_it_up(self, returned: Walk, amina: Survivor, cast: Cast) -> None:
        from cases.actions.erasing import request_erasing

        desk = cast.dana.browser()
        assert "Asked by the person" not in desk.get("/desk/erasing/").content.decode()
        returned.fill("page/erase/", {})
        assert amina.case.reference in desk.get("/desk/erasing/").content.decode()
        assert [case.id for case, _ in keeping.asked_for(cast.dana.person)] == [amina.case.id]
        request_erasing(case=amina.fresh(), by=cast.dana.person, ring=cast.dana.ring, why="survivor_asked")
        assert keeping.asked_for(cast.dana.person) == []

    def test_it_erases_nothing_by_itself_and_gives_nobody_a_second_voice(self, returned: Walk, amina: Survivor) -> None:
        returned.fill("page/erase/", {})
        assert not amina.fresh().erasures.exists()
        assert "Your page" in returned.read("page/")

    def test_asked_twice_the_first_day_counts(self, returned: Walk) -> None:
        for _ in range(2):
            assert returned.post("page/erase/", {}).status_code == 302
        assert AuditEvent.objects.filter(action="erasing.asked").count() == 1
        assert SealedValue.objects.filter(table="asked", field="erasing").count() == 1

    def test_taken_out_of_the_database_it_is_missed(self, returned: Walk, amina: Survivor, cast: Cast) -> None:
        returned.fill("page/erase/", {})
        erase(SealedValue.objects.filter(table="asked"))
        with pytest.raises(Forged):
            limits_of(amina.fresh(), cast.dana.ring)


class TestTheNumberClosed:
    """It opens nothing for anybody, and what was sent stays with the team."""

    def test_the_number_gets_the_answer_of_any_unknown_one(self, returned: Walk, amina: Survivor) -> None:
        answer = close(returned, amina.code.digits)
        assert answer["Location"] == "/en/ended/"
        assert "Your number is closed" in returned.read("ended/")
        assert returned.get("page/")["Location"] == "/en/back/"
        unknown = Walk("en").fill("back/", {"code": new_code().digits})
        closed = Walk("en").fill("back/", {"code": amina.code.digits})
        assert closed.status_code == unknown.status_code == 400
        assert neutral(closed, amina.code.digits) == neutral(unknown)

    def test_another_window_is_closed_too(self, returned: Walk, amina: Survivor) -> None:
        other = entered(amina)
        close(returned, amina.code.digits)
        assert other.get("page/")["Location"] == "/en/back/"
        assert (
            "This number did not open your page"
            in other.post("page/letter/", {"letter": "x", "number": amina.code.digits}).content.decode()
        )

    @pytest.mark.parametrize("typed", ["", "12345", "x"])
    def test_without_the_number_nothing_is_closed(self, returned: Walk, typed: str) -> None:
        answer = close(returned, typed)
        assert answer.status_code == 400
        assert "This is not the number of this page. Nothing was closed." in answer.content.decode()
        assert not acts()

    def test_another_number_closes_neither(self, returned: Walk, stranger: Walk, amina: Survivor) -> None:
        assert close(stranger, amina.code.digits).status_code == 400
        assert not acts()
        assert returned.get("page/").status_code == 200

    def test_the_number_that_was_typed_is_not_shown_again(self, returned: Walk) -> None:
        digits = new_code().digits
        assert digits not in close(returned, digits).content.decode()

    def test_the_team_goes_on_and_sees_it(self, returned: Walk, amina: Survivor, cast: Cast) -> None:
        made.assigned(amina, cast.ben)
        returned.fill("page/letter/", {"letter": "апошні ліст"})
        close(returned, amina.code.digits)
        case = amina.fresh()
        assert [each.text for each in read_letters(case, cast.ben.ring)] == ["апошні ліст"]
        assert open_account(case, by=cast.ben.person, ring=cast.ben.ring, purpose="reply").versions
        assert limits_of(case, cast.ben.ring).lines[0].strong.startswith("closed on")
        page = cast.ben.browser().get(f"/desk/cases/{case.reference}/").content.decode()
        assert "ended what the number opens" in page
        assert "letters do not reach the person any more" in page

    def test_no_later_letter_is_sealed_to_the_receipt(self, returned: Walk, amina: Survivor, cast: Cast) -> None:
        made.assigned(amina, cast.ben)
        close(returned, amina.code.digits)
        write_from_team(case=amina.fresh(), by=cast.ben.person, ring=cast.ben.ring, text="x", language="be")
        made.given(amina, cast.chloe, cast.dana)
        assert not Grant.objects.filter(recipient=amina.case.receipt).exists()
        with pytest.raises(NoGrant):
            read_letters(amina.fresh(), amina.ring)

    def test_the_draft_goes_with_it(self, returned: Walk, amina: Survivor) -> None:
        answers = {"EPI-08": {"value": "словы", "lang": "be"}}
        save_section(case=amina.fresh(), receipt=amina.ring, section="story", answers=answers, seen_version=0)
        close(returned, amina.code.digits)
        assert not Draft.objects.exists()

    def test_rows_put_back_open_nothing(self, returned: Walk, amina: Survivor, cast: Cast) -> None:
        case, receipt = amina.fresh(), KeyPair.objects.get(id=amina.case.receipt_id)
        grants = list(Grant.objects.filter(recipient=receipt))
        close(returned, amina.code.digits)
        overwrite(amina.fresh(), tag=bytes(case.tag))
        overwrite(KeyPair.objects.get(id=receipt.id), retired_on=None)
        for grant in grants:
            put_back(grant)
        assert Walk("en").fill("back/", {"code": amina.code.digits}).status_code == 400
        with pytest.raises(NoGrant):
            read_letters(amina.fresh(), amina.ring)
        check_head(case.id, keys.open_whole(amina.fresh(), keys.MESSAGES, cast.dana.ring))


def neutral(answer: Any, typed: str = "") -> str:
    """A page without what differs from form to form: tokens, and what was typed."""
    body = re.sub(r'(value|data-mark)="[^"]*"|\d{30}', "", answer.content.decode())
    return body.replace(typed, "") if typed else body


class TestWhoCannot:
    """Looking does nothing, and nobody acts on another's page."""

    @pytest.mark.parametrize("place", [*PAGES, "page/extend/"])
    def test_getting_a_page_changes_nothing(self, returned: Walk, place: str) -> None:
        before = AuditEvent.objects.count(), StatementVersion.objects.count(), SealedValue.objects.count()
        for address in (place, f"{place}?scope=CNS-03&act=a&number=1"):
            returned.get(address)
        assert (AuditEvent.objects.count(), StatementVersion.objects.count(), SealedValue.objects.count()) == before

    @pytest.mark.parametrize("place", [*PAGES, "page/extend/"])
    def test_without_the_number_nothing_happens(self, cast: Cast, amina: Survivor, place: str) -> None:
        answer = Walk("en").post(place, {"scope": "CNS-03", "act": "a"})
        assert (answer.status_code, acts()) == (403, set())

    def test_a_stranger_acts_on_the_own_case_only(self, stranger: Walk, amina: Survivor) -> None:
        before = Case.objects.values().get(id=amina.case.id)
        stranger.fill("page/permissions/", {"scope": READING})
        stranger.fill("page/erase/", {})
        assert not AuditEvent.objects.filter(subject=amina.case.id, action__in=acts()).exists()
        assert Case.objects.values().get(id=amina.case.id) == before

    @pytest.mark.parametrize("place", [*PAGES, "page/extend/"])
    def test_a_form_of_another_site_is_refused(self, amina: Survivor, place: str) -> None:
        walk = Walk("en", enforce_csrf_checks=True)
        walk.post("back/", {"code": amina.code.digits})
        page = walk.read("back/")
        token = fields_of(page)["csrfmiddlewaretoken"]
        walk.post("back/", {"code": amina.code.digits, "csrfmiddlewaretoken": token})
        assert walk.get("page/").status_code == 200
        given = {"scope": READING, "act": "a", "number": amina.code.digits}
        assert walk.post(place, given).status_code == 403
        assert not acts()


class TestDraft:
    """R5: the day is named, and one click begins the days anew."""

    @pytest.fixture
    def draft(self, amina: Survivor) -> Draft:
        answers = {"EPI-08": {"value": "словы", "lang": "be"}}
        save_section(case=amina.fresh(), receipt=amina.ring, section="story", answers=answers, seen_version=0)
        return Draft.objects.get()

    def test_one_click(self, returned: Walk, draft: Draft) -> None:
        overwrite(draft, expires_on=today() + timedelta(days=2))
        assert "Keep it for 14 days from today" in returned.read("page/")
        assert Draft.objects.get().expires_on == today() + timedelta(days=2)
        assert returned.post("page/extend/", {})["Location"] == "/en/page/"
        assert Draft.objects.get().expires_on == draft.expires_on
        assert "The 14 days of your draft begin anew today." in returned.read("page/")

    def test_without_a_draft_there_is_no_button(self, returned: Walk) -> None:
        assert "Keep it for 14 days" not in returned.read("page/")

    def test_one_whose_days_are_over_is_not_called_back(self, returned: Walk, draft: Draft) -> None:
        overwrite(draft, expires_on=today() - timedelta(days=1))
        assert "Keep it for 14 days" not in returned.read("page/")
        assert returned.post("page/extend/", {}).status_code == 410
        assert not Draft.objects.exists()


@pytest.mark.parametrize("language", settings.SURVIVOR_LANGUAGES)
def test_w1_each_page_is_small_in_each_language(amina: Survivor, language: str) -> None:
    walk = entered(amina, language)
    walk.fill("page/permissions/", {"scope": READING})
    walk.fill("page/erase/", {})
    for place in (*PAGES, "page/", "ended/"):
        answer = walk.get(place)
        assert (answer.status_code, len(answer.content) <= 14 * 1024) == (200, True), (place, len(answer.content))
