"""What two people decide: opening `sealed`, lifting a safety hold."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from vault.declared import declare


class SealedRelease(models.Model):
    """A request to open `sealed`: a caseworker holds share A, a lead releases B for some days. The reason is sealed."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("Waiting for a lead")
        RELEASED = "released", _("Open for a time")
        REFUSED = "refused", _("Refused")
        OVER = "over", _("Closed again")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="sealed_releases")
    state = models.CharField(max_length=10, choices=State.choices, default=State.REQUESTED)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    until_on = models.DateField(null=True)  # the last day on which it opens

    FIELDS: ClassVar = declare(
        metadata=["id", "case", "state", "requested_by", "requested_at", "decided_by", "decided_at", "until_on"]
    )

    class Meta:
        ordering: ClassVar = ["-requested_at"]
        indexes: ClassVar = [
            models.Index(fields=["case"], condition=models.Q(state="requested"), name="release_waiting")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(requested_by=models.F("decided_by")), name="nobody_releases_the_own_asking"
            )
        ]


class HoldRelease(models.Model):
    """The end of a safety hold. The words are sealed in `work`.

    Two people: one writes a note, a lead who did not write it reads it and lifts the hold. Break-glass: one lead lifts
    the hold of a P0 case alone, and another lead looks at it within 24 hours.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="hold_releases")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_alone = models.BooleanField(default=False)  # break-glass
    made_at = models.DateTimeField(auto_now_add=True)
    review_by = models.DateTimeField(null=True)  # break-glass only
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    is_agreed = models.BooleanField(null=True)  # what the second person said

    FIELDS: ClassVar = declare(
        metadata=["id", "case", "by", "is_alone", "made_at", "review_by", "reviewed_by", "reviewed_at", "is_agreed"]
    )

    class Meta:
        ordering: ClassVar = ["-made_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(by=models.F("reviewed_by")), name="nobody_reviews_the_own_release"
            )
        ]
