"""Exhibits bound into volumes of at most 100 pages, for authorities that take paper or limit the size of a file.

Each exhibit is in the package by itself too, with its hash; a volume holds the same pages behind a sheet that lists
them. The signed main document is never in a volume.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cases.dossier.annexes import pages
from cases.dossier.binding import LINES, Piece, Volume
from cases.dossier.inputs import DossierInput
from cases.dossier.render import COPY, released
from cases.dossier.sandbox import Limits, run
from cases.dossier.slip import SEPARATOR
from cases.dossier.variant import Variant

Body = Callable[[], Iterable[bytes]]


def bind(data: DossierInput, volume: Volume, count: int, bodies: Mapping[str, Body], *, tmpfs: Path) -> Iterator[bytes]:
    """The PDF of one volume, made in a child when it is asked for. count: of all volumes; bodies: copies by label.

    Raises RenderFailed.
    """
    words = data.words
    parts = [json.dumps(_values(data, volume, count, words)).encode()]
    parts.append(json.dumps([asdict(piece) for piece in volume.pieces]).encode())
    parts += [b"".join(bodies[piece.label]()) for piece in volume.pieces]
    answer = run("volume", parts, day=data.built_on, tmpfs=tmpfs, limits=Limits())
    yield released(answer[0], COPY, day=data.built_on, tmpfs=tmpfs).body


def _values(data: DossierInput, volume: Volume, count: int, words: Variant) -> dict[str, Any]:
    title = words.say("volumes.title", number=str(volume.number), count=str(count))
    return {
        "lang": words.language,
        "reference": data.reference,
        "built_on": data.built_on,
        "foot": words.say("draft"),
        "title": title,
        "stamp": SEPARATOR.join(filter(None, (data.reference, title, words.rendering))),
        "sheets": [_lines(volume.pieces[at : at + LINES], words) for at in range(0, len(volume.pieces), LINES)],
    }


def _lines(pieces: Iterable[Piece], words: Variant) -> list[dict[str, str]]:
    """What one page of the sheet lists."""
    return [
        {"label": piece.label, "pages": _pages(piece, words), "at": words.say("volumes.at", page=str(piece.at))}
        for piece in pieces
    ]


def _pages(piece: Piece, words: Variant) -> str:
    if piece.last - piece.first + 1 == piece.count:
        return pages(piece.count, words)
    return words.say("volumes.part", first=str(piece.first), last=str(piece.last), count=str(piece.count))
