"""dossier.queue: 30 dossiers by one worker process and by two, in a deployment of its own each time."""

from __future__ import annotations

import json
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from portal.environment import BASE_DIR
from portal.ops.deployment import HURRIED, Deployment
from portal.ops.processes import Program, stop
from tests.servers import last_object

NAME = "dossier.queue"
DOSSIERS = 30
GOAL = 1.5
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
LONGEST = 900.0  # seconds for all of them


def run() -> Iterator[dict[str, object]]:
    """In turns with one process and with two; the middle of the speed-ups."""
    pairs = [(_built(1), _built(2)) for _ in range(ROUNDS)]
    speeds = [one / two for one, two in pairs]
    yield {
        "name": NAME, "ratio": round(statistics.median(speeds), 2), "goal": GOAL,
        "ok": statistics.median(speeds) >= GOAL, "dossiers": DOSSIERS,
        "seconds_one": round(statistics.median(one for one, _ in pairs), 1),
        "seconds_two": round(statistics.median(two for _, two in pairs), 1),
        "all": [round(each, 2) for each in speeds],
    }  # fmt: skip


def _built(processes: int) -> float:
    """Seconds from a ready worker to the last finished dossier."""
    with tempfile.TemporaryDirectory(prefix="bench-", dir=BASE_DIR / "var") as folder:
        portal = Deployment(Path(folder) / "state", settings=HURRIED, worker_processes=processes)
        given = Path(folder) / "people"
        try:
            people = last_object(portal.prepare("--demo=json"))
            given.write_text(json.dumps(people | {"number": DOSSIERS, "files": False}))
            portal.start_redis()
            portal.python("-m", "tests.proofs._jobs", "make", str(given))
            portal.start_worker()
            return _timed(portal, given)
        finally:
            portal.stop()
            portal.remove()


def _timed(portal: Deployment, given: Path) -> float:
    waker = [sys.executable, "-m", "tests.proofs._jobs", "wake", str(given)]
    started = time.perf_counter()
    program = Program("waker", waker, portal.environment, folder=BASE_DIR).start()
    try:
        while _left(portal):
            if time.perf_counter() - started > LONGEST:
                raise RuntimeError(f"{_left(portal)} dossiers are not built")
            time.sleep(0.1)
        return time.perf_counter() - started
    finally:
        stop([program], 1)


def _left(portal: Deployment) -> int:
    with closing(sqlite3.connect(portal.state / "db.sqlite3", timeout=10)) as database:
        found: int = database.execute("SELECT count(*) FROM cases_dossier WHERE state <> 'ready'").fetchone()[0]
        return found
