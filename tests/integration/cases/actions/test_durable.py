"""A file counts as received only when it is on disk, with its folders, before its row; however the process ends."""

from __future__ import annotations

import hashlib
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections

from cases.actions.drafting import attach, load_draft
from cases.models import DraftExhibit
from tests.factories.cast import Survivor, sealed_upload
from vault import files
from vault import uploads as module
from vault.models import SealedFile

BODY = b"bytes of a picture " * 9000
STAGES = ["file synced", "moved", "folder synced", "row written", "committed"]


def put(survivor: Survivor) -> None:
    upload = sealed_upload("one.jpg", BODY)
    attach(case=survivor.fresh(), receipt=survivor.ring, upload=upload, name="one.jpg", content_type="image/jpeg")


class Steps:
    """Hears of each step that makes a file durable, in the order in which it is done."""

    def __init__(self, hear: Callable[[str], None]) -> None:
        self.hear, self.fsync, self.replace = hear, os.fsync, os.replace

    def sync(self, descriptor: int) -> None:
        """Sync, then tell what."""
        self.fsync(descriptor)
        path = Path(os.readlink(f"/proc/self/fd/{descriptor}"))
        self.hear(f"folder synced {path.name}" if path.is_dir() else "file synced")

    def move(self, source: Path, target: Path) -> None:
        """Move, then tell."""
        self.replace(source, target)
        self.hear("moved")

    def execute(self, execute: Any, sql: str, *given: Any) -> Any:
        """Run a statement, then tell when it was the row of a file."""
        done = execute(sql, *given)
        if sql.startswith("INSERT") and SealedFile._meta.db_table in sql:
            self.hear("row written")
        return done

    def listen(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Put these in the place of the real ones, which they call."""
        monkeypatch.setattr(module.os, "fsync", self.sync)
        monkeypatch.setattr(files.os, "replace", self.move)


def test_file_then_name_then_folders_then_row(amina: Survivor, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    steps = Steps(heard.append)
    steps.listen(monkeypatch)
    with connection.execute_wrapper(steps.execute):
        put(amina)
    folder = SealedFile.objects.get().storage_name[:2]
    store = Path(settings.FILES_DIR).name
    assert heard[:2] == ["file synced", "moved"]
    assert {f"folder synced {folder}", f"folder synced {store}"} <= set(heard[2 : heard.index("row written")])
    assert heard[-1] == "row written"


def killed_at(stage: str, survivor: Survivor, monkeypatch: pytest.MonkeyPatch) -> int:
    """Put a file in a process of its own that is killed at a stage; returns the signal that ended it."""
    connections.close_all()  # a connection must not be shared
    child = os.fork()
    if child:
        return os.WTERMSIG(os.waitpid(child, 0)[1])

    def end(heard: str) -> None:
        if heard.startswith(stage):
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        steps = Steps(end)
        steps.listen(monkeypatch)
        with connection.execute_wrapper(steps.execute):
            put(survivor)
        end("committed")
    finally:
        os._exit(1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("stage", STAGES)
def test_whenever_it_is_killed_a_row_has_its_file_and_what_was_acknowledged_is_there(
    amina: Survivor, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    assert killed_at(stage, amina, monkeypatch) == signal.SIGKILL
    rows = list(DraftExhibit.objects.select_related("file"))
    assert len(rows) == SealedFile.objects.count() == (stage == "committed")
    exhibits = load_draft(amina.fresh(), amina.ring).exhibits
    assert [record.sha256 for record in exhibits] == [hashlib.sha256(BODY).hexdigest()] * len(rows)
    assert all(files.stored_path(row.file.storage_name).stat().st_size == row.file.stored_size for row in rows)


@pytest.mark.django_db(transaction=True)
def test_after_a_kill_the_same_file_can_be_sent_again(amina: Survivor, monkeypatch: pytest.MonkeyPatch) -> None:
    assert killed_at("row written", amina, monkeypatch) == signal.SIGKILL
    put(amina)
    assert [record.number for record in load_draft(amina.fresh(), amina.ring).exhibits] == [1]
