"""The pages on which a case is taken, given, accepted, declined and given back."""

from __future__ import annotations

import pytest
from django.test import Client

from cases.models import Assignment, Case
from cases.steps import next_step
from people.models import Person
from tests.factories import cast as made
from tests.factories.cast import Cast, Member, Survivor
from vault.models import AuditEvent, Grant

pytestmark = pytest.mark.shown


def at(case: Case, tail: str = "") -> str:
    return f"/desk/cases/{case.reference}/{tail}"


@pytest.fixture
def given(amina: Survivor, cast: Cast) -> Case:
    """Dana gave the case to Chloe, who has not answered yet."""
    from cases.actions.assigning import assign

    assign(case=amina.fresh(), person=cast.chloe.person, by=cast.dana.person, ring=cast.dana.ring)
    return amina.fresh()


def test_before_anybody_accepted_a_colleague_sees_the_line_and_may_take_the_case(
    as_ben: Client, amina: Survivor
) -> None:
    page = as_ben.get(at(amina.case)).content.decode()
    for words in (amina.case.reference, "Received", "Belarusian", "Lithuania", "nobody", "Take the case"):
        assert words in page
    for words in ("What they asked of us", "account/open/", "Dossiers", "Trail"):
        assert words not in page
    assert "Family at risk" in page, "the intake key opens the flags"


def test_afterwards_a_colleague_sees_the_line_and_nothing_to_press(
    as_chloe: Client, told: Case, amina: Survivor
) -> None:
    made.write(amina, "Ліст толькі для Бена")
    page = as_chloe.get(at(told)).content.decode()
    for words in (told.reference, "Account received", "Belarusian", "Lithuania", "<b>Ben</b>", "ask a lead"):
        assert words in page
    for words in ("Ліст толькі", "What they asked of us", "nowhere else", "Dossiers", "Trail", "Family at risk"):
        assert words not in page
    assert "/take/" not in page
    queue = as_chloe.get("/desk/").content.decode()
    assert told.reference in queue
    assert "Family at risk" not in queue


def test_taking_a_case_grants_to_the_own_key_and_to_no_intake_key(
    as_chloe: Client, chloe: Member, amina: Survivor
) -> None:
    assert as_chloe.post(at(amina.case, "take/"))["Location"] == at(amina.case)
    assert Grant.objects.filter(recipient=chloe.person.pair, epoch__compartment__owner=amina.case.id).count() == 8
    assert not Grant.objects.filter(recipient__use="intake", epoch__compartment__owner=amina.case.id).exists()
    page = as_chloe.get(at(amina.case)).content.decode()
    assert "You have taken this case" in page
    assert "Chloe took the case" in page
    assert "Chloe accepted the case" in page


def test_whoever_comes_second_is_told_that_no_key_opens_it(as_chloe: Client, told: Case) -> None:
    answer = as_chloe.post(at(told, "take/"))
    assert answer.status_code == 403
    assert "You hold no key to this" in answer.content.decode()
    assert Assignment.objects.count() == 1


def test_a_lead_gives_a_case_and_sees_that_it_waits(as_dana: Client, chloe: Member, amina: Survivor) -> None:
    as_dana.post(at(amina.case, "assign/"), {"person": str(chloe.person.id)})
    assert amina.case.assignments.get().person == chloe.person
    page = as_dana.get(at(amina.case)).content.decode()
    assert "Dana gave the case to Chloe" in page
    assert "Chloe has not accepted it yet" in page
    assert "<b>Chloe (asked)</b>" in page


def test_a_case_is_never_given_to_a_lawyer(as_dana: Client, lena: Member, amina: Survivor) -> None:
    as_dana.post(at(amina.case, "assign/"), {"person": str(lena.person.id)})
    assert not amina.case.assignments.exists()


def test_it_waits_in_the_queue_of_the_one_who_was_asked(as_chloe: Client, given: Case) -> None:
    for address in ("/desk/", "/desk/?person=me"):
        page = as_chloe.get(address).content.decode()
        assert "Accept or decline the case" in page
        assert "it waits for you" in page


def test_accepting_on_the_page(as_chloe: Client, chloe: Member, given: Case) -> None:
    page = as_chloe.get(at(given)).content.decode()
    assert f'action="{at(given, "accept/")}"' in page
    assert f'action="{at(given, "decline/")}"' in page
    assert page.count("button go") == 1
    assert as_chloe.post(at(given, "accept/"))["Location"] == at(given)
    assert "You have accepted this case" in as_chloe.get(at(given)).content.decode()
    assert next_step(given, chloe.person).page == "account"


