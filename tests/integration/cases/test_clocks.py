"""Limitation clocks: weeks kept when routes are assessed, alerts raised from them alone, seen in the queue."""

from __future__ import annotations

import copy
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from cases import clocks, tasks
from cases.actions import reassessing
from cases.clocks import THRESHOLDS, alert_of, threshold, watch, week_of
from cases.models import Case, Erasure, LimitationClock
from portal.celery import app
from tests.factories import cast as made
from tests.factories.cast import Member
from vault.models import AuditEvent, KeyPair, today

TODAY = date(2026, 11, 22)


def routes_ending(*days: date | None, verdict: str = "open") -> list[dict[str, Any]]:
    """Routes in the shape of the assessment, each with its own end or none."""
    found = []
    for day in days:
        route = copy.deepcopy(made.ROUTES[0])
        route["deadline"] = {"date": day and day.isoformat(), "kind": "earliest" if day else "none"}
        found.append(route | {"verdict": verdict})
    return found


def ends(case: Case, left: int, on: date = TODAY) -> LimitationClock:
    """A clock of a case that ends in the week of a day."""
    clocks.keep(case, routes_ending(on + timedelta(days=left)), on)
    return case.clocks.get()


def page(client: Client, **wanted: str) -> str:
    return client.get("/desk/", wanted).content.decode()


def test_a_week_is_its_monday_so_that_an_alert_is_early_and_never_late() -> None:
    assert week_of(date(2030, 8, 11)) == date(2030, 8, 5)
    assert week_of(date(2030, 8, 5)) == date(2030, 8, 5)


@pytest.mark.parametrize(
    ("left", "days"), [(181, None), (180, 180), (91, 180), (90, 90), (31, 90), (30, 30), (0, 30), (-400, 30)]
)
def test_thresholds_begin_on_their_day_and_a_time_that_is_over_stays_an_alert(left: int, days: int | None) -> None:
    assert threshold(TODAY + timedelta(days=left), TODAY) == days


def test_each_reachable_route_with_an_end_has_a_clock_and_no_day_is_kept(told: Case) -> None:
    day = date(2031, 8, 14)
    weak = routes_ending(day, verdict="unknown") + routes_ending(day, verdict="blocked")
    clocks.keep(
        told, [*routes_ending(day, None, date(2030, 1, 1)), *routes_ending(day, verdict="conditional"), *weak], TODAY
    )
    kept = list(told.clocks.values_list("place", "week"))
    assert kept == [(0, date(2029, 12, 31)), (1, date(2031, 8, 11)), (2, date(2031, 8, 11))]
    assert all(week.weekday() == 0 for _, week in kept)


def test_the_timer_raises_180_90_and_30_days_from_the_weeks_alone(told: Case) -> None:
    clock = ends(told, 400)
    assert clock.alert is None
    for left, expected in ((181, None), (180, 180), (100, 180), (90, 90), (30, 30), (-1, 30)):
        watch(clock.week - timedelta(days=left))
        clock.refresh_from_db()
        assert clock.alert == expected


def level(case: Case, **columns: Any) -> str:
    """The level as it stands now; or as it is set here first."""
    if columns:
        Case.objects.filter(id=case.id).update(**columns)
    return Case.objects.get(id=case.id).level


def test_a_case_whose_time_ends_within_90_days_becomes_p1_once(told: Case) -> None:
    level(told, level="P3")
    clock = ends(told, 400)
    watch(clock.week - timedelta(days=91))
    assert level(told) == "P3"
    watch(clock.week - timedelta(days=90))
    assert level(told) == "P1"
    assert AuditEvent.objects.filter(action="level.risen", subject=told.id, actor=None).count() == 1
    assert level(told, level="P2") == "P2"
    watch(clock.week - timedelta(days=60))
    assert level(told) == "P2", "a lead lowered it: the timer leaves that until 30 days"
    watch(clock.week - timedelta(days=30))
    assert level(told) == "P1"


@pytest.mark.parametrize(("left", "expected"), [(200, "P3"), (80, "P1"), (10, "P1"), (-400, "P3")])
def test_looking_at_the_routes_tells_it_too_but_not_for_a_time_that_is_over(
    told: Case, left: int, expected: str
) -> None:
    level(told, level="P3")
    ends(told, left)
    assert level(told) == expected
    watch(TODAY)
    assert level(told) == expected


def test_what_is_more_urgent_stays_so(told: Case) -> None:
    level(told, level="P0")
    ends(told, 20)
    assert level(told) == "P0"


