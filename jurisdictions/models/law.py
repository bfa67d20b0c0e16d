"""The law and practice of one State, as its file tells them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jurisdictions.models.history import LawHistory
from jurisdictions.models.provenance import Confidence, Provenance, Ternary
from jurisdictions.models.state import State


class NationalLaw(Provenance):
    """One State's file: offence, limitation, the victim's role, authority, languages, formalities.

    unverified: sentences of the file, not field names.
    """

    class Exists(models.TextChoices):
        YES = "yes"
        PARTIAL = "partial"
        NO = "no"

    state = models.OneToOneField(State, models.CASCADE, related_name="law", primary_key=True)
    name = models.CharField(max_length=80)
    torture_exists = models.CharField(max_length=7, choices=Exists.choices)
    torture_provision = models.TextField()
    torture_note = models.TextField(blank=True)
    limitation_torture = models.CharField(max_length=20)  # "none", "unknown" or "10 years"
    limitation_cah = models.CharField(max_length=20)
    limitation_provision = models.TextField(blank=True)
    limitation_note = models.TextField(blank=True)
    victim_can_file = models.CharField(max_length=7, choices=Ternary.choices)
    victim_private_prosecution = models.CharField(max_length=7, choices=Ternary.choices)
    victim_appeal = models.CharField(max_length=7, choices=Ternary.choices)
    victim_joins_as = models.TextField(blank=True)
    victim_provision = models.TextField(blank=True)
    discretion = models.CharField(max_length=40)
    immunity_note = models.TextField(blank=True)
    authority_name = models.TextField()
    authority_local = models.TextField(blank=True)
    authority_unit = models.TextField(blank=True)
    authority_city = models.CharField(max_length=60, blank=True)
    authority_website = models.URLField(max_length=300, blank=True)
    filing_channels = models.JSONField(default=list)
    filing_languages = models.JSONField(default=list)
    formalities = models.JSONField(default=list)
    translation_note = models.TextField(blank=True)
    legal_aid_note = models.TextField(blank=True)
    protection_note = models.TextField(blank=True)

    history = LawHistory()

    FIELDS: ClassVar[dict[str, str]] = {
        "state": "public",
        "name": "public",
        "torture_exists": "public",
        "torture_provision": "public",
        "torture_note": "public",
        "limitation_torture": "public",
        "limitation_cah": "public",
        "limitation_provision": "public",
        "limitation_note": "public",
        "victim_can_file": "public",
        "victim_private_prosecution": "public",
        "victim_appeal": "public",
        "victim_joins_as": "public",
        "victim_provision": "public",
        "discretion": "public",
        "immunity_note": "public",
        "authority_name": "public",
        "authority_local": "public",
        "authority_unit": "public",
        "authority_city": "public",
        "authority_website": "public",
        "filing_channels": "public",
        "filing_languages": "public",
        "formalities": "public",
        "translation_note": "public",
        "legal_aid_note": "public",
        "protection_note": "public",
        **Provenance.PROVENANCE,
    }

    def __str__(self) -> str:
        return str(self.state_id)


class Practice(models.Model):
    """One thing that happened in a State: a complaint, a file, a judgment. about: the State whose acts it concerned."""

    class Outcome(models.TextChoices):
        OPENED = "opened", _("Opened")
        PENDING = "pending", _("Pending")
        REFUSED = "refused", _("Refused")
        CONVICTION = "conviction", _("Conviction")
        ACQUITTAL = "acquittal", _("Acquittal")
        UNKNOWN = "unknown", _("Unknown")

    state = models.ForeignKey(State, models.CASCADE, related_name="practice")
    position = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField()
    summary = models.TextField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    about = models.ForeignKey(State, models.CASCADE, null=True, related_name="+")
    source = models.URLField(max_length=500)
    confidence = models.CharField(max_length=6, choices=Confidence.choices)
    checked_on = models.DateField()

    history = LawHistory()

    FIELDS: ClassVar[dict[str, str]] = {
        "id": "public",
        "state": "public",
        "position": "public",
        "year": "public",
        "summary": "public",
        "outcome": "public",
        "about": "public",
        "source": "public",
        "confidence": "public",
        "checked_on": "public",
    }

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["state", "position"], name="practice_position")]

    def __str__(self) -> str:
        return f"{self.state_id} practice {self.position}"


class Source(models.Model):
    """One source of a State's file, and what it was used for."""

    state = models.ForeignKey(State, models.CASCADE, related_name="law_sources")
    position = models.PositiveSmallIntegerField()
    url = models.URLField(max_length=500)
    title = models.TextField()
    used_for = models.TextField(blank=True)
    checked_on = models.DateField()

    history = LawHistory()

    FIELDS: ClassVar[dict[str, str]] = {
        "id": "public",
        "state": "public",
        "position": "public",
        "url": "public",
        "title": "public",
        "used_for": "public",
        "checked_on": "public",
    }

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["state", "position"], name="source_position")]

    def __str__(self) -> str:
        return f"{self.state_id} source {self.position}"
