"""`make looks OUT=dir [LANGUAGES="be ar"]`: a picture of each make of a survivor's page at 360 px, script off.

Own servers and an own database. Beside the pictures, sheets show many of them at a glance.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw

from portal.ops.deployment import HURRIED, Deployment
from portal.ops.walkthrough.browser import PHONE, Walker, chromium
from tests.browser import tour

ACROSS, CELL, TALLEST = 6, (360, 1500), 1460  # pixels; a longer page is cut on its sheet, not in its picture
SECTIONS = ("safety", "you", "consent", "identity", "story", "people", "health")  # every make of question is in these


class Looks:
    """Takes a picture of each page that it is told of."""

    def __init__(self, walker: Walker, out: Path, language: str) -> None:
        self.walker, self.out, self.language = walker, out, language
        self.taken: list[Path] = []

    def __call__(self, name: str) -> None:
        """Take the picture of the page that is open."""
        plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        path = self.out / f"{self.language}-{len(self.taken) + 1:02d}-{plain}.png"
        self.walker.page.screenshot(path=path, full_page=True)
        self.taken.append(path)


def sheets(pictures: list[Path], across: int = ACROSS) -> Iterator[Image.Image]:
    """Put pictures side by side, each under its name."""
    for start in range(0, len(pictures), across):
        sheet = Image.new("RGB", (across * CELL[0], CELL[1]), (128, 128, 128))
        for place, path in enumerate(pictures[start : start + across]):
            with Image.open(path) as picture:
                sheet.paste(picture.crop((0, 0, CELL[0], min(picture.height, TALLEST))), (place * CELL[0], 40))
            ImageDraw.Draw(sheet).text((place * CELL[0] + 8, 12), path.stem, fill=(255, 255, 255))
        yield sheet


def main(out: Path, languages: list[str]) -> None:
    """Tour the pages in each language."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="looks-") as folder, chromium() as browser:
        portal = Deployment(Path(folder) / "state", settings=HURRIED)
        try:
            with portal:
                for language in languages:
                    walker = Walker(browser, portal.url, language, PHONE)
                    walker.look = lambda: None  # type: ignore[method-assign]  # pages about problems are wanted too
                    looks = Looks(walker, out, language)
                    tour.survivor(walker, language, Path(folder), looks, each_question=False, sections=SECTIONS)
                    walker.close()
                    for number, sheet in enumerate(sheets(looks.taken), start=1):
                        sheet.save(out / f"sheet-{language}-{number}.png")
        finally:
            portal.remove()


if __name__ == "__main__":
    main(Path(sys.argv[1]), os.environ.get("LANGUAGES", "be ar").split())
