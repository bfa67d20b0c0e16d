"""receipt.flood: 500 wrong numbers a minute, and what another person notices of them.

PostgreSQL, gunicorn with two workers, loopback only. Quiet and flooded minutes take turns, so that what else the
machine does meets both; each side is measured on the same steps of the same person. Once the flood does not pay, and
what is over the limit is refused; once it pays for each try, and each number is looked at.
"""

from __future__ import annotations

import http.client
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import urlencode

from portal.ops.deployment import HURRIED, Deployment
from portal.ops.services import Postgres
from vault.envelope.receipt import new_code

NAME = "receipt.flood"
A_MINUTE = 500
ROUNDS, SECONDS = 6, 10  # of each kind, in turns
THREADS, VISITS = 4, 12  # the flood's
PAUSE = 0.02  # of the person between two steps
GOAL = 1.10  # times the p95 without
FORM = "application/x-www-form-urlencoded"
LIMITS = {name: value for name, value in HURRIED.items() if name != "PORTAL_TRIES_PER_MINUTE"}


def run() -> Iterator[dict[str, object]]:
    """Measure the own page and a question, with the limits of production but for the person's own haste."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        database = Postgres(is_durable=True).start()
        portal = Deployment(Path(folder) / "state", database_url=database.url, settings=LIMITS)
        try:
            portal.prepare("--demo=json")
            portal.start()
            yield _measure(portal.port, pays=False)
            yield _measure(portal.port, pays=True)
        finally:
            portal.stop()
            portal.remove()
            database.stop()


def _measure(port: int, *, pays: bool) -> dict[str, object]:
    person, quiet, flooded, answers = _arrived(port), [], [], []
    _steps(person, 3)  # nothing is warm before
    for _ in range(ROUNDS):
        quiet += _steps(person, SECONDS)
        flood = Flood(port, pays)
        flood.start()
        flooded += _steps(person, SECONDS)
        answers += flood.stop()
    before, after = _p95(quiet), _p95(flooded)
    rate = len(answers) / (ROUNDS * SECONDS) * 60
    kinds = {str(status): answers.count(status) for status in sorted(set(answers))}
    is_flooded = rate > 0.95 * A_MINUTE and set(kinds) <= ({"400"} if pays else {"400", "429"})
    return {
        "name": f"{NAME}.{'paid' if pays else 'unpaid'}", "ratio": round(after / before, 3), "goal": GOAL,
        "ok": is_flooded and after / before <= GOAL, "p95_ms": round(before, 2), "p95_flooded_ms": round(after, 2),
        "p50_ms": round(statistics.median(quiet), 2), "p50_flooded_ms": round(statistics.median(flooded), 2),
        "samples": [len(quiet), len(flooded)], "wrong_a_minute": round(rate), "answers": kinds,
    }  # fmt: skip


def _p95(milliseconds: list[float]) -> float:
    return sorted(milliseconds)[int(len(milliseconds) * 0.95)]


@dataclass
class Visitor:
    """One browser without script."""

    port: int
    cookie: str = ""

    def get(self, place: str) -> tuple[int, str]:
        """Open a page."""
        return self.ask("GET", place, "")

    def post(self, place: str, fields: dict[str, str]) -> tuple[int, str]:
        """Send a form."""
        return self.ask("POST", place, urlencode(fields))

    def ask(self, method: str, place: str, body: str) -> tuple[int, str]:
        """One request on a connection of its own, as the proxy sends them."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Host": "localhost", "Origin": "null", "Sec-Fetch-Site": "same-origin"}
        headers |= {"Cookie": f"__Host-s={self.cookie}"} if self.cookie else {}
        headers |= {"Content-Type": FORM} if body else {}
        try:
            connection.request(method, f"/be/{place}", body or None, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        if found := re.search(r"__Host-s=([^;]+)", answer.headers.get("Set-Cookie", "")):
            self.cookie = found.group(1)
        return answer.status, text


def token_of(page: str) -> str:
    """The form token of Django in a page."""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found, "no form"
    return found.group(1)


def pass_of(page: str) -> str:
    """Our own form token in a page."""
    found = re.search(r'name="pass" value="([^"]+)"', page)
    assert found, "no pass"
    return found.group(1)


FIRST = (
    {"ELG-01-value": "BY"}, {"ELG-02-value": "LT"}, {}, {"CTC-01-value": "code_only"}, {"CNS-01-value": "yes"},
)  # fmt: skip


def _arrived(port: int) -> tuple[Visitor, Visitor, str]:
    """Somebody with a case, who reads the own page; somebody else in the first contact, and that form's token."""
    owner, asker = Visitor(port), Visitor(port)
    for visitor in (owner, asker):
        for number, answer in enumerate(FIRST, start=1):
            token = token_of(visitor.get(f"q/{number}/")[1])
            assert visitor.post(f"q/{number}/", {"csrfmiddlewaretoken": token, "do": "go"} | answer)[0] == 302
    page = owner.get("number/")[1]
    form = {"csrfmiddlewaretoken": token_of(page), "pass": pass_of(page), "do": "send"}
    assert owner.post("number/", form)[0] == 302
    assert owner.get("page/")[0] == 200
    return owner, asker, token_of(asker.get("q/2/")[1])


def _steps(person: tuple[Visitor, Visitor, str], seconds: float) -> list[float]:
    """Open the own page and send an answer in turns; returns the milliseconds of each."""
    owner, asker, token = person
    times, deadline = [], time.monotonic() + seconds
    form = {"csrfmiddlewaretoken": token, "do": "go"} | FIRST[1]
    while time.monotonic() < deadline:
        started = time.perf_counter()
        assert owner.get("page/")[0] == 200
        between = time.perf_counter()
        assert asker.post("q/2/", form)[0] == 302
        times += [(between - started) * 1000, (time.perf_counter() - between) * 1000]
        time.sleep(PAUSE)
    return times


class Flood:
    """Wrong numbers at an even pace from a process of its own, so that it does not slow the clock of the person."""

    def __init__(self, port: int, pays: bool) -> None:
        self.ours, theirs = Pipe()
        self.process = Process(target=_flood, args=(port, pays, theirs), daemon=True)

    def start(self) -> None:
        """Begin when its visits are open."""
        self.process.start()
        self.ours.recv()

    def stop(self) -> list[int]:
        """End it; returns the status of each answer."""
        self.ours.send("end")
        answers: list[int] = self.ours.recv()
        self.process.join()
        return answers


def _flood(port: int, pays: bool, pipe: Connection) -> None:
    """Try numbers until the other side says so, or twice as long at most: no flood without an end."""
    visits = [Visitor(port) for _ in range(VISITS)]
    pages = [visitor.get("back/")[1] for visitor in visits]
    pipe.send("ready")
    begun, running = time.monotonic(), []
    with ThreadPoolExecutor(THREADS) as pool:
        for number in range(2 * SECONDS * A_MINUTE // 60):
            if pipe.poll(max(0.0, begun + number * 60 / A_MINUTE - time.monotonic())):
                break
            running.append(pool.submit(_wrong, visits, pages, number % VISITS, pays))
    pipe.send([each.result() for each in running])


def _wrong(visits: list[Visitor], pages: list[str], visit: int, pays: bool) -> int:
    """One wrong number; the reading time of this portal is 0, so that the pass of the last page pays."""
    form = {"csrfmiddlewaretoken": token_of(pages[visit]), "code": new_code().digits, "do": "go"}
    form |= {"pass": pass_of(pages[visit])} if pays else {}
    status, pages[visit] = visits[visit].post("back/", form)
    return status
