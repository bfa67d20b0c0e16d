"""Where a row comes from and how far to trust it; every row of reference data carries this."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Ternary(models.TextChoices):
    """Yes, no, or unknown; unknown is a value of its own and never a yes."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Unknown")


class Confidence(models.TextChoices):
    """How far the sources carry the row."""

    HIGH = "high", pgettext_lazy("confidence", "High")
    MEDIUM = "medium", pgettext_lazy("confidence", "Medium")
    LOW = "low", pgettext_lazy("confidence", "Low")


class Provenance(models.Model):
    """Source, confidence, day of check and the fields that nobody has confirmed.

    sources: list of addresses. unverified: list of field names or sentences, as the file gives them.
    """

    sources = models.JSONField(default=list)
    confidence = models.CharField(max_length=6, choices=Confidence.choices)
    checked_on = models.DateField()
    unverified = models.JSONField(default=list)

    PROVENANCE: ClassVar[dict[str, str]] = {
        "sources": "public",
        "confidence": "public",
        "checked_on": "public",
        "unverified": "public",
    }

    class Meta:
        abstract = True
