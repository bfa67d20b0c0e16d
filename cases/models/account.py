"""What was told: drafts, versions that were sent, exhibits, letters. Everything told is in sealed values."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models

from cases.models.case import Case
from vault.declared import declare
from vault.models import SealedFile, today


class Draft(models.Model):
    """The longer account before it is sent. Its sections are sealed to the receipt alone."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="draft")
    expires_on = models.DateField()

    FIELDS: ClassVar = declare(metadata=["case", "expires_on"])


class DraftExhibit(models.Model):
    """A file attached to a draft; its record and its key are sealed in the draft compartment."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="exhibits")
    file = models.OneToOneField(SealedFile, models.PROTECT, related_name="+")

    FIELDS: ClassVar = declare(metadata=["id", "draft", "file"])


class Recording(models.Model):
    """An account that a member writes down for a person, before it is sent. Its sections are sealed to that member."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="recordings")
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="recordings")  # from the first answers on
    expires_on = models.DateField()
    is_sent = models.BooleanField(default=False)

    FIELDS: ClassVar = declare(metadata=["id", "person", "case", "expires_on", "is_sent"])


class StatementVersion(models.Model):
    """What was sent at once. Version 0 is the first contact; each later send is the next version."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    catalogue = models.CharField(max_length=20)  # version of the question catalogue
    language = models.CharField(max_length=8)
    sent_on = models.DateField(default=today)

    FIELDS: ClassVar = declare(metadata=["id", "case", "number", "catalogue", "language", "sent_on"])

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="statement_number_once")]


class Exhibit(models.Model):
    """A file that supports the account. Name, type, size, hash and custody are in its sealed record."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="exhibits")
    number = models.PositiveIntegerField()
    file = models.OneToOneField(SealedFile, models.PROTECT, related_name="exhibit")
    version = models.ForeignKey(StatementVersion, models.PROTECT, related_name="exhibits")

    FIELDS: ClassVar = declare(metadata=["id", "case", "number", "file", "version"])

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="exhibit_number_once")]

    @property
    def label(self) -> str:
        """The number as it is printed: E-001."""
        return f"E-{self.number:03d}"


class Message(models.Model):
    """One letter between the survivor and the team; the text is sealed in `messages`."""

    class Side(models.TextChoices):
        SURVIVOR = "survivor"
        TEAM = "team"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="messages")
    side = models.CharField(max_length=8, choices=Side.choices)
    number = models.PositiveIntegerField()
    made_on = models.DateField(default=today)
    is_read = models.BooleanField(default=False)  # by the survivor, for letters of the team

    FIELDS: ClassVar = declare(metadata=["id", "case", "side", "number", "made_on", "is_read"])

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="message_number_once")]
