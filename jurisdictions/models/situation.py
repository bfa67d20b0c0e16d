"""Facts that rules need and no national file holds: situations before a court, and the treaty behind a crime."""

from typing import ClassVar

from django.db import models

from jurisdictions.models.history import LawHistory
from jurisdictions.models.provenance import Provenance
from jurisdictions.models.state import State, TreatyStatus


class Situation(Provenance):
    """A situation before an international court that takes information from outside.

    about: the State whose acts are examined. acts_from: first day of the period. treaty: the treaty whose parties count
    when a border was crossed into them.
    """

    slug = models.SlugField(max_length=60, primary_key=True)
    forum = models.CharField(max_length=10)
    forum_name = models.CharField(max_length=120)
    name = models.CharField(max_length=160)
    about = models.ForeignKey(State, models.CASCADE, related_name="+")
    referred_by = models.ForeignKey(State, models.CASCADE, null=True, related_name="+")
    referred_on = models.DateField(null=True)
    opened_on = models.DateField(null=True)
    acts_from = models.DateField()
    treaty = models.CharField(max_length=9, choices=TreatyStatus.Treaty.choices)
    crime = models.CharField(max_length=24)
    charges = models.JSONField(default=list)
    basis = models.CharField(max_length=20)
    provision = models.TextField()
    practice = models.CharField(max_length=13)
    filing_channels = models.JSONField(default=list)
    filing_languages = models.JSONField(default=list)
    formalities = models.JSONField(default=list)
    note = models.TextField(blank=True)

    history = LawHistory()

    FIELDS: ClassVar[dict[str, str]] = {
        "slug": "public",
        "forum": "public",
        "forum_name": "public",
        "name": "public",
        "about": "public",
        "referred_by": "public",
        "referred_on": "public",
        "opened_on": "public",
        "acts_from": "public",
        "treaty": "public",
        "crime": "public",
        "charges": "public",
        "basis": "public",
        "provision": "public",
        "practice": "public",
        "filing_channels": "public",
        "filing_languages": "public",
        "formalities": "public",
        "note": "public",
        **Provenance.PROVENANCE,
    }

    def __str__(self) -> str:
        return self.slug


class CrimeTreaty(Provenance):
    """Which treaty counts for which crime when a clause refers to "a treaty"."""

    crime = models.CharField(max_length=24, primary_key=True)
    treaty = models.CharField(max_length=9, choices=TreatyStatus.Treaty.choices)
    why = models.TextField()

    history = LawHistory()

    FIELDS: ClassVar[dict[str, str]] = {
        "crime": "public",
        "treaty": "public",
        "why": "public",
        **Provenance.PROVENANCE,
    }

    def __str__(self) -> str:
        return f"{self.crime}: {self.treaty}"
