"""The keys that one person, receipt or worker can reach from the one seed in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from uuid import UUID

from django.db.models import Q

from vault import rows
from vault.apart import KEY_KIND as KEY_KIND
from vault.authors import Authors
from vault.compartments import grant_info, verify_grant
from vault.directory import is_root, statement_for
from vault.envelope.errors import EnvelopeError
from vault.envelope.seeds import Halves
from vault.envelope.shares import join
from vault.envelope.suite import Opener
from vault.errors import Forged, NoGrant, VaultError
from vault.models import Compartment, Epoch, EraseShare, Grant, KeyPair, SealedValue, today
from vault.opened import Opened, join_share
from vault.recipients import Recipient, recorded
from vault.signers import Signer

TEAM_USES = {KeyPair.Use.INTAKE, KeyPair.Use.CASEWORKERS, KeyPair.Use.LEADS, KeyPair.Use.ROOT}


class Keyring:
    """One seed, its own pair, and the organisation keys that were granted to it."""

    def __init__(self, seed: bytes, pair: KeyPair) -> None:
        halves = Halves(seed)
        if halves.public.fingerprint != bytes(pair.fingerprint):
            raise Forged(f"key pair {pair.id}: the seed belongs to another pair")
        self._opener = Opener(halves)
        self.pair = pair
        self.signer = Signer(pair, seed, halves)  # signs in the name of this keyring's own pair
        self._teams: dict[object, Keyring] = {}
        self._authors = Authors(self.signer)

    def __repr__(self) -> str:
        return f"Keyring({self.pair.id})"

    def own_recipient(self) -> Recipient:
        """This keyring's own pair as a recipient: its seed is in memory."""
        return recorded(self.pair, bytes(self.pair.fingerprint))

    def derived(self, make: Callable[[bytes], bytes]) -> bytes:
        """What a function of the envelope makes of this keyring's own seed."""
        return make(self.signer.seed)

    def team(self, use: str) -> Keyring:
        """The keyring of an organisation key such as "intake". Raises NoGrant if it is not held."""
        for pair in KeyPair.objects.filter(use=use, retired_on=None).order_by("-made_on"):
            try:
                return self.team_of(pair)
            except NoGrant:
                continue
        raise NoGrant(f"organisation key {use}")

    def team_of(self, pair: KeyPair) -> Keyring:
        """The keyring of one key of the organisation, retired or not. Raises NoGrant if it is not held."""
        if pair.id not in self._teams:
            compartment = Compartment.objects.select_related("founder").filter(kind=KEY_KIND, owner=pair.id).first()
            if compartment is None or not self._is_granted(compartment):
                raise NoGrant(f"organisation key {pair.id}")
            self._teams[pair.id] = Keyring(self._open_seed(compartment, pair), pair)
        return self._teams[pair.id]

    def opener(self, pair: KeyPair) -> Opener:
        """What opens grants to the own key, or to one of the organisation that is held. Raises NoGrant, Forged."""
        return self._opener if pair.id == self.pair.id else self.team_of(pair)._opener

    def open(self, epoch: Epoch) -> Opened:
        """Open an epoch by a grant to this keyring or to an organisation key on it. Raises NoGrant or Forged."""
        return self.open_many([epoch])[0]

    def open_many(self, epochs: Iterable[Epoch]) -> list[Opened]:
        """Open several epochs with few queries, in their order. Raises NoGrant or Forged if one does not open."""
        return [opening() for opening in self._openings(epochs)]

    def open_each(self, epochs: Iterable[Epoch]) -> dict[UUID, Opened | VaultError]:
        """Open many epochs for a list, with the queries of one: by id each of them, or the error that it raises."""
        found: dict[UUID, Opened | VaultError] = {}
        wanted = list(epochs)
        for epoch, opening in zip(wanted, self._openings(wanted), strict=True):
            try:
                found[epoch.id] = opening()
            except VaultError as error:
                found[epoch.id] = error
        return found

    def open_all(self, compartment: Compartment) -> list[Opened]:
        """Open every epoch of a compartment that this keyring may open, oldest first."""
        found = []
        for opening in self._openings(compartment.epochs.select_related("compartment").order_by("number")):
            try:
                found.append(opening())
            except NoGrant:
                continue
        return found

    def latest(self, compartment: Compartment) -> Opened:
        """Open the newest epoch. Raises NoGrant rather than fall back: an older epoch may have other readers."""
        newest = compartment.epochs.order_by("-number").first()
        if newest is None:
            raise NoGrant(f"compartment {compartment.id}: no epoch")
        newest.compartment = compartment
        return self.open(newest)

    def open_share(self, epoch: Epoch, share: str) -> bytes:
        """Open the whole secret or one share of an epoch; the grant is verified first. Raises NoGrant or Forged."""
        return self.open_grant(self.find_grant(epoch, share))

    def find_grant(self, epoch: Epoch, share: str) -> Grant:
        """The verified grant by which this keyring reaches an epoch. Raises NoGrant or Forged."""
        return self._find(epoch, share, self._grants({epoch.id: epoch}))

    @property
    def authors(self) -> Authors:
        """What this keyring knows about who may sign."""
        return self._authors

    def _openings(self, epochs: Iterable[Epoch]) -> list[Callable[[], Opened]]:
        """What opens each of these epochs, with everything read that it needs. See open()."""
        wanted = {epoch.id: epoch for epoch in epochs}
        grants = _by_epoch(self._own_grants(wanted))
        shares = {each.epoch_id: each for each in rows.read(EraseShare, epoch_id=list(wanted))}
        others = {epoch.id: epoch for epoch in wanted.values() if not _is_complete(epoch, grants.get(epoch.id, []))}
        grants |= _by_epoch(self._grants(others) if others else [])
        return [partial(self._open, each, grants.get(each.id, []), shares.get(each.id)) for each in wanted.values()]

    def _open(self, epoch: Epoch, grants: list[Grant], erase_share: EraseShare | None) -> Opened:
        shares = (Grant.Share.A, Grant.Share.B) if epoch.is_split else (Grant.Share.WHOLE,)
        parts = [self.open_grant(self._find(epoch, share, grants)) for share in shares]
        return join_share(epoch, join(*parts) if epoch.is_split else parts[0], erase_share, self._authors)

    def _grants(self, epochs: dict[UUID, Epoch]) -> list[Grant]:
        """The grants by which this keyring may reach these epochs, the own ones first."""
        within_reach = Q(recipient=self.pair) | Q(recipient__use__in=TEAM_USES)
        found = self._joined(list(Grant.objects.filter(within_reach, epoch__in=list(epochs))), epochs)
        reached = {pair.id: self._reaches(pair) for pair in {row.recipient for row in found}}  # asked once for each key
        own_first = sorted(found, key=lambda row: row.recipient_id != self.pair.id)
        return [row for row in own_first if reached[row.recipient_id]]

    def _own_grants(self, epochs: dict[UUID, Epoch]) -> list[Grant]:
        """The grants of these epochs to the own key alone, found without reading anybody else's."""
        return self._joined(rows.read(Grant, epoch_id=list(epochs), recipient_id=self.pair.id), epochs)

    def _joined(self, found: list[Grant], epochs: dict[UUID, Epoch]) -> list[Grant]:
        """Grants with their epochs, and with the keys of givers and recipients, each of which is read once."""
        strangers = {key for row in found for key in (row.giver_id, row.recipient_id)} - {self.pair.id}
        pairs = {self.pair.id: self.pair} | {each.id: each for each in rows.read(KeyPair, id=strangers)}
        for row in found:
            row.epoch, row.giver, row.recipient = epochs[row.epoch_id], pairs[row.giver_id], pairs[row.recipient_id]
        return found

    def _find(self, epoch: Epoch, share: str, grants: list[Grant]) -> Grant:
        """The first grant of an epoch that is not over, which must verify. grants: of this epoch."""
        for row in grants:
            if row.share == share and _is_lasting(row):
                verify_grant(row, self._authors)
                return row
        raise NoGrant(f"epoch {epoch.id} share {share}")

    def _reaches(self, pair: KeyPair) -> bool:
        if pair.id == self.pair.id:
            return True
        try:
            self.team_of(pair)
        except NoGrant:
            return False
        return True

    def open_grant(self, row: Grant) -> bytes:
        """What one grant holds; whether it verifies is not asked. Raises NoGrant or Forged."""
        holder = self if row.recipient_id == self.pair.id else self.team_of(row.recipient)
        try:
            return holder._opener.open(bytes(row.sealed), grant_info(row))
        except EnvelopeError as error:
            raise Forged(f"grant {row.id}: {type(error).__name__}") from error

    def _is_granted(self, compartment: Compartment) -> bool:
        return Grant.objects.filter(epoch__compartment=compartment, recipient=self.pair).exists()

    def _open_seed(self, compartment: Compartment, pair: KeyPair) -> bytes:
        if not is_root(compartment.founder):
            raise Forged(f"compartment {compartment.id}: an organisation key that the root did not share out")
        if not is_root(pair):
            statement_for(pair, {pair.use} - {KeyPair.Use.ROOT})
        opened = self.latest(compartment)
        where = {"epoch_id": opened.epoch.id, "table": "keypair", "field": "seed", "row": pair.id}
        value = SealedValue.objects.select_related("signer").filter(**where).first()
        if value is None:
            raise NoGrant(f"organisation key {pair.id}: no seed in this epoch")
        value.epoch = opened.epoch
        return opened.open(value)


def _by_epoch(grants: list[Grant]) -> dict[UUID, list[Grant]]:
    found: dict[UUID, list[Grant]] = {}
    for row in grants:
        found.setdefault(row.epoch_id, []).append(row)
    return found


def _is_complete(epoch: Epoch, grants: list[Grant]) -> bool:
    """Is there a grant among these of its own that is not over for all that opens the epoch?"""
    wanted = {Grant.Share.A, Grant.Share.B} if epoch.is_split else {Grant.Share.WHOLE}
    return wanted <= {row.share for row in grants if _is_lasting(row)}


def _is_lasting(row: Grant) -> bool:
    return row.until_on is None or row.until_on >= today()
