"""The reference data: public facts about States, their treaties and their law. Nothing about a person."""

from jurisdictions.models.basis import JurisdictionBasis
from jurisdictions.models.law import NationalLaw, Practice, Source
from jurisdictions.models.review import LawChange, LawVersion, Proposal
from jurisdictions.models.situation import CrimeTreaty, Situation
from jurisdictions.models.state import Declaration, State, TreatyStatus

__all__ = [
    "CrimeTreaty",
    "Declaration",
    "JurisdictionBasis",
    "LawChange",
    "LawVersion",
    "NationalLaw",
    "Practice",
    "Proposal",
    "Situation",
    "Source",
    "State",
    "TreatyStatus",
]
