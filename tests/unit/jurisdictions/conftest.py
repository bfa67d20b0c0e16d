"""The real reference files as a snapshot, read without a database."""

import pytest

from jurisdictions.load import parse
from jurisdictions.load.tables import KEYS
from jurisdictions.snapshot import Reference, build


@pytest.fixture(scope="session")
def real() -> Reference:
    """What the database holds after load_jurisdictions."""
    tables = parse()
    return build({model: tables.of(model) for model in KEYS})
