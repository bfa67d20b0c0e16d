"""Numbers to call, as the file brought them or as a lead has changed them since."""

from __future__ import annotations

import json
from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.utils.crypto import constant_time_compare, salted_hmac

from vault.declared import declare

OF_AN_ENTRY = (
    "country", "kind", "number", "name", "hours", "languages", "free", "anonymous", "source", "checked_on",
    "checked_by", "confidence", "note", "missing_in",
)  # fmt: skip
SALT = "intake.CrisisNumber"


class CrisisNumber(models.Model):
    """One entry of data/crisis.json, which says what each field means.

    seeded: the entry as the file brought it; while nothing differs nobody has edited it, and a newer file may. None for
    one that was added here. place: its place among the others. proof: a hash under the server's secret over all that is
    shown, so that a writer to the database cannot give people in need a number of their own.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    country = models.CharField(max_length=2)
    kind = models.CharField(max_length=16)
    number = models.CharField(max_length=24)
    name = models.JSONField()
    hours = models.JSONField()
    languages = models.JSONField(default=list)
    free = models.BooleanField(null=True)
    anonymous = models.BooleanField(null=True)
    source = models.URLField(max_length=500)
    checked_on = models.DateField()
    checked_by = models.CharField(max_length=200)
    confidence = models.CharField(max_length=12)
    note = models.TextField(max_length=2000, blank=True)
    missing_in = models.JSONField(default=list)
    place = models.PositiveSmallIntegerField(default=0, editable=False)
    seeded = models.JSONField(null=True, editable=False)
    proof = models.CharField(max_length=64, editable=False)

    FIELDS: ClassVar = declare(
        sealed=["proof"],
        metadata=["checked_by"],  # the name of the lead who checked it
        public=[
            "id", "country", "kind", "number", "name", "hours", "languages", "free", "anonymous", "source",
            "checked_on", "confidence", "note", "missing_in", "place", "seeded",
        ],
    )  # fmt: skip

    class Meta:
        ordering: ClassVar = ["place", "id"]

    def __str__(self) -> str:
        return f"{self.country} {self.number}"

    def save(self, *args: Any, **options: Any) -> None:
        """Write the proof with the row."""
        self.proof = self._proof()
        super().save(*args, **options)

    @property
    def entry(self) -> dict[str, Any]:
        """The row in the shape of the file."""
        return {name: getattr(self, name) for name in OF_AN_ENTRY} | {"checked_on": self.checked_on.isoformat()}

    @property
    def is_edited(self) -> bool:
        """Did a lead change it, or add it?"""
        return self.entry != self.seeded

    @property
    def is_ours(self) -> bool:
        """Was it written by this program, with the secret of this server?"""
        return constant_time_compare(self.proof, self._proof())

    def _proof(self) -> str:
        told = json.dumps([str(self.id), self.entry, self.seeded, self.place], sort_keys=True)
        return salted_hmac(SALT, told, algorithm="sha256").hexdigest()
