"""What stands against erasing a case, and the row that outlives it."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from vault.declared import declare
from vault.models import today


class LegalHold(models.Model):
    """While one stands, nothing of the case is erased. The reason is sealed in `work`."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="legal_holds")
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    placed_on = models.DateField(default=today)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    lifted_on = models.DateField(null=True)

    FIELDS: ClassVar = declare(metadata=["id", "case", "placed_by", "placed_on", "lifted_by", "lifted_on"])

    class Meta:
        ordering: ClassVar = ["placed_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(lifted_on=None), name="one_hold_stands"),
            models.CheckConstraint(
                condition=~models.Q(placed_by=models.F("lifted_by")), name="nobody_lifts_the_own_hold"
            ),
        ]


class Erasure(models.Model):
    """A request to erase a case, decided by a lead who did not ask. The row outlives the case: the tombstone."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("Waiting for a lead")
        DONE = "done", _("Erased")
        REFUSED = "refused", _("Refused")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.SET_NULL, null=True, related_name="erasures")
    reference = models.CharField(max_length=7)
    why = models.CharField(max_length=20)  # a code of cases.retention
    state = models.CharField(max_length=10, choices=State.choices, default=State.REQUESTED)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    requested_on = models.DateField(default=today)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)

    FIELDS: ClassVar = declare(
        metadata=[
            "id", "case", "reference", "why", "state", "requested_by", "requested_on", "decided_by", "decided_on",
        ],
    )  # fmt: skip

    class Meta:
        ordering: ClassVar = ["-requested_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(requested_by=models.F("decided_by")), name="nobody_erases_on_the_own_asking"
            ),
            models.CheckConstraint(
                condition=models.Q(state="requested") | models.Q(requested_by__isnull=False, decided_by__isnull=False),
                name="two_people_decided_an_erasure",
            ),
            models.UniqueConstraint(fields=["case"], condition=models.Q(state="requested"), name="one_erasure_waits"),
        ]
