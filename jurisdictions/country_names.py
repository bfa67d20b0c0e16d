"""Names of countries in running English ("the Netherlands"), for every code that facts may use."""

import csv
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("countries.csv")


def country(code: str) -> str:
    """The English name for an ISO 3166 alpha-2 code; the code itself when it is not in our list."""
    return _countries().get(code, code)


@cache
def _countries() -> dict[str, str]:
    with FILE.open(encoding="utf-8", newline="") as source:
        return {row["iso2"]: row["name"] for row in csv.DictReader(source)}
