"""A dossier, from the asking to the lawyer."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from vault.declared import declare
from vault.models import SealedFile


class Dossier(models.Model):
    """A request for a dossier and what became of it. Columns are for the screen; workers trust keys, not columns."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("Waiting for a lead")
        APPROVED = "approved", _("Waiting for the worker")
        BUILDING = "building", _("Being built")
        READY = "ready", _("With the lawyer")
        ACKNOWLEDGED = "acknowledged", _("Received by the lawyer")
        REFUSED = "refused", _("Refused")
        FAILED = "failed", _("Stopped by an error")
        CANCELLED = "cancelled", _("Stopped by the team")
        EXPIRED = "expired", _("Not fetched in time")

    class Step(models.TextChoices):
        NONE = "", _("Not started")
        FACTS = "facts", _("Facts and account opened")
        EXHIBITS = "exhibits", _("Exhibits cleaned")
        DOCUMENTS = "documents", _("Documents rendered")
        PACKAGE = "package", _("Package sealed")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="dossiers")
    number = models.PositiveIntegerField()
    variant = models.CharField(max_length=10, default="UJ-EN")
    is_for_filing = models.BooleanField(default=False)  # else a draft, which says so on every page
    recalled_on = models.DateField(null=True)  # the person took back what a lawyer had fetched already
    state = models.CharField(max_length=14, choices=State.choices, default=State.REQUESTED)
    step = models.CharField(max_length=12, choices=Step.choices, default=Step.NONE, blank=True)
    part = models.PositiveSmallIntegerField(default=0)  # the exhibit that is cleaned now, 0 between the steps
    parts = models.PositiveSmallIntegerField(default=0)  # how many there are
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    lawyer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="dossiers")
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=40, blank=True)  # a code, never a message of the machine
    file = models.OneToOneField(SealedFile, models.PROTECT, null=True, related_name="dossier")
    delivered_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)

    FIELDS: ClassVar = declare(
        metadata=[
            "id", "case", "number", "variant", "is_for_filing", "recalled_on", "state", "step", "part", "parts",
            "requested_by", "requested_at",
            "decided_by", "decided_at", "lawyer", "claimed_until", "attempts", "trouble", "file", "delivered_at",
            "acknowledged_at",
        ],
    )  # fmt: skip

    class Meta:
        ordering: ClassVar = ["-requested_at"]
        indexes: ClassVar = [
            models.Index(fields=["case"], condition=models.Q(state="requested"), name="dossier_waiting")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="dossier_number_once"),
            models.UniqueConstraint(  # building takes a processor for minutes: one for each member
                fields=["requested_by"], condition=models.Q(state="building"), name="one_dossier_built_for_a_member"
            ),
            models.CheckConstraint(
                condition=~models.Q(requested_by=models.F("decided_by")), name="nobody_approves_the_own_request"
            ),
        ]
