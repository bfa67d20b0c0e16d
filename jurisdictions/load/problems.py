"""What is wrong with a reference file, said so that the editor of the file finds the place."""

from dataclasses import dataclass
from datetime import date

SHOWN = 60  # characters of a wrong value


@dataclass(frozen=True)
class Problem:
    """One wrong value: file name, key path, the value, what was expected; line from 1, or 0 when the key names it."""

    file: str
    key: str
    value: object
    what: str
    line: int = 0

    def __str__(self) -> str:
        place = f"line {self.line} " if self.line else ""
        return f"{self.file}: {place}{self.key or 'file'}: {shorten(self.value)} {self.what}"


class BadFile(ValueError):
    """The folder is refused as a whole; `problems` names every reason found."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def shorten(value: object) -> str:
    """The value as it stands in the file, cut to SHOWN characters."""
    text = value.isoformat() if isinstance(value, date) else repr(value)
    return text if len(text) <= SHOWN else text[: SHOWN - 3] + "..."
