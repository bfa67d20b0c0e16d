"""One row of a briefing paper."""

from dataclasses import dataclass

from jurisdictions.pages.words import Statement


@dataclass(frozen=True)
class Point:
    """Some sentences of a row under a label of their own."""

    label: str
    statements: tuple[Statement, ...]

    @property
    def firm(self) -> str:
        """What nobody has marked as unverified, as one paragraph."""
        return " ".join(it.text for it in self.statements if not it.unverified)

    @property
    def doubtful(self) -> str:
        """What is marked as unverified, as one paragraph."""
        return " ".join(it.text for it in self.statements if it.unverified)


@dataclass(frozen=True)
class Row:
    """A label, sentences, and how far to trust them. numbers: of its sources. own: a name in the language `lang`.

    points: more sentences, each group under a label. anchor: where the summary above leads.
    """

    label: str
    statements: tuple[Statement, ...]
    confidence: str
    numbers: tuple[int, ...] = ()
    remarks: tuple[str, ...] = ()
    verdict: str = ""
    own: str = ""
    lang: str = ""
    points: tuple[Point, ...] = ()
    anchor: str = ""

    @property
    def firm(self) -> str:
        """What nobody has marked as unverified, as one paragraph."""
        return " ".join(it.text for it in self.statements if not it.unverified)

    @property
    def doubtful(self) -> str:
        """What is marked as unverified, as one paragraph."""
        return " ".join(it.text for it in self.statements if it.unverified)
