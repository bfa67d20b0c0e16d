"""Papers as they are brought to a brief."""

from __future__ import annotations

from cases.actions import papers
from cases.lawyers.papers import PaperRecord
from cases.models import Proposal
from tests.factories.cast import Member, sealed_upload

BODY = b"%PDF-1.4\n" + b"signed " * 9000


def brought(proposal: Proposal, by: Member, kind: str = "statement", name: str = "scan.pdf") -> PaperRecord:
    return papers.bring(
        proposal=proposal, by=by.person, ring=by.ring, kind=kind, upload=sealed_upload(name, BODY), name=name,
        content_type="application/pdf",
    )  # fmt: skip
