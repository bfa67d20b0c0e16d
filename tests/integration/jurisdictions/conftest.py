"""The reference data in the database, and a copy of its folder to spoil."""

import shutil
from pathlib import Path

import pytest

from jurisdictions.load import REFERENCE, load


@pytest.fixture
def loaded(db):
    """What load_jurisdictions leaves behind."""
    return load()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the folder that is kept with the code."""
    return Path(shutil.copytree(REFERENCE, tmp_path / "reference"))
