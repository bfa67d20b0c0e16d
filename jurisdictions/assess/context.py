"""What every rule is given: the facts, the day, the base, and the reference data. Nothing here reads a database."""

from dataclasses import dataclass
from datetime import date

from jurisdictions.assess.facts import Act, Facts
from jurisdictions.assess.finding import Authority
from jurisdictions.snapshot import Basis, Reference, Treaty
from jurisdictions.vocabulary import TREATIES


@dataclass(frozen=True)
class Context:
    """One base of jurisdiction looked at with one person's facts on one day."""

    facts: Facts
    on: date
    basis: Basis
    reference: Reference

    @property
    def forum(self) -> str:
        """Code of the State that would act."""
        return self.basis.state_id

    @property
    def forum_name(self) -> str:
        """Its name in words."""
        return self.reference.name(self.forum)

    @property
    def acts(self) -> tuple[Act, ...]:
        """The acts; one wholly unknown act when none is confirmed."""
        return self.facts.acts or (Act(),)

    def has(self, *codes: str) -> bool:
        """Whether the base carries one of these extra codes."""
        return bool(set(codes) & set(self.basis.extra))

    def law(self) -> Authority:
        """The base itself as authority for a reason."""
        return Authority(self.basis.provision, self._source(), self.basis.confidence)

    def status(self, state: str | None, treaty: str) -> Treaty | None:
        """Where a State stands with a treaty; None when the table has no row."""
        return self.reference.treaties.get((state or "", treaty))

    def about_practice(self) -> bool:
        """Whether an act happened in the State that the practice columns are about."""
        return any(act.country == self.basis.practice_about_id for act in self.facts.acts)

    def investigated(self) -> bool:
        """Whether an authority of the forum already works with this very base on acts of the same State."""
        return self.about_practice() and self.basis.practice in {"open_file", "indictment"}

    def _source(self) -> str:
        law = self.reference.laws.get(self.forum)
        return next(iter(self.basis.sources or (law.sources if law else ())), "")


def treaty_authority(status: Treaty) -> Authority:
    """A row of the treaty table as authority for a reason."""
    name = TREATIES[status.treaty].removeprefix("the ")
    return Authority(name, next(iter(status.sources), ""), "low" if status.doubtful else status.confidence)
