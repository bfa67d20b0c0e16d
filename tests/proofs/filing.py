"""From an account to two dossiers for filing, UJ-EN and LT, through the pages alone; the verifier checks everything.

It is `make walkthrough`, in a process that has no room of the portal, with own servers and an authority of its own.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import pytest

from portal.environment import BASE_DIR
from portal.ops.walkthrough.story import FACTS
from tests.factories.time_authority import authority

WHOLE, OPEN, TIME = 0, 10, 24  # exit codes of the verifier
MARK = {"uj-en": "DRAFT, not for filing", "lt": "PROJEKTAS, teikti negalima"}  # in the header of each page of a draft
LEAST_PAGES = 15


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the packages and the verifier are."""
    return tmp_path_factory.mktemp("walk")


@pytest.fixture(scope="module")
def said(out: Path) -> dict[str, Any]:
    """What the walk printed."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SHOTS") if name in os.environ}
    command = [sys.executable, "-m", "portal.ops.walkthrough", str(out)]
    done = subprocess.run(command, cwd=BASE_DIR, env=kept, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def test_both_are_whole_and_everything_was_checked(said: dict[str, Any]) -> None:
    assert set(said["variants"]) == set(FACTS) == {"uj-en", "lt"}
    for about in said["variants"].values():
        assert about["verifier"]["exit_code"] == WHOLE
        assert "manifest.tsr" in about["files"]
        assert about["pages"] > LEAST_PAGES
    assert all(count > 0 for count in said["points_cleared"].values()), "a lawyer had something to clear"


@pytest.mark.parametrize("variant", FACTS)
def test_what_is_filed_says_what_the_person_read_and_is_no_draft(
    said: dict[str, Any], out: Path, variant: str, tmp_path: Path
) -> None:
    number = int(re.search(r"-(\d+)\.zip$", said["variants"][variant]["package"])[1])  # type: ignore[index]
    prefix = said["variants"][variant]["package"].rpartition("-")[0]
    texts = {each: text_of(out / f"{prefix}-{each}.zip", tmp_path) for each in range(1, number + 1)}
    assert all(plain(sentence) in texts[number] for sentence in FACTS[variant])
    assert MARK[variant] not in texts[number]
    assert sum(MARK[variant] in text for text in texts.values()) == 1, "the draft of this text says what it is"


@pytest.mark.parametrize("variant", FACTS)
def test_nobody_elses_word_on_the_time_counts(said: dict[str, Any], out: Path, variant: str, tmp_path: Path) -> None:
    package = out / said["variants"][variant]["package"]
    with zipfile.ZipFile(package) as archive:
        fingerprint = json.loads(archive.read("keys.json"))["fingerprint"]
    plainly = ["--fingerprint", fingerprint]
    (tmp_path / "other.pem").write_bytes(authority("Somebody else").root)
    assert code(out, package, *plainly, "--tsa-certificate", str(out / "authority.pem")) == WHOLE
    assert code(out, package, *plainly) == OPEN
    assert code(out, package, *plainly, "--tsa-certificate", str(tmp_path / "other.pem")) == TIME


def code(out: Path, package: Path, *arguments: str) -> int:
    command = [sys.executable, "-I", str(out / "verify_package.py"), str(package), *arguments]
    return subprocess.run(command, capture_output=True, check=False).returncode


def text_of(package: Path, folder: Path) -> str:
    """The text of the main document, on one line."""
    with zipfile.ZipFile(package) as archive:
        name = next(each for each in archive.namelist() if each.startswith("01_complaint"))
        path = Path(archive.extract(name, folder))
    return plain(subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout)


def plain(text: str) -> str:
    return unicodedata.normalize("NFC", re.sub(r"\s+", " ", text.replace("\u00ad", "")))
