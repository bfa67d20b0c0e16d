"""assess: all States for one case, and many cases after a change of law; on the real reference files, without words.

The fact sets are invented and differ in everything that rules look at. A change of law is a new snapshot: what was
prepared for the old one is worked out anew, inside the measured time.
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
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from portal.ops.cycles import collect_rarely

NAME = "assess"
ONE_GOAL_MS = 20.0
FLAT_GOAL = 1.2
FEW, MANY = 1_000, 10_000
MANY_GOAL_SECONDS = 120.0
ON = date(2026, 11, 22)
SAMPLE = 200
LIVING = ("LT", "PL", "DE", "CH", "CZ", "FR", "GE", "LV", "UA", "US")
SHOWN = ("torture_by_officials", "custody", "pattern", "policy", "deportation", "disappearance")


def run() -> Iterator[dict[str, object]]:
    """Measure in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        environment = os.environ | {"PORTAL_STATE_DIR": folder, "DJANGO_SETTINGS_MODULE": "portal.settings"}
        subprocess.run([sys.executable, "manage.py", "make_secrets"], env=environment, check=True, capture_output=True)
        command = [sys.executable, "-m", "bench.assess"]
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    yield from map(json.loads, done.stdout.splitlines())


def measure() -> Iterator[dict[str, object]]:
    """One case at a time, then many after a change."""
    import django

    django.setup()
    reference, cases = _reference(), _cases(MANY)
    collect_rarely()  # as processes that answer requests do
    yield _one(reference, cases[:SAMPLE])
    yield _after_a_change(reference, cases)


def _reference() -> Any:
    from jurisdictions.load import parse
    from jurisdictions.load.tables import KEYS
    from jurisdictions.snapshot import build

    tables = parse()
    return build({model: tables.of(model) for model in KEYS})


def _one(reference: Any, cases: list[dict[str, Any]]) -> dict[str, object]:
    _assess(cases[0], reference)  # what is prepared once for a snapshot
    seconds = [_timed(case, reference) for case in cases]
    median = 1000 * statistics.median(seconds)
    return {
        "name": f"{NAME}.one", "median_ms": round(median, 2), "goal_ms": ONE_GOAL_MS, "ok": median <= ONE_GOAL_MS,
        "slowest_ms": round(1000 * max(seconds), 2), "cases": len(cases), "routes": _assess(cases[0], reference),
    }  # fmt: skip


def _after_a_change(reference: Any, cases: list[dict[str, Any]]) -> dict[str, object]:
    """ratio: processor time per set, of which other work on the machine takes nothing; seconds: by the clock."""
    few, _ = _all(_changed(reference, 1), cases[:FEW])
    many, seconds = _all(_changed(reference, 2), cases)
    ratio = (many / len(cases)) / (few / FEW)
    return {
        "name": f"{NAME}.change", "ratio": round(ratio, 2), "goal": FLAT_GOAL, "seconds": round(seconds, 1),
        "goal_seconds": MANY_GOAL_SECONDS, "ok": ratio <= FLAT_GOAL and seconds <= MANY_GOAL_SECONDS,
        "sets": len(cases), "ms_per_set": round(1000 * many / len(cases), 2),
    }  # fmt: skip


def _changed(reference: Any, years: int) -> Any:
    """The same law with one limit that has changed."""
    first, *others = reference.bases
    return replace(reference, bases=(replace(first, limitation="years", limitation_years=20 + years), *others))


def _all(reference: Any, cases: list[dict[str, Any]]) -> tuple[float, float]:
    processor, clock = time.process_time(), time.perf_counter()
    for case in cases:
        _assess(case, reference)
    return time.process_time() - processor, time.perf_counter() - clock


def _timed(case: dict[str, Any], reference: Any) -> float:
    started = time.perf_counter()
    _assess(case, reference)
    return time.perf_counter() - started


def _assess(case: dict[str, Any], reference: Any) -> int:
    """How many routes: from the facts as they are stored to routes in their order."""
    from jurisdictions.assess.parse import parse_facts
    from jurisdictions.assess.routes import assess

    return len(assess(parse_facts(case, ON), ON, reference))


def _cases(count: int) -> list[dict[str, Any]]:
    chance = random.Random(5)
    return [_case(chance) for _ in range(count)]


def _case(chance: random.Random) -> dict[str, Any]:
    first = date(2010, 1, 1) + timedelta(days=chance.randrange(5_800))
    home = {
        "country": "BY",
        "from": first.isoformat(),
        "to": (first + timedelta(days=chance.randrange(30))).isoformat(),
    }
    acts = [home | {"crime_facts": chance.sample(SHOWN, chance.randrange(1, 4))} for _ in range(chance.randrange(1, 4))]
    crossed = {"forced": chance.random() < 0.7, "crossed_into": chance.choice(LIVING), "date": "2021-02-03"}
    facts = {
        "acts": acts,
        "victim": {
            "nationalities": [{"country": "BY"}, {"country": chance.choice(LIVING), "from": "2015-03-01"}],
            "residence_now": chance.choice(LIVING),
            "residence_at_acts": "BY",
            "refugee": chance.random() < 0.5,
        },
        "displacement": crossed,
        "suspects": [_suspect(chance, number) for number in range(chance.randrange(4))],
        "complaints": [{"country": chance.choice(LIVING), "date": "2022-06-01", "result": "pending"}],
        "consents": {"countries": chance.sample(LIVING, 4), "icc": True},
        "languages": ["be", "ru"],
    }
    for key in chance.sample(sorted(facts), chance.randrange(3)):
        del facts[key]  # unknown
    return facts


def _suspect(chance: random.Random, number: int) -> dict[str, Any]:
    seen = {"country": chance.choice(("BY", "BY", "TR", *LIVING)), "date": "2026-10-01", "certainty": "reported"}
    return {"id": f"P-{number:03}", "office": "other", "nationality": "BY", "last_seen": seen}


if __name__ == "__main__":
    for line in measure():
        print(json.dumps(line), flush=True)
