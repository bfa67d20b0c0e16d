"""Everything that follows from some seeds and a copy of the tables. No signature is asked: a thief does not care."""

from __future__ import annotations

import copy
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

from vault.compartments import grant_info
from vault.envelope.aead import open_value
from vault.envelope.compartment import compartment_key
from vault.envelope.encoding import pack
from vault.envelope.errors import EnvelopeError
from vault.envelope.shares import join
from vault.envelope.suite import open_with
from vault.models import Epoch, EraseShare, Grant, SealedValue
from vault.places import place_of


@dataclass
class Copy:
    """The tables as they were at one moment, in the thief's hands."""

    deployment: str
    grants: list[Grant]
    epochs: dict[UUID, Epoch]
    shares: dict[UUID, bytes]
    values: list[SealedValue]
    seeds: set[bytes] = field(default_factory=set, repr=False)

    @classmethod
    def now(cls, deployment: str, *, with_shares: bool = True) -> Copy:
        """Carry everything away, with the small table of erase shares or without it."""
        loaded = Grant.objects.select_related("recipient", "epoch__compartment")
        epochs = {row.id: row for row in Epoch.objects.select_related("compartment")}
        shares = {row.epoch_id: bytes(row.share) for row in EraseShare.objects.all()} if with_shares else {}
        return cls(
            deployment, copy.deepcopy(list(loaded)), epochs, shares,
            list(SealedValue.objects.select_related("epoch__compartment")),
        )  # fmt: skip

    def plus(self, other: Copy) -> Copy:
        """Two copies of different days laid together."""
        grants = {row.id: row for row in [*self.grants, *other.grants]}
        values = {row.id: row for row in [*self.values, *other.values]}
        return Copy(
            self.deployment, list(grants.values()), self.epochs | other.epochs, self.shares | other.shares,
            list(values.values()),
        )  # fmt: skip

    def opened_with(self, *seeds: bytes) -> dict[UUID, bytes]:
        """The keys of all epochs that can be reached, by epoch; organisation keys on the way are used too."""
        known, tried, secrets = set(seeds), set(), dict[tuple[UUID, str], bytes]()
        while fresh := known - tried:
            tried |= fresh
            secrets |= self._secrets(fresh)
            known |= self._seeds(self._keys(secrets))
        return self._keys(secrets)

    def read(self, keys: dict[UUID, bytes]) -> list[SealedValue]:
        """The values that these keys open."""
        return [value for value in self.values if value.epoch_id in keys and self._plain(value, keys) is not None]

    def _secrets(self, seeds: set[bytes]) -> dict[tuple[UUID, str], bytes]:
        found = {}
        for row in self.grants:
            for seed in seeds:
                with suppress(EnvelopeError):
                    found[row.epoch_id, row.share] = open_with(seed, bytes(row.sealed), grant_info(row))
        return found

    def _keys(self, secrets: dict[tuple[UUID, str], bytes]) -> dict[UUID, bytes]:
        whole = {epoch: secret for (epoch, share), secret in secrets.items() if share == "whole"}
        halves = {epoch for epoch, share in secrets if share == "a"} & {
            epoch for epoch, share in secrets if share == "b"
        }
        whole |= {epoch: join(secrets[epoch, "a"], secrets[epoch, "b"]) for epoch in halves}
        return {epoch: self._key(epoch, secret) for epoch, secret in whole.items() if epoch in self.shares}

    def _key(self, epoch: UUID, secret: bytes) -> bytes:
        row = self.epochs[epoch]
        return compartment_key(secret, self.shares[epoch], pack(self.deployment, row.compartment_id.bytes, row.number))

    def _seeds(self, keys: dict[UUID, bytes]) -> set[bytes]:
        found = (self._plain(value, keys) for value in self.values if value.table == "keypair")
        return {seed for seed in found if seed is not None}

    def _plain(self, value: SealedValue, keys: dict[UUID, bytes]) -> bytes | None:
        if value.epoch_id not in keys:
            return None
        try:
            return open_value(keys[value.epoch_id], bytes(value.blob), place_of(value).context(value.epoch))
        except EnvelopeError:
            return None
