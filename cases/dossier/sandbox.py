"""Run one rendering or cleaning job in a child process that can be killed.

The child gets an empty environment, no file to write, no network, no way to start or touch another process, a processor
and memory limit, and its data on standard input. Nothing it says is passed on but a PDF or a code. What is not
confined: it runs as the same user and may read files.
"""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from cases.dossier import frames
from cases.dossier.errors import RenderFailed

ROOT = Path(__file__).resolve().parents[2]
BLOCK = 1 << 16
OK = b"ok"


@dataclass(frozen=True)
class Limits:
    """Limits of one child: seconds of processor, MiB of address space, seconds by the clock, bytes of answer."""

    cpu_seconds: int = 120
    memory_mib: int = 1536
    wall_seconds: float = 240.0
    answer_bytes: int = 256 * 2**20


def run(job: str, parts: Sequence[bytes], *, day: str, tmpfs: Path, limits: Limits) -> list[bytes]:
    """Do a job in a child and return the parts of its answer.

    job: a key of render_child.JOBS. day: ISO day that stands for every clock in the child. tmpfs: its TMPDIR.
    Raises RenderFailed with cpu, memory, timeout, answer, crashed or the code the child gave.
    """
    command = [sys.executable, "-B", "-s", "-m", "cases.dossier.render_child", job]
    command += [str(limits.cpu_seconds), str(limits.memory_mib)]
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=_environment(day, tmpfs),
        start_new_session=True,
    )
    with process:
        try:
            answer = _exchange(process, frames.join(parts), limits)
        finally:
            process.kill()
    return _understood(process.returncode, answer)


def _environment(day: str, tmpfs: Path) -> dict[str, str]:
    midnight = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "TMPDIR": str(tmpfs),
        "XDG_CACHE_HOME": str(tmpfs),
        "SOURCE_DATE_EPOCH": str(int(midnight.timestamp())),
        "PYTHONHASHSEED": "0",
    }


def _exchange(process: subprocess.Popen[bytes], data: bytes, limits: Limits) -> bytes:
    """Feed the child and collect its answer, both without waiting longer or taking more than the limits say."""
    assert process.stdin is not None
    assert process.stdout is not None
    deadline = monotonic() + limits.wall_seconds
    answer = bytearray()
    rest = memoryview(data)
    with selectors.DefaultSelector() as selector:
        os.set_blocking(process.stdin.fileno(), False)
        selector.register(process.stdin, selectors.EVENT_WRITE)
        selector.register(process.stdout, selectors.EVENT_READ)
        while process.stdout in {key.fileobj for key in selector.get_map().values()}:
            ready = selector.select(deadline - monotonic())
            if monotonic() >= deadline:
                raise RenderFailed("timeout")
            for key, _ in ready:
                if key.fileobj is process.stdin:
                    rest = _feed(process, rest, selector)
                elif block := os.read(process.stdout.fileno(), BLOCK):
                    answer += block
                else:
                    selector.unregister(process.stdout)
            if len(answer) > limits.answer_bytes:
                raise RenderFailed("answer")
    _wait(process, deadline)
    return bytes(answer)


def _feed(process: subprocess.Popen[bytes], rest: memoryview, selector: selectors.BaseSelector) -> memoryview:
    assert process.stdin is not None
    try:
        rest = rest[os.write(process.stdin.fileno(), rest[:BLOCK]) :] if rest else rest
    except BrokenPipeError:  # the child is dead or has given up; its exit code will say more
        rest = rest[:0]
    if not rest:
        selector.unregister(process.stdin)
        process.stdin.close()
    return rest


def _wait(process: subprocess.Popen[bytes], deadline: float) -> None:
    try:
        process.wait(max(0.1, deadline - monotonic()))
    except subprocess.TimeoutExpired as error:
        raise RenderFailed("timeout") from error


def _understood(code: int, answer: bytes) -> list[bytes]:
    if code == -signal.SIGXCPU:
        raise RenderFailed("cpu")
    try:
        first, *rest = frames.split(answer)
    except ValueError as error:
        raise RenderFailed("crashed") from error
    if first != OK:
        raise RenderFailed(first.decode("ascii", "replace")[:40])
    return rest
