"""keys.rotate: somebody is removed and 10 000 cases get new epochs, against the bare HPKE seals of the same grants.

A case has four compartments, held by leads, recovery, the assignee who goes and one who stays, `messages` also by the
receipt; and `sealed`, split between caseworkers and leads. SQLite in a file, as embedded deployments have it.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from secrets import token_bytes
from typing import Any
from uuid import uuid4

from bench.floors import hpke_seals

NAME = "keys.rotate"
CASES, KILLED_CASES = 10_000, 2_000
GOAL = 0.3
SLICE, SHORT = 10.0, 0.5  # seconds of work at a time; short ones for the run that is killed
AT_ONCE = 250  # cases in one transaction while the bench prepares


def run() -> Iterator[dict[str, object]]:
    """Measure a whole run; then kill one in the middle, start it again, and open every case."""
    with Prepared(CASES) as work:
        yield json.loads(work("rotate", str(SLICE)))
    with Prepared(KILLED_CASES) as work:
        process = work.begin("rotate", str(SHORT))
        found = work.kill_half_way(process)
        work("rotate", str(SHORT))
        lost = json.loads(work("verify"))
    yield {
        "name": f"{NAME}.killed", "value": lost["unreadable"], "unit": "cases that do not open", "goal": 0,
        "ok": lost["unreadable"] == 0 and lost["left"] == 0 and 0 < found < 1, "cases": lost["cases"],
        "done_at_kill": round(found, 2),
    }  # fmt: skip


class Work:
    """Commands of this module on the database of one folder, each in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self._environment = os.environ | {
            "PORTAL_STATE_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "portal.settings",
            "BENCH_SEEDS": str(folder / "seeds.json"), "BENCH_PROGRESS": str(folder / "progress"),
        }  # fmt: skip
        self._progress = folder / "progress"

    def __call__(self, *arguments: str) -> str:
        """Run one command to its end and return its last line."""
        done = subprocess.run(
            [sys.executable, *(arguments if arguments[0].endswith(".py") else ("-m", "bench.keys_rotate", *arguments))],
            env=self._environment, check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        return (done.stdout.splitlines() or [""])[-1]

    def begin(self, *arguments: str) -> subprocess.Popen[str]:
        """Start one command."""
        command = [sys.executable, "-m", "bench.keys_rotate", *arguments]
        return subprocess.Popen(command, env=self._environment, stdout=subprocess.DEVNULL, text=True)

    def kill_half_way(self, process: subprocess.Popen[str]) -> float:
        """Kill a rotation somewhere behind its half, at no particular line; returns what part was done."""
        while process.poll() is None and self._part() < 0.4:
            time.sleep(0.01)
        time.sleep(random.uniform(0, 0.3))
        process.send_signal(signal.SIGKILL)
        process.wait()
        return self._part()

    def _part(self) -> float:
        text = self._progress.read_text() if self._progress.exists() else ""
        return float(text) if text else 0.0


class Prepared:
    """A fresh database with cases, in a folder that is forgotten afterwards."""

    def __init__(self, cases: int) -> None:
        self._cases = cases
        self._folder = tempfile.TemporaryDirectory(prefix="bench-", dir=Path.cwd() / "var")

    def __enter__(self) -> Work:
        work = Work(Path(self._folder.name))
        work("manage.py", "make_secrets")
        work("prepare", str(self._cases))
        return work

    def __exit__(self, *error: object) -> None:
        self._folder.cleanup()


def _prepare(cases: int) -> dict[str, object]:
    """Found an organisation, fill it, remove Ben."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from people import life
    from tests.factories.cast import found_cast

    cast = found_cast()
    for start in range(0, cases, AT_ONCE):
        _fill(cast, min(AT_ONCE, cases - start))
    life.remove(person=cast.ben.person, by=cast.dana.person, ring=cast.dana.ring)
    seeds = {login: getattr(cast, login).seed.hex() for login in ("dana", "chloe")}
    Path(os.environ["BENCH_SEEDS"]).write_text(json.dumps(seeds))
    return {"cases": cases}


def _fill(cast: Any, number: int) -> None:
    """Cases as they are after two people took them: real keys, seals and signatures, inserted many at once."""
    from django.db import transaction

    from vault.models import Compartment, Epoch, EraseShare, Grant, KeyPair

    rows: dict[Any, list[Any]] = {model: [] for model in (KeyPair, Compartment, Epoch, EraseShare, Grant)}
    team = _team(cast)
    for _ in range(number):
        _case(team, rows)
    with transaction.atomic():
        for model, made in rows.items():
            model.objects.bulk_create(made)


def _team(cast: Any) -> dict[str, Any]:
    """The recipients and the lead's signer, found once."""
    from vault.recipients import organisation, stated

    team: dict[str, Any] = {use: organisation(use) for use in ("leads", "recovery", "caseworkers")}
    team |= {login: stated(getattr(cast, login).person.pair, {"person"}) for login in ("ben", "chloe")}
    return team | {"lead": cast.dana.ring.signer}


def _case(team: dict[str, Any], rows: dict[Any, list[Any]]) -> None:
    """One case: four compartments and the split one, as if the receipt had opened them and the lead had assigned it."""
    from cases.keys import ASSIGNED_KINDS, MESSAGES, SEALED
    from vault.envelope.seeds import new_seed, public_of
    from vault.models import KeyPair
    from vault.recipients import held
    from vault.signers import Signer

    seed, owner = new_seed(), uuid4()
    public = public_of(seed)
    pair = KeyPair(use="receipt", kem_public=public.kem, sign_public=public.sign, fingerprint=public.fingerprint)
    receipt, survivor = Signer(pair, seed), [("whole", held(seed, pair))]
    rows[KeyPair].append(pair)
    for kind in ASSIGNED_KINDS:
        founded = [("whole", team["leads"]), ("whole", team["recovery"]), *(survivor if kind == MESSAGES else [])]
        assigned = [("whole", team["ben"]), ("whole", team["chloe"])]
        given = [(*each, receipt) for each in founded] + [(*each, team["lead"]) for each in assigned]
        _compartment(kind, owner, given, receipt, rows)
    _compartment(SEALED, owner, [("a", team["caseworkers"], receipt), ("b", team["leads"], receipt)], receipt, rows)


def _compartment(kind: str, owner: Any, given: list[Any], founder: Any, rows: dict[Any, list[Any]]) -> None:
    from vault.authors import compartment_id
    from vault.compartments import seal_grant
    from vault.envelope.shares import split
    from vault.models import Compartment, Epoch, EraseShare, Grant

    made = Compartment(id=compartment_id(founder.pair, kind, owner), kind=kind, owner=owner, founder=founder.pair)
    epoch = Epoch(compartment=made, number=1, is_split=given[0][0] == "a")
    secret = token_bytes(32)
    parts = {"whole": secret} | dict(zip("ab", split(secret), strict=True))
    rows[Compartment].append(made)
    rows[Epoch].append(epoch)
    rows[EraseShare].append(EraseShare(epoch=epoch, share=token_bytes(32)))
    rows[Grant] += [seal_grant(epoch, share, parts[share], to, giver, "x", None) for share, to, giver in given]


def _ring(login: str) -> Any:
    from people.models import Person
    from vault.keyring import Keyring

    seeds = json.loads(Path(os.environ["BENCH_SEEDS"]).read_text())
    return Keyring(bytes.fromhex(seeds[login]), Person.objects.get(login=login).pair)


def _rotate(seconds: float) -> dict[str, object]:
    """Work in slices until nothing is left, old grants taken back too; after each slice seal as many grants bare."""
    from vault import rotation
    from vault.models import Compartment, Epoch, Grant

    cases = Compartment.objects.filter(founder__use="receipt").values("owner").distinct().count()
    before = Grant.objects.filter(purpose="rotation").count()
    ours, floor, grants = 0.0, 0.0, 0
    while True:
        ring, started = _ring("dana"), time.perf_counter()
        done = rotation.step(ring, seconds=seconds)
        ours += time.perf_counter() - started
        if not done:
            break
        Path(os.environ["BENCH_PROGRESS"]).write_text(str(Epoch.objects.filter(number=2).count() / (5 * cases)))
        made = Grant.objects.filter(purpose="rotation").count() - before - grants
        floor, grants = floor + _bare(made), grants + made
    assert rotation.remaining().total == 0
    return {
        "name": NAME, "ratio": round(floor / ours, 3), "goal": GOAL, "ok": floor / ours >= GOAL,
        "cases_per_second": round(cases / ours, 1), "cases": cases, "grants": grants,
        "ours_s": round(ours, 2), "floor_s": round(floor, 2),
    }  # fmt: skip


def _bare(number: int) -> float:
    """Seconds for as many bare HPKE seals, to the keys of grants that were made."""
    from vault.models import Grant

    rows = Grant.objects.filter(purpose="rotation").values_list("recipient__kem_public", flat=True)
    keys = [bytes(key) for key in rows[:number]]
    started = time.perf_counter()
    assert hpke_seals(keys) == number
    return time.perf_counter() - started


def _verify() -> dict[str, object]:
    """Open each case: every epoch of the four with the lead and with the one who stayed, both shares of `sealed`."""
    from vault import rotation
    from vault.errors import VaultError
    from vault.models import Compartment

    dana, chloe, broken = _ring("dana"), _ring("chloe"), set()
    compartments = Compartment.objects.filter(founder__use="receipt")
    for compartment in compartments.prefetch_related("epochs").iterator(chunk_size=500):
        try:
            _open(compartment, dana, chloe)
        except VaultError:
            broken.add(compartment.owner)
    cases = compartments.values("owner").distinct().count()
    return {"cases": cases, "unreadable": len(broken), "left": rotation.remaining().total}


def _open(compartment: Any, lead: Any, other: Any) -> None:
    epochs = list(compartment.epochs.all())
    assert len(epochs) == 2, len(epochs)
    for epoch in epochs:
        if epoch.is_split:
            assert len(other.open_share(epoch, "a")) == len(lead.open_share(epoch, "b")) == 32
        else:
            assert lead.open(epoch).key == other.open(epoch).key


def _main(command: str, *arguments: str) -> None:
    import django

    django.setup()
    if command == "prepare":
        result = _prepare(int(arguments[0]))
    else:
        result = _rotate(float(arguments[0])) if command == "rotate" else _verify()
    print(json.dumps(result))


if __name__ == "__main__":
    _main(*sys.argv[1:])
