"""A real clamd looks at what streams in; whatever it does or leaves undone, the upload goes on."""

from __future__ import annotations

import io
import os
import signal
import socket
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from portal.environment import filesystem_of
from portal.ops.services import Clamd
from tests.integration.vault.test_uploads import MARK, MIB, arriving, everything, posted, sent
from tests.servers import HARMFUL, SIGNATURE
from vault.scanner import Scan, Verdict, not_scanned, signature_day
from vault.uploads import Refused

CLEAN = Verdict("scanned, nothing found, signatures without a date")
SILENT = not_scanned("the scanner gave no answer")
LARGE = not_scanned("too large")


@pytest.fixture(autouse=True)
def _deployment(fresh_deployment: None, settings: Any) -> None:
    settings.CLAMD_SECONDS = 5


def scan(*pieces: bytes) -> Verdict:
    found = Scan()
    for piece in pieces:
        found.add(piece)
    return found.finish()


def zipped(*contents: bytes) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, content in enumerate(contents):
            archive.writestr(f"{number}.bin", content)
    return body.getvalue()


def test_a_clean_file_is_scanned_while_it_streams_in(scanned: Clamd) -> None:
    assert sent(posted(MARK * 700)).scan == CLEAN
    assert scan() == CLEAN


@pytest.mark.parametrize("cut", [1, 10, len(HARMFUL) - 1])
def test_what_is_harmful_is_found_across_the_pieces(scanned: Clamd, cut: int) -> None:
    found = scan(b"before " + HARMFUL[:cut], HARMFUL[cut:] + b" after")
    assert found.found == f"{SIGNATURE}.UNOFFICIAL"
    assert found.event == f"scanned, found {SIGNATURE}.UNOFFICIAL"


def test_what_is_harmful_inside_an_archive_is_found(scanned: Clamd) -> None:
    assert scan(zipped(b"clean", HARMFUL)).found


def test_a_harmful_file_is_refused_nothing_of_it_stays_and_the_form_does(scanned: Clamd, settings: Any) -> None:
    request = posted(b"%PDF-1.7 " + HARMFUL, MARK, words="mine")
    assert request.POST["words"] == "mine"
    assert list(request.FILES) == ["f1"]
    assert request.refused_uploads == [Refused("f0", "harmful", f"{SIGNATURE}.UNOFFICIAL")]  # type: ignore[attr-defined]
    assert [path.name for path in arriving(settings)] == [sent(request, "f1").file_id.hex]


def test_an_archive_with_more_inside_than_is_looked_at_is_said_to_be_too_large(scanned: Clamd) -> None:
    assert scan(zipped(bytes(120 * MIB))) == LARGE


def test_more_than_clamd_takes_is_said_to_be_too_large(scanned: Clamd) -> None:
    assert scan(*[os.urandom(MIB)] * 40) == LARGE


def test_an_archive_with_a_password_is_not_said_to_be_clean(scanned: Clamd) -> None:
    body = bytearray(zipped(b"words"))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        body[body.find(mark) + place] |= 1  # the flag of an encrypted entry
    assert scan(bytes(body)) == not_scanned("locked with a password")


def test_plaintext_reaches_no_disk_and_clamd_keeps_none(scanned: Clamd, settings: Any) -> None:
    assert sent(posted(MARK * 700)).scan == CLEAN
    assert MARK[:20] not in everything(settings)
    assert filesystem_of(scanned.temporary) == "tmpfs"
    assert list(scanned.temporary.iterdir()) == []
    assert MARK[:20] not in (scanned.folder / "clamd.log").read_bytes()


def test_without_a_scanner_a_file_is_not_scanned(settings: Any) -> None:
    assert settings.CLAMD == ""
    assert sent(posted(MARK)).scan == not_scanned()


@pytest.mark.parametrize("address", ["unix:/nowhere/clamd.sock", "tcp:127.0.0.1:1", "tcp:here", "nonsense"])
def test_a_scanner_that_is_not_there(settings: Any, address: str) -> None:
    settings.CLAMD = address
    upload = sent(posted(MARK, words="mine"))
    assert (upload.scan, upload.size) == (SILENT, len(MARK))


