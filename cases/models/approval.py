"""What one member asked for and a lead decides: the four-eyes steps that change a case or hand something over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from vault.declared import declare
from vault.models import today

EXPIRY_DAYS = 7  # after that what was true when somebody asked may not be true any more


def expiry() -> date:
    """The last day on which something that is asked for today can be decided."""
    return today() + timedelta(days=EXPIRY_DAYS)


class Approval(models.Model):
    """One asking. Columns are for lists; the reason, what is asked and the decision are signed records in `work`."""

    class Kind(models.TextChoices):
        ACCEPT = "accept", _("Look for a lawyer")
        SUPPORT = "support", _("Support without complaint")
        REFER = "refer", _("Refer elsewhere")
        CLOSE = "close", _("Close the case")
        PROPOSE = "propose", _("Name a lawyer to the person")
        WAIVE = "waive", _("Go on in spite of a conflict")
        TRANSFER = "transfer", _("Hand over to a body")
        MEDIA = "media", _("Use by media")
        FLAG = "flag", _("A risk flag")  # which one, and whether it is raised or closed, is sealed

    class State(models.TextChoices):
        REQUESTED = "requested", _("Waiting for a lead")
        AGREED = "agreed", _("Agreed")
        REFUSED = "refused", _("Refused")
        TAKEN_BACK = "taken_back", _("Taken back")
        EXPIRED = "expired", _("Nobody decided in time")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="approvals")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.REQUESTED)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField(default=expiry)  # the last day on which it can be decided
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    FIELDS: ClassVar = declare(
        metadata=[
            "id", "case", "kind", "state", "requested_by", "requested_at", "expires_on", "decided_by", "decided_at",
        ],
    )  # fmt: skip

    class Meta:
        ordering: ClassVar = ["-requested_at"]
        indexes: ClassVar = [
            models.Index(fields=["case"], condition=models.Q(state="requested"), name="approval_waiting")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(requested_by=models.F("decided_by")), name="nobody_agrees_to_the_own_asking"
            ),
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=models.Q(state="requested") & ~models.Q(kind="flag"),
                name="one_asking_of_a_kind_waits",
            ),
        ]


class HandOver(models.Model):
    """Something of a case that left the house: to whom and what is sealed in `work`; the row says that there is one."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="hand_overs")
    made_on = models.DateField(default=today)

    FIELDS: ClassVar = declare(metadata=["id", "case", "made_on"])

    class Meta:
        ordering: ClassVar = ["made_on"]
