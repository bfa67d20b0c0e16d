"""Look through the records of some cases, and show what was found in them.

Of each case the founders of its compartments and its heads are verified, so that a record that is missing, old or
changed shows; see vault.collected. What is shown was opened once more as its own page opens it, with the signatures on
its grant and on itself, and by the right hand. What only the page of a case checks: signatures on what was not found,
and whether the rows of letters, versions and exhibits fit their records.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any

from cases import keys, told
from cases.hands import hands_of
from cases.models import Case
from cases.search.kinds import TOLD, Kind, Text, kind_of
from cases.search.passages import Piece, passage
from cases.search.query import Query
from vault.authors import compartment_id
from vault.collected import Collected, Record, Room, collect, proved
from vault.errors import Forged, NoGrant, VaultError
from vault.heads import settled
from vault.keyring import Keyring
from vault.reach import Loaded, Reach

RECORDS, PASSAGES = 5, 2  # that are shown of one case, and of one record


@dataclass(frozen=True, slots=True)
class Passage:
    """Some words around what was found. about: the question that they answer; language: of the words, if known.

    topic: of a violent answer, which has no pieces here: it is unfolded on the page of the account, and recorded.
    """

    pieces: list[Piece]
    language: str
    about: str
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One record that has the words. on: the day on which it was written."""

    kind: Kind
    on: date
    passages: list[Passage]


@dataclass(frozen=True, slots=True)
class Looked:
    """A case that was looked through. more: how many records have the words too; trouble: why it could not be."""

    case: Case
    found: list[Found] = field(default_factory=list)
    more: int = 0
    trouble: VaultError | None = None


class Reader:
    """Looks through cases for one query. has_accounts: also through what was told. Lives in one request."""

    def __init__(self, ring: Keyring, query: Query, *, has_accounts: bool) -> None:
        self._ring, self._query, self._reach = ring, query, Reach(ring)
        self._kinds = (keys.MESSAGES, keys.WORK, *(sorted(TOLD) if has_accounts else ()))

    def look(self, cases: Iterable[Case]) -> list[Looked]:
        """Look through these cases, read together. A case with a record that does not fit stops no other."""
        wanted = list(cases)
        stocks, loaded = self._collect(wanted)
        return [self._looked(case, stock, loaded) for case, stock in zip(wanted, stocks, strict=True)]

    def _collect(self, cases: list[Case]) -> tuple[list[Collected], Loaded]:
        stocks = collect([case.id for case in cases], known=[case.receipt for case in cases], also=[keys.WORK])
        rooms = (room for stock in stocks for kind in self._kinds for room in stock.rooms.get(kind, ()))
        return stocks, self._reach.load(rooms)

    def _looked(self, case: Case, stock: Collected, loaded: Loaded) -> Looked:
        try:
            return self._find(case, stock, loaded)
        except NoGrant as error:
            return Looked(case, trouble=error)
        except VaultError:
            return self._looked_again(case)

    def _looked_again(self, case: Case) -> Looked:
        """Read it alone: somebody may have written while it was read with others."""

        def read() -> Looked:
            [stock], loaded = self._collect([case])
            return self._find(case, stock, loaded)

        try:
            work = compartment_id(case.receipt, keys.WORK, case.id)
            return settled(case.id, lambda: settled(work, read))
        except VaultError as error:
            return Looked(case, trouble=error)

    def _find(self, case: Case, stock: Collected, loaded: Loaded) -> Looked:
        rooms = {kind: stock.of_kind(kind, case.receipt) for kind in self._kinds}
        for room in chain(*rooms.values()):
            loaded.unlock(room)
        stock.check(case.id, rooms[keys.MESSAGES], self._ring)
        stock.check(rooms[keys.WORK][0].compartment, rooms[keys.WORK], self._ring)
        opened = [(kind, record, room.open(record).decode()) for kind, room, record in _newest(rooms)]
        if not self._query.may_be_in("\n".join(text for _, _, text in opened)):
            return Looked(case)
        having = [each for each in opened if self._has(each[0], each[2])]
        shown = sorted(having, key=lambda each: each[1].on, reverse=True)[:RECORDS]
        return Looked(case, [self._shown(case, *each) for each in shown], more=len(having) - len(shown))

    def _has(self, kind: Kind, text: str) -> bool:
        return self._query.is_in(each.text for each in kind.texts(json.loads(text)))

    def _shown(self, case: Case, kind: Kind, record: Record, text: str) -> Found:
        content = json.loads(text)
        _prove(case, record, content, self._ring)
        return Found(kind, record.on, self._passages(list(kind.texts(content))))

    def _passages(self, texts: list[Text]) -> list[Passage]:
        """The first passages, one for each question."""
        found: dict[object, Passage] = {}
        for number, each in enumerate(texts):
            place = each.about or number
            if place not in found and (pieces := passage(each.text, self._query.means)):
                found[place] = Passage([] if each.topic else pieces, each.language, each.about, each.topic)
        return list(found.values())[:PASSAGES]


def _newest(rooms: Mapping[str, list[Room]]) -> Iterable[tuple[Kind, Room, Record]]:
    """The newest version of each record that is looked through."""
    found: dict[tuple[object, ...], tuple[Kind, Room, Record]] = {}
    for name, own in rooms.items():
        for room in own:
            for record in room.records:
                place = (name, record.table, record.field, record.row)
                kind = kind_of(record.table, record.field, name)
                if kind and (place not in found or found[place][2].version < record.version):
                    found[place] = kind, room, record
    return found.values()


def _prove(case: Case, record: Record, content: Any, ring: Keyring) -> None:
    """Raise NoGrant, Forged or Unstated unless a record is in the hand that it must be in."""
    value, _ = proved(record, ring)
    if record.table == told.TABLE:
        hands_of(case, ring).require(value, content["number"])
    if value.epoch.compartment.kind == keys.WORK and value.signer_id == case.receipt_id:
        raise Forged(f"sealed value {value.id}: signed by another hand")
