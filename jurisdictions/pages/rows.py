"""One row of a briefing paper."""

from dataclasses import dataclass

from jurisdictions.pages.words import Statement


@dataclass(frozen=True)
class Row:
    """A label, sentences, and how far to trust them. numbers: of its sources. own: a name in the language `lang`."""

    label: str
    statements: tuple[Statement, ...]
    confidence: str
    numbers: tuple[int, ...] = ()
    remarks: tuple[str, ...] = ()
    verdict: str = ""
    own: str = ""
    lang: str = ""
