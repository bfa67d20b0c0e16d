"""Does each fact sentence of a dossier rest on something that the dossier holds? One check, for whoever must know.

The request of a dossier asks it before anything is sealed, and the release asks it again of the dossier's own data.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cases.dossier.inputs import DossierInput, FactSentence, FactSource
from cases.dossier.paragraphs import number_account

PARAGRAPHS = re.compile(r"¶ ([1-9]\d{0,5})(?: to ([1-9]\d{0,5}))?\Z")
ANSWER = re.compile(r"(?:episode \d+, )?([A-Z]{3}-[A-Z0-9]{1,4})(?: \((\d{1,4})(?: of |/)\d{1,4}\))?\Z")
EXHIBIT = re.compile(r"(E-\d{3,6})(?:/(\d{1,6}))?\Z")


@dataclass(frozen=True)
class Ground:
    """What sentences may rest on. answers: how many sections answer each question. exhibits: pages, None if unknown."""

    paragraphs: int
    answers: Mapping[str, int]
    exhibits: Mapping[str, int | None]
    public: frozenset[str]

    @classmethod
    def of(cls, data: DossierInput, pages: Mapping[str, int] | None = None) -> Ground:
        """The ground of a dossier. pages: of its exhibits by label, as far as somebody has counted them."""
        counted = pages or {}
        asked = Counter(a.question_id for section in data.account for a in section.answers if a.value.strip())
        exhibits = {each.label: counted.get(each.label) for each in data.exhibits}
        public = frozenset(each.id for each in data.public_sources)
        return cls(len(number_account(data.account)), asked, exhibits, public)

    def holds(self, source: FactSource) -> bool:
        """Is this place here?"""
        if source.kind == "account":
            return self._told(source.where)
        if source.kind == "exhibit":
            return self._filed(source.where)
        return source.kind == "provision" or source.where in self.public

    def _told(self, where: str) -> bool:
        if found := PARAGRAPHS.match(where):
            first = int(found[1])
            return first <= int(found[2] or first) <= self.paragraphs
        answer = ANSWER.match(where)
        return answer is not None and 0 < int(answer[2] or 1) <= self.answers.get(answer[1], 0)

    def _filed(self, where: str) -> bool:
        found = EXHIBIT.match(where)
        if found is None or found[1] not in self.exhibits:
            return False
        pages = self.exhibits[found[1]]
        return found[2] is None or (int(found[2]) > 0 and (pages is None or int(found[2]) <= pages))


def without_source(facts: Iterable[FactSentence], ground: Ground) -> tuple[int, ...]:
    """The places, from 1, of the sentences that name a source which is not here; no sentence is without any."""
    return tuple(
        place for place, fact in enumerate(facts, start=1) if not all(ground.holds(source) for source in fact.rests_on)
    )
