"""Who gets the next epoch: the holders of the one before whose grants verify and whose keys still count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from vault.authors import FOUNDERS_ONLY, Authors, require_author, require_founder
from vault.compartments import verify_signature
from vault.directory import own_fingerprint
from vault.errors import Forged, Unstated
from vault.given import Given, Read, lasting_of, place_info
from vault.models import Compartment, Epoch, Grant, KeyPair, today
from vault.plain import Native, native
from vault.recipients import Recipient, organisation, recorded, stated
from vault.signers import Signer

Use = KeyPair.Use
TEAMS = {Use.INTAKE, Use.CASEWORKERS, Use.LEADS}
ORGANISATION = TEAMS | {Use.RECOVERY}


@dataclass(frozen=True, slots=True)
class Heir:
    """Somebody to grant a share of the next epoch to; until: the last day, as it was given, or None."""

    recipient: Recipient
    share: str
    until: date | None


def carried(epoch: Epoch, share: str = Grant.Share.WHOLE, heirs: Heirs | None = None) -> list[Recipient]:
    """Who gets a further epoch because this one was granted to them; of a split one, those of one share.

    Only verified grants without an end count; see Heirs.of() for the recovery kit. A key of the organisation stands
    for the one in use now, a person for the own key while the directory names it today, a receipt for itself where it
    is the founder. Releases to a worker's half are not carried on.
    """
    return carried_all([epoch], share, heirs or Heirs())[0]


def carried_all(epochs: Sequence[Epoch], share: str, heirs: Heirs) -> list[list[Recipient]]:
    """carried() for several epochs, in their order, with the queries of one."""
    rows = lasting_of(epochs)
    keys = heirs.keys_of(row for each in rows.values() for row in each)
    found = []
    for epoch in epochs:
        lasting = (row for row in rows[native(epoch.id)] if row.share == share and row.until_on is None)
        given = (row.of(epoch, place_info(epoch), keys) for row in lasting)
        found.append([heir.recipient for heir in heirs.of(given)])
    return found


class Heirs:
    """Finds heirs, and remembers for as long as it lives what it found out about keys. Make one for each run.

    own: the key at work. What it signed itself is proved by signing it again, which costs a third of verifying.
    team: keys of the organisation that were just found to be in use.
    """

    def __init__(self, own: Signer | None = None, team: Iterable[Recipient] = ()) -> None:
        self._signed = Authors(own)
        self._authors: dict[object, bool] = {}
        self._successors: dict[object, Recipient | None] = {each.pair.use: each for each in team}
        self._keys: dict[Native, KeyPair] = {native(each.pair.id): each.pair for each in team}
        if own is not None:
            self._keys[native(own.pair.id)] = own.pair

    def keys_of(self, rows: Iterable[Read]) -> Mapping[Native, KeyPair]:
        """The key pairs that these grants name; those that are known already are not read again."""
        wanted = {each for row in rows for each in (row.recipient, row.giver)} - self._keys.keys()
        if wanted:
            found = KeyPair.objects.filter(id__in=[str(each) for each in wanted])
            self._keys |= {native(each.id): each for each in found}
        return self._keys

    def of(self, rows: Iterable[Given]) -> list[Heir]:
        """The heirs of one epoch's grants, each once for a share.

        The recovery kit stays where a key of the organisation does, whoever signed its own grant: it opens that key.
        """
        found: dict[tuple[UUID, str], Heir] = {}
        for row in sorted(rows, key=_is_to_kit):
            recipient = None if _is_over(row) else self._successor(row)
            if recipient is None or (recipient.pair.id, row.share) in found:
                continue
            if (_is_to_kit(row) and _has_organisation(found, row.share)) or self._is_given(row):
                found[recipient.pair.id, row.share] = Heir(recipient, row.share, row.until_on)
        return list(found.values())

    def _is_given(self, row: Given) -> bool:
        """Did the giver sign this grant, and might that key give here on that day?"""
        if not self._may_give(row.giver, row.epoch.compartment, row.made_on):
            return False
        try:
            verify_signature(row, self._signed)
        except Forged:
            return False
        return True

    def _may_give(self, giver: KeyPair, compartment: Compartment, on: date) -> bool:
        key = (giver.id, compartment.id if giver.use in FOUNDERS_ONLY else None, on)
        if key not in self._authors:
            self._authors[key] = _is_author(giver, compartment, on)
        return self._authors[key]

    def _successor(self, row: Given) -> Recipient | None:
        pair, compartment = row.recipient, row.epoch.compartment
        key: object = pair.use if pair.use in ORGANISATION else pair.id
        if pair.use == Use.RECEIPT:
            key = (pair.id, compartment.id)
        if key not in self._successors:
            self._successors[key] = _successor(pair, compartment)
        return self._successors[key]


def _is_to_kit(row: Given) -> bool:
    return row.recipient.use == Use.RECOVERY


def _has_organisation(found: dict[tuple[UUID, str], Heir], share: str) -> bool:
    """Is a key of the organisation among the heirs of this share, without an end?"""
    heirs = (heir for heir in found.values() if heir.share == share and heir.until is None)
    return any(heir.recipient.pair.use in TEAMS for heir in heirs)


def _is_over(row: Given) -> bool:
    return row.until_on is not None and row.until_on < today()


def _is_author(giver: KeyPair, compartment: Compartment, on: date) -> bool:
    try:
        require_author(giver, compartment, on)
    except (Forged, Unstated):
        return False
    return True


def _successor(pair: KeyPair, compartment: Compartment) -> Recipient | None:
    """The key that takes a holder's place today, or None."""
    try:
        if pair.use in ORGANISATION:
            return organisation(pair.use)
        if pair.use == Use.PERSON:
            return stated(pair, {Use.PERSON})
        if pair.use != Use.RECEIPT:
            return None
        require_founder(compartment, pair)
        return recorded(pair, own_fingerprint(pair))
    except (Forged, Unstated):
        return None
