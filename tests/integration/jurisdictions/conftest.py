"""A copy of the reference folder to spoil."""

import shutil
from pathlib import Path

import pytest

from jurisdictions.load import REFERENCE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the folder that is kept with the code."""
    return Path(shutil.copytree(REFERENCE, tmp_path / "reference"))
