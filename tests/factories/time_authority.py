"""A time stamping authority of our own: tokens as it would give them, and an address on this machine that may lie."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from time import sleep

from portal.ops.authority import Made, make

SPAN = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC))


class Invented(Made):
    """An authority that also gives tokens for other times."""

    def token(self, digest: bytes, at: datetime) -> bytes:
        """A token over a SHA-256 digest, as if it were asked for at that time."""
        stamper = self.stamper(at)
        _, request = stamper.request_cms(digest, "sha256")
        return bytes(stamper.request_tsa_response(request)["time_stamp_token"].dump())


def authority(name: str = "Invented time") -> Invented:
    """The authority of this name, the same in one run."""
    return _invented(name)


@cache
def _invented(name: str) -> Invented:
    made = make(name, SPAN)
    return Invented(made.root, made.certificate, made.key)


@contextmanager
def answering(
    made: Made, at: datetime | None = None, body: bytes | None = None, status: int = 200, drip: int = 0
) -> Iterator[list[bytes]]:
    """Serve here; yields [address, each request as it came...]. body: what to answer instead. drip: bytes at a time."""
    seen: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            seen.append(asked)
            answer = body
            if answer is None:
                answer = made.answer(asked, at)
            self.send_response(status)
            if status in (301, 302):
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            for place in range(0, len(answer), drip or len(answer) or 1):
                with suppress(OSError):  # whoever asked may have gone
                    self.wfile.write(answer[place : place + (drip or len(answer))])
                sleep(0.02 if drip else 0)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    seen.append(f"http://127.0.0.1:{server.server_port}/".encode())
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
