"""The survivor asks who opened the account: days, roles and reasons, no names, no times, and no trace of the asking."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings

from cases.models import Case, Dossier
from tests.factories import cast as made
from tests.factories.cast import Cast
from tests.factories.intruder import overwrite
from tests.factories.walk import Walk
from vault import audit
from vault.models import AuditEvent

pytestmark = pytest.mark.shown

PLACE = "page/opened/"
REASONS = ("first_reading", "assessment", "reply", "dossier", "safety")


@pytest.fixture
def walk(cast: Cast) -> Walk:
    """A survivor who has sent the first answers and looks at the own page."""
    found = Walk("en")
    found.answer_all()
    found.send()
    return found


def text(walk: Walk, place: str = PLACE) -> str:
    body = walk.get(place).content.decode().split("<main")[1]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def the_case() -> Case:
    """The only case there is."""
    return Case.objects.get()


def opened(walk: Walk, cast: Cast, *, days_ago: int = 0) -> None:
    """Ben reads twice, Dana reads the sealed part, all on one day."""
    case = the_case()
    for who, action, purpose in (
        (cast.ben, "account.opened", "reply"), (cast.ben, "account.opened", "reply"),
        (cast.dana, "sealed.opened", "safety"),
    ):  # fmt: skip
        event = audit.record(action, "case", case.id, by=who.person.id, detail={"purpose": purpose})
        if days_ago:
            overwrite(event, on=event.on - timedelta(days=days_ago))


def test_at_first_nobody_has_opened_it(walk: Walk) -> None:
    assert "Nobody has opened it yet." in text(walk)


def test_it_tells_days_roles_and_reasons_once_a_day(walk: Walk, cast: Cast) -> None:
    opened(walk, cast)
    page = text(walk)
    assert page.count("A caseworker. Your account: to answer you.") == 1
    assert page.count("A person who leads the team. The part that opens for two people only: because of") == 1
    assert "Nobody has opened it yet" not in page


def test_it_has_no_names_and_no_times(walk: Walk, cast: Cast) -> None:
    opened(walk, cast)
    page = walk.get(PLACE).content.decode()
    for member in (cast.ben, cast.dana):
        assert member.person.name not in page
        assert str(member.person.id) not in page
    assert not re.search(r"\d\d:\d\d", page)


def test_files_and_the_lawyers_papers_are_told_too(walk: Walk, cast: Cast) -> None:
    case = the_case()
    dossier = Dossier.objects.create(case=case, number=1, requested_by=cast.ben.person, lawyer=cast.lena.person)
    audit.record("dossier.downloaded", "dossier", dossier.id, by=cast.lena.person.id)
    assert "A lawyer. The papers made from your account: to work on it for you." in text(walk)


def test_a_search_is_told_as_what_it_was(walk: Walk, cast: Cast) -> None:
    audit.record("account.searched", "case", the_case().id, by=cast.ben.person.id, detail={"purpose": "reply"})
    assert "A caseworker. Your account, to look for words in it: to answer you." in text(walk)


def test_somebody_who_is_not_known_any_more_is_of_the_team(walk: Walk, cast: Cast) -> None:
    event = audit.record("account.opened", "case", the_case().id, by=cast.ben.person.id, detail={"purpose": "reply"})
    overwrite(event, actor=the_case().id)
    assert "A person of the team. Your account: to answer you." in text(walk)


def test_several_reasons_of_one_role_stand_together(walk: Walk, cast: Cast) -> None:
    for member, purpose in ((cast.ben, "safety"), (cast.chloe, "reply")):
        audit.record("account.opened", "case", the_case().id, by=member.person.id, detail={"purpose": purpose})
    assert "A caseworker. Your account: to answer you; because of a question of safety." in text(walk)


def test_a_refused_opening_and_an_opening_of_another_case_are_not_told(walk: Walk, cast: Cast) -> None:
    audit.record("account.refused", "case", the_case().id, by=cast.chloe.person.id)
    other = made.first_contact()
    audit.record("account.opened", "case", other.case.id, by=cast.ben.person.id, detail={"purpose": "reply"})
    assert "Nobody has opened it yet." in text(walk)


def test_asking_leaves_no_trace_in_the_trail(walk: Walk, cast: Cast) -> None:
    opened(walk, cast)
    before = AuditEvent.objects.count()
    text(walk)
    assert AuditEvent.objects.count() == before


def test_many_days_are_split(walk: Walk, cast: Cast) -> None:
    for day in range(25):
        opened(walk, cast, days_ago=day)
    seen, page, body = 0, 1, "Earlier days"
    while "Earlier days" in body:
        body = walk.get(f"{PLACE}?from={page}").content.decode()
        assert ("Later days" in body) == (page > 1)
        seen, page = seen + body.count("A caseworker."), page + 1
    assert seen == 25
    assert page > 2
    for nonsense in ("99", "0", "-1", "x", "9" * 30):
        assert walk.get(f"{PLACE}?from={nonsense}").status_code == 200


@pytest.mark.parametrize("language", settings.SURVIVOR_LANGUAGES)
def test_the_largest_page_is_within_the_budget_in_each_language(cast: Cast, language: str) -> None:
    walk = Walk(language)
    walk.answer_all()
    walk.send()
    case = the_case()
    everything = [
        (one, each) for one in (cast.ben, cast.dana, cast.lena) for each in ("account.opened", "sealed.opened")
    ]
    for day in range(4):
        for purpose in REASONS:
            for member, action in everything:
                event = audit.record(action, "case", case.id, by=member.person.id, detail={"purpose": purpose})
                overwrite(event, on=event.on - timedelta(days=day))
    size = len(walk.get(PLACE).content)
    assert size <= 14 * 1024
    assert size % 2048 == 0


def test_without_the_number_one_is_asked_for_it(walk: Walk) -> None:
    fresh = Walk("en")
    answer = fresh.client.get(fresh.path(PLACE), secure=True)
    assert answer.status_code == 302
    assert answer["Location"].endswith("/back/")


def test_the_own_page_leads_there(walk: Walk) -> None:
    assert f'href="{walk.path(PLACE)}"' in walk.get("page/").content.decode()
