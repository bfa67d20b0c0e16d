"""Fixtures of a dossier for filing: told, agreed to, a time authority that answers, asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cases.models import Dossier
from tests.factories import cast as made
from tests.factories.cast import Cast, Survivor
from tests.factories.texts import agreed_road, for_filing
from tests.factories.time_authority import answering, authority


@pytest.fixture
def told(cast: Cast) -> Survivor:
    """Told, with facts and one file, and Ben on the case."""
    amina = made.first_contact()
    made.assigned(amina, cast.ben)
    made.tell(amina, files=(("scan.txt", "text/plain", b"Read this."),))
    made.confirmed(amina, cast.ben)
    return amina


@pytest.fixture
def agreed(told: Survivor, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Survivor:
    """Her yes is five days old, and a lawyer has cleared every point."""
    agreed_road(told, cast, monkeypatch)
    return told


@pytest.fixture
def online(settings: Any, tmp_path: Path) -> Iterator[None]:
    """An authority that gives the time."""
    certificate = tmp_path / "authority.pem"
    certificate.write_bytes(authority().root)
    with answering(authority()) as seen:
        settings.TIME_AUTHORITIES = [(seen[0].decode(), str(certificate))]
        yield


@pytest.fixture
def asked(agreed: Survivor, cast: Cast, online: None) -> Dossier:
    """Ben has asked for the dossier that will be filed."""
    return for_filing(agreed, cast)
