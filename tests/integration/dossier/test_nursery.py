"""Children that are born from a nursery: the same bytes as a process of its own makes, and confined like one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cases.dossier import children, sandbox
from cases.dossier.build import build
from cases.dossier.children import Fresh, Nursery, Order
from cases.dossier.errors import RenderFailed
from cases.dossier.sandbox import Limits, run
from tests.factories.dossier import make_input

DAY = "2026-11-22"


@contextmanager
def using(nursery: Nursery | None) -> Iterator[None]:
    token = children._CURRENT.set(nursery)
    try:
        yield
    finally:
        children._CURRENT.reset(token)


@pytest.fixture(scope="module")
def kept(tmpfs: Path) -> Iterator[Nursery]:
    """A nursery that no test here ends: loading the libraries takes longer than most of them."""
    with Nursery(tmpfs) as nursery:
        yield nursery


@pytest.fixture
def own(kept: Nursery) -> Iterator[Nursery]:
    """It, in use."""
    with using(kept):
        yield kept


@pytest.fixture
def mortal(tmpfs: Path) -> Iterator[Nursery]:
    """A nursery of this test alone, in use."""
    with Nursery(tmpfs) as nursery, using(nursery):
        yield nursery


def letter() -> list[bytes]:
    return [json.dumps({**build(make_input()).to_plain(), "foot": ""}).encode()]


def rendered(tmpfs: Path) -> bytes:
    return run("note", letter(), day=DAY, tmpfs=tmpfs, limits=Limits())[0]


def number_of(nursery: Nursery) -> int:
    assert nursery._running is not None
    return nursery._running[0].pid


def test_the_bytes_are_those_of_a_process_of_its_own(own: Nursery, tmpfs: Path) -> None:
    first, second = rendered(tmpfs), rendered(tmpfs)
    with using(None):
        assert rendered(tmpfs) == first == second


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(cpu_seconds=1), "cpu"),
        (Limits(memory_mib=300), "memory|crashed|broken"),
        (Limits(wall_seconds=0.4), "timeout"),
        (Limits(answer_bytes=100), "answer"),
    ],
)
def test_its_children_keep_the_limits_and_it_goes_on(own: Nursery, tmpfs: Path, limits: Limits, code: str) -> None:
    word = "слова " * 400_000 if limits.answer_bytes > 100 else "слова"
    values = json.loads(letter()[0]) | {"draft": word, "foot": word}
    values["note"]["intro"] = word
    with pytest.raises(RenderFailed, match=code):
        run("note", [json.dumps(values).encode()], day=DAY, tmpfs=tmpfs, limits=limits)
    before = number_of(own)
    assert rendered(tmpfs)
    assert number_of(own) == before
    assert children_of(before) == []


def test_a_nursery_that_was_killed_costs_nothing_but_time(mortal: Nursery, tmpfs: Path) -> None:
    first = rendered(tmpfs)
    os.kill(number_of(mortal), signal.SIGKILL)
    assert rendered(tmpfs) == first
    assert rendered(tmpfs) == first
    assert mortal._running is not None  # begun anew


def test_jobs_of_several_threads_get_their_own_answers(own: Nursery, tmpfs: Path) -> None:
    found: dict[int, bytes] = {}

    def job(number: int) -> None:
        with using(own):
            values = json.loads(letter()[0]) | {"reference": f"D-{number}"}
            found[number] = run("note", [json.dumps(values).encode()], day=DAY, tmpfs=tmpfs, limits=Limits())[0]

    threads = [threading.Thread(target=job, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found.values())) == 3


def test_nothing_is_begun_for_a_block_without_a_job(tmpfs: Path) -> None:
    with Nursery(tmpfs) as nursery:
        pass
    assert nursery._running is None


def test_the_nursery_ends_with_whoever_began_it(tmpfs: Path) -> None:
    script = (
        "import os, signal, sys; from pathlib import Path; from cases.dossier.children import Nursery, Order\n"
        f"nursery = Nursery(Path({str(tmpfs)!r})); nursery.bear(Order('note', 5, 1024, '{DAY}', {str(tmpfs)!r}))\n"
        "print(nursery._running[0].pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    said = subprocess.run([sys.executable, "-c", script], cwd=sandbox.ROOT, capture_output=True, text=True)
    number, until = int(said.stdout), time.monotonic() + 10
    while is_running(number) and time.monotonic() < until:
        time.sleep(0.05)
    assert not is_running(number)


def test_a_child_has_its_two_pipes_and_no_way_to_the_nursery(own: Nursery, tmpfs: Path) -> None:
    child = own.bear(Order("note", 20, 1024, DAY, str(tmpfs)))
    until = time.monotonic() + 10
    while not (status := status_of(child._pid)).get("Seccomp", "0").startswith("2") and time.monotonic() < until:
        time.sleep(0.02)
    try:
        assert status["Seccomp"] == "2"
        assert sorted(os.listdir(f"/proc/{child._pid}/fd")) == ["0", "1", "2"]
        assert os.readlink(f"/proc/{child._pid}/fd/2") == "/dev/null"
        assert b"PORTAL" not in Path(f"/proc/{child._pid}/environ").read_bytes()
    finally:
        child.end(0)
    assert not is_running(child._pid)


def test_a_process_of_its_own_that_is_ended_is_gone(tmpfs: Path) -> None:
    child = Fresh(Order("note", 20, 1024, DAY, str(tmpfs)))
    assert child.end(0) == -signal.SIGKILL


def status_of(number: int) -> dict[str, str]:
    lines = Path(f"/proc/{number}/status").read_text().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def children_of(number: int) -> list[str]:
    return Path(f"/proc/{number}/task/{number}/children").read_text().split()


def is_running(number: int) -> bool:
    try:
        return status_of(number)["State"][0] not in "ZX"
    except OSError:
        return False
