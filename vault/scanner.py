"""Asking clamd about a file while it streams in. Whatever the scanner does or leaves undone, the upload goes on.

A client of our own: those on PyPI (clamd, clamdpy, clamav-client, pyvalve) want a whole readable file and block on it,
or an event loop. Here each piece is handed over as it arrives, and a scanner that hangs may cost a known time only.
The protocol is one command and pieces with their length before them (clamd(8), INSTREAM).
"""

from __future__ import annotations

import re
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from weakref import finalize

from django.conf import settings

END = bytes(4)  # a piece of length 0
ANSWER_BYTES = 4096
NAME_LENGTH = 120
NO_ANSWER = "the scanner gave no answer"
TOO_LARGE = ("Heuristics.Limits.Exceeded",)  # more inside than is looked at (AlertExceedsMax)
LOCKED = ("Heuristics.Encrypted",)  # an archive or document with a password (AlertEncrypted)
FOUND = re.compile(r"stream: (.+) FOUND")
VERSION = re.compile(r"ClamAV [^/]*/\d+/(\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4})")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of a file: `found` names what the scanner recognised; `event` is the line in its custody."""

    event: str
    found: str = ""


def not_scanned(reason: str = "") -> Verdict:
    """The verdict on a file that nobody looked at, or not wholly."""
    return Verdict(f"not scanned: {reason}" if reason else "not scanned")


def connect(address: str, seconds: float) -> socket.socket:
    """Open a line to `unix:PATH` or `tcp:HOST:PORT`. Raises OSError."""
    kind, _, place = address.partition(":")
    if kind == "tcp":
        host, _, port = place.rpartition(":")
        return socket.create_connection((host, int(port)), seconds)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(seconds)
    try:
        line.connect(place)
    except OSError:
        line.close()
        raise
    return line


class Line:
    """A line to clamd, with so many seconds of patience for all its waits together."""

    def __init__(self, address: str, seconds: float) -> None:
        """Note whom to call; the line is opened with the first word."""
        self.address, self.left = address, seconds
        self.socket: socket.socket | None = None

    def say(self, *parts: bytes) -> None:
        """Say something. Raises OSError: nobody there, hung up, or patience at its end."""
        for part in parts:
            with self._patient() as line:
                line.sendall(part)

    def hear(self) -> str:
        """The answer, which ends with a zero byte. Raises OSError as say() does."""
        said = b""
        while not said.endswith(b"\0") and len(said) < ANSWER_BYTES:
            with self._patient() as line:
                piece = line.recv(ANSWER_BYTES)
            if not piece:
                break
            said += piece
        return said.decode("ascii", "replace").strip("\0")

    def overhear(self) -> str:
        """What was said already, without waiting: clamd says why before it hangs up."""
        try:
            said = self.socket.recv(ANSWER_BYTES, socket.MSG_DONTWAIT) if self.socket else b""
        except OSError:
            return ""
        return said.decode("ascii", "replace").strip("\0")

    def close(self) -> None:
        """Hang up."""
        if self.socket is not None:
            self.socket.close()

    @contextmanager
    def _patient(self) -> Iterator[socket.socket]:
        if self.left <= 0:
            raise TimeoutError
        started = time.monotonic()
        try:
            if self.socket is None:
                self.socket = connect(self.address, self.left)
                finalize(self, self.socket.close)
            self.socket.settimeout(self.left)
            yield self.socket
        finally:
            self.left -= time.monotonic() - started


class Scan:
    """One file on its way to the scanner. It raises nothing, and waits CLAMD_SECONDS at most."""

    def __init__(self) -> None:
        """Call clamd; without an address nobody is asked."""
        self.line = Line(settings.CLAMD, settings.CLAMD_SECONDS)
        self.verdict = None if settings.CLAMD else not_scanned()
        self._say(b"zINSTREAM\0")

    def add(self, piece: bytes) -> None:
        """Hand one piece over."""
        if piece:
            self._say(struct.pack(">I", len(piece)), piece)

    def finish(self) -> Verdict:
        """Say that this was all, and wait for the verdict."""
        self._say(END)
        if self.verdict is None:
            try:
                self.verdict = _judge(self.line.hear(), self.line)
            except OSError:
                self.verdict = not_scanned(NO_ANSWER)
        self.close()
        return self.verdict

    def close(self) -> None:
        """Hang up; clamd forgets a file that was not finished."""
        self.line.close()

    def _say(self, *parts: bytes) -> None:
        if self.verdict is not None:
            return
        try:
            self.line.say(*parts)
        except (OSError, ValueError):  # ValueError: an address that is none
            self.verdict = _judge(self.line.overhear(), self.line)
            self.close()


def _judge(said: str, line: Line) -> Verdict:
    """What clamd's answer means. line: how much patience is left to ask for the day of its signatures."""
    if "size limit exceeded" in said:
        return not_scanned("too large")
    if said == "stream: OK":
        return Verdict(f"scanned, nothing found, {_signatures(line)}")
    if not (found := FOUND.fullmatch(said)):
        return not_scanned(NO_ANSWER)
    name = found[1][:NAME_LENGTH]
    if name.startswith(TOO_LARGE):
        return not_scanned("too large")
    return not_scanned("locked with a password") if name.startswith(LOCKED) else Verdict(f"scanned, found {name}", name)


def _signatures(line: Line) -> str:
    """Of which day the signatures are, asked on a line of its own."""
    asking = Line(line.address, line.left)
    try:
        asking.say(b"zVERSION\0")
        day = signature_day(asking.hear())
    except OSError:
        day = ""
    asking.close()
    return f"signatures of {day}" if day else "signatures without a date"


def signature_day(said: str) -> str:
    """The ISO day in clamd's answer to VERSION; empty where its signatures have none, as local ones."""
    found = VERSION.fullmatch(said)
    return datetime.strptime(found[1], "%a %b %d %H:%M:%S %Y").date().isoformat() if found else ""
