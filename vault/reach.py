"""What a keyring opens of many epochs, found with few queries. See vault.collected for what is not asked here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from vault.collected import Room
from vault.envelope.errors import EnvelopeError
from vault.envelope.suite import Opener
from vault.errors import Forged, NoGrant
from vault.given import info_of, place_of
from vault.keyring import TEAM_USES, Keyring
from vault.models import EraseShare, Grant, KeyPair, today
from vault.plain import Native, as_bytes, day_of, native, select


class Given(NamedTuple):
    """A grant as the database gave it back, in the order of READ."""

    id: Native
    epoch: Native
    recipient: Native
    sealed: bytes
    purpose: str
    share: str
    until: date | str | None

    @property
    def is_lasting(self) -> bool:
        """Does it hold today?"""
        return self.until is None or day_of(self.until) >= today()

    def open(self, opener: Opener, room: Room, fingerprint: bytes) -> bytes:
        """What it holds. fingerprint: of the recipient's key. Raises vault.errors.Forged."""
        place = place_of(room.compartment, room.kind, room.owner, room.number)
        until = day_of(self.until) if self.until else None
        info = info_of(place, fingerprint, as_bytes(self.id), self.purpose, self.share, until)
        try:
            return opener.open(bytes(self.sealed), info)
        except EnvelopeError as error:
            raise Forged(f"grant {self.id}: {type(error).__name__}") from error


READ = ("id", "epoch_id", "recipient_id", "sealed", "purpose", "share", "until_on")


class Reach:
    """The keys of a keyring that open grants: the own one, and those of the organisation that it holds."""

    def __init__(self, ring: Keyring) -> None:
        self._ring = ring
        teams = {native(pair.id): pair for pair in KeyPair.objects.filter(use__in=TEAM_USES).order_by("-made_on")}
        self._pairs = {native(ring.pair.id): ring.pair} | teams
        self._held: dict[Native, Opener | None] = {}

    def load(self, rooms: Iterable[Room]) -> Loaded:
        """Read what unlocks these epochs."""
        wanted, whole = [room.id for room in rooms if not room.is_split], [Grant.Share.WHOLE.value]
        shares = {row: bytes(share) for row, share in select(EraseShare, ("epoch_id", "share"), epoch_id=wanted)}
        grants: dict[Native, list[Given]] = {}
        for row in select(Grant, READ, epoch_id=wanted, recipient_id=list(self._pairs), share=whole):
            given = Given(*row)
            grants.setdefault(given.epoch, []).append(given)
        order = {recipient: place for place, recipient in enumerate(self._pairs)}
        for found in grants.values():
            found.sort(key=lambda each: order[each.recipient])
        return Loaded(self, grants, shares)

    def opener(self, recipient: Native) -> tuple[bytes, Opener] | None:
        """The fingerprint of a key and what opens grants to it, or None when it is not held."""
        pair = self._pairs[recipient]
        if recipient not in self._held:
            try:
                self._held[recipient] = self._ring.opener(pair)
            except NoGrant:
                self._held[recipient] = None
        opener = self._held[recipient]
        return (bytes(pair.fingerprint), opener) if opener else None


@dataclass(frozen=True, slots=True)
class Loaded:
    """Grants and erase shares by epoch; of an epoch's grants the one to the own key first."""

    reach: Reach
    grants: dict[Native, list[Given]]
    shares: dict[Native, bytes]

    def unlock(self, room: Room) -> None:
        """Unlock an epoch. Raises vault.errors.NoGrant, or Forged for a grant that does not open."""
        for given in self.grants.get(room.id, ()):
            held = self.reach.opener(given.recipient) if given.is_lasting else None
            if held is not None:
                fingerprint, opener = held
                room.unlock(given.open(opener, room, fingerprint), self.shares.get(room.id))
                return
        raise NoGrant(f"epoch {room.id}")
