"""Looks for words in everything a thief carries away: raw bytes, the usual encodings, and compressed streams inside."""

import base64
import gzip
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

BLOCK = 8 * 2**20
COMPRESSED = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")
UNPACKED_LIMIT = 64 * 2**20


@dataclass(frozen=True)
class Hit:
    """A word that was found: where, and in which encoding."""

    place: str
    word: str
    encoding: str


@cache
def encodings(word: str) -> dict[str, set[bytes]]:
    """Every form in which a word may lie around."""
    raw = word.encode()
    escaped = json.dumps(word)[1:-1]
    percent = quote(word, safe="")
    return {
        "utf-8": {raw},
        "utf-16": {word.encode("utf-16-le"), word.encode("utf-16-be")},
        "json": {escaped.encode(), escaped.upper().replace("\\U", "\\u").encode()},
        "percent": {percent.encode(), percent.lower().encode(), percent.replace("%", "=").encode()},
        "hex": {raw.hex().encode(), raw.hex().upper().encode()},
        "base64": set(_base64(raw)),
    }


def _base64(raw: bytes) -> Iterator[bytes]:
    """The inner letters of all three alignments, in the standard and in the URL alphabet."""
    for shift in range(3):
        padded = b"\0" * shift + raw
        text = base64.b64encode(padded)
        first = -(-shift * 8 // 6) if shift else 0
        last = len(padded) * 8 // 6
        yield text[first:last]
        yield text[first:last].translate(bytes.maketrans(b"+/", b"-_"))


def scan_bytes(data: bytes, words: list[str], place: str, depth: int = 0) -> list[Hit]:
    """All words in a piece of data and in the compressed streams inside it."""
    hits = [
        Hit(place, word, encoding if not depth else f"{encoding}, compressed")
        for word in words
        for encoding, forms in encodings(word).items()
        if any(form in data for form in forms)
    ]
    if depth < 2:
        for start, unpacked in unpack(data):
            hits += scan_bytes(unpacked, words, f"{place}+{start}", depth + 1)
    return hits


def unpack(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Every gzip or zlib stream that opens, with its offset."""
    whole = memoryview(data)  # not copied for each try
    for match in COMPRESSED.finditer(data):
        window = 31 if match.group().startswith(b"\x1f") else 15
        unpacker = zlib.decompressobj(window)
        try:
            found = unpacker.decompress(whole[match.start() : match.start() + BLOCK], UNPACKED_LIMIT)
        except zlib.error:
            continue
        if found:
            yield match.start(), found


def scan_folder(folder: Path, words: list[str]) -> list[Hit]:
    """Every regular file below a folder: names and contents."""
    hits = []
    for path in sorted(folder.rglob("*")):
        hits += scan_bytes(str(path.relative_to(folder)).encode(), words, f"name of {path}")
        if path.is_file() and not path.is_symlink():
            hits += _scan_file(path, words)
    return hits


def _scan_file(path: Path, words: list[str]) -> list[Hit]:
    """In blocks that overlap by more than the longest form of any word."""
    overlap = 12 * max(len(word) for word in words) * 4
    hits, tail = [], b""
    with path.open("rb") as source:
        while block := source.read(BLOCK):
            hits += scan_bytes(tail + block, words, str(path))
            tail = block[-overlap:]
    return hits


def controls(word: str) -> dict[str, bytes]:
    """One piece of data for each encoding in which the scanner must find the word."""
    forms = {name: sorted(found)[0] for name, found in encodings(word).items()}
    return forms | {"gzip": gzip.compress(word.encode()), "zlib": zlib.compress(word.encode())}
