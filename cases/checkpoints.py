"""What a worker has finished of a dossier, sealed to its own half: a worker that follows goes on from there.

A cleaned exhibit lies in a sealed file of its own and is opened in pieces, so that a dossier with hundreds of them
takes as much memory as one with a few.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from cases import records
from cases.dossier.context import FiledExhibit
from cases.dossier.exhibits import Prepared
from vault import compartments, erasing, files
from vault.errors import Forged
from vault.keyring import Keyring
from vault.models import Compartment, SealedFile
from vault.opened import Opened
from vault.writing import FileWriter

KIND = "checkpoint"


@dataclass(frozen=True, slots=True)
class Checkpoints:
    """The compartment of one job, open to the worker that founded it."""

    dossier_id: UUID
    ring: Keyring
    opened: Opened

    @classmethod
    def of(cls, dossier_id: UUID, ring: Keyring) -> Checkpoints:
        """Those of this half; what another half left cannot be opened and is erased: the job begins anew."""
        found = Compartment.objects.filter(kind=KIND, owner=dossier_id).first()
        if found is not None and found.founder_id == ring.pair.id:
            return cls(dossier_id, ring, ring.latest(found))
        erasing.erase_and_forget(Compartment.objects.filter(kind=KIND, owner=dossier_id))
        own = [ring.own_recipient()]
        made = compartments.create(kind=KIND, owner=dossier_id, recipients=own, giver=ring.signer, purpose=KIND)
        return cls(dossier_id, ring, made)

    def read(self, field: str) -> Any:
        """The content of a step, or None while it is not done."""
        return records.read_newest([self.opened], KIND, field, self.dossier_id)

    def write(self, field: str, content: Any) -> None:
        """Keep the content of a step."""
        records.write_next(self.opened, KIND, field, self.dossier_id, content, self.ring.signer)

    def has_exhibit(self, number: int) -> bool:
        """Is this exhibit cleaned?"""
        return self.read(f"exhibit {number}") is not None

    def exhibit(self, number: int) -> Kept:
        """A cleaned exhibit. Raises vault.errors.Forged when it, or its file, is not there."""
        note = self.read(f"exhibit {number}")
        file = SealedFile.objects.filter(id=UUID(note["file"])).first() if note else None
        if file is None:
            raise Forged(f"checkpoint of dossier {self.dossier_id}: exhibit {number} is gone")
        return Kept(FiledExhibit(**note["filed"]), files.find_key(file, self.opened))

    def keep_exhibit(self, number: int, made: Prepared) -> None:
        """Keep a cleaned exhibit: its file first, then what is known of it; both or none. Raises NotKept."""
        with FileWriter() as writer:
            writer.write(made.body)
            with transaction.atomic():
                file = writer.keep(self.opened, self.ring.signer)
                self.write(f"exhibit {number}", {"filed": asdict(made.filed), "file": str(file.id)})


@dataclass(frozen=True, slots=True)
class Kept:
    """A cleaned exhibit in its sealed file."""

    filed: FiledExhibit
    key: files.FileKey

    def chunks(self) -> Iterator[bytes]:
        """Its bytes in pieces, each verified. Raises vault.errors.Forged, or Corrupt on the way."""
        stream = files.open_stream(self.key)
        try:
            yield from stream.chunks()
        finally:
            stream.close()
