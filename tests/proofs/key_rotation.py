"""Killed at any moment, the work after a removal leaves every case readable, and does each part once.

The process dies by SIGKILL between and inside its transactions, on both databases; after each death every case is
opened by those who stayed, with heads and signatures checked.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.environment import BASE_DIR
from portal.ops.deployment import HURRIED, Deployment
from portal.ops.services import Postgres
from tests.servers import last_object

LEAST_KILLS, MOST_KILLS = 2, 4
LIVES = (0.0, 0.5)  # seconds of work before the kill
CHEAP = HURRIED | {"PORTAL_ARGON2_MEMORY_KIB": "1024"}


@pytest.fixture(params=["sqlite", "postgresql"])
def portal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Deployment]:
    """Tables and secrets; nothing runs but what the test starts."""
    server = Postgres(is_durable=True).start() if request.param == "postgresql" else None
    made = Deployment(tmp_path / "state", database_url=server.url if server else None, settings=CHEAP)
    made.state.mkdir()
    made.manage("make_secrets")
    made.manage("migrate", "--verbosity=0")
    yield made
    made.remove()
    if server:
        server.stop()


def test_every_case_opens_after_each_kill_and_nothing_is_done_twice(portal: Deployment, tmp_path: Path) -> None:
    given = str(tmp_path / "seeds")
    portal.python("-m", "tests.proofs._rotations", "make", given)
    kills = 0
    while kills < MOST_KILLS and kill_once(portal, given):
        kills += 1
        found = last_object(portal.python("-m", "tests.proofs._rotations", "verdict", given))
        assert (found["unreadable"], found["twice"]) == ([], [])
    assert kills >= LEAST_KILLS
    portal.python("-m", "tests.proofs._rotations", "rotate", given)
    found = last_object(portal.python("-m", "tests.proofs._rotations", "verdict", given))
    assert found == {"unreadable": [], "twice": [], "reached": [], "left": 0, "retired_intake": 0}


def kill_once(portal: Deployment, given: str) -> bool:
    """Start the work and kill it a moment after it has begun; False if it was done by then."""
    command = [sys.executable, "-m", "tests.proofs._rotations", "rotate", given]
    with subprocess.Popen(command, env=portal.environment, cwd=BASE_DIR, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begins\n"
        time.sleep(random.uniform(*LIVES))
        was_running = process.poll() is None
        process.kill()
    return was_running
