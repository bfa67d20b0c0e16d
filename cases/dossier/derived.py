"""How a filed copy was made from an original, for the chain of custody: what was done, with which program and settings.

In the English of the record; a variant has words for what such a line begins with.
"""

from __future__ import annotations

from importlib.metadata import version

PIXELS = "filed copy made, a new picture of the pixels alone: "
PAGES = "filed copy made, pages built anew from an allow-list of their parts: "
DRAWN = "filed copy made, pages drawn as pictures: "
TYPED = "filed copy made, text set anew: "
SHEET = "no copy made, a sheet stands for it: "
BY = "system"


def line(kind: str, *packages: str, settings: str = "") -> str:
    """ "filed copy made, ...: Pillow 13.0.0, longest side 3200, JPEG 90". packages: as they are installed here."""
    said = [f"{name} {version(name)}" for name in packages]
    return kind + ", ".join([*said, settings] if settings else said)
