"""Papers that come back: what was signed, what was written down with the lawyer, what an authority sent."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.lawyers import Proposal
from vault.declared import declare
from vault.models import SealedFile, today


class Paper(models.Model):
    """One paper in the brief of a lawyer; its name, type, size, hash and custody are a signed record in that brief."""

    class Kind(models.TextChoices):
        STATEMENT = "statement", _("Signed statement")
        POWER = "power", _("Power of attorney")
        INTERVIEW = "interview", _("Record of the interview")
        CERTIFICATE = "certificate", _("Certificate of the translation")
        RECEIPT = "receipt", _("Receipt of the authority")
        OTHER = "other", _("Another paper")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=11, choices=Kind.choices)
    file = models.OneToOneField(SealedFile, models.PROTECT, related_name="paper")
    made_on = models.DateField(default=today)

    FIELDS: ClassVar = declare(metadata=["id", "proposal", "kind", "file", "made_on"])

    class Meta:
        ordering: ClassVar = ["made_on", "id"]
