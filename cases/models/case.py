"""The case itself and who works on it."""

from __future__ import annotations

import secrets
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vault.declared import declare
from vault.models import KeyPair, today

OVER = ("closed", "erased", "withdrawn")  # the statuses of cases that have ended; see cases.workflow
# Where the person does the next thing. Cases on pause are not waited for, see cases.actions.waiting.
THEIR_TURN = ("acknowledged", "awaiting_survivor", "statement_open", "survivor_approval")
REFERENCE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that is misread: no 0, 1, I, O


def new_reference() -> str:
    """A random case reference such as 7QK-4MT; 32^6 values, unique by constraint."""
    letters = "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(6))
    return f"{letters[:3]}-{letters[3:]}"


class Case(models.Model):
    """Our handling of one account. Only what the queue needs is readable here."""

    class Status(models.TextChoices):  # triage.md 2; the ways between them are in cases/workflow.py
        RECEIVED = "received", _("Received")
        SAFETY_HOLD = "safety_hold", _("Safety first")
        ACKNOWLEDGED = "acknowledged", _("Answered")
        AWAITING_SURVIVOR = "awaiting_survivor", _("Waiting for the person")
        STATEMENT_OPEN = "statement_open", _("Telling more")
        STATEMENT_RECEIVED = "statement_received", _("Account received")
        IN_REVIEW = "in_review", _("In review")
        SUPPORT_ONLY = "support_only", _("Support without complaint")
        REFERRED = "referred", _("Referred elsewhere")
        MATCHING = "matching", _("Looking for a lawyer")
        ENGAGED = "engaged", _("Lawyer engaged")
        INTERVIEW = "interview", _("Interview")
        TRANSLATION = "translation", _("Translation")
        DRAFTING = "drafting", _("Dossier being drafted")
        LEGAL_REVIEW = "legal_review", _("Legal review")
        SURVIVOR_APPROVAL = "survivor_approval", _("The person reads the text")
        READY_TO_FILE = "ready_to_file", _("Ready to file")
        FILED = "filed", _("Filed")
        FOLLOW_UP = "follow_up", _("Follow-up")
        DORMANT = "dormant", _("On pause")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        CLOSED = "closed", _("Closed")
        ERASED = "erased", _("Erased")

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
    came_from = models.CharField(max_length=24, choices=Status.choices, blank=True)  # where a hold or a wait returns to
    status_on = models.DateField(default=today)  # the day of the last change of status
    heard_on = models.DateField(default=today)  # the last day on which the person sent anything
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
            "id", "reference", "receipt", "status", "came_from", "status_on", "heard_on", "level", "language",
            "residence", "received_on", "answer_by", "answer_day", "has_news", "team",
        ],
    )  # fmt: skip

    class Meta:
        indexes: ClassVar = [
            # the queue in its order, see cases.queue.ordered()
            models.Index(
                fields=["level", "answer_by", "answer_day", "received_on", "reference"],
                condition=~models.Q(status__in=OVER), name="case_in_order",
            ),
            models.Index(  # and what has ended, for whoever asks for a status
                fields=["status", "level", "answer_by", "answer_day", "received_on", "reference"],
                condition=models.Q(status__in=OVER), name="case_ended_in_order",
            ),
            models.Index(fields=["received_on", "reference"], name="case_oldest"),
            models.Index(fields=["status", "status_on"], name="case_by_status"),
            models.Index(fields=["residence", "team"], name="case_by_residence"),
            models.Index(
                fields=["heard_on"], condition=models.Q(status__in=THEIR_TURN, has_news=False), name="case_waited_for"
            ),
            models.Index(fields=["answer_day"], condition=~models.Q(answer_day=None), name="case_to_answer"),
            models.Index(fields=["answer_by"], condition=~models.Q(answer_by=None), name="case_to_answer_soon"),
        ]  # fmt: skip


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
        indexes: ClassVar = [
            models.Index(fields=["person", "case"], condition=models.Q(ended_on=None), name="assigned_now")
        ]
