"""Fixtures of the survivor's pages. Django's models are not there yet when this module is read."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

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


@pytest.fixture(autouse=True)
def _no_word_of_the_desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No page of a survivor looks up a text that only the catalogues of the desk have: nobody looked at it for them."""
    from django.utils.translation import _trans

    from portal.middleware import PathLanguage
    from portal.paths import is_desk

    asked: set[tuple[str, str]] = set()
    sides: list[bool] = []
    answer = PathLanguage.__call__

    def answered(self: PathLanguage, request: Any) -> Any:
        sides.append(is_desk(request.path_info))
        try:
            return answer(self, request)
        finally:
            sides.pop()

    def listen(name: str, place: int) -> None:
        look_up = getattr(_trans, name)

        def heard(*words: Any) -> Any:
            if sides and not sides[-1]:
                asked.add((words[0] if place else "", words[place]))
            return look_up(*words)

        monkeypatch.setattr(_trans, name, heard)

    monkeypatch.setattr(PathLanguage, "__call__", answered)
    for name, place in {"gettext": 0, "ngettext": 0, "pgettext": 1, "npgettext": 1}.items():
        listen(name, place)
    yield
    of_the_wrong_side = sorted(asked & of_the_desk())
    assert not of_the_wrong_side


@cache
def of_the_desk() -> set[tuple[str, str]]:
    """The texts that are in the catalogues of the desk alone."""
    from portal.ops.catalogues import DESK
    from portal.ops.po import read

    return set(read(DESK.catalogue("be")))


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
