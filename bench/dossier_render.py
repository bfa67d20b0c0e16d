"""dossier.render: a bundle of 60 pages and 50 exhibits of 200 pages, against its libraries alone on the same input.

Ours is the whole way of a worker without the database: children, cleaning, checks, signatures, the ZIP. The floor draws
the same pages with WeasyPrint and lays the same copies on them with pikepdf, in one process, believing every file. The
memory is that of the worker and all its children together. Then what a page costs: a main document of 10 pages, and of
400. Each part runs in a process of its own.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from typing import Any

NAME = "dossier.render"
GOAL, GOAL_MIB, GOAL_GROWTH = 1.4, 500, 1.6
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
EXHIBITS, OF_EACH = 50, 4
TIMES = {10: 0, 60: 20, 400: 222}  # pages of the main document -> how often the invented account is told in it
OF_SECTION = 20  # more would be cut with a note
DAY = "2026-11-22"


def run() -> Iterator[dict[str, object]]:
    """Each part alone, in turns."""
    found: dict[str, list[dict[str, float]]] = {"ours": [], "floor": [], "ten": [], "many": []}
    for _ in range(ROUNDS):
        for part, lines in found.items():
            lines.append(_measured(part))
    yield _whole(found["ours"], found["floor"])
    yield _growth(found["ten"], found["many"])


def _whole(ours: list[dict[str, float]], floor: list[dict[str, float]]) -> dict[str, object]:
    own, bare = (statistics.median(each["seconds"] for each in lines) for lines in (ours, floor))
    ratio, peak = own / bare, max(each["mib"] for each in ours)
    return {
        "name": NAME, "ratio": round(ratio, 2), "goal": GOAL, "ok": ratio <= GOAL and peak <= GOAL_MIB,
        "seconds": round(own, 1), "floor_s": round(bare, 1), "peak_mib": round(peak), "goal_mib": GOAL_MIB,
        "pages": int(floor[0]["pages"]), "exhibits": EXHIBITS, "of_pages": EXHIBITS * OF_EACH,
    }  # fmt: skip


def _growth(ten: list[dict[str, float]], many: list[dict[str, float]]) -> dict[str, object]:
    few, lots = (statistics.median(each["seconds"] / each["pages"] for each in lines) for lines in (ten, many))
    return {
        "name": "dossier.page", "ratio": round(lots / few, 2), "goal": GOAL_GROWTH, "ok": lots / few <= GOAL_GROWTH,
        "ms_of_page": round(1000 * lots), "ms_of_page_few": round(1000 * few),
        "pages": int(many[0]["pages"]), "pages_few": int(ten[0]["pages"]),
    }  # fmt: skip


def _measured(part: str) -> dict[str, float]:
    """Seconds and pages as the part says them, and the most MiB that it and its children had at once."""
    command = [sys.executable, "-m", "bench.dossier_render", part]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    peak, over = [0.0], Event()
    watcher = Thread(target=_watch, args=(process.pid, peak, over))
    watcher.start()
    said, _ = process.communicate()
    over.set()
    watcher.join()
    if process.returncode:
        raise RuntimeError(f"{part} ended with {process.returncode}")
    return json.loads(said.splitlines()[-1]) | {"mib": peak[0]}


def _watch(pid: int, peak: list[float], over: Event) -> None:
    while not over.wait(0.1):
        peak[0] = max(peak[0], sum(map(_mib, _family(pid))))


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(each for child in children for each in _family(int(child)))]


def _mib(pid: int) -> float:
    """What a process has for itself, with its part of what it shares."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def ours() -> int:
    """The way of a worker; returns how many files the package has."""
    from cases.dossier.assemble import assemble
    from cases.dossier.children import warm
    from tests.factories.signers import signing

    data, bodies = _input(60, EXHIBITS)
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder, warm(Path(folder)):
        package = assemble(
            data, lambda exhibit: [bodies[exhibit.label]], lambda block: None, signing=signing(), tmpfs=Path(folder)
        )
    return len(package.entries)


def floor() -> int:
    """The same pages with the libraries alone; returns the pages of the main document."""
    from io import BytesIO

    import pikepdf
    from pikepdf import Pdf

    from cases.dossier import slip
    from cases.dossier.build import build
    from cases.dossier.exhibit_copy import COPY_BOX
    from cases.dossier.variant import find

    data, bodies = _input(60, EXHIBITS)
    words, document = find(data.variant), build(data)
    values = {**document.to_plain(), "foot": document.draft}
    complaint, *_ = (
        Pdf.open(BytesIO(_bare(template, values, "pdf/a-3a")))
        for template in ("complaint.html", "letter.html", "note.html")
    )
    for exhibit in data.exhibits:
        values = slip.values(exhibit, data.reference, data.built_on, (), OF_EACH, words)
        base = Pdf.open(BytesIO(_bare("exhibit.html", values, None)))
        source = Pdf.open(BytesIO(bodies[exhibit.label]))
        for under, page in zip(base.pages[1:], source.pages, strict=True):
            under.add_overlay(page, COPY_BOX)
        base.save(BytesIO(), deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return len(complaint.pages)


def _bare(template: str, values: dict[str, Any], variant: str | None) -> bytes:
    """A page as WeasyPrint alone makes it."""
    from django.template import Context
    from weasyprint import CSS, HTML

    from cases.dossier.html import TEMPLATES, engine

    markup = engine().get_template(template).render(Context(values, use_l10n=False, use_tz=False))
    sheet = CSS(TEMPLATES / "dossier.css")
    made: bytes = HTML(string=markup).write_pdf(stylesheets=[sheet], pdf_variant=variant, pdf_tags=variant is not None)
    return made


def pages(number: int) -> int:
    """One main document, in a child as always; returns its pages."""
    from cases.dossier.build import build
    from cases.dossier.render import render_complaint

    data, _ = _input(number, 0)
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        return render_complaint(build(data), tmpfs=Path(folder)).pages


def _input(number: int, exhibits: int) -> tuple[Any, dict[str, bytes]]:
    """The invented account told so often that the main document has so many pages; exhibits as scans."""
    from tests.factories import dossier as made

    told = TIMES[number]
    sections = tuple(
        replace(section, id=f"episode-{start // OF_SECTION + 1}")
        for start in range(0, max(told, 1), OF_SECTION)
        for section in made.account("\n\n".join([made.own_words()] * min(OF_SECTION, told - start)) or "Так.")
    )
    scan = _scan() if exhibits else b""
    records = tuple(made.exhibit(each, f"scan {each}.pdf", "application/pdf", scan) for each in range(1, exhibits + 1))
    data = made.make_input(account=sections, exhibits=records)
    return (data if told else replace(data, elements=(), facts=())), {each.label: scan for each in records}


def _scan() -> bytes:
    """Four pages as a scanner makes them: one picture each."""
    from io import BytesIO

    from PIL import Image

    from tests.factories.dossier import photograph

    picture = Image.open(BytesIO(photograph(1240, 1754))).convert("L")
    body = BytesIO()
    picture.save(body, "PDF", save_all=True, append_images=[picture] * (OF_EACH - 1), resolution=150)
    return body.getvalue()


PARTS: dict[str, Callable[[], int]] = {
    "ours": ours, "floor": floor, "ten": lambda: pages(10), "many": lambda: pages(400),
}  # fmt: skip

if __name__ == "__main__":
    started = time.perf_counter()
    number = PARTS[sys.argv[1]]()
    print(json.dumps({"seconds": time.perf_counter() - started, "pages": number}))
