"""One State with everything the lists look at, read once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from jurisdictions.models import JurisdictionBasis, NationalLaw, State, TreatyStatus

STALE = timedelta(days=365)


@dataclass(frozen=True)
class Subject:
    """A State, its treaties by name, its bases in the order of the file, its national file if there is one."""

    state: State
    treaties: Mapping[str, TreatyStatus]
    bases: Sequence[JurisdictionBasis]
    law: NationalLaw | None

    @property
    def confidence(self) -> str:
        """How far to trust what is said of its law, or of its treaties where no law is known."""
        return self.law.confidence if self.law else self.state.confidence

    @property
    def checked_on(self) -> date:
        """When its law, or else its treaties, were looked up."""
        return self.law.checked_on if self.law else self.state.checked_on

    def is_stale(self, today: date) -> bool:
        """Was that more than twelve months ago?"""
        return is_stale(self.checked_on, today)

    @property
    def has_unverified(self) -> bool:
        """Is there anything that nobody has confirmed?"""
        rows = [self.state, *self.treaties.values(), *self.bases, *([self.law] if self.law else [])]
        return any(row.unverified for row in rows)


def is_stale(checked_on: date, today: date) -> bool:
    """Is a check of that day too old to rely on?"""
    return today - checked_on > STALE


def subjects(wanted: QuerySet[State]) -> list[Subject]:
    """These States, in four questions to the database however many they are."""
    return [_subject(state) for state in wanted.prefetch_related("treaties", "bases__practice_about", "law")]


def _subject(state: State) -> Subject:
    treaties = {status.treaty: status for status in state.treaties.all()}
    return Subject(state, treaties, list(state.bases.all()), getattr(state, "law", None))
