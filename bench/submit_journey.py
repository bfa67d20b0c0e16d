"""submit.journey: a whole first contact over HTTP against as many bare form pages; PostgreSQL, two web workers."""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import processor
from bench.browser import Browser
from bench.floors import BareForms, bare_journey
from portal.ops.deployment import HURRIED, Deployment
from portal.ops.services import Postgres

NAME = "submit.journey"
GOAL = 2.0  # times the bare form pages
ROUNDS, JOURNEYS = 7, 8
ANSWERS: tuple[dict[str, object], ...] = (
    {"ELG-01-value": "BY"}, {"ELG-02-value": "LT"}, {"SAF-04-value": []}, {"CTC-01-value": "code_only"},
    {"CNS-01-value": "yes"},
)  # fmt: skip
GETS, POSTS = 8, 6  # of one journey: start, five questions, number, sent; five answers and the send


def run() -> Iterator[dict[str, object]]:
    """Interleave rounds of first contacts and of bare forms on one database; compare their processor time."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        database = Postgres(is_durable=True).start()
        portal = Deployment(Path(folder) / "state", database_url=database.url, settings=HURRIED)
        try:
            portal.prepare("--demo=json")
            portal.start_redis()
            portal.start_web()
            with BareForms(database.url) as bare:
                yield _compared(portal, bare, database)
        finally:
            portal.stop()
            portal.remove()
            database.stop()


def _compared(portal: Deployment, bare: BareForms, database: Postgres) -> dict[str, object]:
    assert database.child is not None
    before = _count(portal)
    ours, floors = _Spent(portal.children["web"].process.pid, database), _Spent(bare.pid, database)
    for _ in range(ROUNDS):
        ours.round(lambda: [_first_contact(portal.port) for _ in range(JOURNEYS)])
        floors.round(lambda: [bare_journey(bare.port, GETS, POSTS) for _ in range(JOURNEYS)])
    lost = ROUNDS * JOURNEYS - (_count(portal) - before)
    ratio = ours.median / floors.median
    return {
        "name": NAME, "ratio": round(ratio, 2), "goal": GOAL, "ok": ratio <= GOAL and lost == 0, "lost": lost,
        "ours_cpu_ms": round(ours.median, 1), "floor_cpu_ms": round(floors.median, 1),
        "ours_database_ms": round(ours.of_database, 1), "floor_database_ms": round(floors.of_database, 1),
        "requests": GETS + POSTS,
    }  # fmt: skip


class _Spent:
    """Processor milliseconds of one journey: the web server's and the database's."""

    def __init__(self, web: int, database: Postgres) -> None:
        self._web, self._database = web, database.child.process.pid if database.child else 0
        self._rounds: list[tuple[float, float]] = []

    def round(self, work: object) -> None:
        """Do some journeys and note what each has cost."""
        before = processor.seconds(self._web), processor.seconds(self._database)
        assert callable(work)
        work()
        after = processor.seconds(self._web), processor.seconds(self._database)
        web, database = (1000 * (now - then) / JOURNEYS for then, now in zip(before, after, strict=True))
        self._rounds.append((web, database))

    @property
    def median(self) -> float:
        """Of all rounds but the first, in which everything is loaded."""
        return statistics.median(sum(each) for each in self._rounds[1:])

    @property
    def of_database(self) -> float:
        """How much of it the database has used."""
        return statistics.median(database for _, database in self._rounds[1:])


def _first_contact(port: int) -> None:
    """Everything that a browser without script does, from the start page to the day on which it arrived."""
    browser = Browser(port)
    browser.get("/be/")
    for number, given in enumerate(ANSWERS, start=1):
        browser.fill(f"/be/q/{number}/", {**given, "do": "go"})
    browser.fill("/be/number/", {"last": "", "do": "send"})
    browser.get("/be/sent/")
    assert browser.answers == GETS + POSTS


def _count(portal: Deployment) -> int:
    """How many cases the database holds, asked in a process of its own."""
    return int(portal.python("-m", "bench.submit_journey", "count").strip().splitlines()[-1])


def _main() -> None:
    import django

    django.setup()
    from cases.models import Case

    sys.stdout.write(f"{Case.objects.count()}\n")


if __name__ == "__main__":
    _main()
