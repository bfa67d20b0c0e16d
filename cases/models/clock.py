"""The weeks in which the time of a route may end: what is readable without a key, so that a timer can raise alerts."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models

from cases.models.case import Case
from vault.declared import declare


class LimitationClock(models.Model):
    """The earliest possible end of one route of a case, by week, never by day. It does not say which route.

    place: which of the case's dated routes this is, earliest first. week: the Monday of the week in which the time may
    end, so an alert is early rather than late. alert: the threshold in days that the timer has raised, None before.
    """

    THRESHOLDS: ClassVar = (180, 90, 30)  # days, earliest alert first

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="clocks")
    place = models.PositiveSmallIntegerField()
    week = models.DateField()
    alert = models.PositiveSmallIntegerField(null=True)

    FIELDS: ClassVar = declare(metadata=["id", "case", "place", "week", "alert"])

    class Meta:
        ordering: ClassVar = ["place"]
        indexes: ClassVar = [
            models.Index(fields=["alert", "case"], condition=~models.Q(alert=None), name="clock_raised")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "place"], name="one_clock_for_each_dated_route"),
            models.CheckConstraint(
                condition=models.Q(alert=None) | models.Q(alert__in=[180, 90, 30]), name="alert_at_a_known_threshold"
            ),
        ]
