"""The pages of tasks: what is due for me, one case's, one task; typed words stay, a stale page shows both."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from cases.actions import tasks
from cases.models import Case, Task
from people.models import Person
from tests.factories.cast import Cast, Member
from vault.models import today

pytestmark = pytest.mark.shown
WORDS = "Спытаць пра паперы з суда"


def at(name: str, *args: object) -> str:
    return reverse(f"cases:{name}", args=args)


def sent(ben: Member, **changed: object) -> dict[str, object]:
    day = (today() + timedelta(days=2)).isoformat()
    return {"words": WORDS, "due_on": day, "person": str(ben.person.id)} | changed


def test_added_seen_everywhere_given_and_done(told: Case, as_ben: Client, as_dana: Client, cast: Cast) -> None:
    ben, where = cast.ben, at("case-tasks", told.reference)
    assert as_ben.post(where, sent(ben))["Location"] == where
    for page in (at("tasks"), at("case", told.reference), where):
        assert WORDS in as_ben.get(page).content.decode()
    assert re.search(r'href="/desk/tasks/"[^>]*>Tasks <span>1</span>', as_ben.get(at("queue")).content.decode())
    one = at("task", told.reference, Task.objects.get().id)
    as_ben.post(one, sent(ben, person=str(cast.dana.person.id), seen="1"))
    assert WORDS in as_dana.get(at("tasks")).content.decode()
    assert WORDS not in as_ben.get(at("tasks")).content.decode()
    assert as_dana.post(one, {"do": "done", "next": at("tasks")})["Location"] == at("tasks")
    assert "Nothing." in as_dana.get(at("tasks")).content.decode()
    assert "It is not done" in as_ben.get(one).content.decode()
    assert as_ben.post(one, {"do": "again", "next": "https://elsewhere.example/"})["Location"] == where
    assert Task.objects.get().done_on is None


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"due_on": "2020-01-01"}, "Choose today or a later day, within five years."),
        ({"due_on": "учора"}, "Enter a valid date."),
        ({"words": "  ", "due_on": "2030-01-01"}, "Nothing is written here yet."),
        ({"words": "я" * 2001}, "This has 2001 characters"),
        ({"person": str(uuid4())}, "This person does not work on the case any more."),
    ],
)
def test_what_does_not_fit_is_said_and_the_rest_is_kept(
    told: Case, as_ben: Client, ben: Member, changed: dict[str, object], words: str
) -> None:
    typed = sent(ben, **changed)
    page = as_ben.post(at("case-tasks", told.reference), typed).content.decode()
    assert words in page
    assert str(typed["words"]).strip() in page
    assert f'value="{typed["due_on"]}"' in page
    assert not Task.objects.exists()


def test_a_stale_page_shows_both_and_loses_nothing(told: Case, as_ben: Client, cast: Cast) -> None:
    ben, dana = cast.ben, cast.dana
    day = today() + timedelta(days=2)
    task = tasks.add(case=told, by=ben.person, ring=ben.ring, words=WORDS, due_on=day, person=ben.person)
    tasks.change(task=task, by=dana.person, ring=dana.ring, words="ад Даны", due_on=day, person=ben.person, seen=1)
    one = at("task", told.reference, task.id)
    answer = as_ben.post(one, sent(ben, words="ад Бэна", seen="1"))
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Somebody changed this task meanwhile", "ад Даны", "ад Бэна", 'name="seen" value="2"'):
        assert words in page
    assert as_ben.post(one, sent(ben, words="ад Бэна", seen="2")).status_code == 302
    assert tasks.tasks_of(told, ben.ring)[0].words == "ад Бэна"


def test_whom_it_was_given_to_may_be_gone_by_the_time_it_is_sent(told: Case, as_ben: Client, cast: Cast) -> None:
    Person.objects.filter(id=cast.marek.person.id).update(is_active=False)
    page = as_ben.post(at("case-tasks", told.reference), sent(cast.ben, person=str(cast.marek.person.id)))
    assert "This person does not work on the case any more." in page.content.decode()
    assert WORDS in page.content.decode()


def test_words_that_the_own_keys_do_not_open_are_not_shown(told: Case, as_dana: Client, cast: Cast) -> None:
    from vault.models import Grant

    ben, dana = cast.ben, cast.dana
    tasks.add(case=told, by=ben.person, ring=ben.ring, words=WORDS, due_on=today(), person=dana.person)
    Grant.objects.filter(epoch__compartment__kind="work", epoch__compartment__owner=told.id).delete()
    page = as_dana.get(at("tasks")).content.decode()
    assert "Your keys do not open the words." in page
    assert WORDS not in page