def test_a_scanner_that_hangs_costs_a_known_time_and_no_upload(
    settings: Any, tmp_path_factory: pytest.TempPathFactory, signatures: Path
) -> None:
    server = Clamd(tmp_path_factory.mktemp("hung"), settings.TMPFS_DIR / "hung", signatures).start()
    try:
        settings.CLAMD, settings.CLAMD_SECONDS = server.address, 0.5
        assert server.child is not None
        server.child.process.send_signal(signal.SIGSTOP)
        started = time.monotonic()
        upload = sent(posted(bytes(3 * MIB)))
        assert (upload.scan, upload.size) == (SILENT, 3 * MIB)
        assert time.monotonic() - started < 3
    finally:
        server.child.kill() if server.child else None


def test_a_scanner_that_dies_in_the_middle(
    settings: Any, tmp_path_factory: pytest.TempPathFactory, signatures: Path
) -> None:
    server = Clamd(tmp_path_factory.mktemp("dead"), settings.TMPFS_DIR / "dead", signatures).start()
    settings.CLAMD = server.address
    found = Scan()
    found.add(MARK)
    assert server.child is not None
    server.child.kill()
    found.add(MARK)
    found.add(MARK)
    assert found.finish() == SILENT


@pytest.fixture
def speak(settings: Any, tmp_path: Path) -> Iterator[Callable[[Callable[[socket.socket], None]], None]]:
    """A function that lets a server of our own behave at the scanner's address as no clamd does on purpose."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(tmp_path / "s"))
    listener.listen()
    settings.CLAMD, threads = f"unix:{tmp_path / 's'}", []

    def serve(act: Callable[[socket.socket], None]) -> None:
        def once() -> None:
            line, _ = listener.accept()
            with line:
                act(line)

        threads.append(threading.Thread(target=once))
        threads[-1].start()

    yield serve
    for thread in threads:
        thread.join(10)
    listener.close()


def test_an_answer_that_is_none(speak: Any) -> None:
    def babble(line: socket.socket) -> None:
        line.recv(100)
        line.sendall("stream: вірус\0".encode())

    speak(babble)
    assert scan() == SILENT


def test_a_scanner_that_hangs_up_early(speak: Any) -> None:
    speak(lambda line: line.close())
    assert scan(*[bytes(MIB)] * 4) == SILENT


def test_a_scanner_that_drips_its_answer_is_not_waited_for_long(speak: Any, settings: Any) -> None:
    settings.CLAMD_SECONDS = 0.5

    def drip(line: socket.socket) -> None:
        for _ in range(20):
            try:
                line.sendall(b"x")
            except OSError:
                return
            time.sleep(0.1)

    speak(drip)
    started = time.monotonic()
    assert scan() == SILENT
    assert time.monotonic() - started < 1.5


def test_it_is_asked_over_tcp_as_well(settings: Any, real_clamd: Clamd) -> None:
    """A listener hands each byte on to the real scanner."""
    listener = socket.create_server(("127.0.0.1", 0))
    settings.CLAMD = f"tcp:127.0.0.1:{listener.getsockname()[1]}"

    def hand_on() -> None:
        near, _ = listener.accept()
        with near, socket.socket(socket.AF_UNIX) as far:
            far.connect(str(real_clamd.socket))
            threading.Thread(target=lambda: near.sendall(far.recv(4096)), daemon=True).start()
            while piece := near.recv(4096):
                far.sendall(piece)

    thread = threading.Thread(target=hand_on)
    thread.start()
    assert scan(HARMFUL).found
    thread.join(10)
    listener.close()


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("ClamAV 1.4.6/27805/Sun Nov  8 09:49:14 2026", "2026-11-08"),
        ("ClamAV 0.103.9/27065/Wed Oct 18 09:49:14 2023", "2023-10-18"),
        ("ClamAV 1.4.6", ""),
        ("", ""),
    ],
)
def test_the_day_of_the_signatures(said: str, day: str) -> None:
    assert signature_day(said) == day
