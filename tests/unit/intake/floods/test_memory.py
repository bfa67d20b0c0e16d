"""The numbers that all web processes of a host share."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path
from typing import Any

import pytest

from intake.floods import memory
from intake.floods.memory import WORD, WORDS, Memory

EACH = 300


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.TMPFS_DIR = tmp_path
    return tmp_path


def add(path: Path) -> None:
    own = Memory(os.open(path, os.O_RDWR))
    for _ in range(EACH):
        with own.held():
            own.put(1, own.number(1) + 1)


def test_it_is_a_private_file_of_one_size_with_nothing_in_it(folder: Path) -> None:
    with memory.shared().held():
        assert memory.shared().number(0) == 0
    found = (folder / memory.NAME).stat()
    assert found.st_size == WORDS * WORD
    assert found.st_mode & 0o077 == 0


def test_two_processes_count_as_one(folder: Path) -> None:
    memory.shared()
    processes = [multiprocessing.get_context("spawn").Process(target=add, args=(folder / memory.NAME,)) for _ in "ab"]
    for each in processes:
        each.start()
    for each in processes:
        each.join()
    with memory.shared().held():
        assert memory.shared().number(1) == 2 * EACH


def test_without_the_folder_a_process_counts_for_itself_and_says_so(
    settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.TMPFS_DIR = tmp_path / "not there"
    with memory.shared().held():
        memory.shared().put(3, 1.5)
        assert memory.shared().number(3) == 1.5
    assert [record.getMessage() for record in caplog.records] == ["floods: memory_not_shared"]


def test_a_full_folder_is_noticed_at_once(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.TMPFS_DIR = tmp_path
    real, calls = os.posix_fallocate, []

    def full(descriptor: int, start: int, length: int) -> None:
        calls.append(length)
        if len(calls) == 1:
            raise OSError(28, "No space left on device")
        real(descriptor, start, length)

    monkeypatch.setattr(os, "posix_fallocate", full)
    with memory.shared().held():
        memory.shared().put(0, 2.0)
    assert calls == [WORDS * WORD] * 2
