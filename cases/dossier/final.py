"""What must hold of the data of a dossier before it goes out for filing: the checks of dossier.md 12 that need no key.

Whoever asks runs them, the lead who releases, and the worker before it seals the package, each over its own copy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from cases.dossier.agreed import digest
from cases.dossier.certified import translations_without_certificate
from cases.dossier.errors import PackageFailed
from cases.dossier.inputs import DossierInput
from cases.dossier.points import open_in
from cases.dossier.sealed_set import found_in_open
from cases.dossier.sourced import Ground, without_source
from cases.dossier.variant import find
from cases.statement import catalogue
from cases.statement.loading import SINGLE

Check = Callable[[DossierInput], bool]


class Packed(Protocol):
    """A file of the package, as its manifest lists it. exhibit: "E-001"; derived: how, and from which bytes."""

    @property
    def exhibit(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def derived(self) -> tuple[str, str]: ...


SEALED, PARALLEL = "sealed", "complaints"


def is_agreed(data: DossierInput) -> bool:
    """2: does the person's yes stand with it, for just these words?"""
    return data.filing is not None and data.filing.digest == digest(data)


def is_sourced(data: DossierInput) -> bool:
    """5: does every fact sentence have a source that is here, and is there one?"""
    return bool(data.facts) and not without_source(data.facts, Ground.of(data))


def is_open(data: DossierInput) -> bool:
    """6: is nothing in its open parts that is sealed for two people, nor what belongs into the envelope?"""
    asked = (answer.question_id for section in data.account for answer in section.answers)
    return not any(_is_sealed(question_id) for question_id in asked) and not found_in_open(data)


def is_certified(data: DossierInput) -> bool:
    """8: has every translation a certificate that holds for it?"""
    return not translations_without_certificate(data)


def has_parallel(data: DossierInput) -> bool:
    """9: has the variant a place for other proceedings, and does its cover letter speak of them?"""
    v = find(data.variant)
    parts = (part["make"] for section in v.find("sections") for part in section["parts"])
    said = v.say("letter.parallel") and v.say("letter.no_parallel")
    return bool(said) and PARALLEL in parts


def is_cleared(data: DossierInput) -> bool:
    """Has a lawyer cleared every marked point by name?"""
    return not open_in(data)


CHECKS: dict[str, Check] = {
    "approval": is_agreed, "facts_sourced": is_sourced, "sealed": is_open, "certificate": is_certified,
    "parallel": has_parallel, "points": is_cleared,
}  # fmt: skip


def unmet(data: DossierInput) -> Iterator[str]:
    """The codes of the checks that do not hold."""
    return (code for code, check in CHECKS.items() if not check(data))


def require(data: DossierInput, entries: Iterable[Packed]) -> None:
    """Raise PackageFailed("release-...") for the first check that does not hold; a draft needs none.

    entries: what was packed. 7: each exhibit must be there, as it came or as what was made of just these bytes; in a
    pseudonymised package there is none.
    """
    if data.filing is None:
        return
    for code in unmet(data):
        raise PackageFailed(f"release-{code}")
    packed = {(each.exhibit, source) for each in entries for source in (each.sha256, each.derived[1])}
    if data.is_pseudonymised:
        return
    if any((exhibit.label, exhibit.sha256) not in packed for exhibit in data.exhibits):
        raise PackageFailed("release-exhibits")


def _is_sealed(question_id: str) -> bool:
    """Is a question sealed for two people? One that no catalogue knows is not filed."""
    known = (catalogue.at(version).questions.get(question_id) for version in (catalogue.VERSION, SINGLE))
    found = next(filter(None, known), None)
    return found is None or found.compartment == SEALED
