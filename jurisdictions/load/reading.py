"""Read and check a whole reference folder, from a disk or from texts in memory."""

from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import Path

from jurisdictions.load import conditions, law, lengths, situations, treaties
from jurisdictions.load.files import Folder
from jurisdictions.load.problems import BadFile
from jurisdictions.load.tables import Tables

REFERENCE = Path(__file__).resolve().parent.parent / "reference"


class TextFolder(Folder):
    """A folder that is only texts by path."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        super().__init__(Path())
        self._texts = texts

    def names(self, pattern: str) -> list[str]:
        """Files whose path fits the pattern, sorted."""
        return sorted(name for name in self._texts if fnmatch(name, pattern))

    def text(self, name: str) -> str | None:
        """One of the texts."""
        return self._texts[name]


def parse(path: Path = REFERENCE) -> Tables:
    """Read and check the whole folder; nothing is written. Raises BadFile with the problems found."""
    return parse_folder(Folder(path))


def parse_texts(texts: Mapping[str, str]) -> Tables:
    """Read and check the files of a folder given as texts by path. Raises BadFile with the problems found."""
    return parse_folder(TextFolder(texts))


def parse_folder(folder: Folder) -> Tables:
    """Read and check the files in the order in which they build on each other."""
    tables = Tables()
    treaties.read(folder, tables)
    _stop(folder)  # the rest would only repeat what is missing here
    focus = situations.read(folder, tables)
    bases = law.read(folder, tables, focus)
    _stop(folder)
    conditions.read(folder, tables, bases, focus)
    lengths.check(folder, tables)
    _stop(folder)
    return tables


def _stop(folder: Folder) -> None:
    if folder.problems:
        raise BadFile(folder.problems)
