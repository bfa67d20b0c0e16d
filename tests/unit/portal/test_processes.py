"""Children stop in time and never outlive their parent."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.environment import BASE_DIR
from portal.ops.processes import Child, Program, StartError, accepts, free_port, stop, wait_for

SLEEP = "import time; time.sleep(60)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('x', flush=True); time.sleep(60)"


@pytest.fixture
def children() -> Iterator[list[Child]]:
    started: list[Child] = []
    yield started
    stop(started, 0)


def python(code: str, name: str = "test", **options: object) -> Program:
    return Program(name, [sys.executable, "-c", code], **options)  # type: ignore[arg-type]


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def until(condition: object, seconds: float = 5) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:  # type: ignore[operator]
        time.sleep(0.01)
    return bool(condition())  # type: ignore[operator]


def test_a_willing_child_stops_at_once(children: list[Child]) -> None:
    children.append(python(SLEEP).start())
    started = time.monotonic()
    assert stop(children, 5) == []
    assert time.monotonic() - started < 2
    assert not children[0].is_alive


def test_a_deaf_child_is_killed_after_the_wait_and_named(children: list[Child], tmp_path: Path) -> None:
    children.append(python(DEAF, "deaf", log=tmp_path / "log").start())
    assert until((tmp_path / "log").read_text)
    started = time.monotonic()
    assert stop(children, 0.3) == ["deaf"]
    assert 0.3 <= time.monotonic() - started < 2


def test_what_a_child_started_goes_with_it(children: list[Child], tmp_path: Path) -> None:
    start = f"p = subprocess.Popen([sys.executable, '-c', {SLEEP!r}])"
    code = f"import subprocess, sys; {start}; print(p.pid, flush=True); p.wait()"
    children.append(python(code, log=tmp_path / "log").start())
    assert until((tmp_path / "log").read_text)
    grandchild = int((tmp_path / "log").read_text())
    stop(children, 1)
    assert until(lambda: not is_running(grandchild))


def test_a_child_dies_when_its_parent_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys, time; from portal.ops.processes import Program;"
        f"c = Program('x', [sys.executable, '-c', {SLEEP!r}]).start(); print(c.process.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=BASE_DIR)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert is_running(child)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    assert until(lambda: not is_running(child))


def test_ctrl_c_in_the_terminal_does_not_reach_a_child(children: list[Child]) -> None:
    children.append(python(SLEEP).start())
    assert os.getpgid(children[0].process.pid) != os.getpgrp()
    assert os.getsid(children[0].process.pid) != os.getsid(0)


def test_waiting_tells_a_dead_child_from_a_late_one(children: list[Child], tmp_path: Path) -> None:
    children.append(python("raise SystemExit(3)", "dead", log=tmp_path / "log").start())
    with pytest.raises(StartError, match=r"dead \(see .*log\) ended with code 3"):
        wait_for(lambda: False, children[0], 5)
    children.append(python(SLEEP, "late").start())
    with pytest.raises(StartError, match=r"late was not ready after 0\.1 s"):
        wait_for(lambda: False, children[1], 0.1)


def test_a_log_is_private(children: list[Child], tmp_path: Path) -> None:
    children.append(python("print('x')", log=tmp_path / "log").start())
    children[0].process.wait()
    assert (tmp_path / "log").stat().st_mode & 0o777 == 0o600


def test_a_taken_port_is_not_given_out() -> None:
    import socket

    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        taken = holder.getsockname()[1]
        assert accepts(taken)
        assert free_port(taken) != taken
    free = free_port()
    assert free_port(free) == free
    assert not accepts(free)
