"""A search in slices of about a second. The server keeps nothing between two of them: the form says where to go on."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from cases import broken, queue
from cases.actions.erasing import erased
from cases.models import Case
from cases.search.query import Query
from cases.search.reading import Looked, Reader
from people.models import Person
from vault import rows
from vault.errors import Forged, NoGrant
from vault.events import event
from vault.keyring import Keyring
from vault.models import AuditEvent

SEARCHED = "account.searched"
SECONDS = 1.0
AT_ONCE = 25  # cases that are read together
ENOUGH = 10  # cases in which something was found: then a person reads before it goes on


@dataclass(frozen=True, slots=True)
class Scope:
    """What is looked through. purpose: why accounts are opened, "" when they are not."""

    text: str
    purpose: str = ""


@dataclass(slots=True)
class Slice:
    """What one slice came to. last: the reference of the last case; done, total: of all that may be searched."""

    last: str
    total: int
    done: int = 0
    found: list[Looked] = field(default_factory=list)
    without_key: list[Case] = field(default_factory=list)
    broken: list[Case] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        """Is nothing left?"""
        return self.done >= self.total


def step(scope: Scope, *, by: Person, ring: Keyring, after: str = "") -> Slice:
    """Look through the next cases of all that the person may open, in the order of their references.

    after: the reference at which the last slice ended. Each opening of an account is recorded before it is opened.
    Raises ValueError for a query that cannot be searched, see Query.of().
    """
    reader = Reader(ring, Query.of(scope.text), has_accounts=bool(scope.purpose))
    ends, cases = time.monotonic() + SECONDS, queue.readable(by).order_by("reference")
    found = Slice(after, cases.count())
    while batch := list(cases.filter(reference__gt=found.last).select_related("receipt")[:AT_ONCE]):
        _look(batch, found, reader, scope, by)
        found.last = batch[-1].reference
        if time.monotonic() >= ends or len(found.found) >= ENOUGH:
            break
    found.done = cases.filter(reference__lte=found.last).count()
    return found


def _look(batch: list[Case], found: Slice, reader: Reader, scope: Scope, by: Person) -> None:
    put_back = erased(batch)
    there = [case for case in batch if case.id not in put_back]
    if scope.purpose:
        rows.store(_event(case, scope.purpose, by) for case in there)
    looked = [Looked(case, trouble=Forged(f"case {case.id}: it was erased")) for case in batch if case.id in put_back]
    for each in [*looked, *reader.look(there)]:
        if isinstance(each.trouble, NoGrant):
            found.without_key.append(each.case)
        elif each.trouble:
            broken.met(each.case, each.trouble, by.id)
            found.broken.append(each.case)
        if each.found or _is_named(each.case, scope.text):
            found.found.append(each)


def _event(case: Case, purpose: str, by: Person) -> AuditEvent:
    return event(SEARCHED, "case", case.id, by=by.id, detail={"purpose": purpose})


def _is_named(case: Case, text: str) -> bool:
    """Is the text the reference of the case, or a part of it?"""
    return "".join(text.split()).upper() in case.reference
