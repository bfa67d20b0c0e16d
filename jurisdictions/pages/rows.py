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

    @property
    def firm(self) -> str:
        """What nobody has marked as unverified, as one paragraph."""
        return " ".join(it.text for it in self.statements if not it.unverified)

    @property
    def doubtful(self) -> str:
        """What is marked as unverified, as one paragraph."""
        return " ".join(it.text for it in self.statements if it.unverified)