def test_running_twice_changes_nothing_and_writes_nothing(told: Case) -> None:
    clock = ends(told, 20)
    for _ in range(2):
        watch(TODAY)
    assert LimitationClock.objects.get().id == clock.id
    assert alert_of(told) == clocks.Alert(30, clock.week, 1)


def test_a_changed_deadline_clears_its_alert(told: Case) -> None:
    before = ends(told, 20)
    assert before.alert == 30
    after = ends(told, 3_000)
    assert (after.alert, alert_of(told)) == (None, None)
    watch(TODAY)
    assert alert_of(Case.objects.get(id=told.id)) is None
    clocks.keep(told, routes_ending(None), TODAY)
    assert not told.clocks.exists()


def test_the_same_weeks_leave_the_clocks_alone(told: Case) -> None:
    first = ends(told, 20)
    assert ends(told, 20).id == first.id


def test_a_case_whose_number_was_closed_raises_none_and_loses_what_was_raised(told: Case) -> None:
    clock = ends(told, 20)
    KeyPair.objects.filter(id=told.receipt_id).update(retired_on=TODAY)
    watch(TODAY)
    clock.refresh_from_db()
    assert clock.alert is None
    assert ends(told, 10).alert is None


def test_a_case_that_waits_for_erasing_raises_none_until_that_is_over(told: Case, ben: Member) -> None:
    clock = ends(told, 20)
    erasure = Erasure.objects.create(case=told, reference=told.reference, why="asked", requested_by=ben.person)
    watch(TODAY)
    clock.refresh_from_db()
    assert clock.alert is None
    Erasure.objects.filter(id=erasure.id).delete()
    watch(TODAY)
    clock.refresh_from_db()
    assert clock.alert == 30


def test_the_database_knows_the_thresholds(told: Case) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        LimitationClock.objects.create(case=told, place=0, week=TODAY, alert=60)
    assert all(threshold(TODAY + timedelta(days=days), TODAY) == days for days in THRESHOLDS)


def test_the_scheduler_runs_it(told: Case) -> None:
    ends(told, 20, today())
    LimitationClock.objects.update(alert=None)
    tasks.watch_limits()
    assert LimitationClock.objects.get().alert == 30
    assert "cases.tasks.watch_limits" in {entry["task"] for entry in app.conf.beat_schedule.values()}


def test_looking_at_the_routes_keeps_their_weeks(
    as_ben: Client, reviewed: Case, routes: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    soon = today() + timedelta(days=40)
    monkeypatch.setattr("cases.actions.facts.assess_routes", lambda facts, on, language="en": routes_ending(soon))
    assert not reviewed.clocks.exists()
    assert as_ben.get(f"/desk/cases/{reviewed.reference}/routes/").status_code == 200
    assert list(reviewed.clocks.values_list("week", "alert")) == [(week_of(soon), 90)]


def test_assessing_again_after_a_change_of_law_renews_the_weeks(
    reviewed: Case, ben: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    soon = today() + timedelta(days=100)
    monkeypatch.setattr(reassessing.law, "number", lambda: 1)
    monkeypatch.setattr(reassessing.stored, "read", lambda: None)
    monkeypatch.setattr(reassessing, "assess_routes", lambda facts, on, reference: routes_ending(soon))
    reassessing.begin(reviewed, ben.ring)
    assert list(reviewed.clocks.values_list("week", "alert")) == [(week_of(soon), 180)]


def test_the_queue_shows_counts_and_filters_what_is_near(as_ben: Client, told: Case) -> None:
    assert "Time limit within" not in page(as_ben)
    ends(told, 60, today())
    shown = page(as_ben)
    assert "Time limit within 90 days: week of" in shown
    assert re.search(r'view=limits"[^>]*>[^<]*<span>1</span>', shown), "the view of deadlines has its number"
    assert told.reference in page(as_ben, limit="180")
    assert told.reference in page(as_ben, limit="90")
    assert told.reference not in page(as_ben, limit="30")
    assert told.reference in page(as_ben, limit="7")


def test_the_page_of_the_case_tells_its_assignee(as_ben: Client, told: Case) -> None:
    ends(told, 20, today())
    shown = as_ben.get(f"/desk/cases/{told.reference}/").content.decode()
    assert "Time limit within 30 days: week of" in shown


def test_erasing_a_case_takes_its_clocks(told: Case) -> None:
    ends(told, 20)
    field = LimitationClock._meta.get_field("case")
    assert field.remote_field.on_delete.__name__ == "CASCADE"
