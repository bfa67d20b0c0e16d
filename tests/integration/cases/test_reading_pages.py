"""Violent parts of an account on the desk: folded, opened one by one, recorded, counted, and folded again."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.test import Client

from cases import access, folds, opened_by
from cases.errors import Refused
from cases.models import Case
from cases.views.purposes import READING_SECONDS
from tests.factories import cast as made
from tests.factories.cast import STORY, Cast, Member
from tests.factories.walk import text_of
from vault import audit
from vault.models import AuditEvent, today

pytestmark = pytest.mark.shown

WORDS = STORY.split(".")[0]
PLAIN = "двор за крамай"


def at(case: Case, tail: str = "account/") -> str:
    return f"/desk/cases/{case.reference}/{tail}"


def page(client: Client, case: Case, tail: str = "account/") -> str:
    return client.get(at(case, tail)).content.decode()


@pytest.fixture
def reader(as_ben: Client, told: Case) -> Client:
    """Ben, who has given a purpose."""
    as_ben.post(at(told, "account/open/"), {"purpose": "assessment"})
    return as_ben


def unfold(client: Client, case: Case, place: str = "1-1", **more: str) -> str:
    return client.post(at(case, "account/unfold/"), {"place": place, **more})["Location"]


def opened() -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(action=folds.OPENED))


def test_a_violent_part_is_not_in_the_page_until_it_is_unfolded(reader: Client, ben: Member, told: Case) -> None:
    before = page(reader, told)
    assert PLAIN in before
    assert WORDS not in before
    told_before = text_of(before)
    assert "Paragraphs 4 to 5: What was done, in own words" in told_before
    assert "This week you have done so in 0 of 8 cases." in told_before
    assert unfold(reader, told) == at(told) + "#v1-1"
    after = page(reader, told)
    assert f'<p class="said" lang="be" dir="auto">{WORDS}' in after
    [event] = opened()
    assert (event.actor, event.subject, event.detail) == (ben.person.id, told.id, {"purpose": "assessment"})
    assert "unfolded a violent part of the account: assessing routes" in text_of(page(reader, told, ""))


def test_loading_again_records_nothing_more_and_another_purpose_folds_it_again(reader: Client, told: Case) -> None:
    unfold(reader, told)
    unfold(reader, told)
    assert WORDS in page(reader, told)
    assert len(opened()) == 1
    reader.post(at(told, "account/open/"), {"purpose": "reply"})
    assert WORDS not in page(reader, told)
    unfold(reader, told)
    assert [event.detail["purpose"] for event in opened()] == ["assessment", "reply"]


@pytest.mark.parametrize("place", ["", "1", "1-1-1", "1-99", "../", "v1-1\r\nSet-Cookie: a=b", "１-１"])
def test_a_place_that_is_none_shows_nothing(reader: Client, told: Case, place: str) -> None:
    assert unfold(reader, told, place).startswith(at(told))
    assert WORDS not in page(reader, told)


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example/", "/desk/", "/desk/cases/ABC-DEF/account/"])
def test_it_leads_nowhere_but_to_the_case(reader: Client, told: Case, to: str) -> None:
    assert unfold(reader, told, to=to) == at(told) + "#v1-1"
    answer = reader.post(at(told, "account/open/"), {"purpose": "reply", "to": to})
    assert answer["Location"] == at(told)


def test_without_a_purpose_and_after_half_an_hour_it_asks_for_one(
    as_ben: Client, told: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Why do you open it?" in as_ben.post(at(told, "account/unfold/"), {"place": "1-1"}).content.decode()
    assert not opened()
    as_ben.post(at(told, "account/open/"), {"purpose": "assessment"})
    unfold(as_ben, told)
    later = time.time() + READING_SECONDS + 1
    monkeypatch.setattr("cases.views.purposes.time.time", lambda: later)
    monkeypatch.setattr("people.signing_in.is_idle", lambda request: False)
    assert WORDS not in page(as_ben, told)


def test_one_case_unfolds_nothing_in_another(reader: Client, ben: Member, told: Case) -> None:
    other = made.first_contact()
    made.assigned(other, ben)
    made.tell(other)
    reader.post(at(other.case, "account/open/"), {"purpose": "reply"})
    unfold(reader, told)
    assert WORDS not in page(reader, other.case)
    assert WORDS not in page(reader, other.case, "facts/")


def test_whoever_may_not_read_records_no_unfolding(cast: Cast, told: Case) -> None:
    with pytest.raises(Refused):
        access.note_violent(told, by=cast.chloe.person, purpose="reply")
    with pytest.raises(Refused):
        access.note_violent(told, by=cast.ben.person, purpose="curiosity")
    assert not opened()


def test_cases_are_counted_by_week_and_each_once(ben: Member, dana: Member, told: Case) -> None:
    access.note_violent(told, by=ben.person, purpose="reply")
    access.note_violent(told, by=ben.person, purpose="reply")
    audit.record(folds.OPENED, "case", dana.person.id, by=ben.person.id, detail={})  # another subject
    assert folds.cases_this_week(ben.person, today()) == 2
    assert folds.cases_this_week(dana.person, today()) == 0
    next_monday = today() + timedelta(days=7 - today().weekday())
    assert folds.cases_this_week(ben.person, next_monday - timedelta(days=1)) == 2
    assert folds.cases_this_week(ben.person, next_monday) == 0


def test_the_full_number_is_said_and_stops_nobody(reader: Client, told: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folds, "MOST", 0)
    assert "speak with a lead first" in page(reader, told)
    unfold(reader, told)
    assert WORDS in page(reader, told)


def unlock(client: Client, member: Member, address: str) -> str:
    """Ask for a page while locked, unlock, and return where that leads."""
    asked = client.get(address)["Location"]
    assert asked.startswith("/desk/unlock/?next=")
    wanted = {"password": member.password, "code": member.code(), "next": address}
    return client.post("/desk/unlock/", wanted)["Location"]


def test_after_a_lock_the_account_is_open_at_the_same_place(reader: Client, ben: Member, told: Case) -> None:
    unfold(reader, told)
    place = at(told) + "?beside=en"
    reader.post("/desk/lock/")
    assert unlock(reader, ben, place) == place
    assert WORDS in reader.get(place).content.decode()
    assert len(opened()) == 1


def test_a_long_account_over_the_idle_lock_comes_back_at_the_same_place(
    reader: Client, ben: Member, told: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    unfold(reader, told)
    place, later = at(told) + "?beside=en", time.time() + READING_SECONDS + 60
    with monkeypatch.context() as clock:
        clock.setattr(time, "time", lambda: later)
        reader.get(place)
    monkeypatch.setattr("cases.views.purposes.time.time", lambda: later)
    assert unlock(reader, ben, place) == place
    asked = reader.get(place).content.decode()
    assert "Why do you open it?" in asked
    assert WORDS not in asked
    assert reader.post(at(told, "account/open/"), {"purpose": "reply", "to": place})["Location"] == place
    assert PLAIN in reader.get(place).content.decode()


def test_the_person_is_told_of_an_unfolding_as_of_an_opening(told: Case, ben: Member) -> None:
    audit.record(folds.OPENED, "case", told.id, by=ben.person.id, detail={"purpose": "reply"})
    [(_, [opening])] = opened_by.days(told)
    assert (opening.role, opening.what, opening.purposes) == ("caseworker", opened_by.ACCOUNT, ("reply",))
