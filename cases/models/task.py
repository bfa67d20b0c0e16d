"""What somebody has to do about a case by a day."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models

from cases.models.case import Case
from vault.declared import declare


class Task(models.Model):
    """One task. The columns are for lists; the words, and the columns once more, are a signed record in `work`."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="tasks")
    due_on = models.DateField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="tasks")
    done_on = models.DateField(null=True)

    FIELDS: ClassVar = declare(metadata=["id", "case", "due_on", "person", "done_on"])

    class Meta:
        ordering: ClassVar = ["due_on", "id"]
        indexes: ClassVar = [
            models.Index(fields=["person", "due_on"], condition=models.Q(done_on=None), name="open_tasks_of_a_person")
        ]
