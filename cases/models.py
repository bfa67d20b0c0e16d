"""Cases, accounts, exhibits, messages, dossiers: metadata in columns, everything told in sealed values."""

from __future__ import annotations

import secrets
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models

from vault.declared import declare
from vault.models import KeyPair, SealedFile, today

REFERENCE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that is misread: no 0, 1, I, O


def new_reference() -> str:
    """A random case reference such as 7QK-4MT; 32^6 values, unique by constraint."""
    letters = "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(6))
    return f"{letters[:3]}-{letters[3:]}"


class Case(models.Model):
    """Our handling of one account. Only what the queue needs is readable here."""

    class Status(models.TextChoices):
        RECEIVED = "received", "Received"
        SAFETY_HOLD = "safety_hold", "Safety first"
        ACKNOWLEDGED = "acknowledged", "Answered"
        STATEMENT_OPEN = "statement_open", "Telling more"
        STATEMENT_RECEIVED = "statement_received", "Account received"
        IN_REVIEW = "in_review", "In review"

    class Level(models.TextChoices):
        P0 = "P0"
        P1 = "P1"
        P2 = "P2"
        P3 = "P3"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    reference = models.CharField(max_length=7, unique=True, default=new_reference)
    tag = models.BinaryField(max_length=32, unique=True)  # derived from the receipt code
    receipt = models.OneToOneField(KeyPair, models.PROTECT, related_name="case")
    status = models.CharField(max_length=24, choices=Status.choices, default=Status.RECEIVED)
    level = models.CharField(max_length=2, choices=Level.choices, default=Level.P2)
    language = models.CharField(max_length=8)
    residence = models.CharField(max_length=12, blank=True)  # alpha-2, or a code for "not said"
    received_on = models.DateField(default=today)
    answer_by = models.DateTimeField(null=True)  # P0 and P1, rounded up to four hours, cleared at the first reply
    answer_day = models.DateField(null=True)  # the day by which a first answer was promised
    has_news = models.BooleanField(default=True)  # the survivor wrote and nobody answered yet
    team = models.CharField(max_length=40, blank=True)

    FIELDS: ClassVar = declare(
        sealed=["tag"],
        metadata=[
            "id", "reference", "receipt", "status", "level", "language", "residence", "received_on",
            "answer_by", "answer_day", "has_news", "team",
        ],
    )  # fmt: skip


class Assignment(models.Model):
    """A member who works on the case; the grants to that member are made with it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="assignments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_on = models.DateField(default=today)
    accepted_on = models.DateField(null=True)  # from then on the intake key opens nothing of the case
    ended_on = models.DateField(null=True)

    FIELDS: ClassVar = declare(metadata=["id", "case", "person", "by", "made_on", "accepted_on", "ended_on"])

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "person"], condition=models.Q(ended_on=None), name="assigned_once_at_a_time"
            )
        ]


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


class Dossier(models.Model):
    """A request for a dossier and what became of it. Columns are for the screen; workers trust keys, not columns."""

    class State(models.TextChoices):
        REQUESTED = "requested", "Waiting for a lead"
        APPROVED = "approved", "Waiting for the worker"
        BUILDING = "building", "Being built"
        READY = "ready", "With the lawyer"
        ACKNOWLEDGED = "acknowledged", "Received by the lawyer"
        REFUSED = "refused", "Refused"
        FAILED = "failed", "Stopped by an error"

    class Step(models.TextChoices):
        NONE = "", "Not started"
        FACTS = "facts", "Facts and account opened"
        EXHIBITS = "exhibits", "Exhibits cleaned"
        DOCUMENTS = "documents", "Documents rendered"
        PACKAGE = "package", "Package sealed"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="dossiers")
    number = models.PositiveIntegerField()
    variant = models.CharField(max_length=10, default="UJ-EN")
    state = models.CharField(max_length=14, choices=State.choices, default=State.REQUESTED)
    step = models.CharField(max_length=12, choices=Step.choices, default=Step.NONE, blank=True)
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
            "id", "case", "number", "variant", "state", "step", "requested_by", "requested_at", "decided_by",
            "decided_at", "lawyer", "claimed_until", "attempts", "trouble", "file", "delivered_at",
            "acknowledged_at",
        ],
    )  # fmt: skip

    class Meta:
        ordering: ClassVar = ["-requested_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="dossier_number_once"),
            models.CheckConstraint(
                condition=~models.Q(requested_by=models.F("decided_by")), name="nobody_approves_the_own_request"
            ),
        ]


class SealedRelease(models.Model):
    """A request to open `sealed`: a caseworker holds share A, a lead releases B for some days. The reason is sealed."""

    class State(models.TextChoices):
        REQUESTED = "requested", "Waiting for a lead"
        RELEASED = "released", "Open for a time"
        REFUSED = "refused", "Refused"
        OVER = "over", "Closed again"

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
        REQUESTED = "requested", "Waiting for a lead"
        DONE = "done", "Erased"
        REFUSED = "refused", "Refused"

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
