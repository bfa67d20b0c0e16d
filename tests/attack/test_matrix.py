"""Every page of the desk, asked for by every role, for the own case and another's, against a hand-written table."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

from people.models import Person
from tests.attack.matrix import COLUMNS, PUBLIC, TABLE
from tests.factories.cast import Cast
from tests.factories.headings import latin_words
from tests.factories.world import STRANGERS, World, address, desk_in_work, named

pytestmark = [pytest.mark.django_db, pytest.mark.shown]


def test_no_route_is_without_a_row() -> None:
    assert {name for name, _ in TABLE} | PUBLIC == set(named(get_resolver()))


def test_every_row_speaks_of_everybody() -> None:
    assert {(name, len(cells)) for name, cells in TABLE.items()} == {(name, len(COLUMNS)) for name in TABLE}


@pytest.fixture
def world(cast: Cast, loaded: object, fixed_routes: object) -> World:
    return desk_in_work(cast)


def answer_of(client: Client, method: str, path: str) -> str:
    """How a page answers, in the words of the table; whatever it did is taken back."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        answer = getattr(client, method.lower())(path)
        if answer.streaming:
            b"".join(answer)
        transaction.set_rollback(True)
    client.cookies = cookies
    if answer.status_code != 302:
        return str(answer.status_code)
    target = answer["Location"].split("?")[0]
    return {"/desk/sign-in/": "in", "/desk/unlock/": "un"}.get(target, "go")


NAMES = {
    "Ben",
    "Chloe",
    "Dana",
    "Marek",
    "Lena",
    "Tomas",
    "Nora",
    "Edda",
    "Eva",
    *(login.capitalize() for login in STRANGERS),
}
IN_THEIR_OWN = {"jurisdictions:values"}  # headed by provisions, as the law's files name them


def test_no_page_keeps_english_in_its_frame(world: World) -> None:
    wrong = set()
    for language in ("be", "ru"):
        Person.objects.update(language=language)
        for (name, method), cells in TABLE.items():
            column = next((column for column, cell in zip(COLUMNS, cells, strict=True) if cell == "200"), "nobody")
            if method == "GET" and column not in ("nobody", "locked") and name not in IN_THEIR_OWN:
                answer = world.clients[column].get(address(name, world.arguments))
                page = b"".join(answer).decode(errors="replace")
                if answer["Content-Type"].startswith("text/html"):
                    wrong |= {f"{language} {name}: {word}" for word in latin_words(page, NAMES)}
    assert not wrong, " ".join(sorted(wrong))


def test_everybody_gets_what_the_table_says(world: World) -> None:
    found = {
        (name, method): [answer_of(world.clients[column], method, address(name, world.arguments)) for column in COLUMNS]
        for name, method in TABLE
    }
    wrong = [
        f"{name} {method} {column}: {is_so}, the table says {should}"
        for (name, method), cells in TABLE.items()
        for column, is_so, should in zip(COLUMNS, found[name, method], cells, strict=True)
        if is_so != should
    ]
    assert not wrong, " ".join(sorted(set(wrong)))
