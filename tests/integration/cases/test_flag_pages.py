"""The pages of risk flags and of the clinician: who sees what, what is typed wrongly, and what stays after it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from cases.flags import found_in
from cases.models import Approval, Care, Case, LimitationClock
from people.models import Role
from tests.attack.joined import admitted
from tests.factories import cast as made
from tests.factories.cast import Cast, Member, Survivor
from vault.models import today

pytestmark = pytest.mark.shown

WHY = "They moved to another town; the family is safe. Маркер 4711"


def at(name: str, *args: object) -> str:
    return reverse(f"cases:{name}", args=args)


def flags(client: Client, case: Case, **data: str) -> str:
    """Post to the page of the flags and return what it says in the end."""
    answer = client.post(at("flags", case.reference), data, follow=True)
    return str(answer.content.decode())


def test_the_case_says_what_comes_first_and_a_lead_closes_it(
    told: Case, cast: Cast, as_ben: Client, as_dana: Client
) -> None:
    case_page = as_ben.get(at("case", told.reference)).content.decode()
    assert "Use a pseudonym in everything" in case_page
    page = as_ben.get(at("flags", told.reference)).content.decode()
    assert "A lead closes it." in page
    assert 'value="close"' not in page, "not for a caseworker"
    said = flags(as_ben, told, do="step", flag="FAMILY", step="pseudonym", is_done="yes")
    assert "Ben, " in said
    assert "Give no name to bodies" in as_ben.get(at("case", told.reference)).content.decode()
    said = flags(as_ben, told, do="step", flag="FAMILY", step="pseudonym", is_done="no")
    assert "Not done after all" not in said
    wrong = flags(as_dana, told, do="close", flag="FAMILY", reason="  ")
    assert "Nothing is written here yet." in wrong
    done = flags(as_dana, told, do="close", flag="FAMILY", reason=WHY)
    assert "No flag is open." in done
    assert WHY in done
    assert "FAMILY" not in as_dana.get(at("flags", told.reference)).request["PATH_INFO"]
    assert as_ben.post(at("flags", told.reference), {"do": "close", "flag": "FAMILY", "reason": "x"}).status_code == 409
    lowered = flags(as_dana, told, do="lower", level="P2", reason="nothing is urgent")
    assert "level lowered to P2" in lowered
    assert Case.objects.get(id=told.id).level == "P2"


def test_two_decide_about_a_suspicion(told: Case, cast: Cast, as_ben: Client, as_dana: Client) -> None:
    assert "choose" in flags(as_ben, told, do="raise", flag="NONE", reason=WHY), "what was typed is kept"
    assert WHY in flags(as_ben, told, do="raise", flag="NONE", reason=WHY)
    said = flags(as_ben, told, do="raise", flag="IMPOSTOR", reason=WHY)
    assert "A lead who is not you decides now." in said
    approval = Approval.objects.get()
    page = as_dana.get(at("agreement", approval.id)).content.decode()
    assert "May not be who they say" in page
    assert "the case goes into safety hold" in page
    answer = as_dana.post(at("agreement", approval.id), {
        "decision": "agree", "reason": "I see it too.", "code": cast.dana.code()})  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    assert Case.objects.get(id=told.id).status == Case.Status.SAFETY_HOLD
    assert "raised by hand, by two people" in as_ben.get(at("flags", told.reference)).content.decode()


def test_a_time_limit_shows_the_earliest_day_of_each_state(
    reviewed: Case, as_ben: Client, routes: list[dict[str, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    LimitationClock.objects.create(case=reviewed, place=0, week=today(), alert=30)
    dated = [
        {**route, "deadline": {"date": day, "kind": "bar"}}
        for route, day in zip([*routes, routes[0]], ("2027-05-03", "2027-01-02", "2027-03-01"), strict=True)
    ]
    monkeypatch.setattr("cases.actions.facts.assess_routes", lambda facts, on, language="en": dated)
    page = as_ben.get(at("flags", reviewed.reference)).content.decode()
    assert page.index("2 January 2027") < page.index("1 March 2027")
    assert "3 May 2027" not in page
    assert "unverified" in page


class TestClinician:
    @pytest.fixture
    def carla(self, cast: Cast) -> Member:
        """A clinician."""
        return admitted(cast, "carla", Role.CLINICIAN, made.TEAM)

    def test_reads_what_was_given_and_says_a_word(self, cast: Cast, carla: Member, as_ben: Client) -> None:
        olga = made.first_contact({**made.FIRST, "SAF-04": {"value": ["dying_thoughts"], "lang": "be"}})
        made.assigned(olga, cast.ben)
        yes = {**made.SECTIONS["consent"], "CNS-13": {"value": "yes", "lang": "be"}}
        health = {"CSQ-03": {"value": "yes", "lang": "be"}, "CSQ-02": {"value": ["dying"], "lang": "be"}}
        case = made.tell(olga, {**made.SECTIONS, "consent": yes, "health": health})
        page = at("case-care", case.reference)
        assert "Choose one of these" in as_ben.post(page, {"do": "give"}).content.decode()
        as_ben.post(page, {"do": "give", "clinician": str(carla.person.id)})
        care = Care.objects.get()
        as_carla = carla.browser()
        assert as_carla.get("/desk/sign-in/", follow=True).redirect_chain[-1][0] == at("cares")
        assert case.reference in as_carla.get(at("cares")).content.decode()
        own = as_carla.get(at("own-care", care.id)).content.decode()
        assert "How has it changed how you feel" in own
        assert made.STORY[:30] not in own
        assert "Nothing is written" in as_carla.post(at("own-care", care.id), {"do": "say"}).content.decode()
        as_carla.post(at("own-care", care.id), {"do": "say", "text": "In treatment, safe.", "is_over": "on"})
        assert "The clinician wrote something new" in as_ben.get(at("case", case.reference)).content.decode()
        assert "In treatment, safe." in as_ben.get(page).content.decode()
        assert "The clinician wrote something new" not in as_ben.get(at("case", case.reference)).content.decode()
        said = flags(as_ben, case, do="close", flag="SUICIDE", reason=WHY)
        assert "A lead who is not you decides now." in said
        assert "Somebody asked a lead to close it" in said
        as_ben.post(page, {"do": "end"})
        assert as_carla.get(at("own-care", care.id)).status_code == 404
        assert "SUICIDE" in found_in(olga.fresh(), cast.ben.ring).codes

    def test_without_the_permission_nothing_is_given(self, told: Case, carla: Member, as_ben: Client) -> None:
        answer = as_ben.post(at("case-care", told.reference), {"do": "give", "clinician": str(carla.person.id)},
            follow=True)  # fmt: skip
        assert "has not agreed to this: keeping health information" in answer.content.decode()
        assert not Care.objects.exists()


def test_the_person_sees_that_a_clinician_opened_it(amina: Survivor, cast: Cast) -> None:
    from cases import opened_by
    from vault import audit

    carla = admitted(cast, "carla", Role.CLINICIAN)
    audit.record("care.opened", "case", amina.case.id, by=carla.person.id)
    [(_day, [opening])] = opened_by.days(amina.fresh())
    assert (opening.role, opening.what) == ("clinician", opened_by.HEALTH)
