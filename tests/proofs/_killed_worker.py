"""A portal whose worker builds dossiers and gets killed: whom it hits, how long the others may take."""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from portal.ops.deployment import Deployment
from tests.servers import last_object

JOBS = "tests.proofs._jobs"
ATTEMPTS = 3  # of one dossier; the third is not killed: after it a job is stopped, as it should be
FIRST_SECONDS = 400  # for the first dossier, which nobody disturbs
CLAIMS, PATIENCE = 30, 10  # seconds, and times what the first one took, without that anything moves


class Attempt(NamedTuple):
    """One attempt to build one dossier, and the step it has come to."""

    step: str
    dossier: str
    number: int


class Portal(Deployment):
    """A deployment whose worker holds a job for seconds, not for a minute."""

    seconds = 0.0  # that one dossier takes here and today
    path: Path  # the people
    killed: list[Attempt]

    def begin(self, path: Path, **wanted: Any) -> None:
        """Ask for dossiers, start the worker and who wakes it, and measure the first dossier.

        path: a file for the people. wanted: number of dossiers, and files=False for accounts without any.
        """
        self.path, self.killed = path, []
        path.write_text(json.dumps(last_object(self.prepare("--demo=json")) | wanted))
        self.start_redis()
        self.python("-m", JOBS, "make", str(path))
        self.start_worker()
        begun, number = time.monotonic(), self.left()
        self._start("sweeper", JOBS, "sweep", str(path))
        while self.left() == number:
            assert time.monotonic() < begun + FIRST_SECONDS, f"the first one is not built: {self.rows()}"
            time.sleep(0.1)
        self.seconds = time.monotonic() - begun

    def kill_worker(self) -> None:
        """Kill the worker with its whole group; the attempt that this met is written down. It must be started again."""
        self.children.pop("worker").kill()
        if met := self.building():
            self.killed.append(met)

    def lose_queue(self) -> None:
        """Kill Redis, and start it again without any of its messages."""
        server = self.redis
        assert server
        assert server.child
        server.child.kill()
        shutil.rmtree(server.folder)
        self.start_redis()

    def building(self) -> Attempt | None:
        """The attempt that runs now: what is being built, but not what a killed worker has left so."""
        query = "SELECT step, id, attempts FROM cases_dossier WHERE state = 'building'"
        found = [Attempt(*row) for row in self._ask(query)]
        dead = {each[1:] for each in self.killed}
        return next((each for each in found if each[1:] not in dead), None)

    def mortal(self) -> Attempt | None:
        """The attempt that runs now, if it may be killed."""
        met = self.building()
        return met if met and met.number < ATTEMPTS else None

    def left(self) -> int:
        """How many dossiers are not built yet. One that was given up fails the proof."""
        states = [state for (state,) in self._ask("SELECT state FROM cases_dossier WHERE state <> 'ready'")]
        assert "failed" not in states, self.rows()
        return len(states)

    def rows(self) -> list[tuple[Any, ...]]:
        """What the table says of those that are not built, for a failure's text."""
        return self._ask(
            "SELECT state, step, attempts, trouble, claimed_until FROM cases_dossier WHERE state <> 'ready'"
        )

    def until_built(self, look: Callable[[], bool] = lambda: True) -> None:
        """Look again and again until all are built, or `look` says False: it is enough.

        Fails when nothing is built and nobody killed for CLAIMS seconds and PATIENCE times what the first one took.
        """
        seen, moved, longest = None, 0.0, CLAIMS + PATIENCE * self.seconds
        while (left := self.left()) and look():
            if seen != (left, len(self.killed)):
                seen, moved = (left, len(self.killed)), time.monotonic()
            assert time.monotonic() < moved + longest, f"nothing moves for {longest:.0f} s: {self.rows()}"
            time.sleep(0.02)

    def verdict(self) -> dict[str, Any]:
        """What became of each dossier, when nobody wakes the worker any more."""
        assert self.children["sweeper"].is_alive
        self.stop_one("sweeper", 1)
        return last_object(self.python("-m", JOBS, "verdict", str(self.path)))

    def _ask(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a question to the portal's own SQLite."""
        with closing(sqlite3.connect(self.state / "db.sqlite3", timeout=10)) as database:
            return database.execute(query).fetchall()

    def _start(self, name: str, *arguments: str) -> None:
        more = ("--include", "tests.proofs._quick_claims") if name == "worker" else ()
        super()._start(name, *arguments, *more)