def test_declining_on_the_page(as_chloe: Client, given: Case) -> None:
    assert as_chloe.post(at(given, "decline/"))["Location"] == "/desk/"
    page = as_chloe.get("/desk/").content.decode()
    assert "You have declined this case" in page
    assert "Take the case" in page
    assert as_chloe.post(at(given, "accept/")).status_code == 403


def test_a_colleague_neither_accepts_nor_declines(as_ben: Client, given: Case) -> None:
    assert [as_ben.post(at(given, tail)).status_code for tail in ("accept/", "decline/")] == [403, 403]
    assert Assignment.objects.get().accepted_on is None


def test_a_lead_who_was_not_asked_is_told_so(as_dana: Client, given: Case) -> None:
    for tail in ("accept/", "decline/"):
        answer = as_dana.post(at(given, tail))
        assert (answer.status_code, "This was not done" in answer.content.decode()) == (409, True)


def test_giving_it_back(as_ben: Client, ben: Member, told: Case) -> None:
    address = at(told, f"end/{ben.person.id}/")
    assert f'href="{address}"' in as_ben.get(at(told)).content.decode()
    page = as_ben.get(address).content.decode()
    assert "Give the case back" in page
    assert 'name="code"' not in page
    assert as_ben.post(address)["Location"] == "/desk/"
    assert "does not work" not in as_ben.get(at(told)).content.decode()
    assert AuditEvent.objects.filter(action="case.unassigned", subject=told.id).count() == 1
    assert next_step(told, ben.person).words == "A lead assigns it"
    assert "/take/" not in as_ben.get(at(told)).content.decode()


def test_a_lead_ends_the_work_of_somebody_with_the_second_factor(
    as_dana: Client, ben: Member, dana: Member, told: Case
) -> None:
    address = at(told, f"end/{ben.person.id}/")
    assert f'href="{address}"' in as_dana.get(at(told)).content.decode()
    assert "There is a problem" in as_dana.post(address).content.decode()
    assert Assignment.objects.get().ended_on is None
    assert as_dana.post(address, {"code": dana.code()})["Location"] == "/desk/"
    assert Assignment.objects.get().ended_on is not None
    page = as_dana.get(at(told)).content.decode()
    assert "Dana ended the work of Ben" in page
    assert "Next step: give the case to somebody" in page
    assert at(told, "take/") in page


def test_a_wrong_code_ends_nothing(as_dana: Client, ben: Member, told: Case) -> None:
    page = as_dana.post(at(told, f"end/{ben.person.id}/"), {"code": "000000"}).content.decode()
    assert "There is a problem" in page
    assert Assignment.objects.get().ended_on is None


def test_a_caseworker_ends_nobodys_work_but_the_own(as_chloe: Client, told: Case, cast: Cast) -> None:
    assert as_chloe.post(at(told, f"end/{cast.ben.person.id}/")).status_code == 403
    made.assigned(made.first_contact(), cast.chloe)
    from cases.actions.assigning import assign

    assign(case=told, person=cast.chloe.person, by=cast.dana.person, ring=cast.dana.ring)
    assert as_chloe.post(at(told, f"end/{cast.ben.person.id}/")).status_code == 403
    assert told.assignments.filter(ended_on=None).count() == 2


def test_who_is_not_on_the_case_has_no_end(as_dana: Client, chloe: Member, told: Case) -> None:
    assert as_dana.get(at(told, f"end/{chloe.person.id}/")).status_code == 404


def test_a_row_of_assignment_opens_no_page(as_chloe: Client, chloe: Member, told: Case, dana: Member) -> None:
    Assignment.objects.create(case=told, person=chloe.person, by=dana.person, accepted_on=told.received_on)
    for tail in ("", "account/", "letters/", "routes/"):
        as_chloe.post(at(told, "account/open/"), {"purpose": "reply"})
        answer = as_chloe.get(at(told, tail))
        assert (answer.status_code, "You hold no key" in answer.content.decode()) == (403, True), tail


def test_a_lawyer_and_another_team_end_nothing(cast: Cast, told: Case) -> None:
    address = at(told, f"end/{cast.ben.person.id}/")
    assert cast.lena.browser().get(address).status_code == 403
    Case.objects.update(team="North")
    Person.objects.filter(login="dana").update(team="South")
    assert cast.dana.browser().get(address).status_code == 404
