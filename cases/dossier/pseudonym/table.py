"""What identifies people in one case, and what stands for it: the key table, as it lies in the identity compartment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

NAME, RELATIVE, WITNESS, OTHER = "name", "relative", "witness", "other_name"
BIRTH_DATE, BIRTH_PLACE, ADDRESS, EMPLOYER, SCHOOL = "birth_date", "birth_place", "address", "employer", "school"
CONTACT, DOCUMENT, PROFESSION, WORD = "contact", "document", "profession", "word"
NAMES = frozenset({NAME, RELATIVE, WITNESS, OTHER})  # people: every word of these is replaced wherever it stands
PLACES = frozenset({BIRTH_PLACE, ADDRESS, EMPLOYER, SCHOOL, WORD})
KINDS = (
    NAME, RELATIVE, WITNESS, OTHER, BIRTH_DATE, BIRTH_PLACE, ADDRESS, EMPLOYER, SCHOOL, CONTACT, DOCUMENT, PROFESSION,
    WORD,
)  # fmt: skip
# How a code begins that is said in words of the language: see words.toml.
RELATION, CLASS, LITERAL = "relation:", "class:", "literal:"
NOTHING = ""  # the code of what is left out


@dataclass(frozen=True)
class Term:
    """One value that identifies. kind: of KINDS; text: as somebody typed it; code: what stands for it.

    A code is a name such as C-7QK4MT or W-01, or begins with RELATION, CLASS or LITERAL, or is NOTHING.
    """

    kind: str
    text: str
    code: str = NOTHING

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError("kind")


@dataclass(frozen=True)
class Identity:
    """The key table of one case. code: of the complainant; born: the birth date as an ISO day, month or year, or ""."""

    code: str
    terms: tuple[Term, ...] = ()
    born: str = ""

    @property
    def year(self) -> str:
        """The year of birth, or ""."""
        return self.born[:4]

    def of(self, kinds: Iterable[str]) -> tuple[Term, ...]:
        """The terms of some kinds."""
        wanted = frozenset(kinds)
        return tuple(term for term in self.terms if term.kind in wanted)

    def with_terms(self, terms: Iterable[Term]) -> Identity:
        """With further terms. What is known keeps the code that it has, so that a person has one code for ever."""
        known = {(term.kind, term.text): term for term in self.terms}
        for term in terms:
            if term.text.strip():
                known.setdefault((term.kind, term.text), term)
        return replace(self, terms=tuple(known.values()))

    def to_plain(self) -> dict[str, Any]:
        """As it is sealed."""
        return {"code": self.code, "born": self.born, "terms": [asdict(term) for term in self.terms]}

    @classmethod
    def from_plain(cls, content: dict[str, Any]) -> Identity:
        """As it was sealed."""
        return cls(content["code"], tuple(Term(**each) for each in content["terms"]), content["born"])
