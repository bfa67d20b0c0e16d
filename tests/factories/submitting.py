"""Sending bytes to a survivor's form as no browser would, and what must hold of every answer."""

from __future__ import annotations

import html
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from intake.cleaning import clean
from tests.factories import typed
from tests.factories.listening import Ear
from tests.factories.walk import Walk

FORM = "application/x-www-form-urlencoded"
MULTIPART = f"multipart/form-data; boundary={typed.BOUNDARY}"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 2000
SHOWN = 200  # characters of a text that must be shown again at least


def have_file(walk: Walk) -> None:
    """Come back if the page was closed, and attach a file unless there is one: its own pages are there only with it."""
    if walk.get("files/").status_code == 302:
        walk.fill("back/", {"code": walk.digits})
    if 'name="remove"' not in walk.read("files/"):
        file = SimpleUploadedFile("a.png", PNG)
        walk.post("files/", {"EVD-02-file": file, "EVD-02-name": "", "do": "add"})


def submit(walk: Walk, ear: Ear, place: str, pairs: typed.Pairs) -> Any:
    """Send a form; the answer leads on, or shows the person's words again."""
    body = typed.urlencoded(pairs)
    answer = post(walk, ear, place, body, FORM)
    if len(body) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:  # several fields of a megabyte each: the whole is refused
        assert answer.status_code == 413, place
        return answer
    if answer.status_code not in (301, 302):
        page = answer.content.decode()
        for name in typed.FORMS[place][0]:
            for words in [as_kept(value) for key, value in pairs if key == name]:
                assert is_shown(words, page), (place, answer.status_code, name)
    return answer


def is_shown(words: str, page: str) -> bool:
    """Does a page show the beginning of a text, white space apart?"""
    return " ".join(words[:SHOWN].split()) in " ".join(html.unescape(page).split())


def post(walk: Walk, ear: Ear, place: str, body: bytes, kind: str) -> Any:
    """Send bytes; no 500, and nothing of them in a log."""
    answer = walk.client.post(walk.path(place), body, content_type=kind, secure=True)
    assert answer.status_code < 500, (place, answer.status_code)
    assert not ear.heard_of(typed.MARK), place
    return answer


def as_kept(words: bytes) -> str:
    """A text as it is kept: what cannot be is taken out; white space alone is nothing."""
    return clean(words.decode("utf-8", "replace")).text
