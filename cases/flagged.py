"""The flags of many cases, for a page of a list: read together, verified one by one.

A page takes as many statements as one case. A case of which anything does not fit is read again by itself, as its own
page reads it: there it becomes an alarm, or fits after all because somebody wrote meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from cases import keys
from cases.flag_log import FIELD as LOG
from cases.flag_log import open_codes
from cases.flags import FIRST, TABLE, Flag, added_in, first_raised, flags_of, in_words
from cases.keys import Rooms
from cases.models import Case
from cases.raising import FIELD
from vault.errors import NoGrant, VaultError
from vault.keyring import Keyring
from vault.listed import fitting
from vault.models import Epoch, SealedValue
from vault.opened import Opened, values_in

KINDS = {FIRST: keys.WORK, LOG: keys.WORK, FIELD: keys.ACCOUNT}  # by field, where the record lies


def flags_of_each(cases: Iterable[Case], ring: Keyring) -> dict[UUID, list[Flag]]:
    """By the case's id its flags, strong ones first; none where this keyring holds no key. Expects `receipt` joined."""
    wanted = list(cases)
    more = added_in(wanted)
    known = _together(wanted, ring, more)
    return {
        case.id: known[case.id] if case.id in known else flags_of(case, ring, has_more=case.id in more)
        for case in wanted
    }


def _together(cases: list[Case], ring: Keyring, more: dict[UUID, set[UUID]]) -> dict[UUID, list[Flag]]:
    """The flags of those cases of which everything fits."""
    try:
        page = _Page.read(cases, ring, more)
    except VaultError:  # of a key of the organisation: each case meets it by itself
        return {}
    found = {case: page.flags(case) for case in page.epochs}
    return {case: flags for case, flags in found.items() if flags is not None}


@dataclass(frozen=True, slots=True)
class _Page:
    """What was read. epochs: by case, those that its flags may lie in; heads: the cases whose head of `work` fits."""

    epochs: dict[UUID, list[Epoch]]
    opened: dict[UUID, Opened | VaultError]
    values: dict[UUID, list[SealedValue]]
    heads: set[UUID]

    @classmethod
    def read(cls, cases: list[Case], ring: Keyring, more: dict[UUID, set[UUID]]) -> _Page:
        rooms = Rooms.of_each(cases, *KINDS.values())
        epochs = {case: _epochs(room, more.get(case, set())) for case, room in rooms.items()}
        opened = ring.open_each(epoch for each in epochs.values() for epoch in each)
        good = [each for each in opened.values() if isinstance(each, Opened)]
        values = [
            value
            for value in values_in(good, table=TABLE, field=list(KINDS), row=list(epochs))
            if (value.row, KINDS[value.field]) == (value.epoch.compartment.owner, value.epoch.compartment.kind)
        ]
        return cls(epochs, opened, _by_row(values), _whole(good, values))

    def flags(self, case: UUID) -> list[Flag] | None:
        """The flags of a case, none without a key to it; None when something does not fit."""
        found = [self.opened[epoch.id] for epoch in self.epochs[case]]
        opened = {each.epoch.id: each for each in found if isinstance(each, Opened)}
        missing = [each for each in found if isinstance(each, NoGrant)]
        if not found or len(opened) + len(missing) < len(found):
            return None
        if missing:
            return []
        if case not in self.heads:
            return None
        try:
            return in_words(_raised(self.values.get(case, []), opened))
        except VaultError:
            return None


def _raised(values: list[SealedValue], opened: dict[UUID, Opened]) -> list[str]:
    """The open flags: raised by the first contact, as its newest record says, by a further sending or by the team.

    Raises Forged.
    """
    contents = [(value.field, value.version, json.loads(opened[value.epoch_id].open(value))) for value in values]
    first = max((each for each in contents if each[0] == FIRST), key=lambda each: each[1], default=(FIRST, 0, None))
    raised = [(0, first_raised(first[2])), *((number, each) for field, number, each in contents if field == FIELD)]
    return open_codes(raised, [each for field, _, each in contents if field == LOG])


def _epochs(room: Rooms, more: set[UUID]) -> list[Epoch]:
    """Every epoch of `work`, and those of `account` in which something was raised later; nothing if one is missing."""
    later = [epoch for epoch in room.by_kind.get(keys.ACCOUNT, []) if epoch.id in more]
    return [*room.by_kind.get(keys.WORK, []), *later] if len(later) == len(more) else []


def _whole(opened: Iterable[Opened], values: list[SealedValue]) -> set[UUID]:
    """The cases whose head of `work` fits."""
    of_work: dict[UUID, list[Opened]] = {}
    owners: dict[UUID, UUID] = {}
    for each in opened:
        compartment = each.epoch.compartment
        if compartment.kind == keys.WORK:
            of_work.setdefault(compartment.id, []).append(each)
            owners[compartment.id] = compartment.owner
    return {owners[compartment] for compartment in fitting(of_work, values)}


def _by_row(values: Iterable[SealedValue]) -> dict[UUID, list[SealedValue]]:
    found: dict[UUID, list[SealedValue]] = {}
    for value in values:
        found.setdefault(value.row, []).append(value)
    return found
