"""Alarms wait until a lead has looked into them; one about the same thing is raised once."""

from __future__ import annotations

from uuid import uuid4

import pytest

from people import alarms
from people.alarms import NotReviewed, raise_alarm, review, waiting
from tests.factories.cast import Cast
from vault.models import AuditEvent


def test_an_alarm_waits_with_what_is_known_of_it(cast: Cast) -> None:
    subject = uuid4()
    raise_alarm("record_broken", "case", subject, cast.ben.person.id, {"reference": "7QK-4MT", "what": "head"})
    [alarm] = waiting()
    assert (alarm.subject, alarm.reference, alarm.who, alarm.what) == (subject, "7QK-4MT", "Ben", "head")
    assert alarm.kind.words == "A record does not verify"
    assert alarm.at is not None


def test_a_survivor_who_meets_it_leaves_only_a_day(cast: Cast) -> None:
    raise_alarm("record_broken", "case", uuid4())
    assert (waiting()[0].at, waiting()[0].who) == (None, "")


def test_while_it_waits_no_second_one_is_raised(cast: Cast) -> None:
    subject = uuid4()
    first, second = (raise_alarm("record_broken", "case", subject) for _ in range(2))
    assert first == second
    raise_alarm("record_broken", "case", uuid4())
    assert len(waiting()) == 2


def test_after_the_review_the_same_thing_raises_a_new_one(cast: Cast) -> None:
    subject = uuid4()
    event = raise_alarm("record_broken", "case", subject)
    review(alarm=event.id, by=cast.dana.person, outcome="restored")
    assert waiting() == []
    [done] = alarms.reviewed()
    assert (done.who, done.outcome) == ("Dana", alarms.OUTCOMES["restored"])
    raise_alarm("record_broken", "case", subject)
    assert len(waiting()) == 1


@pytest.mark.parametrize("login", ["ben", "chloe", "lena"])
def test_nobody_but_a_lead_reviews(cast: Cast, login: str) -> None:
    event = raise_alarm("record_broken", "case", uuid4())
    with pytest.raises(NotReviewed, match="permission"):
        review(alarm=event.id, by=getattr(cast, login).person, outcome="nothing")
    assert len(waiting()) == 1


def test_what_was_found_is_from_the_list_and_never_free_words(cast: Cast) -> None:
    event = raise_alarm("record_broken", "case", uuid4())
    with pytest.raises(NotReviewed, match="outcome"):
        review(alarm=event.id, by=cast.dana.person, outcome="Amina called")
    assert not AuditEvent.objects.filter(action="alarm.reviewed").exists()


def test_it_is_reviewed_once(cast: Cast) -> None:
    event = raise_alarm("record_broken", "case", uuid4())
    review(alarm=event.id, by=cast.dana.person, outcome="nothing")
    with pytest.raises(NotReviewed, match="unknown"):
        review(alarm=event.id, by=cast.marek.person, outcome="tampered")


class TestPages:
    def test_every_page_of_a_lead_says_so_until_it_is_reviewed(self, cast: Cast) -> None:
        dana = cast.dana.browser()
        event = raise_alarm("record_broken", "case", uuid4())
        for path in ("/desk/", "/desk/approvals/", "/desk/news/"):
            assert "1 alarm waits." in dana.get(path).content.decode()
        dana.post("/desk/alarms/reviewed/", {"alarm": event.id, "outcome": "nothing"})
        assert "alarm waits" not in dana.get("/desk/").content.decode()

    def test_nobody_else_is_told_of_alarms(self, cast: Cast) -> None:
        raise_alarm("record_broken", "case", uuid4())
        for member, home in ((cast.ben, "/desk/"), (cast.lena, "/desk/dossiers/")):
            assert "alarm" not in member.browser().get(home).content.decode()

    def test_a_choice_is_needed(self, cast: Cast) -> None:
        event = raise_alarm("record_broken", "case", uuid4())
        dana = cast.dana.browser()
        answer = dana.post("/desk/alarms/reviewed/", {"alarm": event.id, "outcome": ""}, follow=True)
        assert "Choose what you found first." in answer.content.decode()
        assert len(waiting()) == 1

    def test_a_number_that_is_none_is_not_an_error(self, cast: Cast) -> None:
        dana = cast.dana.browser()
        for alarm in ("", "x", "-1", "9" * 30, "7"):
            answer = dana.post("/desk/alarms/reviewed/", {"alarm": alarm, "outcome": "nothing"})
            assert answer.status_code == 302
        assert not AuditEvent.objects.filter(action="alarm.reviewed").exists()
