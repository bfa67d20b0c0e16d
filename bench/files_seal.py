"""files.seal: 1 GiB streamed into the sealing upload handler, against the floor on the same bytes."""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.floors import aes_gcm_file
from portal.environment import folder, state_dir
from portal.management.commands.make_secrets import write_missing

NAME = "files.seal"
SIZE = 2**30  # bytes
GOAL = 0.6
MEMORY_GOAL = 64  # MiB over idle
ROUNDS = 3


def run() -> Iterator[dict[str, object]]:
    """Interleave floor and handler; yield the ratio floor/ours of the medians and the peak memory of the handler."""
    with tempfile.TemporaryDirectory(prefix="bench-", dir=folder(state_dir())) as place:
        source = Path(place) / "source"
        write_missing(Path(place) / "secrets")  # a state folder of its own, also where nothing was ever run
        _fill(source)
        floors, ours, peaks = [], [], []
        for _ in range(ROUNDS):
            floors.append(_floor(source, Path(place) / "floor"))
            seconds, peak = _ours(source, Path(place))
            ours.append(seconds)
            peaks.append(peak)
        floor, mine, peak = statistics.median(floors), statistics.median(ours), max(peaks)
    yield {
        "name": NAME, "ratio": round(floor / mine, 3), "goal": GOAL, "ok": floor / mine >= GOAL,
        "floor_s": round(floor, 3), "ours_s": round(mine, 3), "bytes": SIZE,
    }  # fmt: skip
    yield {
        "name": f"{NAME}.memory", "value": round(peak, 1), "unit": "MiB over idle", "goal": MEMORY_GOAL,
        "ok": peak <= MEMORY_GOAL,
    }  # fmt: skip


def _fill(path: Path) -> None:
    with path.open("wb") as target:
        for _ in range(SIZE // 2**20):
            target.write(os.urandom(2**20))
        os.fsync(target.fileno())


def _floor(source: Path, target: Path) -> float:
    started = time.perf_counter()
    aes_gcm_file(source, target)
    seconds = time.perf_counter() - started
    target.unlink()
    return seconds


def _ours(source: Path, folder: Path) -> tuple[float, float]:
    """One run in a process of its own, so that idle and peak memory are its own; returns (seconds, MiB)."""
    environment = os.environ | {"PORTAL_STATE_DIR": str(folder), "PORTAL_FILES_DIR": str(folder / "files")}
    command = [sys.executable, "-m", "bench.files_seal", str(source)]
    out = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    seconds, peak = out.split()
    return float(seconds), float(peak)


def _seal(source: Path) -> None:
    """Feed the handler as Django's multipart parser does, in pieces of its chunk size."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from vault.uploads import SealingUploadHandler

    handler = SealingUploadHandler()
    handler.limit = 2 * SIZE
    handler.new_file("file", "file", "application/pdf", SIZE)
    idle = _memory()
    started = time.perf_counter()
    with source.open("rb") as data:
        start = 0
        while piece := data.read(handler.chunk_size):
            handler.receive_data_chunk(piece, start)
            start += len(piece)
    upload = handler.file_complete(start)
    seconds = time.perf_counter() - started
    assert upload.size == SIZE
    upload.close()
    print(seconds, _memory() - idle)


def _memory() -> float:
    """The peak resident memory so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    _seal(Path(sys.argv[1]))
