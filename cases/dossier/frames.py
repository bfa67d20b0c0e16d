"""Byte strings side by side in one stream: each with its length in eight bytes, big-endian, in front."""

from __future__ import annotations

from collections.abc import Iterable

LENGTH = 8


def join(parts: Iterable[bytes]) -> bytes:
    """All parts as one stream."""
    return b"".join(len(part).to_bytes(LENGTH, "big") + part for part in parts)


def split(stream: bytes) -> list[bytes]:
    """The parts of a stream. Raises ValueError when it is cut or has something left over."""
    parts = []
    at = 0
    while at < len(stream):
        start = at + LENGTH
        stop = start + int.from_bytes(stream[at:start], "big")
        if start > len(stream) or stop > len(stream):
            raise ValueError("frames")
        parts.append(stream[start:stop])
        at = stop
    return parts
