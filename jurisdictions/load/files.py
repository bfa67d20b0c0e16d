"""Read the files of a reference folder: UTF-8, strict JSON, strict CSV. What cannot be read becomes a Problem."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jurisdictions.load.lines import line_of
from jurisdictions.load.problems import Problem
from jurisdictions.load.shapes import Check

LIMIT = 8 * 2**20  # bytes; the largest file is 0.2 MiB


class _Twice(ValueError):
    """A key stands twice in one JSON object."""


@dataclass
class Folder:
    """One reference folder and the problems found in it so far."""

    path: Path
    problems: list[Problem] = field(default_factory=list)
    read: dict[str, str] = field(default_factory=dict)  # texts of the JSON files, for the lines in messages

    def add(self, file: str, key: str, value: object, what: str) -> None:
        """Note one problem."""
        line = line_of(self.read[file], key) if file in self.read else 0
        self.problems.append(Problem(file, key, value, what, line))

    def names(self, pattern: str) -> list[str]:
        """Files of the folder that fit the pattern, sorted, as paths relative to it."""
        return sorted(str(found.relative_to(self.path)) for found in self.path.glob(pattern))

    def text(self, name: str) -> str | None:
        """The whole file as text, or None with a problem noted."""
        try:
            raw = (self.path / name).read_bytes()
        except OSError as error:
            self.add(name, "", error.strerror, "stops the file from being read")
            return None
        if len(raw) > LIMIT:
            self.add(name, "", len(raw), f"bytes are more than {LIMIT}")
            return None
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError as error:
            self.add(name, f"byte {error.start}", raw[error.start : error.end], "is not UTF-8")
            return None

    def json(self, name: str, shape: Check) -> Any:
        """The parsed file if it has exactly this shape, else None with problems noted."""
        content = self.text(name)
        if content is None:
            return None
        try:
            value = json.loads(content, object_pairs_hook=_once, parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            self.add(name, "", str(error), "is not strict JSON")
            return None
        self.read[name] = content
        faults = list(shape("", value))
        for key, wrong, what in faults:
            self.add(name, key, wrong, what)
        return None if faults else value

    def rows(self, name: str, columns: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
        """Each line of a CSV file with exactly these columns, with its place for messages."""
        content = self.text(name)
        if content is None:
            return
        lines = csv.reader(io.StringIO(content, newline=""), strict=True)
        try:
            yield from self._lines(name, columns, lines)
        except csv.Error as error:
            self.add(name, f"line {lines.line_num}", str(error), "is not strict CSV")

    def _lines(self, name: str, columns: tuple[str, ...], lines: Any) -> Iterator[tuple[str, dict[str, str]]]:
        header: list[str] = next(lines, [])
        if tuple(header) != columns:
            self.add(name, "line 1", ",".join(header), "is not the expected header")
            return
        for cells in lines:
            if len(cells) == len(columns):
                yield f"line {lines.line_num}", dict(zip(columns, cells, strict=True))
            else:
                self.add(name, f"line {lines.line_num}", len(cells), f"cells, expected {len(columns)}")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Twice(f"key {key} stands twice")
        found[key] = value
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a number")
