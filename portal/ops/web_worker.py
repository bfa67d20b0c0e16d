"""gunicorn's threaded worker with a second pool: bodies of files come in there, and no page waits for one.

A request is read up to the end of its head in the pool of pages. If a file may follow, it goes on in the pool of
uploads. Every body has to come at a pace, so that no thread is held for ever by somebody who sends a byte a minute.
"""

from __future__ import annotations

import errno
import socket
import time
from concurrent import futures
from functools import partial
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

GRACE = 60.0  # seconds that are nobody's fault: a pause of the line, the first bytes over Tor
PACE = 2048  # bytes a second, on the whole; 25 MB take three and a half hours then
IDLE = 60.0  # seconds without a byte
MOVED = object()  # a request that goes on in the other pool


class TooSlow(ConnectionResetError):
    """The sender does not keep the pace; for gunicorn and Django it is as if the line had broken."""

    def __init__(self) -> None:
        super().__init__(errno.ECONNRESET, "too slow")


class Paced:
    """What the parser reads from: a socket whose sender has to keep a pace. Only the time spent waiting counts."""

    def __init__(self, line: socket.socket) -> None:
        self.line, self.received, self.waited = line, 0, 0.0

    def recv(self, size: int) -> bytes:
        """The next bytes. Raises TooSlow when they come slower than the pace."""
        left = GRACE + self.received / PACE - self.waited
        if left <= 0:
            raise TooSlow
        started = time.monotonic()
        self.line.settimeout(min(left, IDLE))
        try:
            found = self.line.recv(size)
        except TimeoutError:
            raise TooSlow from None
        finally:
            self.line.settimeout(None)
            self.waited += time.monotonic() - started
        self.received += len(found)
        return found


class WebWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Two pools: `threads` for pages, `uploads` for requests that bring a file."""

    uploads = 24  # threads; portal.ops.gunicorn_conf sets it

    def init_process(self) -> None:
        """Make the second pool after the fork."""
        self.upload_pool = futures.ThreadPoolExecutor(self.uploads, thread_name_prefix="upload")
        super().init_process()

    def handle(self, conn: TConn) -> Any:
        """Read the head of a request at a pace, then answer it or hand it over."""
        conn.init = partial(_init_paced, conn)
        return super().handle(conn)

    def handle_request(self, req: Any, conn: TConn) -> Any:
        """Answer here, or in the other pool when a file may come."""
        if not brings_files(req):
            return super().handle_request(req, conn)
        job = self.upload_pool.submit(self._upload, req, conn)
        job.add_done_callback(lambda done: self.method_queue.defer(self.finish_request, conn, done))
        return MOVED

    def finish_request(self, conn: TConn, fs: futures.Future[Any]) -> None:
        """Close what is answered; what was handed over is finished there."""
        if fs.done() and not fs.cancelled() and fs.exception() is None and fs.result() is MOVED:
            return
        super().finish_request(conn, fs)

    def _keepalive_after(self, conn: TConn, keepalive: Any) -> Any:
        return MOVED if keepalive is MOVED else super()._keepalive_after(conn, keepalive)

    def _upload(self, req: Any, conn: TConn) -> bool:
        """Answer a request that brings a file; its connection is closed afterwards."""
        try:
            super().handle_request(req, conn)
        except (OSError, StopIteration):  # the sender went away
            pass
        except Exception as error:  # noqa: BLE001 - as the pool of pages does: an answer instead of silence
            self.handle_error(req, conn.sock, conn.client, error)
        return False


def brings_files(req: Any) -> bool:
    """May a file follow this head? Only forms with files are sent in parts."""
    kinds = [value for name, value in req.headers if name == "CONTENT-TYPE"]
    return req.method == "POST" and any(kind.strip().lower().startswith("multipart/") for kind in kinds)


def _init_paced(conn: TConn) -> None:
    is_new = not conn.initialized
    TConn.init(conn)
    if is_new and not conn.is_http2:
        conn.parser.unreader.sock = Paced(conn.sock)
