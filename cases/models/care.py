"""A clinician who was given what a person told about health."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models

from cases.models.case import Case
from people.models import Person, Role
from vault.declared import declare
from vault.models import today


class Care(models.Model):
    """One clinician and one case. Columns are for lists; what was given, and the clinician's word, are sealed."""

    ROOM, HOLDER = "care", Role.CLINICIAN  # the compartment, and the role of whoever it is sealed to

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="cares")
    clinician = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="cares")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_on = models.DateField(default=today)
    ended_on = models.DateField(null=True)
    has_news = models.BooleanField(default=False)  # the clinician wrote, and nobody of the team looked yet

    FIELDS: ClassVar = declare(metadata=["id", "case", "clinician", "by", "given_on", "ended_on", "has_news"])

    class Meta:
        ordering: ClassVar = ["given_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(ended_on=None), name="one_clinician_at_a_time")
        ]

    @property
    def holder(self) -> Person:
        """To whom the room of this row is sealed."""
        found: Person = self.clinician
        return found
