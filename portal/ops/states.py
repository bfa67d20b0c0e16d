"""Write cases/statement/data/states.csv anew: what States are called, from the CLDR data that Babel carries.

Run by hand when Babel is renewed: `python -m portal.ops.states`. A test compares the file with what this would write.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages

ROOT = Path(__file__).parents[2]
STATES = ROOT / "jurisdictions" / "reference" / "treaties.csv"
TARGET = ROOT / "cases" / "statement" / "data" / "states.csv"
SHOWN = ("be", "ru", "en", "ar")
NEIGHBOURS = ("uk", "pl", "lt", "lv", "et", "ka", "de", "tr", "fa")  # where people live, or whose papers they hold
MARK = "|"


def text() -> str:
    """The whole file: a row for each State of the treaty table."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["iso2", *SHOWN, "others"])
    with STATES.open(encoding="utf-8", newline="") as file:
        codes = sorted((row["iso2"], row["iso3"]) for row in csv.DictReader(file))
    for code, long_code in codes:
        shown = [Locale(language).territories[code] for language in SHOWN]
        others = dict.fromkeys(each for each in (long_code, *_others(code)) if each not in shown)
        writer.writerow([code, *shown, MARK.join(others)])
    return out.getvalue()


def _others(code: str) -> Iterator[str]:
    """The names in the languages of neighbours and in the State's own."""
    for language in (*NEIGHBOURS, *get_official_languages(code, de_facto=True)):
        try:
            name = Locale.parse(language).territories.get(code)
        except UnknownLocaleError:
            continue
        if name:
            yield name


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
    sys.stdout.write(f"{TARGET.name} written\n")
