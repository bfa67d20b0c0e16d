"""Uploads have a pool of their own, and every body has to keep a pace."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from portal.ops import web_worker
from portal.ops.web_worker import Paced, TooSlow, brings_files


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[socket.socket, Paced]]:
    """A sender, and what reads from it with little patience."""
    monkeypatch.setattr(web_worker, "GRACE", 0.3)
    monkeypatch.setattr(web_worker, "IDLE", 0.2)
    near, far = socket.socketpair()
    yield far, Paced(near)
    near.close()
    far.close()


def test_what_comes_in_time_is_read(line: tuple[socket.socket, Paced]) -> None:
    far, paced = line
    far.sendall(b"head")
    assert paced.recv(100) == b"head"
    far.shutdown(socket.SHUT_WR)
    assert paced.recv(100) == b""


def test_a_line_that_is_silent_is_given_up(line: tuple[socket.socket, Paced]) -> None:
    started = time.monotonic()
    with pytest.raises(TooSlow):
        line[1].recv(100)
    assert 0.1 < time.monotonic() - started < 1


def read_on(paced: Paced) -> None:
    for _ in range(100):
        paced.recv(100)


def test_a_byte_now_and_then_is_given_up(line: tuple[socket.socket, Paced]) -> None:
    far, paced = line
    over = threading.Event()

    def drip() -> None:
        while not over.wait(0.05):
            far.sendall(b"x")

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        with pytest.raises(TooSlow):
            read_on(paced)
        assert paced.received < 20
    finally:
        over.set()
        thread.join()


def test_time_that_we_spend_ourselves_does_not_count(line: tuple[socket.socket, Paced]) -> None:
    far, paced = line
    far.sendall(b"x")
    paced.recv(1)
    time.sleep(0.4)  # as long as a scan might take
    far.sendall(b"y")
    assert paced.recv(1) == b"y"


def test_a_fast_body_may_pause_later(line: tuple[socket.socket, Paced]) -> None:
    far, paced = line
    far.sendall(bytes(10_000))
    while paced.received < 10_000:
        paced.recv(10_000)
    assert web_worker.GRACE + paced.received / web_worker.PACE - paced.waited > 4


def test_afterwards_the_socket_waits_as_it_did(line: tuple[socket.socket, Paced]) -> None:
    far, paced = line
    far.sendall(b"x")
    paced.recv(1)
    assert paced.line.gettimeout() is None


@pytest.mark.parametrize(
    ("method", "kind", "moved"),
    [
        ("POST", "multipart/form-data; boundary=x", True),
        ("POST", " Multipart/Form-Data; boundary=x", True),
        ("POST", "application/x-www-form-urlencoded", False),
        ("GET", "multipart/form-data; boundary=x", False),
    ],
)
def test_only_a_form_with_files_goes_to_the_other_pool(method: str, kind: str, moved: bool) -> None:
    request = SimpleNamespace(method=method, headers=[("HOST", "localhost"), ("CONTENT-TYPE", kind)])
    assert brings_files(request) is moved
