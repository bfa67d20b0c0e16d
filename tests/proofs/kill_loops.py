"""Killed at any moment, the web server loses nothing it has confirmed, and the worker builds each dossier exactly once.

Processes die by SIGKILL with their whole group, while survivors send and dossiers are built. Sudden loss of power is
not played: what the disk was told to keep (fsync, synchronous FULL) is taken as kept.
"""

from __future__ import annotations

import json
import random
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from portal.environment import BASE_DIR
from portal.ops.deployment import HURRIED, Deployment
from portal.ops.processes import Program, stop
from portal.ops.services import Postgres
from tests.proofs._acknowledged import Killer
from tests.proofs._survivors import Crowd, Told
from tests.servers import last_object

WEB_KILLS = {"sqlite": 10, "postgresql": 10}
ACKNOWLEDGED = 50  # kills at the moment of a yes, on each database
CLIENTS = 4
ALIVE = (0.3, 4.0)  # seconds that a web server lives
WORKER_KILLS, LEAST_KILLS, DOSSIERS = 12, 6, 10
ORDER = ("", "facts", "exhibits", "documents", "package")  # the steps of a build
AIMED = 3  # of them are waited for in turn; the last ones are over too soon
MOST_PAUSE = 1.0  # seconds between seeing a step and the kill
BUILT_SECONDS = 400  # for all kills, and then for what is left; a slow machine needs them
ENOUGH = 6  # confirmed first contacts, files, and files that a member opened
CHEAP = HURRIED | {"PORTAL_ARGON2_MEMORY_KIB": "1024"}
MANY, EVERY, MANY_KILLS = 50, 5.0, 12  # dossiers, seconds between kills, and how many there are in a minute
ATTEMPTS = 3  # of one dossier; the third is not killed


class Portal(Deployment):
    """A deployment whose worker holds a job for seconds, not for a minute."""

    def _start(self, name: str, *arguments: str) -> None:
        more = ("--include", "tests.proofs._quick_claims") if name == "worker" else ()
        super()._start(name, *arguments, *more)


@contextmanager
def running(portal: Deployment) -> Iterator[Deployment]:
    """A portal that is gone at the end, whatever happened."""
    try:
        yield portal
    finally:
        portal.stop()
        portal.remove()


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """SQLite in the state folder, or a PostgreSQL of its own that writes durably."""
    if request.param == "sqlite":
        yield None
        return
    server = Postgres(is_durable=True).start()
    yield server.url
    server.stop()


