"""On which line of a JSON file a key stands, so that a refusal leads its reader to the place."""

import json
import re

SPACE = re.compile(r"\s*")
SCALAR = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s,\]}]+')
NOTE = re.compile(r"(?<=\]) [A-Z]{2}/\d+")  # "[3] LT/0.base": the name of the row is for people


def line_of(text: str, key: str) -> int:
    """The line, from 1, of the value at a key path such as "uj_bases[0].crime"; of its nearest parent if it is missing.

    text: strict JSON. Returns 0 when no part of the path is there.
    """
    found, path = places(text), NOTE.sub("", key)
    while path and path not in found:
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return text.count("\n", 0, found[path]) + 1 if path else 0


def places(text: str) -> dict[str, int]:
    """The offset of each value of a JSON text, by its key path."""
    found: dict[str, int] = {}
    _value(text, 0, "", found)
    return found


def _value(text: str, at: int, path: str, found: dict[str, int]) -> int:
    """Note the value that begins at or after an offset, with all values in it; returns the offset behind it."""
    at = _skip(text, at)
    found[path] = at
    if text[at] in "{[":
        return _inside(text, at, path, found)
    return _end(SCALAR, text, at)


def _inside(text: str, at: int, path: str, found: dict[str, int]) -> int:
    is_object, index = text[at] == "{", 0
    at = _skip(text, at + 1)
    while text[at] not in "]}":
        name = f"{path}[{index}]"
        if is_object:
            end = _end(SCALAR, text, at)
            word = json.loads(text[at:end])
            name, at = f"{path}.{word}" if path else word, _skip(text, end) + 1  # behind the colon
        at = _skip(text, _value(text, at, name, found))
        at, index = _skip(text, at + (text[at] == ",")), index + 1
    return at + 1


def _skip(text: str, at: int) -> int:
    return _end(SPACE, text, at)


def _end(part: re.Pattern[str], text: str, at: int) -> int:
    found = part.match(text, at)
    return found.end() if found else at
