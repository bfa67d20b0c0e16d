"""Child processes that die with their parent and stop in time."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1  # prctl(2)
LIBC = ctypes.CDLL(None, use_errno=True)

Output = int | IO[bytes] | None


class StartError(Exception):
    """A process did not become ready; the text names the process, and its log if it has one."""


@dataclass
class Child:
    """One process in a group of its own: Ctrl-C in the terminal does not reach it before its parent decides."""

    name: str
    process: "subprocess.Popen[bytes]"
    stop_signal: int = signal.SIGTERM
    log: Path | None = None

    @property
    def is_alive(self) -> bool:
        """Tell whether it still runs."""
        return self.process.poll() is None

    def ask(self) -> None:
        """Send the polite signal."""
        if self.is_alive:
            self.process.send_signal(self.stop_signal)

    def kill(self) -> None:
        """Kill the whole group, with what the process started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def describe(self) -> str:
        """Name it for an error message."""
        return self.name if self.log is None else f"{self.name} (see {self.log})"


@dataclass(frozen=True)
class Program:
    """What to start: arguments, environment, and how it is asked to stop."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str] | None = None
    executable: str | None = None  # when it differs from arguments[0]
    user: int | None = None
    group: int | None = None
    stop_signal: int = signal.SIGTERM
    log: Path | None = None  # where its output goes; the terminal's when None
    folder: Path | None = None
    output: Output = field(default=None, compare=False)

    def start(self) -> Child:
        """Start it in its own session; it gets its stop signal when the parent dies, however that happens."""
        output = open_log(self.log) if self.log else self.output
        process = subprocess.Popen(
            list(self.arguments),
            executable=self.executable,
            env=None if self.environment is None else dict(self.environment),
            user=self.user,
            group=self.group,
            extra_groups=None if self.user is None else [],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output is not None else None,
            start_new_session=True,
            preexec_fn=dying_with_parent(self.stop_signal),
        )
        if self.log:
            output.close()  # type: ignore[union-attr]
        return Child(self.name, process, self.stop_signal, self.log)


def open_log(path: Path) -> IO[bytes]:
    """Open a log for one run, readable by its owner only."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    return os.fdopen(descriptor, "wb")


def dying_with_parent(sig: int) -> Callable[[], None]:
    """Make the function that binds a fresh child to its parent's life."""
    parent = os.getpid()

    def bind() -> None:
        LIBC.prctl(PR_SET_PDEATHSIG, sig, 0, 0, 0)
        if os.getppid() != parent:  # the parent died before the line above
            os.kill(os.getpid(), signal.SIGKILL)

    return bind


def stop(children: Iterable[Child], seconds: float) -> list[str]:
    """Ask all at once, wait at most `seconds` together, kill the rest; returns the names of those killed."""
    children = list(children)
    for child in children:
        child.ask()
    deadline = time.monotonic() + seconds
    while any(child.is_alive for child in children) and time.monotonic() < deadline:
        time.sleep(0.02)
    killed = [child.name for child in children if child.is_alive]
    for child in children:
        child.kill()  # also what a stopped process left in its group
    return killed


def wait_for(ready: Callable[[], bool], child: Child, seconds: float) -> None:
    """Wait until a child is ready. Raises StartError when it ends or takes longer."""
    deadline = time.monotonic() + seconds
    while not ready():
        if not child.is_alive:
            raise StartError(f"{child.describe()} ended with code {child.process.returncode}")
        if time.monotonic() > deadline:
            raise StartError(f"{child.describe()} was not ready after {seconds:g} s")
        time.sleep(0.02)


def accepts(port: int) -> bool:
    """Tell whether somebody listens on a port of 127.0.0.1."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port(wanted: int = 0) -> int:
    """Return the wanted port of 127.0.0.1 if nobody has it, else one that is free."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise StartError("no free port on 127.0.0.1")
