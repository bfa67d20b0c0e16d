"""One national base of jurisdiction and the conditions it sets."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jurisdictions.models.history import LawHistory
from jurisdictions.models.provenance import Provenance, Ternary
from jurisdictions.models.state import State


class JurisdictionBasis(Provenance):
    """A clause on which a State may take a crime committed abroad: which crime, which links, whose consent.

    The conditions are the fields of conditions.json; what the national file itself says on the same clause is kept
    beside them (`file_*`). in_force_from is the text of the file ("2010" or "2010-08-11"); the two days beside it are
    its earliest and latest reading, so that a bare year is never taken for a day. unverified: names of fields.
    """

    class Crime(models.TextChoices):
        TORTURE = "torture", _("Torture")
        CRIMES_AGAINST_HUMANITY = "crimes_against_humanity", _("crimes against humanity")
        WAR_CRIMES = "war_crimes", _("war crimes")
        OTHER = "other", _("other offences")

    class Kind(models.TextChoices):
        UNIVERSAL = "universal", _("universal jurisdiction")
        TREATY = "treaty_obligation", _("treaty obligation")
        PASSIVE = "passive_personality", _("link of the victim")
        ACTIVE = "active_personality", _("link of the suspect")
        EFFECT = "territorial_effect", _("interests of the State")

    class Link(models.TextChoices):
        NONE = "none"
        PRESENCE = "presence"
        RESIDENCE = "residence"
        NATIONALITY = "nationality"
        UNKNOWN = "unknown"

    class VictimLink(models.TextChoices):
        NONE = "none"
        NATIONALITY = "nationality"
        RESIDENCE = "residence"
        REFUGEE_OR_RESIDENCE = "refugee_or_residence"

    class Grade(models.TextChoices):
        NONE = "none"
        PROSECUTOR = "prosecutor"
        PROSECUTOR_GENERAL = "prosecutor_general"
        ATTORNEY_GENERAL = "attorney_general"
        MINISTER = "minister"
        UNKNOWN = "unknown"

    class PracticeState(models.TextChoices):
        OPEN_FILE = "open_file"
        INDICTMENT = "indictment"
        FILED_STALLED = "filed_stalled"
        NONE_FOUND = "none_found"

    class Safety(models.TextChoices):
        NORMAL = "normal"
        CHECK_FIRST = "check_first"
        RESTRICTED = "restricted"

    state = models.ForeignKey(State, models.CASCADE, related_name="bases")
    number = models.PositiveSmallIntegerField()  # index in the national file
    crime = models.CharField(max_length=24, choices=Crime.choices)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    provision = models.TextField()
    in_force_from = models.CharField(max_length=10, blank=True)
    in_force_earliest = models.DateField(null=True)
    in_force_latest = models.DateField(null=True)
    applies_to_earlier_acts = models.CharField(max_length=7, choices=Ternary.choices)
    victim_link = models.CharField(max_length=20, choices=VictimLink.choices)
    victim_link_when = models.CharField(max_length=6, blank=True, choices=[("acts", "acts"), ("filing", "filing")])
    victim_link_years = models.PositiveSmallIntegerField(null=True)
    suspect_file = models.CharField(max_length=11, choices=Link.choices)
    suspect_open = models.CharField(max_length=11, choices=Link.choices)
    suspect_try = models.CharField(max_length=11, choices=Link.choices)
    extra = models.JSONField(default=list)
    double_criminality = models.CharField(max_length=7, choices=Ternary.choices)
    subsidiarity = models.CharField(max_length=7, choices=Ternary.choices)
    territorial_party = models.CharField(max_length=7, choices=Ternary.choices)
    gatekeeper = models.CharField(max_length=18, choices=Grade.choices)
    gatekeeper_stage = models.CharField(
        max_length=9, choices=[("open", "open"), ("prosecute", "prosecute"), ("unknown", "unknown")]
    )
    discretion = models.CharField(max_length=13)
    private_prosecution = models.CharField(max_length=7, choices=Ternary.choices)
    court_review = models.CharField(max_length=7, choices=Ternary.choices)
    limitation = models.CharField(max_length=7, choices=[("none", "none"), ("years", "years"), ("unknown", "unknown")])
    limitation_years = models.PositiveSmallIntegerField(null=True)
    limitation_starts = models.CharField(max_length=7)
    practice = models.CharField(max_length=13, choices=PracticeState.choices)
    practice_year = models.PositiveSmallIntegerField(null=True)
    practice_about = models.ForeignKey(State, models.CASCADE, related_name="+")
    safety = models.CharField(max_length=11, choices=Safety.choices)
    safety_reason = models.TextField(blank=True)
    why = models.TextField()
    file_note = models.TextField(blank=True)
    file_presence = models.CharField(max_length=24)
    file_double_criminality = models.CharField(max_length=7, choices=Ternary.choices)
    file_subsidiarity = models.CharField(max_length=7, choices=Ternary.choices)
    file_consent = models.CharField(max_length=7, choices=Ternary.choices)

    history = LawHistory()

    FIELDS: ClassVar[dict[str, str]] = {
        "id": "public",
        "state": "public",
        "number": "public",
        "crime": "public",
        "kind": "public",
        "provision": "public",
        "in_force_from": "public",
        "in_force_earliest": "public",
        "in_force_latest": "public",
        "applies_to_earlier_acts": "public",
        "victim_link": "public",
        "victim_link_when": "public",
        "victim_link_years": "public",
        "suspect_file": "public",
        "suspect_open": "public",
        "suspect_try": "public",
        "extra": "public",
        "double_criminality": "public",
        "subsidiarity": "public",
        "territorial_party": "public",
        "gatekeeper": "public",
        "gatekeeper_stage": "public",
        "discretion": "public",
        "private_prosecution": "public",
        "court_review": "public",
        "limitation": "public",
        "limitation_years": "public",
        "limitation_starts": "public",
        "practice": "public",
        "practice_year": "public",
        "practice_about": "public",
        "safety": "public",
        "safety_reason": "public",
        "why": "public",
        "file_note": "public",
        "file_presence": "public",
        "file_double_criminality": "public",
        "file_subsidiarity": "public",
        "file_consent": "public",
        **Provenance.PROVENANCE,
    }

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name_plural = "jurisdiction bases"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["state", "number"], name="one_basis_per_number"),
            models.CheckConstraint(
                condition=models.Q(limitation="years", limitation_years__isnull=False)
                | (~models.Q(limitation="years") & models.Q(limitation_years__isnull=True)),
                name="limitation_years_only_with_a_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state_id}/{self.number}"
