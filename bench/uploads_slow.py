"""uploads.slow: twenty slow uploads while another person sends; that person hardly notices. PostgreSQL, gunicorn.

The person's sends are timed in turns without and with the uploads, in one run on one machine, so that its load counts
for both. Each upload is a real one: a visit with its number, its form's token, a file of 25 MB that trickles in.
"""

from __future__ import annotations

import http.client
import json
import re
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import submit_send
from bench.browser import Browser
from portal.ops.deployment import Deployment
from portal.ops.services import Postgres

NAME = "uploads.slow"
UPLOADS = 20
SENDS = 21  # in each turn
TURNS = 2
SIZE = 25 * 2**20
PIECE, PAUSE = 4096, 0.5  # 8 KiB a second, as over a bad line
GOAL = 2.0  # times the p95 without uploads
EDGE = "edge-of-a-part"


def run() -> Iterator[dict[str, object]]:
    """Time the sends of one person in turns, without and with the uploads; nothing may be lost, no upload refused."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        database = Postgres(is_durable=True).start()
        portal = Deployment(Path(folder) / "state", database_url=database.url)
        try:
            portal.prepare("--demo=json")
            portal.start()
            yield _measured(portal)
        finally:
            portal.stop()
            portal.remove()
            database.stop()


def _measured(portal: Deployment) -> dict[str, object]:
    cookies = _visits(portal, 2 * TURNS * SENDS + UPLOADS)
    senders, uploaders = cookies[UPLOADS:], cookies[:UPLOADS]
    alone: list[float] = []
    beside: list[float] = []
    _turn(portal, senders[:2])  # warm
    del senders[:2]
    for _ in range(TURNS):
        alone += _turn(portal, _taken(senders))
        with _slow(portal, uploaders) as trickles:
            beside += _turn(portal, _taken(senders))
            broken = sum(each.is_over for each in trickles)
    ratio = _p95(beside) / _p95(alone)
    return {
        "name": NAME, "ratio": round(ratio, 2), "goal": GOAL, "ok": ratio <= GOAL and not broken, "uploads": UPLOADS,
        "p95_ms": round(_p95(beside), 1), "p95_alone_ms": round(_p95(alone), 1),
        "p50_ms": round(statistics.median(beside), 1), "p50_alone_ms": round(statistics.median(alone), 1),
        "sends": len(alone) + len(beside), "uploads_broken": broken,
    }  # fmt: skip


def _visits(portal: Deployment, number: int) -> list[str]:
    """The cookies of visits with a number and one told section each, made in the deployment's own process."""
    found: list[str] = json.loads(portal.python("-m", "bench.uploads_slow", str(number)).strip().splitlines()[-1])
    return found


def _taken(senders: list[str]) -> list[str]:
    taken = senders[: SENDS - 1]
    del senders[: SENDS - 1]
    return taken


def _turn(portal: Deployment, cookies: list[str]) -> list[float]:
    """The milliseconds of each send, one after the other."""
    browsers = [Browser(portal.port, {"__Host-s": cookie}) for cookie in cookies]
    tokens = [submit_send.token_of(browser) for browser in browsers]
    return [submit_send.send(*pair) * 1000 for pair in zip(browsers, tokens, strict=True)]


def _p95(milliseconds: list[float]) -> float:
    return sorted(milliseconds)[int(len(milliseconds) * 0.95)]


class Trickle(threading.Thread):
    """One upload that comes in slowly until it is told to end."""

    def __init__(self, portal: Deployment, cookie: str) -> None:
        super().__init__(daemon=True)
        self.headers = {
            "Host": "localhost", "Cookie": f"__Host-s={cookie}", "Origin": "null", "Sec-Fetch-Site": "same-origin",
        }  # fmt: skip
        self.port, self.ending, self.is_over = portal.port, threading.Event(), False
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self._page())
        assert token, "the page of files has no form"
        self.token = token[1]

    def _page(self) -> str:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        line.request("GET", "/be/files/", headers=self.headers)
        text = line.getresponse().read().decode()
        line.close()
        return text

    def run(self) -> None:
        """Send the head and then piece after piece. An answer before the end is a refusal."""
        head = self._field("csrfmiddlewaretoken", self.token) + self._field("do", "add")
        head += f'--{EDGE}\r\nContent-Disposition: form-data; name="EVD-02-file"; filename="a.jpg"\r\n\r\n'
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            line.putrequest("POST", "/be/files/", skip_host=True)
            kind = {"Content-Type": f"multipart/form-data; boundary={EDGE}", "Content-Length": str(SIZE)}
            for name, value in {**self.headers, **kind}.items():
                line.putheader(name, value)
            line.endheaders(head.encode() + b"\xff\xd8\xff\xe0")
            while not self.ending.wait(PAUSE):
                line.send(b"j" * PIECE)
        except OSError:
            self.is_over = True
        finally:
            line.close()

    def _field(self, name: str, value: str) -> str:
        return f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'


@contextmanager
def _slow(portal: Deployment, cookies: list[str]) -> Iterator[list[Any]]:
    trickles = [Trickle(portal, cookie) for cookie in cookies]
    for each in trickles:
        each.start()
    time.sleep(3)  # all are under way
    yield trickles
    for each in trickles:
        each.ending.set()
    for each in trickles:
        each.join(10)
    time.sleep(1)


def _visit() -> str:
    from django.conf import settings

    from cases.actions.drafting import save_section
    from cases.actions.opening import open_case, receipt_keyring
    from intake.visit import CASE
    from vault.envelope import receipt
    from vault.session import SessionStore

    keys = receipt.derive(receipt.new_code(), settings.DEPLOYMENT_SALT)
    answers = {"ELG-01": {"value": "BY", "lang": "be"}, "CNS-01": {"value": "yes", "lang": "be"}}
    case = open_case(keys=keys, answers=answers, language="be")
    told = {"EPI-08": {"value": "Ціха было ў доме. " * 20, "lang": "be"}}
    ring = receipt_keyring(case, keys.seed)
    save_section(case=case, receipt=ring, section="story-1", answers=told, seen_version=0)
    session = SessionStore()
    session[CASE], session.seed = str(case.id), keys.seed
    session.save()
    return str(session.session_key)


def _main(number: int) -> None:
    import django

    django.setup()
    sys.stdout.write(json.dumps([_visit() for _ in range(number)]) + "\n")


if __name__ == "__main__":
    _main(int(sys.argv[1]))
