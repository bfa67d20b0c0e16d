"""A change of one value that somebody proposed and somebody else signed or refused; and the number of the law."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jurisdictions.models.history import WHO
from jurisdictions.models.provenance import Confidence


class Proposal(models.Model):
    """One value of one row: as it stands, as it should be, why, and who says so.

    kind, key, field: the row and its column, as the loader names them ("TreatyStatus", "LT/CAT", "withdrawn_on").
    law_from: the day from which the new value is the law; null when the law did not change and only our data was wrong
    or was checked again. A signed proposal is the signature under its value: the loader never overwrites it.
    """

    class State(models.TextChoices):
        OPEN = "open", _("waits for a signature")
        SIGNED = "signed", _("Signed")
        REFUSED = "refused", _("Refused")

    state = models.CharField(max_length=7, choices=State.choices, default=State.OPEN)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    field = models.CharField(max_length=40)
    iso2 = models.CharField(max_length=2, blank=True)  # of the State, empty for a row that is about no State
    before = models.JSONField(null=True)
    value = models.JSONField(null=True)
    source = models.URLField(max_length=500)
    reason = models.TextField()
    confidence = models.CharField(max_length=6, choices=Confidence.choices)
    law_from = models.DateField(null=True)
    proposed_by = models.CharField(max_length=WHO)  # name and login as texts: this room knows no accounts
    proposed_login = models.CharField(max_length=WHO)
    proposed_on = models.DateField()
    decided_by = models.CharField(max_length=WHO, blank=True)
    decided_login = models.CharField(max_length=WHO, blank=True)
    decided_on = models.DateField(null=True)
    refusal = models.TextField(blank=True)

    FIELDS: ClassVar[dict[str, str]] = {
        "id": "public",
        "state": "public",
        "kind": "public",
        "key": "public",
        "field": "public",
        "iso2": "public",
        "before": "public",
        "value": "public",
        "source": "public",
        "reason": "public",
        "confidence": "public",
        "law_from": "public",
        "proposed_by": "metadata",
        "proposed_login": "metadata",
        "proposed_on": "public",
        "decided_by": "metadata",
        "decided_login": "metadata",
        "decided_on": "public",
        "refusal": "public",
    }

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "key", "field"], condition=models.Q(state="open"), name="one_open_proposal_per_value"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="signed") | ~models.Q(decided_login=models.F("proposed_login")),
                name="never_signed_by_the_proposer",
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", decided_on=None, decided_login="")
                | (~models.Q(state="open") & models.Q(decided_on__isnull=False) & ~models.Q(decided_login="")),
                name="decided_by_somebody_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}.{self.field}"


class LawVersion(models.Model):
    """The number of the law as it stands: one row, raised by each change and locked until that change is committed."""

    number = models.PositiveIntegerField(default=0)

    FIELDS: ClassVar[dict[str, str]] = {"id": "public", "number": "public"}

    def __str__(self) -> str:
        return str(self.number)


class LawChange(models.Model):
    """One change of the law of one State; whoever assessed something under a lower number looks again.

    iso2: empty when it is about every State. how: "import" or "review".
    """

    number = models.PositiveIntegerField()
    iso2 = models.CharField(max_length=2, blank=True)
    what = models.CharField(max_length=140, blank=True)
    how = models.CharField(max_length=6, choices=[("import", "import"), ("review", "review")])
    made_on = models.DateField()

    FIELDS: ClassVar[dict[str, str]] = {
        "id": "public",
        "number": "public",
        "iso2": "public",
        "what": "public",
        "how": "public",
        "made_on": "public",
    }

    class Meta:
        ordering: ClassVar = ["number", "iso2"]

    def __str__(self) -> str:
        return f"{self.number} {self.iso2}"
