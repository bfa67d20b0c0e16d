"""The work of a browser, done here: what static/intake-work.js finds."""

from __future__ import annotations

import hashlib
import re


def zeros(mark: str, work: str) -> int:
    """With how many zero bits the hash of a proof begins."""
    digest = hashlib.sha256(f"{mark}:{work}".encode()).digest()
    return 256 - int.from_bytes(digest, "big").bit_length()


def worked(mark: str, bits: int) -> str:
    """The first proof of at least so many bits for a mark."""
    return next(str(number) for number in range(2**32) if zeros(mark, str(number)) >= bits)


def too_little(mark: str, bits: int) -> str:
    """A proof of exactly one bit less."""
    return next(str(number) for number in range(2**32) if zeros(mark, str(number)) == bits - 1)


def task_of(page: str) -> tuple[str, int]:
    """The mark and the bits that a page asks its script for."""
    mark, bits = re.search(r'data-mark="(\w+)" data-bits="(\d+)"', page).groups()
    return mark, int(bits)
