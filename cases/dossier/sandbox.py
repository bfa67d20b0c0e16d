"""Run one rendering or cleaning job in a child process that can be killed.

The child gets an empty environment, no file to write, no network, no way to start or touch another process, a processor
and memory limit, and its data on standard input. Nothing it says is passed on but a PDF or a code. What is not
confined: it runs as the same user and may read files.
"""

from __future__ import annotations

import os
import selectors
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from cases.dossier import frames
from cases.dossier.children import ROOT as ROOT
from cases.dossier.children import Child, Order, begin, left
from cases.dossier.errors import RenderFailed

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
    child = begin(Order(job, limits.cpu_seconds, limits.memory_mib, day, str(tmpfs)))
    deadline = monotonic() + limits.wall_seconds
    try:
        answer = _exchange(child, frames.join(parts), limits, deadline)
    except BaseException:
        child.end(0)
        raise
    return _understood(child.end(left(deadline)), answer)


def _exchange(child: Child, data: bytes, limits: Limits, deadline: float) -> bytes:
    """Feed the child and collect its answer, both without waiting longer or taking more than the limits say."""
    answer = bytearray()
    rest = memoryview(data)
    with selectors.DefaultSelector() as selector:
        os.set_blocking(child.stdin.fileno(), False)
        selector.register(child.stdin, selectors.EVENT_WRITE)
        selector.register(child.stdout, selectors.EVENT_READ)
        while child.stdout in {key.fileobj for key in selector.get_map().values()}:
            ready = selector.select(deadline - monotonic())
            if monotonic() >= deadline:
                raise RenderFailed("timeout")
            for key, _ in ready:
                if key.fileobj is child.stdin:
                    rest = _feed(child, rest, selector)
                elif block := os.read(child.stdout.fileno(), BLOCK):
                    answer += block
                else:
                    selector.unregister(child.stdout)
            if len(answer) > limits.answer_bytes:
                raise RenderFailed("answer")
    return bytes(answer)


def _feed(child: Child, rest: memoryview, selector: selectors.BaseSelector) -> memoryview:
    try:
        rest = rest[os.write(child.stdin.fileno(), rest[:BLOCK]) :] if rest else rest
    except BrokenPipeError:  # the child is dead or has given up; its exit code will say more
        rest = rest[:0]
    if not rest:
        selector.unregister(child.stdin)
        child.stdin.close()
    return rest


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
