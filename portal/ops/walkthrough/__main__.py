"""`make walkthrough OUT=dir [SHOTS=dir]`: own servers, own database, real pages; prints one JSON object."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

import pikepdf

from portal.ops.deployment import HURRIED, Deployment
from portal.ops.walkthrough.browser import Stuck, chromium
from portal.ops.walkthrough.filing import Filed
from portal.ops.walkthrough.road import members_of
from portal.ops.walkthrough.story import invented
from portal.ops.walkthrough.whole import Whole

ROOMS = {"vault", "people", "jurisdictions", "cases", "intake"}


def main(out: Path) -> int:
    """Walk the road once; 1 when somebody got stuck."""
    shots = Path(os.environ["SHOTS"]) if os.environ.get("SHOTS") else None
    for folder in filter(None, (out, shots)):
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="walkthrough-") as place:
        portal = Deployment(Path(place) / "state", settings=HURRIED, is_timed=True, output=sys.stderr.buffer)
        try:
            print(json.dumps(walked(portal, out, shots), ensure_ascii=False))
        except Stuck as error:
            print(f"stuck: {error}", file=sys.stderr)
            return 1
        finally:
            portal.stop()
            portal.remove()
    return 0


def walked(portal: Deployment, out: Path, shots: Path | None = None) -> dict[str, object]:
    """Start a fresh portal, walk the whole road on it, and say what came of it. Raises Stuck."""
    members = members_of(portal)
    portal.start()
    # whoever verifies has it from the authority itself, as everybody could have
    authority = Path(shutil.copy(portal.timed["PORTAL_TIME_AUTHORITY_CERTIFICATE"], out / "authority.pem"))
    with chromium() as browser:
        road = Whole(portal.url, browser, members, invented(), out, shots, authority=authority)
        filed = road.walk()
    refuse_shortcuts()
    return report(road, filed)


def refuse_shortcuts() -> None:
    """Raise Stuck if any room of the portal was imported here: the walk goes through the pages or not at all."""
    taken = sorted(name for name in sys.modules if name.partition(".")[0] in ROOMS)
    if taken:
        raise Stuck(f"the walk imported {taken[0]}")


def report(road: Whole, filed: dict[str, Filed]) -> dict[str, object]:
    """Seconds for each step, the case, and for each text what is in its package and what the verifier said."""
    return {
        "case": road.reference, "words": len(road.story.account.split()), "points_cleared": road.points,
        "variants": {variant: _about(each) for variant, each in filed.items()}, "seconds": road.clock.seconds,
    }  # fmt: skip


def _about(filed: Filed) -> dict[str, object]:
    """Pages, files, bytes, and the verifier's exit code with its last line."""
    with zipfile.ZipFile(filed.package) as archive:
        names = archive.namelist()
        pages = {name: _pages(archive, name) for name in names if name.endswith(".pdf") and "/" not in name}
    return {
        "package": filed.package.name, "bytes": filed.package.stat().st_size, "pages": sum(pages.values()),
        "pages_of": pages, "files": names, "verifier": {"exit_code": filed.verdict.code, "says": filed.verdict.last},
    }  # fmt: skip


def _pages(archive: zipfile.ZipFile, name: str) -> int:
    with pikepdf.open(io.BytesIO(archive.read(name))) as document:
        return len(document.pages)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
