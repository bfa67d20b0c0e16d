"""Fixtures of the survivor's pages. Django's models are not there yet when this module is read."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from tests.factories.walk import Walk

if TYPE_CHECKING:
    from tests.factories.cast import Cast


@pytest.fixture
def walk(cast: Cast) -> Walk:
    """A browser in Belarusian, in front of a founded organisation."""
    return Walk("be")


@pytest.fixture
def inside(walk: Walk) -> Walk:
    """The same browser after the first contact, at the list of sections."""
    from tests.factories.kept import kept

    return kept(f"inside {walk.language}", walk.begin)


@pytest.fixture
def silence(caplog: pytest.LogCaptureFixture) -> Silence:
    """Listens to every log record of the test."""
    caplog.set_level(logging.DEBUG)
    return Silence(caplog)


class Silence:
    """Tells whether typed words reached a log."""

    def __init__(self, caplog: pytest.LogCaptureFixture) -> None:
        self._caplog = caplog

    def holds(self, *words: str) -> bool:
        """True when none of the words is in a message, an argument or an exception text of any record."""
        told = [
            f"{record.getMessage()} {record.args!r} {record.exc_text or ''} {record.exc_info!r}"
            for record in self._caplog.records
        ]
        return not [word for word in words for line in told if word in line]
