"""open.case: one account of 20 sections, opened with head and signatures checked, against the bare decryption of it."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any

NAME = "open.case"
SECTIONS, CHARACTERS = 20, 2000
ROUNDS, OPENINGS = 7, 10
GOAL = 3.0  # times the bare decryption


def run() -> Iterator[dict[str, object]]:
    """Measure in a process of its own, on a SQLite file as embedded deployments have it."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        environment = os.environ | {"PORTAL_STATE_DIR": folder, "DJANGO_SETTINGS_MODULE": "portal.settings"}
        subprocess.run([sys.executable, "manage.py", "make_secrets"], env=environment, check=True, capture_output=True)
        command = [sys.executable, "-m", "bench.open_case"]
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    yield json.loads(done.stdout.splitlines()[-1])


def measure() -> dict[str, object]:
    """Interleave opening through the door (recorded, head and signatures checked) and bare decryption."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    case, person, ring_of, ring = _account()
    ours, floors = [], []
    for _ in range(ROUNDS):
        ours.append(_seconds(lambda: _open(case, person, ring_of())))
        floors.append(_seconds(lambda: _bare(case, ring)))
    mine, floor = statistics.median(ours), statistics.median(floors)
    return {
        "name": NAME, "ratio": round(mine / floor, 2), "goal": GOAL, "ok": mine / floor <= GOAL,
        "ours_ms": round(1000 * mine, 2), "floor_ms": round(1000 * floor, 2), "sections": SECTIONS,
    }  # fmt: skip


def _seconds(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    for _ in range(OPENINGS):
        work()
    return (time.perf_counter() - started) / OPENINGS


def _account() -> tuple[Any, Any, Callable[[], Any], Any]:
    """An account of 20 sections sent to a caseworker who took the case; returns case, person, new keyring, keyring."""
    from tests.factories import cast as made

    cast, amina = made.found_cast(), made.first_contact()
    made.assigned(amina, cast.ben)
    text = ("Ціха было ў доме. " * CHARACTERS)[:CHARACTERS]
    sections = {f"part-{number}": {"EPI-08": {"value": text, "lang": "be"}} for number in range(SECTIONS)}
    case = made.tell(amina, sections)
    seed, pair = cast.ben.seed, cast.ben.person.pair
    from vault.keyring import Keyring

    return case, cast.ben.person, lambda: Keyring(seed, pair), Keyring(seed, pair)


def _open(case: Any, person: Any, ring: Any) -> None:
    """What a page does: record the opening, check the head, verify every grant and signature, open everything."""
    from cases.access import open_account

    account = open_account(case, by=person, ring=ring, purpose="assessment")
    assert sum(len(version.sections) for version in account.versions) > SECTIONS


def _bare(case: Any, ring: Any) -> None:
    """The same rows, read by two plain queries and decrypted; nothing is verified, nothing recorded."""
    from vault.compartments import grant_info
    from vault.envelope.aead import open_value
    from vault.envelope.suite import open_with
    from vault.models import Grant, SealedValue
    from vault.opened import open_epoch
    from vault.places import place_of

    wanted = {"epoch__compartment__owner": case.id, "epoch__compartment__kind__in": ["identity", "account", "messages"]}
    grants = Grant.objects.filter(recipient=ring.pair, **wanted).select_related("recipient", "epoch__compartment")
    keys = {
        row.epoch_id: open_epoch(row.epoch, open_with(ring.signer.seed, bytes(row.sealed), grant_info(row))).key
        for row in grants
    }
    for value in SealedValue.objects.filter(**wanted).select_related("epoch__compartment"):
        json.loads(open_value(keys[value.epoch_id], bytes(value.blob), place_of(value).context(value.epoch)))


if __name__ == "__main__":
    print(json.dumps(measure()))
