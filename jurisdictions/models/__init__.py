"""The reference data: public facts about States, their treaties and their law. Nothing about a person."""

from jurisdictions.models.basis import JurisdictionBasis
from jurisdictions.models.law import NationalLaw, Practice, Source
from jurisdictions.models.situation import CrimeTreaty, Situation
from jurisdictions.models.state import Declaration, State, TreatyStatus

__all__ = [
    "CrimeTreaty",
    "Declaration",
    "JurisdictionBasis",
    "NationalLaw",
    "Practice",
    "Situation",
    "Source",
    "State",
    "TreatyStatus",
]
