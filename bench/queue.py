"""queue.list: the pages of the queue with 1 000 and with 100 000 cases, on PostgreSQL.

The cases that burn most came in by the portal's own actions. Behind them stand rows with all columns that a queue
reads, a third of them of ended cases; whatever stands on a page that is asked for has its keys, its flags and its head,
so that a page opens and verifies as much as in service. Each address is asked for by a lead and by a caseworker through
all of our middleware, in turns. The floor of a hundred times as many cases is the same page with a thousand.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from portal.ops.cycles import collect_rarely
from portal.ops.services import Postgres

NAME = "queue.list"
SIZES = (1_000, 100_000)
REAL = 25  # cases with keys: the first page
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "10"))
GOAL_RATIO, GOAL_MS = 1.5, 150
BATCH = 5_000
ADDRESSES = (
    "", "?page=2", "?view=mine", "?view=new", "?view=urgent", "?view=us", "?view=silent", "?view=limits",
    "?view=sealed", "?view=unmatched", "?language=be&residence=LT", "?person=nobody", "?limit=90", "?status=closed",
    "?page=20",
)  # fmt: skip
STATUSES = {
    "received": 3, "acknowledged": 8, "awaiting_survivor": 6, "statement_open": 8, "statement_received": 3,
    "in_review": 8, "matching": 6, "engaged": 5, "drafting": 3, "filed": 5, "follow_up": 5, "dormant": 5,
    "safety_hold": 1, "closed": 20, "withdrawn": 9, "erased": 5,
}  # fmt: skip


def run() -> Iterator[dict[str, object]]:
    """Measure in a process of its own, on a durable PostgreSQL."""
    database = Postgres(is_durable=True).start()
    try:
        with tempfile.TemporaryDirectory(prefix="bench-", dir=Path.cwd() / "var") as folder:
            environment = os.environ | {
                "PORTAL_STATE_DIR": folder, "DJANGO_SETTINGS_MODULE": "portal.settings", "DATABASE_URL": database.url,
            }  # fmt: skip
            for command in ("make_secrets", "collectstatic --noinput", "migrate"):
                make = [sys.executable, "manage.py", *command.split()]
                subprocess.run(make, env=environment, check=True, capture_output=True)
            command = [sys.executable, "-m", "bench.queue"]
            done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    finally:
        database.stop()
    yield json.loads(done.stdout.splitlines()[-1])


def measure() -> dict[str, object]:
    """Fill the first size and ask, fill up to the next one and ask again."""
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS.append("testserver")
    from tests.factories.cast import found_cast

    cast = found_cast()
    _burning(cast)
    found, standing = {}, REAL
    for size in SIZES:
        _fill(cast, size - standing)
        standing = size
        _open_pages(cast)
        found[size] = _asked(cast)
    return _line(found)


def _line(found: dict[int, dict[str, Any]]) -> dict[str, object]:
    few, many = (found[size] for size in SIZES)
    p95 = [_p95([each for times in one["times"].values() for each in times]) for one in (few, many)]
    ratio, same = p95[1] / p95[0], few["queries"] == many["queries"]
    slowest = max(many["times"], key=lambda address: _p95(many["times"][address]))
    return {
        "name": NAME, "ratio": round(ratio, 2), "goal": GOAL_RATIO, "p95_ms": round(p95[1], 1), "goal_ms": GOAL_MS,
        "ok": ratio <= GOAL_RATIO and p95[1] <= GOAL_MS and same, "p95_ms_1000": round(p95[0], 1),
        "p50_ms": round(statistics.median(each for times in many["times"].values() for each in times), 1),
        "same_queries": same, "queries": max(many["queries"].values()),
        "differ": sorted(each for each in few["queries"] if few["queries"][each] != many["queries"][each]),
        "slowest": slowest, "slowest_p95_ms": round(_p95(many["times"][slowest]), 1),
        "asked": sum(map(len, many["times"].values())),
    }  # fmt: skip


def _asked(cast: Any) -> dict[str, Any]:
    """Milliseconds and number of statements of each address, by who asked."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    collect_rarely()  # as processes that answer requests do
    clients = {"lead": cast.dana.browser(), "caseworker": cast.ben.browser()}
    places = [(who, address) for who in clients for address in ADDRESSES]
    times: dict[str, list[float]] = {f"{who} {address}": [] for who, address in places}
    queries: dict[str, int] = {}
    for who, address in places:  # the first answer of a session brings up what is kept
        clients[who].get(f"/desk/{address}")
        with CaptureQueriesContext(connection) as seen:
            answer = clients[who].get(f"/desk/{address}")
        assert answer.status_code == 200, (address, answer.status_code)
        queries[f"{who} {address}"] = len(seen)
    for _ in range(ROUNDS):
        for who, address in places:
            started = time.perf_counter()
            clients[who].get(f"/desk/{address}")
            times[f"{who} {address}"].append(1000 * (time.perf_counter() - started))
    return {"times": times, "queries": queries}


