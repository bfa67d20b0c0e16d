"""What can be chosen as an answer, by the words of its label in any language. Public data, read once in a process."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from cases.search.endings import stem
from cases.spelling import word_keys, words
from cases.statement import vocab


@cache
def _codes() -> dict[str, frozenset[str]]:
    """By the key of a word the codes of the answers whose label has it."""
    found: dict[str, set[str]] = {}
    for code, label in vocab.labels():
        for key in frozenset().union(*map(word_keys, words(label))):
            found.setdefault(key, set()).add(code)
    return {key: frozenset(codes) for key, codes in found.items()}


@cache
def _stems() -> dict[str, frozenset[str]]:
    """The same by the stem of a word."""
    found: dict[str, frozenset[str]] = {}
    for key, codes in _codes().items():
        found[stem(key)] = found.get(stem(key), frozenset()) | codes
    return found


def codes_for(keys: Iterable[str], *, is_begun: bool) -> frozenset[str]:
    """The codes of the answers whose label has a word with one of these stems; or keys, with which a word begins."""
    if not is_begun:
        return frozenset().union(*(_stems().get(key, ()) for key in keys))
    begun = tuple(keys)
    return frozenset().union(*(codes for key, codes in _codes().items() if key.startswith(begun)))