@pytest.mark.parametrize("database_url", WEB_KILLS, indirect=True)
def test_what_was_confirmed_survives_a_killed_web_server(
    database_url: str | None, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    kills = WEB_KILLS[request.node.callspec.params["database_url"]]
    portal = Deployment(tmp_path / "state", database_url=database_url, settings=CHEAP)
    with running(portal):
        ben = last_object(portal.prepare("--demo=json"))["people"][0]
        portal.start_redis()
        portal.start_web()
        crowd = Crowd(portal.port, CLIENTS).start()
        try:
            kill_web(portal, kills)
        finally:
            crowd.stop()
        assert crowd.odd == []
        assert crowd.lost >= kills  # the kills met requests on their way
        found = kept(portal, ben, crowd.told, tmp_path / "told")
        assert found["faults"] == []
        assert min(found["promised"], found["files"], found["opened"]) >= ENOUGH
        assert "intact" in portal.manage("verify_audit")
        lose_one_file(portal)
        assert (
            len(kept(portal, ben, crowd.told, tmp_path / "told")["faults"]) >= 2
        )  # on the disk, and when it is opened


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_what_was_acknowledged_is_there_when_the_web_server_dies_at_that_moment(
    database_url: str | None, tmp_path: Path
) -> None:
    portal = Deployment(tmp_path / "state", database_url=database_url, settings=CHEAP)
    with running(portal):
        ben = last_object(portal.prepare("--demo=json"))["people"][0]
        portal.start_redis()
        portal.start_web()
        killer = Killer(portal)
        while killer.kills < ACKNOWLEDGED:
            killer.survivor(random.Random()).tell()
        found = kept(portal, ben, killer.told, tmp_path / "told")
        assert found["faults"] == []
        assert found["promised"] == len(killer.told)
        assert found["files"] == sum(len(each.files) for each in killer.told) > 0
        assert "intact" in portal.manage("verify_audit")
        killer.told[0].also.append("Гэтага ніхто не пісаў")  # the control
        assert len(kept(portal, ben, killer.told, tmp_path / "told")["faults"]) == 1


def kill_web(portal: Deployment, kills: int) -> None:
    """Kill the web server at random moments and start it again each time."""
    for _ in range(kills):
        time.sleep(random.uniform(*ALIVE))
        portal.children.pop("web").kill()
        portal.start_web()
    time.sleep(ALIVE[1])


def kept(portal: Deployment, ben: dict, promises: list[Told], path: Path) -> dict:
    """Hold what is there against what was confirmed."""
    given = {"login": ben["login"], "password": ben["password"], "told": list(map(vars, promises))}
    path.write_text(json.dumps(given))
    return last_object(portal.python("-m", "tests.proofs._kept", str(path)))


def lose_one_file(portal: Deployment) -> None:
    """The control: cut one stored file short."""
    path = next((portal.state / "files").glob("[0-9a-f][0-9a-f]/*"))
    path.write_bytes(path.read_bytes()[:-1])


def test_each_dossier_is_built_once_whenever_the_worker_dies(tmp_path: Path) -> None:
    portal = Portal(tmp_path / "state", settings=CHEAP)
    with running(portal):
        given = tmp_path / "people"
        given.write_text(json.dumps(last_object(portal.prepare("--demo=json")) | {"number": DOSSIERS}))
        portal.start_redis()
        portal.python("-m", "tests.proofs._jobs", "make", str(given))
        portal.start_worker()
        sweeper = Program(
            "sweeper", [sys.executable, "-m", "tests.proofs._jobs", "sweep", str(given)], portal.environment,
            folder=BASE_DIR,
        ).start()  # fmt: skip
        try:
            steps = kill_worker(portal)
            wait_until_all_are_built(portal)
        finally:
            stop([sweeper], 1)
        found = last_object(portal.python("-m", "tests.proofs._jobs", "verdict", str(given)))
        each_built_once(found, DOSSIERS)
        assert sum(found["attempts"]) - DOSSIERS == len(steps) >= LEAST_KILLS  # each kill met a build
        assert len(set(steps)) >= 2
        assert "intact" in portal.manage("verify_audit")


def test_fifty_dossiers_are_built_once_while_the_worker_dies_every_five_seconds_and_the_queue_is_lost(
    tmp_path: Path,
) -> None:
    portal = Portal(tmp_path / "state", settings=CHEAP)
    with running(portal):
        given = tmp_path / "people"
        people = last_object(portal.prepare("--demo=json"))
        given.write_text(json.dumps(people | {"number": MANY, "files": False}))
        portal.start_redis()
        portal.python("-m", "tests.proofs._jobs", "make", str(given))
        portal.start_worker()
        sweeper = Program(
            "sweeper", [sys.executable, "-m", "tests.proofs._jobs", "sweep", str(given)], portal.environment,
            folder=BASE_DIR,
        ).start()  # fmt: skip
        try:
            kills = kill_on_time(portal)
            wait_until_all_are_built(portal)
        finally:
            stop([sweeper], 1)
        found = last_object(portal.python("-m", "tests.proofs._jobs", "verdict", str(given)))
        each_built_once(found, MANY)
        assert kills >= LEAST_KILLS
        assert "intact" in portal.manage("verify_audit")


def each_built_once(found: dict[str, Any], number: int) -> None:
    """Each dossier is ready, was built by one event into one whole package, and nothing of its job is left."""
    assert found["faults"] == []
    assert found["states"] == ["ready"] * number
    assert found["built"] == found["packages"] == [1] * number
    assert found["left"] == 0


def kill_on_time(portal: Deployment) -> int:
    """For a minute kill the worker every five seconds, and once Redis with all its messages; returns the kills.

    A third attempt is left alone: a job that kills its worker three times is stopped, as it should be.
    """
    begun, kills, is_lost = time.monotonic(), 0, False
    while (now := time.monotonic() - begun) < EVERY * MANY_KILLS:
        time.sleep(EVERY - now % EVERY)
        if building(portal):
            portal.children.pop("worker").kill()
            kills += 1
            if not is_lost and now > EVERY * MANY_KILLS / 2:
                portal.children.pop("redis").kill()
                portal.start_redis()
                is_lost = True
            portal.start_worker()
    assert is_lost
    return kills


def kill_worker(portal: Deployment) -> list[str]:
    """Kill the worker at random moments of builds, until it was often enough or all are built; returns the steps.

    Each time a build must have come as far as another step, however fast or slow this machine is today.
    """
    steps: list[str] = []
    deadline = time.monotonic() + BUILT_SECONDS
    while len(steps) < WORKER_KILLS and left(portal) and time.monotonic() < deadline:
        wanted = len(steps) % AIMED
        if (row := building(portal)) and ORDER.index(row[0]) >= wanted:
            time.sleep(random.uniform(0, MOST_PAUSE))
            if row := building(portal):
                portal.children.pop("worker").kill()
                steps.append(row[0])
                portal.start_worker()
        time.sleep(0.02)
    return steps


def building(portal: Deployment) -> tuple[str, str] | None:
    """Step and id of a dossier that is being built now and may be killed once more."""
    query = (
        "SELECT step, id FROM cases_dossier WHERE state = 'building' AND attempts < ?"
        " AND claimed_until > strftime('%Y-%m-%d %H:%M:%f', 'now')"
    )
    return ask(portal, query, ATTEMPTS)


def left(portal: Deployment) -> int:
    """How many dossiers are not built yet."""
    return ask(portal, "SELECT count(*) FROM cases_dossier WHERE state <> 'ready'")[0]


def ask(portal: Deployment, query: str, *values: object) -> Any:
    """The first row of a question to the portal's own SQLite."""
    with closing(sqlite3.connect(portal.state / "db.sqlite3", timeout=10)) as database:
        return database.execute(query, values).fetchone()


def wait_until_all_are_built(portal: Deployment) -> None:
    """Wait for the last one."""
    deadline = time.monotonic() + BUILT_SECONDS
    while unbuilt := left(portal):
        assert time.monotonic() < deadline, f"{unbuilt} dossiers are not built"
        time.sleep(0.2)
