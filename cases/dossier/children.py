"""Child processes for rendering and cleaning: begun one by one, or born from a nursery that has the libraries loaded.

Loading the renderer takes longer than most jobs. Inside warm() a nursery loads it once and forks for each job; it never
sees the data of one, and what it forks is confined as every other child is before it reads anything.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Protocol

ROOT = Path(__file__).resolve().parents[2]
MESSAGE = 1 << 12
LOADING = 60.0  # seconds for the libraries
GRACE = 0.2  # seconds between the last byte of an answer and the end of its process
BEGIN, END = "begin", "end"


class NoNursery(Exception):
    """There is none, or it does not answer: the job gets a process of its own."""


@dataclass(frozen=True)
class Order:
    """What a child is begun for: a key of render_child.JOBS, its limits, its ISO day, and its folder in memory."""

    job: str
    cpu_seconds: int
    memory_mib: int
    day: str
    tmpfs: str


class Pipe(Protocol):
    """What is asked of a pipe; bytes go through its number."""

    def fileno(self) -> int:
        """The number of the open file."""

    def close(self) -> None:
        """Close it."""


class Child(Protocol):
    """A process with a pipe to it and one from it."""

    @property
    def stdin(self) -> Pipe:
        """To the child."""

    @property
    def stdout(self) -> Pipe:
        """From the child."""

    def end(self, seconds: float) -> int:
        """Wait so long, then kill it; its exit code, negative for a signal as subprocess has it."""


def begin(order: Order) -> Child:
    """Begin a child: from the nursery in use if there is one that answers, else as a process of its own."""
    nursery = _CURRENT.get()
    if nursery is not None:
        with suppress(NoNursery):
            return nursery.bear(order)
    return Fresh(order)


@contextmanager
def warm(tmpfs: Path) -> Iterator[None]:
    """Have a nursery for the jobs of this block, the one in use if there is one; it ends with the block it began in."""
    if _CURRENT.get() is not None:
        yield
        return
    with Nursery(tmpfs) as nursery:
        token = _CURRENT.set(nursery)
        try:
            yield
        finally:
            _CURRENT.reset(token)


def environment(tmpfs: Path | str) -> dict[str, str]:
    """Nothing of ours: neither secrets nor settings."""
    return {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "TMPDIR": str(tmpfs),
        "XDG_CACHE_HOME": str(tmpfs),
        "PYTHONHASHSEED": "0",
    }


def clock(day: str) -> dict[str, str]:
    """What stands for every clock in a child: midnight of an ISO day."""
    midnight = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return {"SOURCE_DATE_EPOCH": str(int(midnight.timestamp()))}


class Fresh:
    """A child as a process of its own."""

    def __init__(self, order: Order) -> None:
        command = [sys.executable, "-B", "-s", "-m", "cases.dossier.render_child", order.job]
        command += [str(order.cpu_seconds), str(order.memory_mib)]
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=environment(order.tmpfs) | clock(order.day),
            start_new_session=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self.stdin, self.stdout = self._process.stdin, self._process.stdout

    def end(self, seconds: float) -> int:
        """See Child."""
        with self._process:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(seconds)
            self._process.kill()
        return self._process.returncode


class Born:
    """A child that a nursery has forked; only the nursery can wait for it."""

    def __init__(self, nursery: Nursery, pid: int, stdin: int, stdout: int) -> None:
        self._nursery, self._pid = nursery, pid
        self.stdin, self.stdout = os.fdopen(stdin, "wb", 0), os.fdopen(stdout, "rb", 0)

    def end(self, seconds: float) -> int:
        """See Child."""
        for pipe in (self.stdin, self.stdout):
            pipe.close()
        return self._nursery.bury(self._pid, min(seconds, GRACE))


class Nursery:
    """A process that has loaded what jobs need and forks for each; begun with the first job, and again if it died."""

    def __init__(self, tmpfs: Path) -> None:
        self._tmpfs, self._lock = tmpfs, Lock()
        self._running: tuple[subprocess.Popen[bytes], socket.socket] | None = None

    def __enter__(self) -> Nursery:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End it, if it was begun; what it has forked ends with its job."""
        if self._running is not None:
            process, channel = self._running
            self._running = None
            channel.close()
            with process:
                process.kill()

    def bear(self, order: Order) -> Born:
        """Have a child forked for a job. Raises NoNursery."""
        its_stdin, stdin = os.pipe2(os.O_CLOEXEC)
        stdout, its_stdout = os.pipe2(os.O_CLOEXEC)
        try:
            pid = self._ask({"do": BEGIN, **vars(order)}, its_stdin, its_stdout)
        except NoNursery:
            os.close(stdin)
            os.close(stdout)
            raise
        finally:
            os.close(its_stdin)
            os.close(its_stdout)
        return Born(self, pid, stdin, stdout)

    def bury(self, pid: int, seconds: float) -> int:
        """Wait so long for a child, kill it if need be, and return its exit code; that of a killed one without us."""
        try:
            return self._ask({"do": END, "pid": pid, "seconds": seconds})
        except NoNursery:
            return -9

    def _ask(self, message: dict[str, object], *pipes: int) -> int:
        with self._lock:
            try:
                channel = self._channel()
                socket.send_fds(channel, [json.dumps(message).encode()], pipes)
                answer = channel.recv(MESSAGE)
            except OSError as error:
                self.close()
                raise NoNursery from error
            if not answer:
                self.close()
                raise NoNursery
        return int(json.loads(answer))

    def _channel(self) -> socket.socket:
        if self._running is None:
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            ours.settimeout(LOADING)
            with theirs:
                self._running = self._begun(theirs.fileno()), ours
        return self._running[1]

    def _begun(self, channel: int) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
            [sys.executable, "-B", "-s", "-m", "cases.dossier.nursery", str(channel)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=environment(self._tmpfs),
            pass_fds=[channel],
            start_new_session=True,
        )


def left(deadline: float) -> float:
    """Seconds until a moment of the monotonic clock, at least a tenth."""
    return max(0.1, deadline - monotonic())


_CURRENT: ContextVar[Nursery | None] = ContextVar("nursery", default=None)
