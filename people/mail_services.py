"""Where a mail service or a site lies, as far as its name says: in Belarus or Russia, or outside."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

WATCHED = (".by", ".ru", ".su", ".бел", ".рф", ".xn--90ais", ".xn--p1ai")
RUN_FROM_THERE = frozenset({"yandex", "rambler", "vk", "mailru"})  # by any ending: yandex.com, vk.com


def is_address(text: str) -> bool:
    """Is a text one e-mail address, and nothing else?"""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def is_watched(address: str) -> bool:
    """Is the service of an address in Belarus or Russia, or run from there?"""
    domain = address.rpartition("@")[2].strip(".").lower()
    return domain.endswith(WATCHED) or bool(RUN_FROM_THERE & set(domain.split(".")))
