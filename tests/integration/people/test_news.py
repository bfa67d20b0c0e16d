"""What happens to people and keys is told to everybody, in words, until each has seen it."""

from __future__ import annotations

from uuid import uuid4

import pytest

from people import news
from tests.factories.cast import Cast
from vault.audit import record


@pytest.fixture
def nothing_new(cast: Cast) -> Cast:
    """Everybody has seen what the founding announced."""
    for member in (cast.ben, cast.dana, cast.lena):
        news.mark_seen(member.person)
    return cast


def test_an_announcement_names_who_did_it_and_to_whom(nothing_new: Cast) -> None:
    cast = nothing_new
    record("person.suspended", "person", cast.chloe.person.id, by=cast.dana.person.id)
    [found] = news.unseen(cast.ben.person)
    assert (found.words, found.is_new) == ("Dana suspended Chloe.", True)


def test_every_announcement_has_whole_words(cast: Cast) -> None:
    for action in news.ANNOUNCED:
        record(action, "person", cast.chloe.person.id, by=cast.dana.person.id)
    words = [each.words for each in news.all_for(cast.ben.person)]
    assert all(each[0].isupper() and each.endswith(".") and "{" not in each for each in words)


def test_what_is_no_announcement_is_not_told(nothing_new: Cast) -> None:
    record("person.signed_in", "person", uuid4(), by=nothing_new.chloe.person.id)
    assert news.unseen(nothing_new.ben.person) == []


def test_seen_is_only_what_was_shown(nothing_new: Cast) -> None:
    cast = nothing_new
    first = record("person.suspended", "person", cast.chloe.person.id, by=cast.dana.person.id)
    record("person.reinstated", "person", cast.chloe.person.id, by=cast.dana.person.id)
    news.mark_seen(cast.ben.person, first.id)
    assert [each.words for each in news.unseen(cast.ben.person)] == ["Dana let Chloe back in after a suspension."]
    assert news.count_unseen(cast.ben.person) == 1
    assert news.count_unseen(cast.dana.person) == 2


def test_it_never_goes_back(nothing_new: Cast) -> None:
    seen = nothing_new.ben.person.seen_event
    news.mark_seen(nothing_new.ben.person, 0)
    nothing_new.ben.person.refresh_from_db()
    assert nothing_new.ben.person.seen_event == seen > 0


def test_a_case_is_named_to_whoever_sees_the_queue_and_to_nobody_else(nothing_new: Cast) -> None:
    cast = nothing_new
    record("hold.released", "case", uuid4(), by=cast.dana.person.id, detail={"reference": "7QK-4MT"})
    assert "7QK-4MT" in cast.ben.browser().get("/desk/news/").content.decode()
    page = cast.lena.browser().get("/desk/news/").content.decode()
    assert "7QK-4MT" not in page
    assert "Dana alone released the safety hold of a case." in page


def test_the_first_page_says_quietly_that_there_is_something(nothing_new: Cast) -> None:
    cast = nothing_new
    ben, lena = cast.ben.browser(), cast.lena.browser()
    assert "you have not seen" not in ben.get("/desk/").content.decode()
    record("person.suspended", "person", cast.chloe.person.id, by=cast.dana.person.id)
    assert "1 announcement you have not seen" in ben.get("/desk/").content.decode()
    assert "1 announcement you have not seen" in lena.get("/desk/dossiers/").content.decode()
    assert "you have not seen" not in ben.get("/desk/approvals/").content.decode()


def test_one_click_marks_them_as_seen(nothing_new: Cast) -> None:
    cast = nothing_new
    record("person.suspended", "person", cast.chloe.person.id, by=cast.dana.person.id)
    ben = cast.ben.browser()
    newest = ben.get("/desk/news/").context["form"].initial["up_to"]
    ben.post("/desk/news/seen/", {"up_to": newest})
    page = ben.get("/desk/news/").content.decode()
    assert "I have seen these" not in page
    assert "Dana suspended Chloe." in page


@pytest.mark.parametrize("up_to", ["", "x", "-1", "9" * 40])
def test_a_number_that_is_none_marks_nothing(nothing_new: Cast, up_to: str) -> None:
    cast = nothing_new
    record("person.suspended", "person", cast.chloe.person.id, by=cast.dana.person.id)
    assert cast.ben.browser().post("/desk/news/seen/", {"up_to": up_to}).status_code == 302
    assert news.count_unseen(cast.ben.person) == 1
