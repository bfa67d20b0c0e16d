"""The text of a complaint before the person to whom it belongs: shown, and answered."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from vault.declared import declare
from vault.models import today


class Text(models.Model):
    """A text that was shown to the person, and whether they said yes. Columns are for the screen; signatures count."""

    class State(models.TextChoices):
        SHOWN = "shown", _("With the person")
        AGREED = "agreed", _("The person said yes")
        CHANGES = "changes", _("The person wants changes")
        REFUSED = "refused", _("The person said no")
        TAKEN_BACK = "taken_back", _("Taken back")

    OPEN: ClassVar = ("shown", "agreed")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="texts")
    variant = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SHOWN)
    shown_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    shown_on = models.DateField(default=today)
    answered_on = models.DateField(null=True)

    FIELDS: ClassVar = declare(
        metadata=["id", "case", "variant", "state", "shown_by", "shown_on", "answered_on"],
    )

    class Meta:
        ordering: ClassVar = ["-shown_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "variant"],
                condition=models.Q(state__in=["shown", "agreed"]),
                name="one_text_of_a_variant_at_a_time",
            ),
        ]
