"""Where a sealed value belongs; the place is bound into its encryption and its signature."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from vault.envelope.encoding import pack
from vault.models import Epoch, SealedValue


@dataclass(frozen=True, slots=True)
class Place:
    """Table, field, row and version of one sealed value."""

    table: str
    field: str
    row: UUID
    version: int = 1

    def context(self, epoch: Epoch) -> bytes:
        """Associated data: deployment, place, compartment and epoch in the canonical encoding."""
        return pack(
            "value", settings.DEPLOYMENT, self.table, self.field, self.row.bytes, self.version,
            epoch.compartment_id.bytes, epoch.number,
        )  # fmt: skip


def place_of(value: SealedValue) -> Place:
    """The place that a stored row claims; opening proves the claim."""
    return Place(value.table, value.field, value.row, value.version)
