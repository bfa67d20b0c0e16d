"""An ear on every log record, for tests that no typed word reaches a log."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from portal.environment import ROOMS


class Ear(logging.Handler):
    """Keeps what every record says as handlers print it, and what our own code said before any filter saw it."""

    def __init__(self) -> None:
        """Hear everything."""
        super().__init__(logging.DEBUG)
        self.heard: list[str] = []
        self._factory = logging.getLogRecordFactory()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record as it is printed."""
        self.heard.append(f"{record.getMessage()} {record.exc_text or ''} {record.exc_info!r}")

    def make(self, *args: Any, **kwargs: Any) -> logging.LogRecord:
        """Make a record; of our own rooms keep it as it was said."""
        record = self._factory(*args, **kwargs)
        if record.name.split(".")[0] in ROOMS:
            self.heard.append(f"{record.msg} {record.args!r}")
        return record

    def heard_of(self, word: str) -> bool:
        """Was a word told since the last question?"""
        told, self.heard = self.heard, []
        return any(word in line for line in told)


@contextmanager
def listening() -> Iterator[Ear]:
    """Listen at the root, at every level; that it hears is tried out first."""
    ear, root = Ear(), logging.getLogger()
    before = root.level
    root.addHandler(ear)
    root.setLevel(logging.DEBUG)
    logging.setLogRecordFactory(ear.make)
    try:
        for say in (logging.getLogger("intake.views").info, logging.getLogger("django.request").warning):
            say("control %s", 4711)
            assert ear.heard_of("control 4711")
        logging.getLogger("cases").info("control %s", "words")
        assert ear.heard_of("words")
        yield ear
    finally:
        logging.setLogRecordFactory(ear._factory)
        root.removeHandler(ear)
        root.setLevel(before)
