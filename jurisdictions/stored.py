"""The reference data of the database as one frozen value for the rules."""

from django.db import transaction

from jurisdictions import models
from jurisdictions.snapshot import Reference, build


@transaction.atomic
def read() -> Reference:
    """Read everything an assessment needs, once, in one transaction."""
    kinds = (
        models.State,
        models.TreatyStatus,
        models.NationalLaw,
        models.JurisdictionBasis,
        models.Situation,
        models.CrimeTreaty,
        models.Practice,
    )
    return build({kind.__name__: list(kind._default_manager.values()) for kind in kinds})
