"""The documents of a dossier as PDF bytes. The work is done in a child process; this side never loads the renderer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cases.dossier.document import Document
from cases.dossier.errors import RenderFailed
from cases.dossier.inert import one_line
from cases.dossier.sandbox import Limits, run

# What `check` must not find. A copy of a foreign document can promise neither tags and language, nor the fonts that
# its maker left out, nor the archive standard.
DOCUMENT = frozenset(
    {
        "unreadable",
        "empty",
        "untagged",
        "no-language",
        "loose-font",
        "active",
        "outside",
        "attachment",
        "metadata",
        "claim",
    }
)
COPY = DOCUMENT - {"untagged", "no-language", "loose-font", "claim"}
NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True)
class Rendered:
    """A rendered document: PDF bytes, number of pages, and the hex SHA-256 of each file inside it, by name."""

    body: bytes
    pages: int
    attached: Mapping[str, str] = field(default_factory=dict)


def render_complaint(document: Document, *, tmpfs: Path, limits: Limits | None = None) -> Rendered:
    """The main document D1 with all annexes, and the exhibits as data inside it. Raises RenderFailed with a code."""
    inside = {each.name: hashlib.sha256(each.text.encode()).hexdigest() for each in document.attached}
    return _render("complaint", document, {}, tmpfs, limits, inside)


def render_cover(
    document: Document, complaint: Rendered, *, address: str, fingerprint: str = "", tmpfs: Path,
    limits: Limits | None = None,
) -> Rendered:  # fmt: skip
    """The cover letter D0; it states the pages of the complaint and by which keys the package is signed.

    address: counsel's address for service. fingerprint: 64 hexadecimal digits, or empty.
    """
    plain = document.to_plain()["letter"]
    plain["pairs"].append({"label": document.words["pages_of_complaint"], "text": str(complaint.pages)})
    if fingerprint:
        grouped = " ".join(fingerprint[at : at + 8] for at in range(0, len(fingerprint), 8))
        plain["pairs"].append({"label": document.words["key_fingerprint"], "text": grouped})
    return _render("cover", document, {"letter": plain, "address": one_line(address, 300)}, tmpfs, limits)


def render_note(document: Document, *, tmpfs: Path, limits: Limits | None = None) -> Rendered:
    """The note to counsel: privileged, not part of the filing."""
    return _render("note", document, {"foot": "Privileged, not for filing", "lang": "en"}, tmpfs, limits)


def _render(
    job: str,
    document: Document,
    more: dict[str, object],
    tmpfs: Path,
    limits: Limits | None,
    attached: Mapping[str, str] = NOTHING,
) -> Rendered:
    values = {**document.to_plain(), "foot": document.draft, **more}
    parts = [json.dumps(values).encode()]
    answer = run(job, parts, day=document.built_on, tmpfs=tmpfs, limits=limits or Limits())
    return released(answer[0], DOCUMENT, day=document.built_on, tmpfs=tmpfs, attached=attached)


def released(
    pdf: bytes, demands: frozenset[str], *, day: str, tmpfs: Path, attached: Mapping[str, str] = NOTHING
) -> Rendered:
    """Let a PDF out of a child only if the structural check, done in another child, finds nothing that is demanded.

    attached: the files that must be inside it, hex SHA-256 by name, and no others.
    Raises RenderFailed("check-..."), or what sandbox.run raises.
    """
    report = json.loads(run("examine", [pdf], day=day, tmpfs=tmpfs, limits=Limits())[0])
    require(report, demands, attached)
    return Rendered(pdf, report["pages"], attached)


def require(report: dict[str, Any], demands: frozenset[str], attached: Mapping[str, str] = NOTHING) -> None:
    """Raise RenderFailed("check-...") for the first finding that is demanded not to be there, and for other files."""
    for code in sorted(demands.intersection(report["findings"])):
        raise RenderFailed(f"check-{code}")
    if report["files"] != attached:
        raise RenderFailed("check-attachment")
