"""Processor time of processes and all that they started, also of what has ended since."""

from __future__ import annotations

import os
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def seconds(*roots: int) -> float:
    """What these processes and their descendants have used so far, in seconds of one processor.

    A descendant that has ended counts where its parent waited for it.
    """
    used, children = {}, dict[int, list[int]]()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        pid = int(path.parent.name)
        children.setdefault(int(fields[1]), []).append(pid)
        used[pid] = sum(map(int, fields[11:15]))  # user and system, own and of those who ended
    family, todo = set[int](), list(roots)
    while todo:
        pid = todo.pop()
        family.add(pid)
        todo += children.get(pid, [])
    return sum(used.get(pid, 0) for pid in family) / TICK
