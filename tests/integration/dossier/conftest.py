"""One bundle, made once for all tests that only look at it."""

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
