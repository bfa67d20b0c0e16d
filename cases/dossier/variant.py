"""A variant of the dossier: its language, its order and every text it prints, read from one folder of data.

`variants/<code>/*.toml` holds all of it; docs/new-variant.md shows how to make one. Nothing else in the program knows a
variant by name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cases.dossier import names
from cases.dossier.errors import BadInput

FOLDER = Path(__file__).parent / "variants"
DEFAULT = "UJ-EN"  # for every forum that has no variant of its own; its English serves the note to counsel too
HOLES = re.compile(r" {2,}")
BEFORE = re.compile(r" +(?=[.,;:)])")
MARKED = re.compile("\0([a-z_]+)\0(\\.?)")
PLACES = (
    (re.compile(r"¶ (?P<first>\d+) to (?P<last>\d+)"), "source.paragraphs"),
    (re.compile(r"episode (?P<number>\d+), (?P<question>[A-Z]{3}-\w+)"), "sentences.episode"),
    (re.compile(r"\((?P<number>\d+) of (?P<count>\d+)\)"), "source.one_of"),
)
ENDS = (".", "!", "?", "…")
FILLED = ("day", "month", "year")  # precision by the number of parts of an ISO date, from the right


@dataclass(frozen=True)
class Variant:
    """texts: what stands in the folder, as nested tables. It is plain data, so it can be handed to a child process."""

    texts: dict[str, Any]

    @property
    def code(self) -> str:
        return str(self.texts["code"])

    @property
    def language(self) -> str:
        """The language of filing, as in the HTML."""
        return str(self.texts["language"])

    @property
    def template(self) -> str:
        """Name and version, printed in the colophon."""
        return str(self.texts["template"])

    @property
    def is_own(self) -> bool:
        """Whether it argues in words of its own; else in those of the assessed route."""
        return bool(self.texts["reasons"] == "own")

    def rendered(self, *, is_pseudonymised: bool) -> Variant:
        """The texts of a rendering: in the pseudonymised one some say something else, see `instead`."""
        if not is_pseudonymised:
            return self
        return Variant(_over(self.texts, self.texts["instead"]) | {"rendering": self.say("pseudonymised.stamp")})

    def filed(self) -> Variant:
        """The texts without the mark of a draft."""
        return Variant({**self.texts, "draft": ""})

    @property
    def rendering(self) -> str:
        """What stands beside the reference on each page of a rendering that is not the full one, else ""."""
        return str(self.texts.get("rendering", ""))

    def find(self, key: str) -> Any:
        """What stands at a dotted key. Raises KeyError with the key."""
        found: Any = self.texts
        for part in key.split("."):
            if not isinstance(found, dict) or part not in found:
                raise KeyError(key)
            found = found[part]
        return found

    def table(self, key: str) -> dict[str, Any]:
        """A table of texts; one that is not there is empty."""
        try:
            found: dict[str, Any] = self.find(key)
        except KeyError:
            return {}
        return found

    def say(self, key: str, /, **values: str) -> str:
        """The text at a key, filled; where a value is empty no hole is left."""
        return fill(str(self.find(key)), **values)

    def sentence(self, key: str, /, **values: str) -> str:
        """As say, with one full stop at the end."""
        return stopped(self.say(key, **values))

    def lines(self, key: str) -> tuple[str, ...]:
        """The texts of a list."""
        return tuple(str(each) for each in self.find(key))

    def labels(self) -> dict[str, Any]:
        """The words of the templates themselves: labels and heads of tables."""
        return self.table("labels")

    def day(self, iso: str, form: str = "plain") -> str:
        """A day, month or year in words: 12 August 2020, August 2020, 2020. form: a table of `dates`."""
        year, *rest = iso.split("-")
        lists = self.find("dates.months").items()
        values = {name: str(months[int(rest[0]) - 1]) for name, months in lists} if rest else {}
        number = str(int(rest[1])) if len(rest) > 1 else ""
        return self.say(f"dates.{form}.{FILLED[2 - len(rest)]}", y=year, d=number, **values)

    def when(self, first: str, last: str) -> str:
        """ "on 12 August 2020", "between August 2020 and March 2021"; empty if both are empty."""
        if first and last and first != last:
            return self.say("dates.between", first=self.day(first, "from"), last=self.day(last, "until"))
        only = first or last
        return self.day(only, "at") if only else ""

    def months(self, first: str, last: str) -> str:
        """As when(), no finer than months, for titles."""
        return self.when(first[:7], last[:7])

    def country(self, code: str, form: str = "name") -> str:
        """A State in running text. form: "name", "in" (in Belarus) or "into" (entered Belarus)."""
        forms = self.table("countries").get(code)
        if forms is not None:
            return str(forms[("name", "in", "into").index(form)])
        name = str(self.table("country.names").get(code) or names.country(code))
        return name if form == "name" else self.say(f"country.{form}", name=name)

    def within(self, codes: Iterable[str]) -> str:
        """ "in Belarus", "in Belarus and Poland"."""
        several = list(codes)
        if len(several) > 1 and "several" in self.table("country"):
            return self.say("country.several", names=self.listed(self.country(code) for code in several))
        return self.listed(self.country(code, "in") for code in several)

    def tongue(self, code: str, form: str = "name") -> str:
        """A language in running text. form: "name", or "in" (in Belarusian)."""
        forms = self.table("tongues").get(code.split("-")[0])
        return str(forms[("name", "in").index(form)]) if forms is not None else code

    def listed(self, words: Iterable[str], joint: str = "and") -> str:
        """ "a", "a and b", "a, b and c". joint: "and" or "or"."""
        items = list(words)
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self.say(f'lists.{joint}')} {items[-1]}"

    def place(self, where: str) -> str:
        """Where a sentence comes from, as records have it ("¶ 1 to 9", "episode 2, EPI-28"), in this language."""
        for pattern, key in PLACES:
            where = pattern.sub(lambda found, key=key: self.say(key, **found.groupdict()), where)  # type: ignore[misc]
        return where

    def quoted(self, text: str) -> str:
        """In the quotation marks of the language."""
        return self.say("quotes", text=text)

    def size(self, count: int) -> str:
        """Bytes in words: 840 bytes, 12.4 KiB, 3.1 MiB."""
        if count < 1024:
            return self.say("sizes.bytes", number=str(count))
        unit, number = ("kib", count / 1024) if count < 2**20 else ("mib", count / 2**20)
        return self.say(f"sizes.{unit}", number=f"{number:.1f}".replace(".", self.say("sizes.point")))


def find(code: str) -> Variant:
    """A variant by its code. Raises BadInput("variant") when there is none."""
    if code not in codes():
        raise BadInput("variant")
    return _read(FOLDER / code)


def offered(forum: str) -> str:
    """The code of the variant that is offered for a forum; DEFAULT when no variant names it."""
    return next((code for code in codes() if forum in find(code).texts.get("forums", ())), DEFAULT)


def codes() -> tuple[str, ...]:
    """The codes of all variants: each is a folder."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob("*/variant.toml")))


def fill(text: str, /, **values: str) -> str:
    """A text with its values; an empty one leaves no double space and none before a mark."""
    if not values:
        return text
    kept = text.format(**{name: f"\0{name}\0" if value else "" for name, value in values.items()})
    closed = BEFORE.sub("", HOLES.sub(" ", kept)).strip()
    return MARKED.sub(lambda found: stopped(values[found[1]]) if found[2] else values[found[1]], closed)


def stopped(text: str) -> str:
    """With one full stop at the end."""
    return text if text.endswith(ENDS) else f"{text}."


def _over(texts: dict[str, Any], others: dict[str, Any]) -> dict[str, Any]:
    """Nested tables with some of their texts replaced."""
    both = {key: _over(texts[key], each) if isinstance(each, dict) else each for key, each in others.items()}
    return texts | both


@cache
def _read(folder: Path) -> Variant:
    texts: dict[str, Any] = {}
    for path in sorted(folder.glob("*.toml")):
        texts |= tomllib.loads(path.read_text(encoding="utf-8"))
    return Variant(texts)
