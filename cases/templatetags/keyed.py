"""A filter that looks a code up in a table of words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def keyed(words: Mapping[str, Any], code: str) -> Any:
    """The words of a code, or the code itself."""
    return words.get(code, code)
