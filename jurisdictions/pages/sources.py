"""Sources of one page, numbered in the order in which they are first used."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Listed:
    """One source in the list of a page."""

    number: int
    url: str
    title: str


class Sources:
    """Collects addresses; the same address keeps its number. titles: known titles by address."""

    def __init__(self, titles: dict[str, str]) -> None:
        self._titles = titles
        self._numbers: dict[str, int] = {}

    def numbers(self, urls: Iterable[str]) -> tuple[int, ...]:
        """The numbers of these addresses, new ones given as needed."""
        return tuple(dict.fromkeys(self._numbers.setdefault(url, len(self._numbers) + 1) for url in urls))

    def listed(self) -> tuple[Listed, ...]:
        """The list at the end of the page."""
        return tuple(Listed(number, url, self._title(url)) for url, number in self._numbers.items())

    def _title(self, url: str) -> str:
        """A title if one is known, else the host and the end of the path."""
        if url in self._titles:
            return self._titles[url]
        parts = urlsplit(url)
        end = parts.path.rstrip("/").rsplit("/", 1)[-1]
        return f"{parts.netloc}: {end}" if end else parts.netloc
