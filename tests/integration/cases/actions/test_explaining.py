"""Stopping what was filed: only after a letter said what the lawyer explained, and only by the person."""

from __future__ import annotations

import pytest
from django.test import Client

from cases.actions import explaining, withdrawing
from cases.errors import NotReady, Refused
from cases.models import Case
from cases.permission import COUNTRIES
from tests.factories import cast as made
from tests.factories.cast import Cast, Survivor
from tests.factories.walk import Walk
from vault.models import AuditEvent, SealedValue

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed(cast: Cast) -> Survivor:
    """Filed, and then the permission was taken back."""
    amina = made.first_contact()
    made.assigned(amina, cast.ben)
    made.tell(amina)
    made.confirmed(amina, cast.ben)
    Case.objects.update(status=Case.Status.FILED)
    withdrawing.withdraw(case=amina.fresh(), receipt=amina.ring, scopes=[COUNTRIES], language="be")
    return amina


def noted(amina: Survivor, cast: Cast) -> None:
    explaining.note(case=amina.fresh(), by=cast.ben.person, ring=cast.ben.ring)


def test_nothing_filed_is_stopped_before_it_was_explained(filed: Survivor, cast: Cast) -> None:
    assert filed.fresh().status == Case.Status.FILED
    with pytest.raises(NotReady, match="limits_explained"):
        explaining.stop(case=filed.fresh(), receipt=filed.ring)
    noted(filed, cast)
    explaining.stop(case=filed.fresh(), receipt=filed.ring)
    assert filed.fresh().status == Case.Status.WITHDRAWN
    assert filed.fresh().has_news
    assert AuditEvent.objects.filter(action="limits.explained", actor=cast.ben.person.id).exists()


def test_of_what_is_not_filed_there_is_nothing_to_note(filed: Survivor, cast: Cast) -> None:
    Case.objects.update(status=Case.Status.DRAFTING)
    noted(filed, cast)
    assert not SealedValue.objects.filter(field="limits").exists()
    with pytest.raises((NotReady, Refused)):
        explaining.stop(case=filed.fresh(), receipt=filed.ring)


def test_the_letter_says_it_and_the_person_stops_it_on_the_own_page(filed: Survivor, cast: Cast) -> None:
    ben: Client = cast.ben.browser()
    address = f"/desk/cases/{filed.fresh().reference}/consents/"
    assert "it stands in this letter" in ben.get(address).content.decode()
    walk = Walk("be")
    walk.fill("back/", {"code": filed.code.digits})
    assert walk.path("page/stop/") not in walk.read("page/")
    assert walk.get("page/stop/")["Location"] == walk.path("page/")
    sent = {"text": "Адвакатка кажа: справу можна не весці далей.", "language": "be", "has_limits": "on"}
    assert ben.post(address, sent).status_code == 302
    assert walk.path("page/stop/") in walk.read("page/")
    page = walk.read("page/stop/")
    assert page.count('<button class="button" name="do"') == 2
    walk.post("page/stop/", {"do": "go"})
    assert filed.fresh().status == Case.Status.FILED
    walk.post("page/stop/", {"do": "stop"})
    assert filed.fresh().status == Case.Status.WITHDRAWN


def test_a_letter_without_the_tick_explains_nothing(filed: Survivor, cast: Cast) -> None:
    ben: Client = cast.ben.browser()
    ben.post(f"/desk/cases/{filed.fresh().reference}/consents/", {"text": "Прывітанне.", "language": "be"})
    with pytest.raises(NotReady, match="limits_explained"):
        explaining.stop(case=filed.fresh(), receipt=filed.ring)
