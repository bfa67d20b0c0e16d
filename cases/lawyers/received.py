"""Did the lawyer of a brief confirm a dossier? By the lawyer's signature in the package, not by a column."""

from __future__ import annotations

from cases import records
from cases.models import Dossier, Proposal
from vault import rows
from vault.keyring import Keyring
from vault.models import AuditEvent, Compartment

PACKAGE, TABLE, FIELD, EVENT = "package", "dossier", "acknowledgement", "dossier.acknowledged"


def is_received(proposal: Proposal, ring: Keyring) -> bool:
    """The signed confirmation, or, once our copy was erased after its period, the line in the audit chain."""
    found = Dossier.objects.filter(
        case=proposal.case_id, lawyer=proposal.lawyer_id, state=Dossier.State.ACKNOWLEDGED
    )  # fmt: skip
    return any(_is_confirmed(each, proposal, ring) for each in found)


def _is_confirmed(dossier: Dossier, proposal: Proposal, ring: Keyring) -> bool:
    package = rows.first(Compartment, kind=PACKAGE, owner=dossier.id)
    if package is None or dossier.file_id is None:
        noted = AuditEvent.objects.filter(action=EVENT, subject=dossier.id, actor=proposal.lawyer_id)
        return noted.exists()
    signer = proposal.lawyer.pair_id
    return bool(records.read_newest([ring.latest(package)], TABLE, FIELD, dossier.id, by=signer))
