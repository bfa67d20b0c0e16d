"""Saved views and pages of the queue: what each shows to whom, what it counts, and that an address is never trusted."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cases import counting, queue, saved
from cases.models import Approval, Case, Dossier, LimitationClock, SealedRelease
from tests.factories import cast as made
from tests.factories.cast import Cast, Member
from tests.factories.rows import bare, many, working
from vault.models import today

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


def on(days: int) -> Any:
    return today() - days * DAY


@pytest.fixture
def cases(cast: Cast) -> dict[str, Case]:
    """One case for each reason to be in a view, by that reason; none has anything sealed."""
    calm = {"status": "in_review", "level": "P2"}
    found = {
        "calm": bare(**calm),
        "arrived": bare(status="received", has_news=True, answer_day=today()),
        "held": bare(status="safety_hold", came_from="received", level="P0", has_news=True, answer_day=on(1)),
        "held later": bare(status="safety_hold", came_from="in_review"),
        "wrote": bare(has_news=True, **calm),
        "urgent": bare(level="P1", status="drafting"),
        "silent": bare(status="awaiting_survivor", heard_on=on(31)),
        "silent for less": bare(status="awaiting_survivor", heard_on=on(30)),
        "resting": bare(status="dormant", heard_on=on(200)),
        "unmatched": bare(status="matching", status_on=on(60)),
        "matching": bare(status="matching", status_on=on(59)),
        "closed": bare(status="closed", level="P0", has_news=True),
        "withdrawn": bare(status="withdrawn", level="P1", has_news=True),
        "sealed": bare(**calm),
        "limit": bare(**calm),
        "ben asked": bare(**calm),
        "dana asked": bare(**calm),
        "too late": bare(**calm),
        "mine": bare(**calm),
        "south": bare(team="South", level="P0", has_news=True),
    }
    SealedRelease.objects.create(case=found["sealed"], requested_by=cast.ben.person)
    LimitationClock.objects.create(case=found["limit"], place=0, week=today(), alert=90)
    LimitationClock.objects.create(case=found["limit"], place=1, week=today(), alert=180)
    Dossier.objects.create(case=found["ben asked"], number=1, requested_by=cast.ben.person, lawyer=cast.lena.person)
    for reason, person, left in (("ben asked", cast.ben, 1), ("dana asked", cast.dana, 0), ("too late", cast.ben, -1)):
        Approval.objects.create(
            case=found[reason], kind="close", requested_by=person.person, expires_on=today() + left * DAY
        )
    working(found["mine"], cast.ben.person)
    working(found["calm"], cast.ben.person)
    found["calm"].assignments.update(ended_on=today())
    return found


OPEN = {
    "calm", "arrived", "held", "held later", "wrote", "urgent", "silent", "silent for less", "resting", "unmatched",
    "matching", "sealed", "limit", "ben asked", "dana asked", "too late", "mine",
}  # fmt: skip
VIEWS: list[tuple[str, str, set[str]]] = [
    ("ben", "", OPEN), ("ben", "nonsense", OPEN), ("ben", "drafts", OPEN), ("dana", "asked", OPEN),
    ("ben", "new", {"arrived", "held"}),
    ("ben", "urgent", {"held", "urgent"}),
    ("ben", "us", {"arrived", "held", "wrote"}),
    ("ben", "silent", {"silent"}),
    ("ben", "limits", {"limit"}),
    ("ben", "sealed", {"sealed"}),
    ("ben", "unmatched", {"unmatched"}),
    ("ben", "asked", {"ben asked"}), ("dana", "drafts", {"ben asked"}),
    ("marek", "drafts", {"ben asked", "dana asked"}),
    ("ben", "mine", {"mine"}), ("dana", "mine", set()),
]  # fmt: skip


def reasons(cases: dict[str, Case], found: Any) -> list[str]:
    by_id = {case.id: reason for reason, case in cases.items()}
    return sorted(by_id[case.id] for case in found)


def test_each_view_shows_its_cases_and_counts_them(cases: dict[str, Case], cast: Cast) -> None:
    for login, code, expected in VIEWS:
        viewer = getattr(cast, login).person
        assert reasons(cases, saved.listed(viewer, {"view": code})) == sorted(expected), (login, code)
        numbers = saved.numbers(viewer, timezone.now())
        assert numbers[saved.find(viewer, code).code] == len(expected), (login, code)
    assert saved.at_a_glance(cast.ben.person) == {"": len(OPEN), "mine": 1}


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"status": "closed"}, ["closed"]),
        ({"status": "withdrawn", "view": "us"}, ["withdrawn"]),
        ({"level": "P0"}, ["held"]),
        ({"level": "P1", "view": "us"}, []),
        ({"view": "silent", "status": "awaiting_survivor"}, ["silent"]),
        ({"view": "new", "person": "nobody"}, ["arrived", "held"]),
    ],
)
def test_filters_narrow_a_view_and_find_what_has_ended(
    cases: dict[str, Case], ben: Member, wanted: dict[str, str], expected: list[str]
) -> None:
    assert reasons(cases, saved.listed(ben.person, wanted)) == expected


def test_a_reference_finds_a_case_that_has_ended_and_none_of_another_team(cases: dict[str, Case], ben: Member) -> None:
    for reason, is_found in (("closed", True), ("south", False)):
        found = saved.listed(ben.person, {"reference": cases[reason].reference})
        assert found.exists() is is_found


def test_what_is_due(cases: dict[str, Case], ben: Member) -> None:
    noon = datetime.combine(today(), datetime.min.time(), timezone.now().tzinfo) + timedelta(hours=12)
    Case.objects.filter(id=cases["urgent"].id).update(answer_by=noon + timedelta(hours=1))
    found = saved.numbers(ben.person, noon)
    assert (found["today"], found["late"], found["nobody"]) == (2, 1, 2)
    found = saved.numbers(ben.person, noon + timedelta(hours=2))
    assert (found["today"], found["late"]) == (1, 2)


def test_numbers_end_where_nobody_reads_on_and_take_one_statement(ben: Member, django_assert_num_queries: Any) -> None:
    many(7)
    with django_assert_num_queries(1):
        assert counting.count_each({"all": Case.objects.all(), "none": Case.objects.filter(level="P0")}, 5) == {
            "all": 6, "none": 0,
        }  # fmt: skip
    assert (counting.shown(5, 5), counting.shown(6, 5)) == ("5", "5+")


@pytest.mark.shown
def test_a_queue_is_turned_page_by_page_and_keeps_view_and_filters(
    as_ben: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "PAGE", 2)
    for _ in range(3):
        made.first_contact()
    seen: list[str] = []
    path = "/desk/?view=new&language=be"
    for words in ("1 to 2", "3 to 3"):
        shown = as_ben.get(path).content.decode()
        assert words in shown
        assert '<input type="hidden" name="view" value="new"' in shown
        seen += re.findall(r'<th scope="row" class="c-ref"><a class="ref" href="[^"]+">([^<]+)', shown)
        path = "/desk/" + "".join(re.findall(r'href="([^"]+)" rel="next"', shown)).replace("&amp;", "&")
    assert sorted(seen) == sorted(Case.objects.values_list("reference", flat=True))
    assert 'href="?language=be&amp;view=new" rel="prev"' in shown
    assert "Open next" not in shown
    assert "1 to 2 of 3" in as_ben.get("/desk/?view=new").content.decode()


@pytest.mark.shown
@pytest.mark.parametrize("number", ["9", "-1", "0", "x", "٣", "9" * 30, "1e3", ""])
def test_a_page_that_is_not_there_says_so(as_ben: Client, cast: Cast, number: str) -> None:
    made.first_contact()
    answer = as_ben.get("/desk/", {"page": number, "view": "<script>", "level": "P9"})
    assert answer.status_code == 200
    is_far = number in ("9",)
    assert ("No case is on this page." in answer.content.decode()) is is_far
    assert b"<script>" not in answer.content
