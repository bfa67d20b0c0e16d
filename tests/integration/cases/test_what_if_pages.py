"""From the routes of a case: its confirmed facts with one changed, for whoever may see them, and nothing saved."""

import pytest
from django.test import Client

from cases.actions.facts import current_facts
from cases.models import Case
from tests.factories import cast as made
from tests.factories.cast import Cast
from tests.factories.supposed import IN_VILNIUS, SEEN_IN_ZURICH, sent
from vault.models import AuditEvent

pytestmark = [pytest.mark.django_db, pytest.mark.shown]


@pytest.fixture
def place(cast: Cast, loaded: object) -> str:
    """The address of the case on which Ben works, with confirmed facts."""
    amina = made.first_contact()
    made.assigned(amina, cast.ben)
    made.tell(amina)
    made.confirmed(amina, cast.ben)
    return f"/desk/cases/{amina.fresh().reference}/"


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_routes_lead_to_it_and_it_begins_with_the_confirmed_facts(place: str, cast: Cast) -> None:
    ben = cast.ben.browser()
    assert f'href="{place}what-if/"' in read(ben, f"{place}routes/")
    text = read(ben, f"{place}what-if/")
    assert '<option value="BY" selected>' in text
    assert "See what moves" in text


def test_a_changed_fact_moves_routes_and_the_case_keeps_its_own(place: str, cast: Cast) -> None:
    ben, case = cast.ben.browser(), Case.objects.get(reference=place.split("/")[3])
    before, noted = current_facts(case, cast.ben.ring), AuditEvent.objects.count()
    answer = ben.post(f"{place}what-if/", sent(IN_VILNIUS, SEEN_IN_ZURICH))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "What moved" in text
    assert "P-001, last seen in Switzerland" in text
    assert current_facts(case, cast.ben.ring) == before
    assert AuditEvent.objects.count() == noted


def test_before_is_the_case_and_nothing_that_was_sent(place: str, cast: Cast) -> None:
    answer = cast.ben.browser().post(f"{place}what-if/", sent(IN_VILNIUS, before={"acts": [{"country": "RU"}]}))
    assert "Russia" not in answer.content.decode().split('id="facts"')[0].split("What moved")[1].split("</dl>")[0]


def test_without_confirmed_facts_it_says_what_comes_first(cast: Cast, loaded: object) -> None:
    amina = made.first_contact()
    made.assigned(amina, cast.ben)
    text = read(cast.ben.browser(), f"/desk/cases/{amina.fresh().reference}/what-if/")
    assert "Confirm the facts first" in text
    assert 'name="act-0-country"' not in text


def test_only_who_may_see_the_facts(place: str, cast: Cast) -> None:
    assert cast.chloe.browser().get(f"{place}what-if/").status_code == 403
    assert cast.lena.browser().get(f"{place}what-if/").status_code == 403
    assert Client().get(f"{place}what-if/").status_code == 302
