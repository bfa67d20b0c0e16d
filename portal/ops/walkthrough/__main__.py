"""`make walkthrough OUT=dir [SHOTS=dir]`: own servers, own database, real pages; prints one JSON object."""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
import zipfile
from pathlib import Path

import pikepdf

from portal.ops.deployment import HURRIED, Deployment
from portal.ops.walkthrough.browser import Stuck, chromium
from portal.ops.walkthrough.road import Road, members_of
from portal.ops.walkthrough.story import invented

ROOMS = {"vault", "people", "jurisdictions", "cases", "intake"}


def main(out: Path) -> int:
    """Walk the road once; 1 when somebody got stuck."""
    out.mkdir(parents=True, exist_ok=True)
    shots = Path(os.environ["SHOTS"]) if os.environ.get("SHOTS") else None
    if shots:
        shots.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="walkthrough-") as folder:
        portal = Deployment(Path(folder) / "state", settings=HURRIED)
        members = members_of(portal)
        try:
            portal.start()
            with chromium() as browser:
                road = Road(portal.url, browser, members, invented(), out, shots)
                package = road.walk()
                refuse_shortcuts()
                print(json.dumps(report(road, package)))
        except Stuck as error:
            print(f"stuck: {error}", file=sys.stderr)
            return 1
        finally:
            portal.stop()
            portal.remove()
    return 0


def refuse_shortcuts() -> None:
    """Raise Stuck if any room of the portal was imported here: the walk goes through the pages or not at all."""
    taken = sorted(name for name in sys.modules if name.partition(".")[0] in ROOMS)
    if taken:
        raise Stuck(f"the walk imported {taken[0]}")


def report(road: Road, package: Path) -> dict[str, object]:
    """Seconds for each step, pages, bytes, case reference, and what is in the package."""
    with zipfile.ZipFile(package) as archive:
        names = archive.namelist()
        pages = {name: _pages(archive, name) for name in names if name.endswith(".pdf") and "/" not in name}
    return {
        "case": road.reference, "package": package.name, "bytes": package.stat().st_size, "pages": sum(pages.values()),
        "pages_of": pages, "files": names, "words": len(road.story.account.split()), "seconds": road.clock.seconds,
    }  # fmt: skip


def _pages(archive: zipfile.ZipFile, name: str) -> int:
    with pikepdf.open(io.BytesIO(archive.read(name))) as document:
        return len(document.pages)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
