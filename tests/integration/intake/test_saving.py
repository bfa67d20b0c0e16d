"""How often a visit is written down: with each answer, and not again for the page that follows."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.walk import Walk
from vault.models import SealedSession

TABLE = SealedSession._meta.db_table


def writes(queries: CaptureQueriesContext) -> int:
    return sum(each["sql"].startswith(("INSERT", "UPDATE")) and TABLE in each["sql"] for each in queries)


def test_a_new_visit_is_written_once_and_its_key_reaches_the_browser(walk: Walk) -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = walk.get("q/1/")

    assert writes(queries) == 1
    assert answer.cookies["__Host-s"].value
    assert walk.fill("q/1/", {"ELG-01-value": "BY"})["Location"] == "/be/q/2/"  # its form token was kept too


def test_the_page_after_an_answer_writes_nothing(walk: Walk) -> None:
    place = walk.fill("q/1/", {"ELG-01-value": "BY"})["Location"]
    with CaptureQueriesContext(connection) as queries:
        answer = walk.client.get(place, secure=True)

    assert writes(queries) == 0
    assert not answer.cookies
    assert f'href="{place}"' in walk.read("leaving/")  # the way back leads there