def _open_pages(cast: Any) -> None:
    """Give keys, flags and heads to every case on a page that is asked for."""
    from django.http import QueryDict

    from cases import queue, saved
    from cases.forms import QueueFilter
    from vault.models import Compartment

    shown: dict[Any, Any] = {}
    for member in (cast.dana, cast.ben):
        for address in ADDRESSES:
            asked = QueryDict(address[1:])
            wanted = QueueFilter(member.person, asked).wanted
            cases, _ = queue.page(saved.listed(member.person, wanted), int(asked.get("page", 1)))
            shown |= {case.id: case for case in cases}
    keyed = set(Compartment.objects.values_list("owner", flat=True))
    for case in (case for case in shown.values() if case.id not in keyed):
        _keyed(case, cast)


def _keyed(case: Any, cast: Any) -> None:
    """What the page of a list opens of a case: both epochs of `work`, the first flags, the heads."""
    from cases import keys, records
    from cases.models import Case
    from vault.compartments import Making
    from vault.directory import new_pair
    from vault.envelope.seeds import new_seed
    from vault.heads import found_heads
    from vault.models import KeyPair
    from vault.places import Place
    from vault.recipients import organisation
    from vault.signers import Signer

    seed = new_seed()
    receipt = Signer(new_pair(seed, KeyPair.Use.RECEIPT), seed)
    Case.objects.filter(id=case.id).update(receipt=receipt.pair)
    making, leads = Making(receipt, "first contact"), organisation("leads")
    room = making.found(keys.WORK, case.id)
    work = [making.epoch(room, number, [leads]) for number in (1, 2)]
    messages = making.epoch(making.found(keys.MESSAGES, case.id), 1, [leads])
    making.epoch(making.found(keys.ACCOUNT, case.id), 1, [leads])
    making.save()
    values = [
        records.sealed(work[0], Place("case", "flags", case.id), {"flags": ["FAMILY"]}, receipt),
        records.sealed(messages, Place("case", "receipt", case.id), {"fingerprint": "0" * 64}, receipt),
    ]
    found_heads({case.id: messages, work[1].epoch.compartment_id: work[1]}, values, cast.ben.ring.signer)


def _burning(cast: Any) -> None:
    """Real first contacts with flags, taken by Ben."""
    from cases.models import Case
    from tests.factories import cast as made

    danger = {**made.FIRST, "SAF-04": {"value": ["removal"], "lang": "be"}}
    for _ in range(REAL):
        made.assigned(made.first_contact(danger), cast.ben)
    Case.objects.update(team=made.TEAM, level="P0", answer_by=datetime.now(UTC) + timedelta(hours=4))


def _fill(cast: Any, count: int) -> None:
    """Rows of so many cases more: the columns that a queue reads, who works on them, the weeks of their clocks."""
    from django.db import connection

    chance = random.Random(count)
    for start in range(0, count, BATCH):
        _batch(cast, chance, min(BATCH, count - start))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as autovacuum does by itself within a minute


def _batch(cast: Any, chance: random.Random, count: int) -> None:
    from cases.models import Approval, Assignment, Case, LimitationClock
    from vault.models import KeyPair

    pairs = [
        KeyPair(use="receipt", kem_public=b"", sign_public=b"", fingerprint=chance.randbytes(32)) for _ in range(count)
    ]
    KeyPair.objects.bulk_create(pairs)
    cases = [_case(chance, pair, number) for number, pair in enumerate(pairs)]
    Case.objects.bulk_create(cases)
    going = [case for case in cases if case.status not in ("closed", "withdrawn", "erased")]
    who = cast.chloe.person  # nobody is given more than the limit, which Ben has reached: REAL
    Assignment.objects.bulk_create(
        Assignment(case=case, person=who, by=who, accepted_on=case.received_on)
        for case in going if case.status != "received"
    )  # fmt: skip
    LimitationClock.objects.bulk_create(
        LimitationClock(case=case, place=0, week=case.received_on + timedelta(days=800), alert=chance.choice(ALERTS))
        for case in going[::2]
    )
    Approval.objects.bulk_create(
        Approval(case=case, kind="close", requested_by=cast.ben.person) for case in going[:: len(going) // 8]
    )


ALERTS = [None] * 12 + [180, 90, 30]


def _case(chance: random.Random, pair: Any, number: int) -> Any:
    from cases.models import Case
    from tests.factories import cast as made
    from vault.models import today

    status = chance.choices(list(STATUSES), list(STATUSES.values()))[0]
    day = today() - timedelta(days=chance.randrange(1_500))
    is_new = status == "received"
    return Case(
        tag=chance.randbytes(32), receipt=pair, status=status, status_on=day, heard_on=day, received_on=day,
        level=chance.choices(["P1", "P2", "P3"], [2, 60, 38])[0], language=chance.choice(["be", "ru", "en", "ar"]),
        residence=chance.choice(["LT", "PL", "DE", "GE", "UA", "CZ", "not_said"]), has_news=is_new or number % 9 == 0,
        answer_day=day + timedelta(days=7) if is_new else None, team=made.TEAM, reference=_reference(),
    )  # fmt: skip


def _reference() -> str:
    """One of 32^6 that no other row has; the portal draws again when the constraint refuses one."""
    from cases.models.case import new_reference

    found = next(text for text in iter(new_reference, "") if text not in USED)
    USED.add(found)
    return found


USED: set[str] = set()


def _p95(times: list[float]) -> float:
    return sorted(times)[int(0.95 * (len(times) - 1))]


if __name__ == "__main__":
    print(json.dumps(measure()))
