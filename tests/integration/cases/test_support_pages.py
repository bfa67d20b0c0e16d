"""What supports an account, on the page of its case: worked out when a member reads it, sealed, for the team alone."""

from __future__ import annotations

import pytest
from django.test import Client

from cases import support, work
from cases.models import Case
from tests.factories import cast as made
from tests.factories.cast import Member, Survivor
from tests.factories.walk import text_of
from vault.errors import NoGrant
from vault.models import SealedValue

pytestmark = pytest.mark.shown


def page(client: Client, case: Case, tail: str = "") -> str:
    return text_of(client.get(f"/desk/cases/{case.reference}/{tail}").content.decode())


def opened(client: Client, case: Case) -> str:
    client.post(f"/desk/cases/{case.reference}/account/open/", {"purpose": "assessment"})
    return page(client, case, "account/")


def records() -> list[SealedValue]:
    return list(SealedValue.objects.filter(table=support.TABLE))


def test_it_is_worked_out_when_the_account_is_opened_and_shown_without_opening_it_again(
    as_ben: Client, told: Case
) -> None:
    assert "It is worked out when somebody opens the account." in page(as_ben, told)
    opened(as_ben, told)
    shown = page(as_ben, told)
    assert "Severe pain or suffering account" in shown
    assert "In custody or under control account" in shown
    assert "Border to a State Party account" in shown
    assert "Attack on civilians nothing yet" in shown
    assert "From the answers of version 1" in shown
    assert "More has arrived since" not in shown
    opened(as_ben, told)
    assert [(each.version, each.epoch.compartment.kind) for each in records()] == [(1, "work")]


def test_a_new_version_is_said_and_then_counted_and_people_stand_there_by_code(
    as_ben: Client, told: Case, amina: Survivor
) -> None:
    opened(as_ben, told)
    more = {
        "people-1": {"PRP-01": {"value": "person", "lang": "be"}, "PRP-10": {"value": "sure", "lang": "be"}},
        "witnesses": {"WIT-00": {"value": ["cellmate"], "lang": "be"}},
        "witnesses-1": {"WIT-04": {"value": "BY", "lang": "be"}, "WIT-05": {"value": "Бачыў мяне.", "lang": "be"}},
    }
    made.tell(amina, more)
    assert "More has arrived since" in page(as_ben, told)
    opened(as_ben, told)
    shown = page(as_ben, told)
    assert "In custody or under control account + witness" in shown
    assert "P-01 One person Sure did it" in shown
    assert "W-01 in Belarus: never contact witness" in shown
    assert "Бачыў" not in shown
    assert len(records()) == 2


def test_the_survivors_number_does_not_open_it_and_an_older_one_put_back_stops_the_page(
    as_ben: Client, told: Case, amina: Survivor, ben: Member
) -> None:
    opened(as_ben, told)
    with pytest.raises(NoGrant):
        support.seen(told, amina.ring)
    work.write(told, ben.ring, support.TABLE, support.FIELD, told.id, support.computed(made_empty()))
    [first, newest] = sorted(records(), key=lambda each: each.version)
    newest.delete()
    assert first
    answer = as_ben.get(f"/desk/cases/{told.reference}/")
    assert answer.status_code == 409


def made_empty() -> support.Account:
    return support.Account([], [])


def test_the_page_of_a_case_opens_the_records_of_the_team_once(
    as_ben: Client, reviewed: Case, django_assert_max_num_queries: object
) -> None:
    opened(as_ben, reviewed)
    with django_assert_max_num_queries(245):  # type: ignore[operator]
        page(as_ben, reviewed)
    assert len(as_ben.get(f"/desk/cases/{reviewed.reference}/").content) < 30_000


def test_within_a_page_what_was_opened_is_kept_for_these_keys_and_this_case_alone(
    told: Case, ben: Member, dana: Member
) -> None:
    ring = ben.ring
    with work.at_once(told, ring):
        held = work.opened(told, ring)
        assert work.opened(told, ring) is held
        assert work.opened(told, dana.ring) is not held
        other = made.first_contact()
        with pytest.raises(NoGrant):
            work.opened(other.case, made.first_contact().ring)
    assert work.opened(told, ring) is not held
