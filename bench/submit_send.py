"""submit.send: the last POST of an account with 20 answers and a file; PostgreSQL, gunicorn with two workers."""

from __future__ import annotations

import http.client
import json
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

from portal.ops.deployment import HURRIED, Deployment
from portal.ops.services import Postgres

NAME = "submit.send"
CLIENTS = (1, 4, 16)
SENDS = 48  # for each number of clients
ANSWERS, CHARACTERS, FILE = 20, 400, 2**20
GOAL_P95_MS = 2000  # with 16 clients on two cores; a person waits for a page


def run() -> Iterator[dict[str, object]]:
    """Prepare drafts through the domain's actions, then time the last POST of each; nothing may be lost."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        database = Postgres(is_durable=True).start()
        portal = Deployment(Path(folder) / "state", database_url=database.url, settings=HURRIED)
        try:
            portal.prepare("--demo=json")
            portal.start()
            for clients in CLIENTS:
                yield _round(portal, clients)
        finally:
            portal.stop()
            portal.remove()
            database.stop()


def _round(portal: Deployment, clients: int) -> dict[str, object]:
    drafts = json.loads(portal.python("-m", "bench.submit_send", str(SENDS)).strip().splitlines()[-1])
    pages = [_check_page(portal, cookie) for cookie in drafts]
    stored = _stored(portal)
    before, started = _cpu(), time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        times = list(pool.map(lambda pair: _send(portal, *pair), zip(drafts, pages, strict=True)))
    seconds, cpu = time.perf_counter() - started, _cpu() - before
    lost = SENDS - (_stored(portal) - stored)
    milliseconds = sorted(each * 1000 for each in times)
    p95 = milliseconds[int(len(milliseconds) * 0.95)]
    return {
        "name": f"{NAME}.{clients}", "clients": clients, "value": round(p95, 1), "unit": "ms p95", "goal": GOAL_P95_MS,
        "ok": lost == 0 and p95 <= GOAL_P95_MS, "p50_ms": round(statistics.median(milliseconds), 1),
        "p95_ms": round(p95, 1), "cpu_ms_per_send": round(cpu * 1000 / SENDS, 1),
        "per_second": round(SENDS / seconds, 1), "lost": lost,
    }  # fmt: skip


def _stored(portal: Deployment) -> int:
    """How many sent accounts the database holds, asked in a process of its own."""
    return int(portal.python("-m", "bench.submit_send", "count").strip().splitlines()[-1])


def _check_page(portal: Deployment, cookie: str) -> str:
    """The form token of the check page of one visit."""
    body = _request(portal, "GET", cookie, "")[1]
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', body)
    assert found, "the check page has no form"
    return found.group(1)


def _send(portal: Deployment, cookie: str, token: str) -> float:
    """Send one account; returns the seconds until the answer."""
    form = urlencode({"csrfmiddlewaretoken": token, "do": "send", "SND-02-value": "yes", "SND-02-shown": "1"})
    started = time.perf_counter()
    status, _ = _request(portal, "POST", cookie, form)
    seconds = time.perf_counter() - started
    assert status == 302, status
    return seconds


def _request(portal: Deployment, method: str, cookie: str, body: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", portal.port, timeout=60)
    headers = {"Host": "localhost", "Cookie": f"__Host-s={cookie}", "Origin": "null", "Sec-Fetch-Site": "same-origin"}
    if method == "POST":
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request(method, "/be/check/", body or None, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def _cpu() -> float:
    """Processor seconds of every process of this run: ours and all its descendants, database included."""
    ticks, children = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        pid = int(path.parent.name)
        children.setdefault(int(fields[1]), []).append(pid)
        ticks[pid] = int(fields[11]) + int(fields[12])
    family, todo = set(), [os.getpid()]
    while todo:
        pid = todo.pop()
        family.add(pid)
        todo += children.get(pid, [])
    return sum(ticks.get(pid, 0) for pid in family - {os.getpid()}) / os.sysconf("SC_CLK_TCK")


def _drafts(number: int) -> list[str]:
    """In the deployment's own process: cases with a full draft and a file; returns the cookies of their visits."""
    return [_draft() for _ in range(number)]


def _draft() -> str:
    from django.conf import settings

    from cases.actions.drafting import attach, save_section
    from cases.actions.opening import open_case, receipt_keyring
    from intake.visit import CASE
    from vault.envelope import receipt
    from vault.session import SessionStore

    code = receipt.new_code()
    keys = receipt.derive(code, settings.DEPLOYMENT_SALT)
    answers = {"ELG-01": {"value": "BY", "lang": "be"}, "CNS-01": {"value": "yes", "lang": "be"}}
    case = open_case(keys=keys, answers=answers, language="be")
    ring = receipt_keyring(case, keys.seed)
    text = ("Ціха было ў доме. " * CHARACTERS)[:CHARACTERS]
    for number in range(ANSWERS):
        answer = {"EPI-08": {"value": text, "lang": "be"}}
        section = "story-1" if number == 0 else f"part-{number}"
        save_section(case=case, receipt=ring, section=section, answers=answer, seen_version=0)
    attach(case=case, receipt=ring, upload=_upload(), name="photo.jpg", content_type="image/jpeg")
    session = SessionStore()
    session[CASE], session.seed = str(case.id), keys.seed
    session.save()
    return str(session.session_key)


def _upload() -> object:
    from vault.uploads import SealingUploadHandler

    handler = SealingUploadHandler()
    handler.new_file("file", "photo.jpg", "image/jpeg", FILE)
    for start in range(0, FILE, handler.chunk_size):
        handler.receive_data_chunk(os.urandom(handler.chunk_size), start)
    return handler.file_complete(FILE)


def _count() -> int:
    from cases.models import StatementVersion

    return StatementVersion.objects.filter(number=1).count()


def _main(arguments: list[str]) -> None:
    import django

    django.setup()
    if arguments[0] == "count":
        sys.stdout.write(f"{_count()}\n")
    else:
        sys.stdout.write(json.dumps(_drafts(int(arguments[0]))) + "\n")


if __name__ == "__main__":
    _main(sys.argv[1:])
