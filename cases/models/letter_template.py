"""Texts with which a letter may begin: public, in each language, for each occasion."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.placeholders import PLACEHOLDERS, wrong_ones
from vault.declared import declare

NO_SUCH = _("Only these may stand in braces: %(known)s. Not: %(wrong)s")


class LetterTemplate(models.Model):
    """One text. form: a code of the list address_form, "" for everybody. A caseworker reads and edits it each time.

    seeded: the text as the file brought it; while `text` is the same nobody has edited it, and a newer file may.
    """

    class Kind(models.TextChoices):
        FIRST = "first", _("First answer")
        READ = "read", _("After reading the account")
        QUESTION = "question", _("Before a question")
        SUPPORT = "support", _("Support without a complaint")
        REFER = "refer", _("Another group goes on")
        NOBODY = "nobody", _("No lawyer found")
        LAWYER = "lawyer", _("Naming a lawyer")
        CLOSING = "closing", _("Closing the case")
        WITHDRAWAL = "withdrawal", _("After a withdrawal")
        BAD_NEWS = "bad_news", _("News that a person tells")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    language = models.CharField(max_length=8)
    form = models.CharField(max_length=8, blank=True)
    text = models.TextField(max_length=20_000)
    seeded = models.TextField(blank=True, editable=False)
    is_reviewed = models.BooleanField(default=False)  # by a native speaker with trauma training

    FIELDS: ClassVar = declare(public=["id", "kind", "language", "form", "text", "seeded", "is_reviewed"])

    class Meta:
        ordering: ClassVar = ["kind", "language", "form"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "language", "form"], name="one_text_for_each_occasion")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.language}{f', {self.form}' if self.form else ''}"

    @property
    def is_edited(self) -> bool:
        """Did somebody change it after it was loaded?"""
        return self.text != self.seeded

    def clean(self) -> None:
        """Refuse placeholders that nothing fills."""
        if wrong := wrong_ones(self.text):
            known = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)
            raise ValidationError({"text": NO_SUCH % {"known": known, "wrong": ", ".join(wrong)}})
