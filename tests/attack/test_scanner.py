"""The scanner must find what it looks for, or its silence means nothing."""

import base64
import gzip
import json
import os
from urllib.parse import quote

import pytest

from tests.attack.scanner import controls, scan_bytes, scan_folder

WORD = "Сакрэт-Жыўбінт-7"


@pytest.mark.parametrize("name", sorted(controls(WORD)))
def test_finds_a_word_in_every_encoding(name: str) -> None:
    noise = os.urandom(5000)
    assert scan_bytes(noise + controls(WORD)[name] + noise, [WORD], "here")


@pytest.mark.parametrize("shift", range(7))
def test_finds_a_word_inside_longer_base64_at_every_alignment(shift: int) -> None:
    text = base64.b64encode(b"x" * shift + WORD.encode() + b"tail")
    assert scan_bytes(text, [WORD], "here")


def test_finds_a_word_inside_json_percent_and_nested_gzip() -> None:
    for data in (
        json.dumps({"answer": f"before {WORD} after"}).encode(),
        f"q={quote('a ' + WORD)}".encode(),
        gzip.compress(gzip.compress(WORD.encode())),
        f"a {WORD} b".encode("utf-16"),
    ):
        assert scan_bytes(data, [WORD], "here")


def test_finds_file_names_and_words_across_blocks(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("tests.attack.scanner.BLOCK", 1024)
    (tmp_path / "big").write_bytes(b"\0" * 1020 + WORD.encode() + b"\0" * 4000)
    (tmp_path / f"{WORD}.txt").write_bytes(b"")
    places = {hit.place for hit in scan_folder(tmp_path, [WORD])}
    assert any(place.endswith("big") for place in places)
    assert any(place.startswith("name of") for place in places)


def test_is_silent_about_noise() -> None:
    assert scan_bytes(os.urandom(300_000), [WORD], "here") == []
