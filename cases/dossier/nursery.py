"""The nursery: `python -m cases.dossier.nursery SOCKET`. It loads what jobs need, then forks for each order.

It reads no data of a job: only its name, limits, day and two pipes, from the worker that began it. When that worker is
gone its socket ends, and so does this process.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys
import time
from importlib import import_module
from typing import Any

from cases.dossier import html
from cases.dossier.children import BEGIN, MESSAGE, Order, clock
from cases.dossier.render_child import JOBS, work

FILES = 1 << 12  # numbers of open files that are closed in a child, whatever they are
LETTERS = "<p>Aą Ąž Яў <b>Ґґ</b> <i>ß</i> <code>0f</code> العربية</p>"  # one page, so that fonts are found before


def main(number: int) -> None:
    """Serve until the worker is gone."""
    channel = socket.socket(fileno=number)
    load()
    while True:
        message, pipes, _, _ = socket.recv_fds(channel, MESSAGE, 2)
        if not message:
            return
        order = json.loads(message)
        begun = order.pop("do") == BEGIN
        channel.send(json.dumps(fork(Order(**order), pipes) if begun else bury(**order)).encode())
        for pipe in pipes:
            os.close(pipe)


def load() -> None:
    """Everything that jobs import, and the fonts; what is here now is shared with each child and never collected."""
    for place in JOBS.values():
        import_module(place.partition(":")[0])
    html.markup_to_pdf(LETTERS, html.Archival.NO, {})
    gc.collect()
    gc.freeze()


def fork(order: Order, pipes: list[int]) -> int:
    """Fork for a job; returns the child's number. The child never returns from here."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        os.dup2(pipes[0], 0)
        os.dup2(pipes[1], 1)
        os.closerange(3, FILES)  # also the way to the nursery
        os.setsid()
        os.environ.update(clock(order.day), TMPDIR=order.tmpfs)
        work(order.job, order.cpu_seconds, order.memory_mib)
        code = 0
    finally:
        os._exit(code)


def bury(pid: int, seconds: float) -> Any:
    """Wait so long for a child, then kill it; its exit code."""
    until = time.monotonic() + seconds
    while True:
        gone, status = os.waitpid(pid, os.WNOHANG)
        if gone:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() >= until:
            os.kill(pid, signal.SIGKILL)
            until += 3600.0
        time.sleep(0.001)


if __name__ == "__main__":
    main(int(sys.argv[1]))
