import gc
import threading
import time
from hashlib import sha256
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.envelope import digest
from vault.envelope.digest import WAITING, ParallelSha256


@given(st.lists(st.binary(max_size=5000), max_size=2 * WAITING))
def test_the_digest_is_that_of_all_pieces_in_order(pieces):
    parallel = ParallelSha256()
    for piece in pieces:
        parallel.update(piece)
    assert parallel.hexdigest() == sha256(b"".join(pieces)).hexdigest()
    assert parallel.hexdigest() == sha256(b"".join(pieces)).hexdigest()


def test_a_buffer_may_be_used_again_at_once():
    parallel, buffer = ParallelSha256(), bytearray(b"a" * 100_000)
    parallel.update(memoryview(buffer))
    buffer[:] = b"b" * 100_000
    assert parallel.hexdigest() == sha256(b"a" * 100_000).hexdigest()


def test_nothing_follows_the_digest():
    parallel = ParallelSha256()
    parallel.hexdigest()
    with pytest.raises(ValueError, match="finished"):
        parallel.update(b"late")


def wait_until(holds):
    until = time.monotonic() + 5
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.001)


def test_a_forgotten_digest_leaves_no_thread():
    parallel = ParallelSha256()
    parallel.update(b"given up")
    thread = parallel._thread
    del parallel
    gc.collect()
    wait_until(lambda: not thread.is_alive())


def test_update_waits_when_too_many_pieces_wait(monkeypatch):
    class Slow:
        go = Event()

        def update(self, piece):
            self.go.wait(5)

        def hexdigest(self):
            return "done"

    monkeypatch.setattr(digest, "sha256", Slow)
    parallel, given_in = ParallelSha256(), []
    writer = threading.Thread(target=lambda: [given_in.append(parallel.update(b"piece")) for _ in range(WAITING + 5)])
    writer.start()
    wait_until(lambda: len(given_in) == WAITING)
    assert writer.is_alive()
    Slow.go.set()
    writer.join(5)
    assert len(given_in) == WAITING + 5
    assert parallel.hexdigest() == "done"
