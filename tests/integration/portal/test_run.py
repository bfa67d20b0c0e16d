"""`make run`, as a person uses it: up, a page, Ctrl-C, up again."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.environment import BASE_DIR, tmpfs_of
from portal.ops.deployment import Deployment
from portal.ops.processes import free_port

pytestmark = pytest.mark.slow
START_SECONDS = 60  # generous: the machine may be busy with other tests; the promise itself is proved by hand
STOP_SECONDS = 6
CHEAP = {"PORTAL_ARGON2_MEMORY_KIB": "64", "PORTAL_ARGON2_ITERATIONS": "1"}


class Running:
    """`python -m portal.ops.run` in a terminal's stead."""

    def __init__(self, state: Path) -> None:
        self.port = free_port()
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        named = {"PORTAL_STATE_DIR": str(state), "PORT": str(self.port), "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "portal.ops.run"]
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            command, env=kept | CHEAP | named, cwd=BASE_DIR, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.lines: list[str] = []
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    @property
    def text(self) -> str:
        return "".join(self.lines)

    def wait_until_up(self) -> float:
        while "Ctrl-C stops everything" not in self.text:
            assert self.process.poll() is None, self.text
            assert time.monotonic() - self.started < START_SECONDS, self.text
            time.sleep(0.02)
        return time.monotonic() - self.started

    def get(self, path: str) -> tuple[int, str]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return answer.status, answer.read().decode()

    def end(self, number: int) -> float:
        started = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(STOP_SECONDS * 3)
        self.reader.join(5)
        return time.monotonic() - started

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout:
            self.lines.extend(iter(self.process.stdout.readline, ""))


@pytest.fixture
def state(tmp_path: Path) -> Iterator[Path]:
    import shutil

    yield tmp_path / "state"
    shutil.rmtree(tmpfs_of(tmp_path / "state"), ignore_errors=True)


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Deployment, str]]:
    """A portal that was prepared once for all tests that do not ask how it begins, and what was printed then."""
    deployment = Deployment(tmp_path_factory.mktemp("founded") / "state", settings=CHEAP)
    yield deployment, deployment.prepare("--demo=json")
    deployment.remove()


@pytest.fixture
def portals() -> Iterator[list[Running]]:
    started: list[Running] = []
    yield started
    for running in started:
        if running.process.poll() is None:
            running.end(signal.SIGKILL)


def processes_of(state: Path) -> list[str]:
    """The command lines of living processes that have this state folder in their environment (source: /proc)."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if str(state).encode() in (folder / "environ").read_bytes() and (folder / "cmdline").read_bytes():
                found.append((folder / "cmdline").read_bytes().decode())
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
    return found


def test_it_starts_serves_stops_and_starts_again_with_its_data(state: Path, portals: list[Running]) -> None:
    portals.append(first := Running(state))
    first.wait_until_up()
    assert {path: first.get(path)[0] for path in ("/be/", "/ru/", "/en/", "/desk/sign-in/")} == dict.fromkeys(
        ("/be/", "/ru/", "/en/", "/desk/sign-in/"), 200
    )
    assert re.search(r"http://localhost:\d+/be/", first.text)
    for login in ("ben", "chloe", "dana", "marek", "lena"):
        assert login in first.text
    assert first.end(signal.SIGINT) < STOP_SECONDS
    assert first.process.returncode == 0
    assert "self-made authority on this machine, which proves nothing" in first.text
    assert "stopped in" in first.text
    assert processes_of(state) == []
    salt = (state / "secrets" / "deployment_salt").read_bytes()

    portals.append(second := Running(state))
    second.wait_until_up()
    assert second.get("/be/")[0] == 200
    assert first.text.count("otpauth://") == 5
    assert "otpauth://" not in second.text
    assert (state / "secrets" / "deployment_salt").read_bytes() == salt
    assert second.end(signal.SIGTERM) < STOP_SECONDS
    assert processes_of(state) == []


def test_nothing_outlives_a_killed_parent(founded: tuple[Deployment, str], portals: list[Running]) -> None:
    state = founded[0].state
    portals.append(running := Running(state))
    running.wait_until_up()
    assert len(processes_of(state)) >= 4
    running.end(signal.SIGKILL)
    deadline = time.monotonic() + 10
    while processes_of(state) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert processes_of(state) == []


def test_a_taken_port_is_said_when_it_was_asked_for(state: Path, portals: list[Running]) -> None:
    import socket

    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        environment = os.environ | {"PORT": str(holder.getsockname()[1]), "PORTAL_STATE_DIR": str(state)}
        done = subprocess.run(
            [sys.executable, "-m", "portal.ops.run"], env=environment, cwd=BASE_DIR, capture_output=True, text=True
        )
    assert done.returncode != 0
    assert "is taken" in done.stderr


def test_a_process_that_ends_by_itself_ends_the_portal_loudly(
    founded: tuple[Deployment, str], portals: list[Running]
) -> None:
    state = founded[0].state
    portals.append(running := Running(state))
    running.wait_until_up()
    worker = next(
        int(folder.name)
        for folder in Path("/proc").glob("[0-9]*")
        if (folder / "status").exists()
        and f"PPid:\t{running.process.pid}\n" in (folder / "status").read_text()
        and b"worker" in (folder / "cmdline").read_bytes()
    )
    os.kill(worker, signal.SIGKILL)
    assert running.process.wait(STOP_SECONDS * 3) == 1
    running.reader.join(5)
    assert "ended by itself: worker" in running.text
    assert processes_of(state) == []


def test_the_output_of_the_demo_can_be_read_by_programs(founded: tuple[Deployment, str]) -> None:
    deployment, printed = founded
    people = json.loads(printed.strip().splitlines()[-1])["people"]
    assert {person["login"] for person in people} == {"ben", "chloe", "dana", "marek", "lena"}
    assert deployment.prepare("--demo=json").strip().splitlines()[-1] == '{"exists": true}'
