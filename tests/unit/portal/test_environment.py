"""Reading the environment: files before variables, and loud words for what is missing."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal import environment


def test_an_address_comes_from_its_file_then_its_variable_then_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOME_URL", raising=False)
    assert environment.address("SOME_URL", "default") == "default"
    monkeypatch.setenv("SOME_URL", "")
    assert environment.address("SOME_URL", "default") == "default"
    monkeypatch.setenv("SOME_URL", "given")
    assert environment.address("SOME_URL", "default") == "given"
    (tmp_path / "url").write_text("from file\n")
    monkeypatch.setenv("SOME_URL_FILE", str(tmp_path / "url"))
    assert environment.address("SOME_URL", "default") == "from file"
    monkeypatch.setenv("SOME_URL_FILE", str(tmp_path / "none"))
    with pytest.raises(ImproperlyConfigured, match="SOME_URL_FILE"):
        environment.address("SOME_URL", "default")


def test_a_secret_is_read_from_its_own_file_or_from_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORTAL_WORD_FILE", raising=False)
    (tmp_path / "word").write_text(" in the folder \n")
    assert environment.secret("word", tmp_path) == b"in the folder"
    (tmp_path / "mounted").write_text("mounted")
    monkeypatch.setenv("PORTAL_WORD_FILE", str(tmp_path / "mounted"))
    assert environment.secret("word", tmp_path) == b"mounted"


@pytest.mark.parametrize(("text", "says"), [("zz" * 32, "not hexadecimal"), ("00" * 31, "31 bytes, not 32")])
def test_a_broken_secret_is_named_and_not_shown(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "word").write_text(text)
    with pytest.raises(ImproperlyConfigured, match=says) as caught:
        environment.hex_secret("word", tmp_path, 32)
    assert text not in str(caught.value)


def test_a_missing_secret_names_the_command_that_makes_it(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"'word'.*make_secrets"):
        environment.secret("word", tmp_path)


def test_file_systems_are_told_apart() -> None:
    assert environment.filesystem_of(Path("/dev/shm/x")) == "tmpfs"
    assert environment.filesystem_of(Path("/proc/self")) == "proc"
    # "unknown" in a changed root, whose own mount is not listed; the checks take that for a disk
    assert environment.filesystem_of(environment.BASE_DIR) not in {"tmpfs", "proc"}


def test_each_state_folder_has_its_own_place_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.tmpfs_of(Path("/a")) != environment.tmpfs_of(Path("/b"))
    monkeypatch.setenv("PORTAL_STATE_DIR", "/a")
    monkeypatch.delenv("PORTAL_TMPFS_DIR", raising=False)
    assert environment.tmpfs_dir() == environment.tmpfs_of(Path("/a"))
    monkeypatch.setenv("PORTAL_TMPFS_DIR", "/dev/shm/x")
    assert environment.tmpfs_dir() == Path("/dev/shm/x")
