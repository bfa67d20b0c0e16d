"""Endings by which one word has several forms in Belarusian and Russian: Каваль, Кавалю; Жуковский, Жуковского.

For looking through texts, where names stand in every case. Names that are compared with names keep their endings. Those
that make another name of a name (Ковалёв, Марына) are no endings here.
"""

from __future__ import annotations

LEFT = 3  # letters that must be left, at least
# Of keys, see cases.spelling: а is also о, е and я, и also ы.
ENDINGS = frozenset({
    "аваму", "иами", "аами", "ага", "аму", "ами", "ими", "ией", "иам", "иах", "иай", "аай", "аам", "аах",
    "ам", "ах", "ай", "ау", "аа", "аи", "им", "их", "иа", "иу", "уу", "уй", "а", "и", "у", "й",
})  # fmt: skip
LONGEST = max(map(len, ENDINGS))


def stem(key: str) -> str:
    """A key without its ending; a key that is too short for one, or a number, stays."""
    for length in range(min(LONGEST, len(key) - LEFT), 0, -1):
        if key[-length:] in ENDINGS:
            return key[:-length]
    return key
