"""Ticking cases in the queue and giving them to a member: one press, slices, limits, and careless or hostile pages."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import pytest
from django.test import Client

from cases.actions import giving
from cases.models import Assignment, Case
from tests.factories import cast as made
from tests.factories.cast import Cast, Member, Survivor
from tests.factories.kept import kept
from tests.factories.rows import many, working
from vault.models import AuditEvent, SealedValue

pytestmark = [pytest.mark.django_db, pytest.mark.shown]

GIVE = "/desk/cases/give/"
WHY = "Only she may be asked, маркер 4712."


@pytest.fixture
def fresh(cast: Cast) -> list[Survivor]:
    """Three cases that nobody works on."""
    return kept("three fresh cases for pages", lambda: [made.first_contact() for _ in range(3)])


def fields(page: str) -> dict[str, list[str]]:
    """The fields of the form that gives cases, as the page holds them."""
    form = page.partition(f'action="{GIVE}"')[2].partition("</form>")[0]
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="(?:hidden|checkbox)" name="(\w+)" value="([^"]*)"', form):
        found.setdefault(name, []).append(value.replace("&amp;", "&"))
    return found


def ticked(client: Client, path: str = "/desk/") -> dict[str, list[str]]:
    return fields(client.get(path).content.decode())


def test_a_caseworker_ticks_nothing(as_ben: Client, fresh: list[Survivor]) -> None:
    page = as_ben.get("/desk/").content.decode()
    assert 'type="checkbox"' not in page
    assert GIVE not in page


def test_what_is_ticked_is_given_by_one_press(as_dana: Client, chloe: Member, fresh: list[Survivor]) -> None:
    page = as_dana.get("/desk/?view=new").content.decode()
    assert "Chloe: 0 of 25 open cases" in page
    assert "At most 50 cases in one act" in page
    sent = fields(page) | {"person": [str(chloe.person.id)]}
    assert len(sent["case"]) == 3
    answer = as_dana.post(GIVE, sent)
    assert answer["Location"] == "/desk/?view=new"
    assert "3 cases were given to Chloe." in as_dana.get("/desk/").content.decode()
    assert Assignment.objects.filter(person=chloe.person, ended_on=None).count() == 3
    assert as_dana.post(GIVE, sent)["Location"] == "/desk/?view=new", "pressed twice"
    assert Assignment.objects.count() == 3


def test_slices_go_on_until_all_are_given_and_name_what_failed(
    as_dana: Client, cast: Cast, fresh: list[Survivor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(giving, "give", partial(giving.give, seconds=0))
    sent = ticked(as_dana) | {"person": [str(cast.chloe.person.id)]}
    taken = Case.objects.get(reference=sent["case"][1][:7])
    made.assigned(next(each for each in fresh if each.case.id == taken.id), cast.ben)
    pages = []
    for _ in range(3):
        pages.append(as_dana.post(GIVE, sent).content.decode())
        sent = fields(pages[-1])
    assert ["1 of 3 given" in pages[0], "1 of 3 given" in pages[1], "2 of 3 given" in pages[2]] == [True] * 3
    assert ["data-goes-on" in page for page in pages] == [True, True, False]
    assert all(f"/desk/cases/{taken.reference}/" in page for page in pages[1:])
    assert "Somebody took it or gave it to somebody meanwhile." in pages[2]
    assert Assignment.objects.filter(person=cast.chloe.person).count() == 2


def test_beyond_the_limit_the_reason_is_asked_and_the_ticks_are_kept(
    as_dana: Client, cast: Cast, fresh: list[Survivor]
) -> None:
    for case in many(23, status="in_review"):
        working(case, cast.ben.person)
    sent = ticked(as_dana, "/desk/?view=new") | {"person": [str(cast.ben.person.id)]}
    for reason in (None, "   "):
        page = as_dana.post(GIVE, sent | ({"reason": reason} if reason else {})).content.decode()
        assert "Ben has 23 of 25 open cases." in page
        assert fields(page)["case"] == sent["case"]
        assert ("There is a problem" in page) is bool(reason)
    assert not Assignment.objects.filter(case__in=[each.case for each in fresh]).exists()
    assert as_dana.post(GIVE, sent | {"reason": WHY})["Location"] == "/desk/?view=new"
    assert Assignment.objects.filter(person=cast.ben.person, ended_on=None).count() == 26
    assert SealedValue.objects.filter(table="assignment", field="over").count() == 1, "two were within the limit"
    assert WHY not in str(list(AuditEvent.objects.values()))


def test_the_page_of_a_case_says_why_and_the_trail_that(as_dana: Client, cast: Cast, amina: Survivor) -> None:
    for case in many(25, status="in_review"):
        working(case, cast.ben.person)
    address, sent = f"/desk/cases/{amina.case.reference}/assign/", {"person": str(cast.ben.person.id)}
    page = as_dana.post(address, sent).content.decode()
    assert "More than Ben should work on" in page
    as_dana.post(address, sent | {"reason": WHY})
    page = as_dana.get(f"/desk/cases/{amina.case.reference}/").content.decode()
    assert WHY in page
    assert "beyond the limit (26 open cases)" in page


def test_more_than_one_act_takes_is_cut_with_words_and_nothing_is_given(as_dana: Client, cast: Cast) -> None:
    references = [case.reference for case in many(60, status="in_review")]
    page = as_dana.post(GIVE, {"case": references, "person": str(cast.chloe.person.id)}).content.decode()
    assert "These are more than 50 cases." in page
    assert fields(page)["case"] == references[:50]
    assert not Assignment.objects.exists()


def test_all_of_a_list_are_shown_before_they_are_given(as_dana: Client, cast: Cast) -> None:
    many(60, status="in_review", language="ru")
    few = [case.reference for case in many(3, status="in_review", language="en")]
    working(Case.objects.get(reference=few[0]), cast.ben.person)
    page = as_dana.post(GIVE, {"all": "1", "query": "?language=ru"}).content.decode()
    assert "These are more than 50 cases." in page
    assert len(fields(page)["case"]) == 50
    page = as_dana.post(GIVE, {"all": "1", "query": "?language=en"}).content.decode()
    assert sorted(fields(page)["case"]) == sorted([f"{few[0]}.1", f"{few[1]}.0", f"{few[2]}.0"])
    assert 'href="/desk/?language=en"' in page
    assert Assignment.objects.count() == 1


def test_ten_thousand_at_once_are_refused_in_words(as_dana: Client, cast: Cast) -> None:
    answer = as_dana.post(GIVE, {"case": ["ABC-DEF"] * 10_000, "person": str(cast.chloe.person.id)})
    assert (answer.status_code, "This is too much at once" in answer.content.decode()) == (413, True)
    assert not Assignment.objects.exists()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Tick the cases first."),
        ({"case": ["../..", "<b>", "abc-def", "ABC-DE1", "ABC-DEF.99999"]}, "Tick the cases first."),
        ({"case": ["ABC-DEF"]}, "There is a problem"),
        ({"case": ["ABC-DEF"], "person": ["nobody"]}, "There is a problem"),
        ({"case": ["ABC-DEF"], "given": ["-5"], "failed": ["<script>:x", "ABC-DEF:BAD"]}, "There is a problem"),
        ({"case": [], "given": ["9"], "query": ["?view=<script>&page=x"]}, "Tick the cases first."),
    ],
)
def test_a_careless_or_hostile_page_gets_clear_words(as_dana: Client, cast: Cast, sent: Any, words: str) -> None:
    page = as_dana.post(GIVE, sent, follow=True).content.decode()
    assert words in page
    assert "<script>:x" not in page
    if "case" in sent and words == "There is a problem":
        assert fields(page)["case"] == ["ABC-DEF"], "what was ticked is kept"


def test_nothing_is_given_to_a_lawyer_or_to_another_team(as_dana: Client, cast: Cast, fresh: list[Survivor]) -> None:
    for person in (cast.lena.person, cast.tomas.person):
        page = as_dana.post(GIVE, ticked(as_dana) | {"person": [str(person.id)]}).content.decode()
        assert "There is a problem" in page
    assert not Assignment.objects.exists()
