"""Where a row comes from and how far to trust it; every row of reference data carries this."""

from typing import ClassVar

from django.db import models


class Ternary(models.TextChoices):
    """Yes, no, or unknown; unknown is a value of its own and never a yes."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Confidence(models.TextChoices):
    """How far the sources carry the row."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


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
