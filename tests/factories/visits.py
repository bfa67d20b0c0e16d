"""Visits of survivors, made without a browser: what the session table holds for each, and the cookie that opens it."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings

from cases.actions.drafting import attach, load_draft, save_section
from cases.actions.opening import open_case, receipt_keyring
from cases.drafted import CARRIED, DraftSection
from cases.models import Case
from intake import wizard
from intake.visit import ANSWERS, CASE, SHOWN
from tests.factories.chosen import chosen_answers
from vault.envelope import receipt
from vault.keyring import Keyring
from vault.session import SessionStore
from vault.uploads import SealingUploadHandler

FILE_BYTES = 2000
HEAD = b"\xff\xd8\xff\xe0"


def make(language: str) -> dict[str, str]:
    """Cookies of three visits in one language: five answers given; a full draft, before its notices; past them."""
    first = first_answers(language)
    code = receipt.derive(receipt.new_code(), settings.DEPLOYMENT_SALT)
    case = open_case(keys=code, answers=first, language=language)
    fill(case, receipt_keyring(case, code.seed))
    opened: dict[str, Any] = {CASE: str(case.id)}
    return {
        "answered": cookie({ANSWERS: first}),
        "before": cookie(opened, code.seed),
        "past": cookie({**opened, SHOWN: every_notice()}, code.seed),
    }


def first_answers(language: str) -> dict[str, dict[str, Any]]:
    """Five answers, with a channel that needs an address."""
    given = {
        "ELG-01": "BY", "ELG-02": "LT", "SAF-04": ["none"], "CTC-01": "signal", "CTC-02": "+48 555 010 203",
        "CNS-01": "yes",
    }  # fmt: skip
    return {question: {"value": value, "lang": language} for question, value in given.items()}


def fill(case: Case, ring: Keyring) -> None:
    """A draft with as much asked on its pages as can be, and a file."""
    for key, answers in chosen_answers().items():
        save_section(case=case, receipt=ring, section=key, answers=answers, seen_version=0)
    carry_channel(case, ring)
    handler = SealingUploadHandler()
    handler.new_file("file", "photo.jpg", "image/jpeg", FILE_BYTES)
    handler.receive_data_chunk(HEAD + os.urandom(FILE_BYTES - len(HEAD)), 0)
    upload = handler.file_complete(FILE_BYTES)
    attach(case=case, receipt=ring, upload=upload, name="photo.jpg", content_type="image/jpeg")


def carry_channel(case: Case, ring: Keyring) -> None:
    """A draft that knows of a way to answer beside the number, so that all that hangs on it is asked."""
    carried = load_draft(case, ring).sections.get(CARRIED, DraftSection())
    answers = {**carried.answers, "CTC-01": {"value": "signal", "lang": "be"}}
    save_section(case=case, receipt=ring, section=CARRIED, answers=answers, seen_version=carried.version)


def every_notice() -> list[str]:
    """The marks of all pages, as if each notice had been shown."""
    keys = [key for each in wizard.told_here() for key in (each.id, f"{each.id}-1")]
    return [f"{key}.{step}" for key in keys for step in range(1, 40)]


def cookie(content: dict[str, Any], seed: bytes | None = None) -> str:
    """Store a visit; returns the value of its cookie."""
    session = SessionStore()
    session.update(content)
    session.seed = seed
    session.save()
    return str(session.session_key)
