"""Whether a name is known here cannot be told from the sign-in page: not by work, time, bytes, headers or writes."""

from __future__ import annotations

import re
import statistics
import time
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.conf import settings as live
from django.db import connection
from django.test import Client

from people import costs, signing_in
from people.hashers import StrongArgon2
from people.models import Person
from tests.factories.cast import Cast
from vault.envelope import password as envelope

pytestmark = pytest.mark.shown

KNOWN, UNKNOWN = "chloe", "zofia"  # of one length, because the page repeats what was typed
SUSPENDED = "marek"
TRIES = 15
# One Argon2id is more than nine tenths of such a request, so a name without it would be ten times as fast; two medians
# of the same work differ by a few hundredths on a busy machine. A quarter lies far from both.
MOST = 0.25
SAVEPOINT = re.compile(r"s\d+_x\d+")
SECRET = re.compile(r"(?<=__Host-d=)[\w-]{43}")
TOKEN = re.compile(rb'value="[A-Za-z0-9]{64}"')


@pytest.fixture
def dear(settings: Any) -> None:
    """A cost at which the hash outweighs everything else."""
    settings.ARGON2 = {"memory_kib": 16_384, "iterations": 3, "lanes": 1}


@pytest.fixture
def people(dear: None, cast: Cast) -> Cast:
    """The cast, hashed at that cost, one of them suspended."""
    Person.objects.filter(login=SUSPENDED).update(is_active=False)
    return cast


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every computation of Argon2id, by either library."""
    done: list[str] = []
    for place, name in ((StrongArgon2, "encode"), (StrongArgon2, "verify"), (envelope, "_stretch")):
        inner = getattr(place, name)

        def counted(*args: Any, _inner: Any = inner, _name: str = name) -> Any:
            done.append(_name)
            return _inner(*args)

        monkeypatch.setattr(place, name, counted)
    return done


def attempt(client: Client, login: str) -> Any:
    return client.post("/desk/sign-in/", {"login": login, "password": "wrong horse battery staple"})


def test_each_wrong_password_costs_one_argon2id(people: Cast, work: list[str]) -> None:
    found = {}
    for login in (KNOWN, UNKNOWN, SUSPENDED):
        work.clear()
        for _ in range(live.AXES_FAILURE_LIMIT + 2):  # the last ones are locked
            attempt(Client(), login)
        found[login] = list(work)
    assert found[KNOWN] == ["verify"] * (live.AXES_FAILURE_LIMIT + 2)
    assert found[KNOWN] == found[UNKNOWN] == found[SUSPENDED]


def test_the_medians_of_interleaved_tries_do_not_differ(people: Cast) -> None:
    client, seconds = Client(), {KNOWN: [], UNKNOWN: []}
    attempt(client, "first")  # imports, templates, connections
    for _ in range(TRIES):
        for login in (KNOWN, UNKNOWN):
            AccessAttempt.objects.all().delete()
            started = time.process_time()  # what else this machine does is nobody's sign-in
            attempt(client, login)
            seconds[login].append(time.process_time() - started)
    known, unknown = (statistics.median(seconds[login]) for login in (KNOWN, UNKNOWN))
    assert abs(known - unknown) < MOST * max(known, unknown), seconds


def test_the_answers_are_the_same_but_for_what_was_typed(people: Cast) -> None:
    answers = {login: attempt(Client(), login) for login in (KNOWN, UNKNOWN, SUSPENDED)}
    assert {answer.status_code for answer in answers.values()} == {200}
    assert len({len(answer.content) for answer in answers.values()}) == 1
    assert len({tuple(sorted(answer.headers.items())) for answer in answers.values()}) == 1
    pages = {TOKEN.sub(b"", answer.content).replace(login.encode(), b"?") for login, answer in answers.items()}
    assert len(pages) == 1
    cookies = {SECRET.sub("", answer.cookies.output()) for answer in answers.values()}
    assert len(cookies) == 1


def test_the_database_does_the_same(people: Cast) -> None:
    """Each statement in order, without its values: the first failure, a further one, and one under a lock."""
    seen: dict[str, list[list[str]]] = {}
    for login in (KNOWN, UNKNOWN, SUSPENDED):
        client = Client()
        client.get("/desk/sign-in/")
        seen[login] = []
        for _ in range(live.AXES_FAILURE_LIMIT + 1):
            seen[login].append(statements_of(client, login))
    assert seen[KNOWN] == seen[UNKNOWN] == seen[SUSPENDED]
    assert any("INSERT INTO" in statement for statement in seen[UNKNOWN][0])


def statements_of(client: Client, login: str) -> list[str]:
    statements: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        statements.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        attempt(client, login)
    return [SAVEPOINT.sub("s", statement) for statement in statements]


def test_while_costs_are_raised_the_unknown_are_as_slow_as_somebody_who_is_known(
    people: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some have today's cost, some yesterday's: an unknown name is tried at one of these, always the same."""
    settings.ARGON2 = {"memory_kib": 64, "iterations": 1, "lanes": 1}
    assert signing_in.check("ben", people.ben.password) is not None
    tried: list[str] = []
    inner = StrongArgon2.verify

    def noted(self: StrongArgon2, password: str, encoded: str) -> bool:
        tried.append(encoded)
        return inner(self, password, encoded)

    monkeypatch.setattr(StrongArgon2, "verify", noted)
    names = [f"nobody{number}" for number in range(40)]
    first, second = ([signing_in.check(name, "x") for name in names], [signing_in.check(name, "x") for name in names])
    assert first == second == [None] * 40
    assert tried[:40] == tried[40:]
    kinds = {costs.cost_of(encoded) for encoded in tried}
    assert kinds == {costs.cost_of(encoded) for encoded in Person.objects.values_list("password", flat=True)}
    assert len(kinds) == 2


def test_the_password_of_whoever_is_tried_instead_opens_nothing(people: Cast) -> None:
    """An unknown name is tried against the hash of a real person: that person's password does not sign it in."""
    members = (people.ben, people.chloe, people.dana, people.marek, people.lena, people.tomas)
    for number in range(20):
        for member in members:
            assert signing_in.check(f"nobody{number}", member.password) is None
