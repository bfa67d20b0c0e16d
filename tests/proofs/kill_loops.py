"""Killed at any moment, the web server loses nothing it has confirmed, and the worker builds each dossier exactly once.

Processes die by SIGKILL with their whole group, while survivors send and dossiers are built. Sudden loss of power is
not played: what the disk was told to keep (fsync, synchronous FULL) is taken as kept.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from portal.ops.deployment import HURRIED, Deployment
from portal.ops.services import Postgres
from tests.proofs._acknowledged import Killer
from tests.proofs._killed_worker import Portal
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
ENOUGH = 6  # confirmed first contacts, files, and files that a member opened
CHEAP = HURRIED | {"PORTAL_ARGON2_MEMORY_KIB": "1024"}
PAGES = 5  # of each dossier, at least
MANY, EVERY, MANY_KILLS = 50, 5.0, 12  # dossiers, seconds between kills, and how many there are in a minute


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
        lead = made_lead(portal)
        portal.start_redis()
        portal.start_web()
        crowd = Crowd(portal.port, CLIENTS).start()
        try:
            kill_web(portal, kills)
        finally:
            crowd.stop()
        assert crowd.odd == []
        assert crowd.lost >= kills  # the kills met requests on their way
        found = kept(portal, lead, crowd.told, tmp_path / "told")
        assert found["faults"] == []
        assert min(found["promised"], found["files"], found["opened"]) >= ENOUGH
        assert "intact" in portal.manage("verify_audit")
        lose_one_file(portal)
        assert (
            len(kept(portal, lead, crowd.told, tmp_path / "told")["faults"]) >= 2
        )  # on the disk, and when it is opened


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_what_was_acknowledged_is_there_when_the_web_server_dies_at_that_moment(
    database_url: str | None, tmp_path: Path
) -> None:
    portal = Deployment(tmp_path / "state", database_url=database_url, settings=CHEAP)
    with running(portal):
        lead = made_lead(portal)
        portal.start_redis()
        portal.start_web()
        killer = Killer(portal)
        while killer.kills < ACKNOWLEDGED:
            killer.survivor(random.Random()).tell()
        found = kept(portal, lead, killer.told, tmp_path / "told")
        assert found["faults"] == []
        assert found["promised"] == len(killer.told)
        assert found["files"] == sum(len(each.files) for each in killer.told) > 0
        assert "intact" in portal.manage("verify_audit")
        killer.told[0].also.append("Гэтага ніхто не пісаў")  # the control
        assert len(kept(portal, lead, killer.told, tmp_path / "told")["faults"]) == 1


def kill_web(portal: Deployment, kills: int) -> None:
    """Kill the web server at random moments and start it again each time."""
    for _ in range(kills):
        time.sleep(random.uniform(*ALIVE))
        portal.children.pop("web").kill()
        portal.start_web()
    time.sleep(ALIVE[1])


def made_lead(portal: Deployment) -> dict:
    """Make the people; a lead will read, because a caseworker may not take as many cases as a crowd opens."""
    return next(one for one in last_object(portal.prepare("--demo=json"))["people"] if one["login"] == "dana")


def kept(portal: Deployment, lead: dict, promises: list[Told], path: Path) -> dict:
    """Hold what is there against what was confirmed."""
    given = {"login": lead["login"], "password": lead["password"], "told": list(map(vars, promises))}
    path.write_text(json.dumps(given))
    return last_object(portal.python("-m", "tests.proofs._kept", str(path)))


def lose_one_file(portal: Deployment) -> None:
    """The control: cut one stored file short."""
    path = next((portal.state / "files").glob("[0-9a-f][0-9a-f]/*"))
    path.write_bytes(path.read_bytes()[:-1])


def test_each_dossier_is_built_once_whenever_the_worker_dies(tmp_path: Path) -> None:
    portal = Portal(tmp_path / "state", settings=CHEAP)
    with running(portal):
        portal.begin(tmp_path / "people", number=DOSSIERS)
        portal.until_built(lambda: kill_at_random(portal))
        portal.until_built()
        each_built_once(portal, DOSSIERS)
        assert len({each.step for each in portal.killed}) >= 2


def test_fifty_dossiers_are_built_once_while_the_worker_dies_every_five_seconds_and_the_queue_is_lost(
    tmp_path: Path,
) -> None:
    portal = Portal(tmp_path / "state", settings=CHEAP)
    with running(portal):
        portal.begin(tmp_path / "people", number=MANY, files=False)
        kill_on_time(portal)
        portal.until_built()
        each_built_once(portal, MANY)


def each_built_once(portal: Portal, number: int) -> None:
    """Each dossier is ready, was built by one event into one whole package, and nothing of its job is left.

    Each has some pages, and every further attempt is one that was killed: none failed by itself.
    """
    found = portal.verdict()
    assert found["faults"] == []
    assert found["states"] == ["ready"] * number
    assert found["built"] == found["packages"] == [1] * number
    assert found["left"] == 0
    assert min(found["pages"]) >= PAGES
    assert sum(found["attempts"]) - number == len(portal.killed) >= LEAST_KILLS
    assert "intact" in portal.manage("verify_audit")


def kill_at_random(portal: Portal) -> bool:
    """Kill the worker at a random moment if the build has come as far as is wanted now; False after enough of them.

    Each time another step is wanted, however fast or slow this machine is today.
    """
    wanted = len(portal.killed) % AIMED
    if (met := portal.mortal()) and ORDER.index(met.step) >= wanted:
        time.sleep(random.uniform(0, MOST_PAUSE))
        if portal.mortal():
            portal.kill_worker()
            portal.start_worker()
    return len(portal.killed) < WORKER_KILLS


def kill_on_time(portal: Portal) -> None:
    """For a minute kill the worker every five seconds if it builds, and after half of it Redis with all messages."""
    begun, is_lost = time.monotonic(), False
    while (now := time.monotonic() - begun) < EVERY * MANY_KILLS:
        time.sleep(EVERY - now % EVERY)
        if portal.mortal():
            portal.kill_worker()
            if not is_lost and now > EVERY * MANY_KILLS / 2:
                portal.lose_queue()
                is_lost = True
            portal.start_worker()
    assert is_lost
