"""States and their place in the treaties that matter for a complaint about torture."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jurisdictions.models.history import LawHistory
from jurisdictions.models.provenance import Provenance, Ternary


class State(Provenance):
    """A State or entity of the treaty table; the ISO 3166-1 alpha-2 code is its key everywhere."""

    iso2 = models.CharField(max_length=2, primary_key=True)
    iso3 = models.CharField(max_length=3, unique=True)
    name = models.CharField(max_length=80)
    notes = models.TextField(blank=True)

    history = LawHistory()

    FIELDS: ClassVar[dict[str, str]] = {
        "iso2": "public",
        "iso3": "public",
        "name": "public",
        "notes": "public",
        **Provenance.PROVENANCE,
    }

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.iso2


class TreatyStatus(Provenance):
    """Where one State stands with one treaty, and since when until when.

    in_force_on: the day the treaty binds the State. For CAT and OPCAT it is computed from the deposit (thirty days, not
    before the treaty's own entry into force); null means that no day was found.
    """

    class Treaty(models.TextChoices):
        CAT = "CAT", _("Convention against Torture")
        OPCAT = "OPCAT", _("Optional Protocol to the Convention against Torture")
        ROME = "ROME", _("Rome Statute")
        ICCPR_OP1 = "ICCPR_OP1", _("First Optional Protocol to the ICCPR")
        GENEVA = "GENEVA", _("Geneva Conventions of 1949")

    class Status(models.TextChoices):
        PARTY = "party"
        SIGNATORY = "signatory"
        NONE = "none"
        WITHDRAWN = "withdrawn"
        DENOUNCED = "denounced"

    class Action(models.TextChoices):
        RATIFICATION = "ratification"
        ACCESSION = "accession"
        SUCCESSION = "succession"

    state = models.ForeignKey(State, models.CASCADE, related_name="treaties")
    treaty = models.CharField(max_length=9, choices=Treaty.choices)
    status = models.CharField(max_length=9, choices=Status.choices)
    action = models.CharField(max_length=12, choices=Action.choices, blank=True)
    signed_on = models.DateField(null=True)
    deposited_on = models.DateField(null=True)
    in_force_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)

    history = LawHistory()

    FIELDS: ClassVar[dict[str, str]] = {
        "id": "public",
        "state": "public",
        "treaty": "public",
        "status": "public",
        "action": "public",
        "signed_on": "public",
        "deposited_on": "public",
        "in_force_on": "public",
        "withdrawn_on": "public",
        **Provenance.PROVENANCE,
    }

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["state", "treaty"], name="one_status_per_treaty")]

    def __str__(self) -> str:
        return f"{self.state_id} {self.treaty}"


class Declaration(Provenance):
    """A declaration under the Convention against Torture: a fact apart from being a party.

    article 20: opted out of the Committee's inquiries. 21: complaints between States. 22: complaints of persons.
    """

    state = models.ForeignKey(State, models.CASCADE, related_name="declarations")
    article = models.PositiveSmallIntegerField(choices=[(20, "20"), (21, "21"), (22, "22")])
    value = models.CharField(max_length=7, choices=Ternary.choices)

    history = LawHistory()

    FIELDS: ClassVar[dict[str, str]] = {
        "id": "public",
        "state": "public",
        "article": "public",
        "value": "public",
        **Provenance.PROVENANCE,
    }

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["state", "article"], name="one_value_per_article")]

    def __str__(self) -> str:
        return f"{self.state_id} art. {self.article}"
