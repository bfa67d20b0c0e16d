"""Bringing a paper into a brief, and opening one: by the lawyer who has the mandate, or by who works on the case."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from cases import records
from cases.actions.briefing import require_lawyer
from cases.actions.offering import lock
from cases.errors import Refused
from cases.hold import require_no_hold
from cases.lawyers import rooms
from cases.lawyers.papers import FIELD, OPENED, TABLE, PaperRecord, papers_of, received
from cases.models import Paper, Proposal
from people.models import Person, Role
from people.permissions import Permission, may
from vault import audit, files
from vault.envelope.stream import StreamOpener
from vault.heads import write_head
from vault.keyring import Keyring
from vault.models import SealedFile, today
from vault.places import Place
from vault.uploads import SealedUpload


@transaction.atomic
def bring(
    *, proposal: Proposal, by: Person, ring: Keyring, kind: str, upload: SealedUpload, name: str, content_type: str
) -> PaperRecord:  # fmt: skip
    """Keep an arrived file with the brief; it is on disk, synced, before this returns.

    Raises Refused, NotReady("safety_hold") for the lawyer, vault.errors.NotKept, NoGrant, Forged.
    """
    row = lock(proposal)
    if row.state != Proposal.State.ENGAGED:
        raise Refused("answered")
    require_reader(row, by)
    if kind not in Paper.Kind.values:
        raise Refused("kind")
    number, opened = 1 + len(papers_of(row, ring)), rooms.opened(row, ring)[-1]
    file = upload.keep(opened, ring.signer)
    paper = Paper.objects.create(proposal=row, kind=kind, file=file)
    record = PaperRecord(
        paper.id, number, kind, name, content_type, upload.size or 0, upload.sha256, today().isoformat(),
        received(str(Role(by.role).label).lower(), upload.scan.event), str(file.id),
    )  # fmt: skip
    records.write(opened, Place(TABLE, FIELD, paper.id), record.to_json(), ring.signer)
    write_head(row.id, opened, ring.signer)
    Proposal.objects.filter(id=row.id).update(has_news=row.lawyer_id == by.id)
    audit.record("paper.brought", "paper", paper.id, by=by.id, detail={"proposal": str(row.id), "kind": kind})
    return record


def open_paper(
    *, proposal: Proposal, paper_id: UUID, by: Person, ring: Keyring
) -> tuple[PaperRecord, StreamOpener]:  # fmt: skip
    """Open one paper as a stream; recorded, and the survivor can ask about it. Raises Refused, NotReady, Forged."""
    require_reader(proposal, by)
    opened = rooms.opened(proposal, ring)
    found = next((each for each in papers_of(proposal, ring) if each.id == paper_id), None)
    if found is None:
        raise Refused("no such paper")
    audit.record(OPENED, "paper", found.id, by=by.id, detail={"purpose": "lawyer"})
    return found, files.open_stream(files.find_key(SealedFile.objects.get(id=found.file), *opened))


def require_reader(proposal: Proposal, by: Person) -> None:
    """Raise Refused unless this is the lawyer with the mandate, whom a safety hold stops, or a member on the case."""
    if proposal.lawyer_id == by.id:
        require_lawyer(proposal, by)
        require_no_hold(proposal.case_id)
        return
    decision = may(by, Permission.FIND_LAWYER, proposal.case)
    if not decision.ok:
        raise Refused(decision.reason)
