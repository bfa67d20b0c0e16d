"""What every rule is given: the facts, the day, the base, and the reference data. Nothing here reads a database."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple, TypeVar

from jurisdictions.assess.facts import Facts
from jurisdictions.assess.finding import Authority
from jurisdictions.assess.texts import Place
from jurisdictions.snapshot import Basis, Law, Reference, Treaty
from jurisdictions.vocabulary import TREATIES

Value = TypeVar("Value")
OPEN_FILE, INDICTMENT = "open_file", "indictment"


class Ground(NamedTuple):
    """A base as far as no person's facts count: worked out once for many people."""

    basis: Basis
    name: Place
    national: Law | None
    law: Authority
    extra: frozenset[str]
    joined_elsewhere: tuple[str, ...]  # other States with an open file about the same State


def ground(basis: Basis, reference: Reference) -> Ground:
    """Look up what belongs to a base."""
    law = reference.laws.get(basis.state_id)
    source = next(iter(basis.sources or (law.sources if law else ())), "")
    about = basis.practice_about_id
    others = {it.state_id for it in reference.bases if (it.practice, it.practice_about_id) == (OPEN_FILE, about)}
    return Ground(
        basis=basis,
        name=Place(basis.state_id, reference.name(basis.state_id)),
        national=law,
        law=Authority(basis.provision, source, basis.confidence),
        extra=frozenset(basis.extra),
        joined_elsewhere=tuple(sorted(others - {basis.state_id})),
    )


class Context:
    """One base of jurisdiction looked at with one person's facts on one day.

    forum: code of the State that would act; forum_name: the State as texts name it; national: its own file, if there
    is one; acts: the acts, or one wholly unknown act when none is confirmed.
    """

    __slots__ = ("acts", "basis", "facts", "forum", "forum_name", "ground", "memo", "national", "on", "reference")

    def __init__(
        self,
        facts: Facts,
        on: date,
        basis: Basis,
        reference: Reference,
        prepared: Ground | None = None,
        memo: dict[Any, Any] | None = None,
    ) -> None:
        """prepared: what ground() gives for this base, if known. memo: shared by the bases of one assessment."""
        self.memo = {} if memo is None else memo
        self.facts, self.on, self.basis, self.reference = facts, on, basis, reference
        self.ground = prepared or ground(basis, reference)
        self.forum, self.forum_name, self.national = basis.state_id, self.ground.name, self.ground.national
        self.acts = facts.known_acts

    def once(self, key: Any, work: Callable[[], Value]) -> Value:
        """What was worked out for another base of the same assessment; key names all that it depends on."""
        if key not in self.memo:
            self.memo[key] = work()
        found: Value = self.memo[key]
        return found

    def place(self, state: str | None) -> Place:
        """A State as texts name it; None is an unknown country."""
        return Place(state, self.reference.name(state))

    def has(self, *codes: str) -> bool:
        """Whether the base carries one of these extra codes."""
        return not self.ground.extra.isdisjoint(codes)

    def law(self) -> Authority:
        """The base itself as authority for a reason."""
        return self.ground.law

    def status(self, state: str | None, treaty: str) -> Treaty | None:
        """Where a State stands with a treaty; None when the table has no row."""
        return self.reference.treaties.get((state or "", treaty))

    def about_practice(self) -> bool:
        """Whether an act happened in the State that the practice columns are about."""
        return self.basis.practice_about_id in self.facts.places

    def investigated(self) -> bool:
        """Whether an authority of the forum already works with this very base on acts of the same State."""
        return self.basis.practice in {OPEN_FILE, INDICTMENT} and self.about_practice()


def treaty_authority(status: Treaty) -> Authority:
    """A row of the treaty table as authority for a reason."""
    name = TREATIES[status.treaty].removeprefix("the ")
    return Authority(name, next(iter(status.sources), ""), "low" if status.doubtful else status.confidence)
