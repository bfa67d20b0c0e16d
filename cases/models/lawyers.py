"""Partner lawyers: what matching sorts by, and each proposal of one for a case, from the asking to the mandate."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from people.models import Person, Role
from vault.declared import declare
from vault.models import today


class LawyerRecord(models.Model):
    """What matching needs of a lawyer. The bar number, the safe channel, ties and conflicts are sealed apart."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("Takes cases")
        PAUSED = "paused", _("Pauses")
        LEFT = "left", _("Has left")

    class Fee(models.TextChoices):
        PRO_BONO = "pro_bono", _("Without pay")
        LEGAL_AID = "legal_aid", _("Legal aid of the State")
        OPERATOR = "operator", _("Paid by the organisation")

    class Gender(models.TextChoices):
        WOMAN = "woman", _("A woman")
        MAN = "man", _("A man")

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, primary_key=True, related_name="lawyer_record"
    )  # fmt: skip
    status = models.CharField(max_length=6, choices=Status.choices, default=Status.ACTIVE)
    states = models.CharField(max_length=200)  # where admitted, alpha-2 codes with commas
    languages = models.CharField(max_length=200)  # spoken well enough to interview in, codes with commas
    experience = models.CharField(max_length=100, blank=True)  # codes of cases.matching.EXPERIENCE with commas
    gender = models.CharField(max_length=5, choices=Gender.choices, blank=True)
    fee = models.CharField(max_length=9, choices=Fee.choices, default=Fee.PRO_BONO)
    cases_at_most = models.PositiveSmallIntegerField(default=5)
    hours_a_month = models.PositiveSmallIntegerField(default=10)
    bar_checked_on = models.DateField(null=True)  # the last look into the register of the bar
    bar_checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    insured_until = models.DateField(null=True)
    trained_on = models.DateField(null=True)

    FIELDS: ClassVar = declare(
        metadata=[
            "person", "status", "states", "languages", "experience", "gender", "fee", "cases_at_most", "hours_a_month",
            "bar_checked_on", "bar_checked_by", "insured_until", "trained_on",
        ],
    )  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(bar_checked_on=None) | ~models.Q(bar_checked_by=models.F("person")),
                name="nobody_checks_the_own_bar",
            )
        ]


class Proposal(models.Model):
    """One lawyer named to one person. Who said what is in signed records; columns are for lists and clocks."""

    class State(models.TextChoices):
        SHOWN = "shown", _("Named to the person")
        REFUSED = "refused", _("The person wants another")
        AGREED = "agreed", _("The person said yes")
        OFFERED = "offered", _("With the lawyer")
        CONFLICT = "conflict", _("The lawyer sees a conflict")
        DECLINED = "declined", _("The lawyer cannot take it")
        LAPSED = "lapsed", _("The lawyer did not answer in time")
        ENGAGED = "engaged", _("The lawyer works on it")
        ENDED = "ended", _("The mandate is over")
        TAKEN_BACK = "taken_back", _("Taken back")

    OPEN: ClassVar = ("shown", "agreed", "offered", "conflict", "engaged")
    ROOM, HOLDER = "brief", Role.LAWYER  # the compartment, and the role of whoever it is sealed to

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="proposals")
    lawyer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="proposals")
    state = models.CharField(max_length=10, choices=State.choices, default=State.SHOWN)
    made_on = models.DateField(default=today)
    offered_on = models.DateField(null=True)
    answer_by = models.DateField(null=True)  # the last day for the lawyer
    engaged_on = models.DateField(null=True)
    briefed_on = models.DateField(null=True)  # the day on which the brief was handed over
    ended_on = models.DateField(null=True)
    has_news = models.BooleanField(default=False)  # the lawyer wrote, or brought a paper, and nobody looked yet

    FIELDS: ClassVar = declare(
        metadata=[
            "id", "case", "lawyer", "state", "made_on", "offered_on", "answer_by", "engaged_on", "briefed_on",
            "ended_on", "has_news",
        ],
    )  # fmt: skip

    class Meta:
        ordering: ClassVar = ["made_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(state__in=["shown", "agreed", "offered", "conflict", "engaged"]),
                name="one_lawyer_at_a_time",
            ),
        ]

    @property
    def holder(self) -> Person:
        """To whom the room of this row is sealed."""
        found: Person = self.lawyer
        return found
