"""What values of an input must look like, and the error that names the one that does not."""

from __future__ import annotations

import re
from datetime import date

from cases.dossier.errors import BadInput

SHA256 = re.compile(r"[0-9a-f]{64}\Z")


def expect(condition: bool, where: str) -> None:
    """Raise BadInput with the dotted name of a field unless the condition holds."""
    if not condition:
        raise BadInput(where)


def is_day(text: str) -> bool:
    """Whether the text is an ISO calendar day."""
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


def is_partial_day(text: str) -> bool:
    """An ISO day, month (2020-08) or year (2020)."""
    return is_day((text + "-01-01")[: max(10, len(text))]) and len(text) in {4, 7, 10}


def is_digest(text: str) -> bool:
    """Whether the text is 64 hexadecimal digits."""
    return SHA256.match(text) is not None
