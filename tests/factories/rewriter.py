"""Somebody who owns the tables and has stolen a worker's key: writes the audit chain anew from its first link on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.factories.intruder import erase
from vault import audit
from vault.models import AuditBatch, AuditEvent, AuditLink, Countersignature
from vault.signers import Signer


@dataclass
class Rewriter:
    """signer: the stolen half, which the directory names. Links keep numbers and sizes, so nothing inside tells."""

    signer: Signer
    keeps_countersignatures: bool = False

    def rewrite(self, change: Callable[[], object]) -> None:
        """Change rows, then link all events again as they were linked."""
        numbers = list(AuditBatch.objects.order_by("number").values_list("number", flat=True))
        parts = [list(AuditLink.objects.filter(batch=each).values_list("event_id", flat=True)) for each in numbers]
        words = list(Countersignature.objects.all())
        self.erase_chain()
        change()
        self.link(parts)
        if self.keeps_countersignatures:
            for word in words:
                word.save(force_insert=True)

    def erase_chain(self) -> None:
        """Nothing but events is left."""
        for rows in (Countersignature, AuditLink, AuditBatch):
            erase(rows.objects.all())

    def link(self, parts: list[list[int]]) -> None:
        """Link these events by the stolen half, one link for each part; what is not named goes into the first."""
        named = {each for part in parts for each in part}
        strangers = [each for each in AuditEvent.objects.values_list("id", flat=True) if each not in named]
        last = None
        for number, part in enumerate(parts):
            wanted = part + (strangers if number == 1 else [])
            events = list(AuditEvent.objects.filter(id__in=wanted).order_by("id"))
            audit._link(last, events, self.signer)
            last = AuditBatch.objects.order_by("-number")[0]
