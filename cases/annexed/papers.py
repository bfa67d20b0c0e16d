"""The papers and the mandate in the brief of the lawyer who gets the dossier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cases.dossier.annex_inputs import Mandate, PaperInput
from cases.dossier.annex_papers import OPEN
from cases.lawyers import offers, rooms
from cases.lawyers.papers import PaperRecord, papers_of
from cases.models import Case, Paper, Proposal
from people.models import Person
from vault import files
from vault.keyring import Keyring
from vault.models import SealedFile
from vault.opened import Opened

KINDS = (Paper.Kind.STATEMENT, Paper.Kind.INTERVIEW, Paper.Kind.POWER, Paper.Kind.CERTIFICATE)


def engaged(case: Case, lawyer: Person) -> Proposal | None:
    """The brief of this lawyer, if this lawyer has the mandate now."""
    found = offers.current(case)
    is_theirs = found is not None and found.lawyer_id == lawyer.id and found.state == Proposal.State.ENGAGED
    return found if is_theirs else None


def mandate(proposal: Proposal, ring: Keyring) -> Mandate:
    """Since when, and for which country, as a member signed the offer. Raises NoGrant, Forged."""
    country = str(offers.offer_of(proposal, ring).get("country") or "")
    since = proposal.engaged_on.isoformat() if proposal.engaged_on else ""
    return Mandate(since, country if len(country) == 2 else "")


def papers(proposal: Proposal, ring: Keyring, *, may_be_named: bool) -> tuple[PaperInput, ...]:
    """The papers that are annexed. may_be_named: else those that carry the survivor's name stay with counsel.

    Raises NoGrant, or Forged for a row that does not fit its record.
    """
    return tuple(_papers(papers_of(proposal, ring), may_be_named=may_be_named))


def _papers(found: Iterable[PaperRecord], *, may_be_named: bool) -> Iterable[PaperInput]:
    for each in found:
        if each.kind in KINDS:
            has_file = may_be_named or each.kind in OPEN
            yield PaperInput(
                each.label, each.kind, each.content_type, each.size, each.sha256, each.received_on, has_file,
                each.file if has_file else "",
            )  # fmt: skip


def share_files(case: Case, lawyer: Person, annexed: Mapping[str, Any], ring: Keyring, target: Opened) -> None:
    """Copy the keys of the papers that go along into the dossier's compartment; the bytes stay where they are."""
    wanted = [each.file for each in annexed.get("papers", ()) if each.has_file]
    proposal = engaged(case, lawyer) if wanted else None
    if proposal is None:
        return
    opened = rooms.opened(proposal, ring)
    for file in SealedFile.objects.filter(id__in=wanted):
        files.share_key(files.find_key(file, *opened), target, ring.signer)
