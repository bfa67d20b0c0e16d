"""An exhibit shown without a download: each page becomes a picture in a closed child, in memory alone.

The child has no key, no file to write and bounded processor time and memory; what it returns goes into one response and
is kept nowhere. A file that cannot be drawn is named as such; the original stays as it came.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.dossier.errors import RenderFailed
from cases.dossier.sandbox import Limits, run
from cases.exhibits import ExhibitRecord
from vault.envelope.stream import StreamOpener
from vault.models import today

SHOWN = frozenset({"image/jpeg", "image/png", "application/pdf", "text/plain"})
MOST_BYTES = 64 * 2**20
LIMITS = Limits(cpu_seconds=20, memory_mib=1024, wall_seconds=40, answer_bytes=16 * 2**20)
SLOW = _("Drawing it here takes too much time or memory.")
TROUBLES: Mapping[str, Promise] = {
    "unreadable": _("It cannot be read: the file is damaged, or it is not what its type says."),
    "encrypted": _("It is protected by a password."),
    "empty": _("It has no pages."),
    "pages": _("It has too many pages."),
    "pixels": _("The picture is too large."),
    "depth": _("Its structure is too deep."),
    "large": _("The file is too large to be drawn here."),
    "page": _("It has no such page."),
    **dict.fromkeys(("cpu", "timeout", "memory", "answer"), SLOW),
}
OTHER_TROUBLE = _("Its structure is not supported.")
NOT_SHOWN: tuple[tuple[str, Promise], ...] = (  # by the beginning of the content type
    ("image/heic", _("It is a picture in the format of some telephones, which is not drawn here.")),
    ("video/", _("It is a recording. Video and sound are not played here.")),
    ("audio/", _("It is a recording. Video and sound are not played here.")),
    ("application/zip", _("It is an archive. It is not opened here, and what it holds is not listed.")),
    ("", _("It is a document of an office program. Such files can carry programs and are not opened here.")),
)


@dataclass(frozen=True, slots=True)
class Look:
    """What there is to show. pages: 0 when nothing can be drawn; then why says it."""

    pages: int = 0
    why: Promise | None = None
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page: a JPEG picture, or UTF-8 text."""

    content_type: str
    body: bytes


class NotDrawn(Exception):
    """A page cannot be drawn; the text is a code."""


def look(record: ExhibitRecord, opener: StreamOpener) -> Look:
    """Count the pages of an exhibit; the stream is closed afterwards. Raises vault.errors.Forged for changed bytes."""
    if record.content_type not in SHOWN:
        opener.close()
        return Look(why=next(words for begin, words in NOT_SHOWN if record.content_type.startswith(begin)))
    try:
        [pages] = _run("look", record, record.content_type.encode(), opener)
    except NotDrawn as error:
        return Look(why=TROUBLES.get(str(error), OTHER_TROUBLE))
    return Look(int(pages), is_text=record.content_type == "text/plain")


def page(record: ExhibitRecord, opener: StreamOpener, number: int, *, is_large: bool) -> Page:
    """Draw one page, counted from 1; grey and small unless `is_large`. Raises NotDrawn, vault.errors.Forged."""
    if record.content_type not in SHOWN:
        opener.close()
        raise NotDrawn("kind")
    task = {"content_type": record.content_type, "page": number, "is_large": is_large}
    content_type, body = _run("page", record, json.dumps(task).encode(), opener)
    return Page(content_type.decode(), body)


def _run(job: str, record: ExhibitRecord, task: bytes, opener: StreamOpener) -> list[bytes]:
    try:
        if record.size > MOST_BYTES:
            raise NotDrawn("large")
        original = b"".join(opener.chunks())
    finally:
        opener.close()
    try:
        return run(job, [task, original], day=today().isoformat(), tmpfs=Path(settings.TMPFS_DIR), limits=LIMITS)
    except RenderFailed as error:
        raise NotDrawn(error.code) from error
