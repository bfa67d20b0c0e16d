"""One bundle, made once for all tests that only look at it."""

import http.server
import threading
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from cases.dossier.assemble import assemble
from tests.factories.dossier import make_input, originals
from tests.factories.signers import signing


@pytest.fixture(scope="session")
def tmpfs() -> Iterator[Path]:
    """A folder in memory."""
    with TemporaryDirectory(dir="/dev/shm") as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def package(tmpfs: Path) -> bytes:
    """The invented bundle as one ZIP."""
    blocks: list[bytes] = []
    assemble(
        make_input(), lambda exhibit: [originals()[exhibit.label]], blocks.append, signing=signing(), tmpfs=tmpfs
    )  # fmt: skip
    return b"".join(blocks)


@pytest.fixture(scope="session")
def bundle(package: bytes) -> dict[str, bytes]:
    """The files of the invented bundle by name."""
    with zipfile.ZipFile(BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="session")
def complaint(bundle: dict[str, bytes]) -> bytes:
    """The main document."""
    return bundle["01_complaint_D-7QK4MT-1.pdf"]


@pytest.fixture
def canary() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine that writes down whoever asks it for anything."""
    hits: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hits.append(self.path)
            self.send_error(404)

        def log_message(self, *args: object) -> None:
            """Quiet."""

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", hits
    server.shutdown()
    server.server_close()
    thread.join()
