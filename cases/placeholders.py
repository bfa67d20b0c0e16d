"""What texts of letters may leave open: a role, a day, and gaps that a person writes."""

from __future__ import annotations

import re

PLACEHOLDERS = ("role_name", "day")
BRACES = re.compile(r"\{([^{}]*)\}|[{}]")
GAP = re.compile(r"\[…[^\[\]]*\]")  # [… the reason]: what only a person can write


def wrong_ones(text: str) -> list[str]:
    """The placeholders of a text that nothing fills, and braces that stand alone."""
    return [each.group(0) for each in BRACES.finditer(text) if each.group(1) not in PLACEHOLDERS]


def filled(text: str, values: dict[str, str]) -> str:
    """A text with its placeholders filled; whatever else stands in braces stays."""
    return BRACES.sub(lambda each: values.get(each.group(1) or "", each.group(0)), text)


def gaps(text: str) -> list[str]:
    """The gaps that nobody has written yet."""
    return [each.group(0) for each in GAP.finditer(text)]
