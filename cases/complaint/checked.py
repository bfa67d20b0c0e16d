"""A draft against what there is now: which sentences still rest on something, and the draft as a dossier takes it."""

from __future__ import annotations

from dataclasses import dataclass

from cases import access, work
from cases.access import Account
from cases.asked import asked_of
from cases.complaint import rooms
from cases.complaint.draft import Draft, Sentence, addresses_in, may_rest_on
from cases.complaint.grounds import Cited, Grounds
from cases.dossier.inputs import FactSentence
from cases.dossier.public import UNREAD
from cases.errors import NotReady
from cases.lawyers import handed, offers
from cases.models import Case, Proposal
from vault.keyring import Keyring


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence as it is shown. number: as it is counted through; cited: its sources as they stand now."""

    number: int
    sentence: Sentence
    cited: tuple[Cited, ...]

    @property
    def is_sourced(self) -> bool:
        """Is every source still here, one at least, and of the kind on which this voice may rest?"""
        return bool(self.cited) and not self.is_mixed and all(each.is_here for each in self.cited)

    @property
    def is_mixed(self) -> bool:
        """Does its voice rest on something on which it may not?"""
        return not may_rest_on(self.sentence.voice, self.sentence.sources)


@dataclass(frozen=True, slots=True)
class Written:
    """What people wrote, for a dossier. cited: the addresses of the public sources that the sentences name."""

    facts: tuple[FactSentence, ...]
    cited: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Count:
    """How many sentences a draft has, and how many of them have no valid source."""

    variant: str
    total: int
    without: int

    @property
    def is_sourced(self) -> bool:
        """Is there a sentence, and a source for each?"""
        return self.total > 0 and not self.without


def rows_of(draft: Draft, grounds: Grounds) -> list[Row]:
    """The sentences as they are numbered, each with its sources as they stand now."""
    return [
        Row(number, each, tuple(map(grounds.cite, each.sources))) for number, each in enumerate(draft.ordered, start=1)
    ]


def count(draft: Draft, grounds: Grounds) -> Count:
    """Of one draft."""
    rows = rows_of(draft, grounds)
    return Count(draft.variant, len(rows), sum(not row.is_sourced for row in rows))


def written_for(case: Case, account: Account, ring: Keyring, variant: str) -> Written:
    """The draft as a dossier takes it, from the account that was opened for it.

    Raises NotReady: "facts_draft" when nobody wrote one, "facts_sourced" when a sentence has no valid source.
    """
    draft = rooms.read(case, ring, variant).draft
    rows = rows_of(draft, team_grounds(case, account, ring))
    if not rows:
        raise NotReady("facts_draft")
    if not all(row.is_sourced for row in rows):
        raise NotReady("facts_sourced")
    return Written(tuple(map(_fact, rows)), addresses_in(draft))


def counts(case: Case, ring: Keyring) -> list[Count]:
    """Of every draft with a record, for a member: the account is looked through by the machine, and shown to nobody."""
    found = rooms.drafted(case)
    grounds = team_grounds(case, access.checked_by_machine(case, ring), ring) if found else None
    return [count(rooms.read(case, ring, each).draft, grounds) for each in found if grounds]


def own_counts(proposal: Proposal, ring: Keyring) -> list[Count]:
    """Of every draft that lies in a brief, for its lawyer, against the copy of the account there."""
    found = [rooms.read_own(proposal, ring, each) for each in rooms.drafted(proposal.case)]
    grounds = own_grounds(handed.read(proposal, ring)) if found else None
    return [count(each, grounds) for each in found if grounds]


def is_sourced(case: Case, ring: Keyring) -> bool:
    """Has every draft of a case that was begun a source for each sentence, and is there one? Asked with any key."""
    proposal = offers.current(case)
    is_lawyer = proposal is not None and proposal.lawyer.pair_id == ring.pair.id
    try:
        found = own_counts(proposal, ring) if proposal and is_lawyer else counts(case, ring)
    except NotReady:
        return False
    begun = [each for each in found if each.total]
    return bool(begun) and all(each.is_sourced for each in begun)


def team_grounds(case: Case, account: Account, ring: Keyring) -> Grounds:
    """What may be cited, for a member."""
    facts = work.read(case, ring, "facts", "confirmed", case.id)
    return Grounds.of(account, asked_of(case, ring).corrections, facts)


def own_grounds(brief: handed.Brief) -> Grounds:
    """What may be cited, for a lawyer: what was handed over."""
    return Grounds.of(brief.account, brief.corrections, brief.facts)


def _fact(row: Row) -> FactSentence:
    sentence, sources = row.sentence, tuple(each.fact_source for each in row.cited)
    note = UNREAD if any(each.kind == "public" for each in sources) else ""
    first = sources[0]
    return FactSentence(
        sentence.text, first.kind, first.where, sentence.topic, sentence.on, note, sentence.voice, sources
    )  # fmt: skip
