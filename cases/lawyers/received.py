"""Did the lawyer of a brief confirm a dossier for filing? By the lawyer's signature in the package, not by a column.

A draft that was confirmed files nothing.
"""

from __future__ import annotations

from cases import records
from cases.models import Dossier, Proposal
from vault import rows
from vault.keyring import Keyring
from vault.models import AuditEvent, Compartment

PACKAGE, TABLE, FIELD, EVENT = "package", "dossier", "acknowledgement", "dossier.acknowledged"
CONTENTS, EXPORTED = "contents", "dossier.exported"


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
        return noted.exists() and _was_for_filing(dossier)
    signer, opened = proposal.lawyer.pair_id, [ring.latest(package)]
    made = records.read_newest(opened, TABLE, CONTENTS, dossier.id, never_by=signer) or {}
    return bool(made.get("for_filing")) and bool(records.read_newest(opened, TABLE, FIELD, dossier.id, by=signer))


def _was_for_filing(dossier: Dossier) -> bool:
    exported = AuditEvent.objects.filter(action=EXPORTED, subject=dossier.id).values_list("detail", flat=True)
    return any(detail.get("filing") for detail in exported)
