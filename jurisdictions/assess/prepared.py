"""What the law alone says on each base, worked out once for a snapshot and used for every person."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from jurisdictions.assess import confidence, gatekeeper, remarks, subsidiarity
from jurisdictions.assess.context import Context, Ground, ground
from jurisdictions.assess.facts import Facts
from jurisdictions.assess.finding import Finding, merge
from jurisdictions.snapshot import Basis, Reference

# Rules that look at no fact and no day.
LAW_RULES: tuple[Callable[[Context], Finding], ...] = (
    gatekeeper.rule,
    subsidiarity.rule,
    subsidiarity.double_criminality,
    remarks.rule,
    confidence.data,
)
KEPT = 2  # snapshots; a page that compares two days needs two


class Prepared(NamedTuple):
    """A base, what belongs to it, and what the law rules find."""

    ground: Ground
    finding: Finding


_kept: list[tuple[Reference, tuple[Prepared, ...]]] = []


def prepare(basis: Basis, reference: Reference) -> Prepared:
    """One base."""
    found = ground(basis, reference)
    context = Context(Facts(), date.max, basis, reference, found)
    return Prepared(found, merge(rule(context) for rule in LAW_RULES))


def prepared(reference: Reference) -> tuple[Prepared, ...]:
    """All bases of a snapshot, in its order. A snapshot never changes, so what was prepared for it stays true."""
    for known, bases in tuple(_kept):
        if known is reference:
            return bases
    bases = tuple([prepare(basis, reference) for basis in reference.bases])
    _kept[:] = [(reference, bases), *_kept][:KEPT]
    return bases
