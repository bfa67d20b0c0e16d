"""Under which number of the law the routes of a case were assessed last."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from cases.models.case import Case
from vault.declared import declare
from vault.models import today


class RouteCheck(models.Model):
    """One case and the law that its routes were assessed under; a lower number than the law's own means: look again.

    There is one from the first confirmed facts on. What the routes are, and which of them moved, is sealed in `work`.
    """

    NEVER = 0  # a law before the first

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="route_check")
    law = models.PositiveIntegerField()  # jurisdictions.models.LawVersion
    checked_on = models.DateField(default=today)

    FIELDS: ClassVar = declare(metadata=["case", "law", "checked_on"])

    class Meta:
        indexes: ClassVar = [models.Index(fields=["law"], name="checked_under")]
