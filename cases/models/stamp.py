"""A time stamp that a package waits for, or that came after it."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models

from cases.models.dossier import Dossier
from vault.declared import declare
from vault.models import today


class Stamp(models.Model):
    """One authority's token over one manifest, where it was not there when the package was written.

    imprint: SHA-256 of the manifest. It may rest here because the manifest holds 32 random bytes that are nowhere else
    in the clear: whoever guesses the rest cannot confirm it. place: of the authority in the settings, from 1.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="stamps")
    place = models.PositiveSmallIntegerField()
    imprint = models.BinaryField(max_length=32)
    asked_on = models.DateField(default=today)
    token = models.BinaryField(null=True)
    got_on = models.DateField(null=True)

    # the token says when a package was made, to the second; docs/threat-model.md accepts that
    FIELDS: ClassVar = declare(
        sealed=["imprint", "token"], metadata=["id", "dossier", "place", "asked_on", "got_on"],
    )  # fmt: skip

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["dossier", "place"], name="one_stamp_of_each")]
        indexes: ClassVar = [
            models.Index(fields=["place", "asked_on"], condition=models.Q(token=None), name="stamp_waiting")
        ]
