"""submit.send: the last POST of an account with 20 answers and a file; PostgreSQL, gunicorn with two workers."""

from __future__ import annotations

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

from bench import processor
from bench.browser import Browser
from bench.floors import BareForms, bare_journey, rows, send_calls
from portal.ops.deployment import HURRIED, Deployment
from portal.ops.services import DATABASE, Postgres

NAME = "submit.send"
CLIENTS = (1, 4, 16, 64)
SENDS = 48  # for each number of clients; at least one for each client
ANSWERS, CHARACTERS, FILE = 20, 400, 2**20
GOAL_CPU_MS = 15  # of all processes together for one send: web, database, worker
GOAL_QUEUE = 3  # times what 16 clients must wait at best, see _queue()
BARE = 30  # posts and pages to find what a bare form costs
SECTION, SMALL, APART = 1280, 1024, 18 * 1024  # bytes as they are sealed: an answer, a small record, `sealed`


def run() -> Iterator[dict[str, object]]:
    """Prepare drafts through the domain's actions, then time the last POST of each; nothing may be lost."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        database = Postgres(is_durable=True).start()
        portal = Deployment(Path(folder) / "state", database_url=database.url, settings=HURRIED)
        try:
            portal.prepare("--demo=json")
            portal.start()
            floor, lines = _floor(database), []
            for clients in CLIENTS:
                lines.append(_round(portal, database, clients) | floor)
                yield lines[-1]
            yield _queue(lines, portal.web_processes)
        finally:
            portal.stop()
            portal.remove()
            database.stop()


def _round(portal: Deployment, database: Postgres, clients: int) -> dict[str, object]:
    sends = max(SENDS, clients)
    drafts = json.loads(portal.python("-m", "bench.submit_send", str(sends)).strip().splitlines()[-1])
    browsers = [Browser(portal.port, {"__Host-s": cookie}) for cookie in drafts]
    tokens = [token_of(browser) for browser in browsers]
    stored, before = _stored(portal), _used(portal, database)
    with ThreadPoolExecutor(clients) as pool:
        times = list(pool.map(send, browsers, tokens))
    used = {name: 1000 * (now - before[name]) / sends for name, now in _used(portal, database).items()}
    lost, cpu = sends - (_stored(portal) - stored), sum(used.values())
    milliseconds = sorted(each * 1000 for each in times)
    return {
        "name": f"{NAME}.{clients}", "clients": clients, "value": round(cpu, 1), "unit": "ms CPU per send",
        "goal": GOAL_CPU_MS, "ok": lost == 0 and cpu <= GOAL_CPU_MS, "lost": lost, "cpu_ms_per_send": round(cpu, 1),
        **{f"{name}_ms": round(each, 1) for name, each in used.items()},
        "p50_ms": round(statistics.median(milliseconds), 1), "p95_ms": round(_p95(milliseconds), 1), "sends": sends,
    }  # fmt: skip


def _queue(lines: list[dict[str, object]], workers: int) -> dict[str, object]:
    """With 16 clients each waits for 16 / workers sends at best; p95 may be three times that, not more."""
    p95 = {each["clients"]: float(str(each["p95_ms"])) for each in lines}
    ratio, goal = p95[16] / p95[1], GOAL_QUEUE * 16 / workers
    return {
        "name": f"{NAME}.queue", "value": round(ratio, 1), "unit": "x p95 at 1", "goal": goal, "ok": ratio <= goal,
    }  # fmt: skip


def _floor(database: Postgres) -> dict[str, object]:
    """What a send must cost: its library calls, its rows in a durable transaction, and one bare form.

    8 new grants of three epochs; 2 opened, of the draft and of `messages`. Opened: the sections, the file's key and
    record, the head. Sealed: the sections, `sealed`, the file's key and record, the head.
    """
    from vault.envelope.seeds import kem_public, new_seed

    assert database.child is not None
    keys = [kem_public(new_seed()) for _ in range(8)]
    opened = [SECTION] * ANSWERS + [SMALL] * 3 + [2 * SMALL]
    sealed = [SECTION] * ANSWERS + [APART] + [SMALL] * 3 + [4 * SMALL]
    calls = statistics.median(send_calls(keys, opened, sealed, 2) for _ in range(BARE))
    started = processor.seconds(database.child.process.pid)
    place = f"host={database.folder} user={DATABASE} dbname={DATABASE}"
    ours = statistics.median(rows(place, [*sealed, *[1168] * len(keys)]) for _ in range(BARE))
    stored = ours + (processor.seconds(database.child.process.pid) - started) / BARE
    with BareForms(database.url) as bare:
        bare_journey(bare.port, 1, 1)  # loads everything
        started = processor.seconds(bare.pid, database.child.process.pid)
        bare_journey(bare.port, BARE, BARE)
        form = (processor.seconds(bare.pid, database.child.process.pid) - started) / (2 * BARE)
    parts = {"calls": 1000 * calls, "rows": 1000 * stored, "form": 1000 * form}
    named = {f"floor_{name}_ms": round(each, 1) for name, each in parts.items()}
    return {"floor_ms": round(sum(parts.values()), 1), **named}


def _used(portal: Deployment, database: Postgres) -> dict[str, float]:
    """Processor seconds by kind of process, of everything that runs."""
    assert database.child is not None
    web = portal.children["web"].process.pid
    others = [child.process.pid for name, child in portal.children.items() if name != "web"]
    others += [portal.redis.child.process.pid] if portal.redis and portal.redis.child else []
    return {
        "web": processor.seconds(web), "database": processor.seconds(database.child.process.pid),
        "others": processor.seconds(*others),
    }  # fmt: skip


def _p95(milliseconds: list[float]) -> float:
    return milliseconds[int(len(milliseconds) * 0.95)]


def _stored(portal: Deployment) -> int:
    """How many sent accounts the database holds, asked in a process of its own."""
    return int(portal.python("-m", "bench.submit_send", "count").strip().splitlines()[-1])


def token_of(browser: Browser) -> str:
    """The form token of the check page of one visit."""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.get("/be/check/"))
    assert found, "the check page has no form"
    return found.group(1)


def send(browser: Browser, token: str) -> float:
    """Send one account; returns the seconds until the answer."""
    fields = {"csrfmiddlewaretoken": token, "do": "send", "SND-02-value": "yes", "SND-02-shown": "1"}
    started = time.perf_counter()
    assert browser.post("/be/check/", dict(fields)) == "/be/thanks/"
    return time.perf_counter() - started


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
