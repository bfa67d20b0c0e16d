"""Cases, accounts, exhibits, messages, dossiers: metadata in columns, everything told in sealed values."""

from cases.models.account import Draft, DraftExhibit, Exhibit, Message, Recording, StatementVersion
from cases.models.approval import Approval, HandOver
from cases.models.assessed import RouteCheck
from cases.models.care import Care
from cases.models.case import REFERENCE_LETTERS, Assignment, Case, new_reference
from cases.models.clock import LimitationClock
from cases.models.dossier import Dossier
from cases.models.erasing import Erasure, LegalHold
from cases.models.lawyers import LawyerRecord, Proposal
from cases.models.letter_template import LetterTemplate
from cases.models.paper import Paper
from cases.models.releasing import HoldRelease, SealedRelease
from cases.models.stamp import Stamp
from cases.models.task import Task
from cases.models.text import Text

__all__ = [
    "REFERENCE_LETTERS",
    "Approval",
    "Assignment",
    "Care",
    "Case",
    "Dossier",
    "Draft",
    "DraftExhibit",
    "Erasure",
    "Exhibit",
    "HandOver",
    "HoldRelease",
    "LawyerRecord",
    "LegalHold",
    "LetterTemplate",
    "LimitationClock",
    "Message",
    "Paper",
    "Proposal",
    "Recording",
    "RouteCheck",
    "SealedRelease",
    "Stamp",
    "StatementVersion",
    "Task",
    "Text",
    "new_reference",
]
