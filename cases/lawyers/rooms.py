"""The compartment `brief` of one lawyer and one case: what is offered, and later what the survivor agreed to hand over.

It is sealed to the lawyer, the leads, the recovery kit and the members who work on the case, has a head of its own, and
is lost to the lawyer when the mandate ends: the grants go, and what is written afterwards has a new epoch.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cases import records
from cases.models import Case, Proposal
from people.models import Person, Role
from people.recipients import STAFF, recipient_of
from vault import compartments, rows
from vault.authors import require_founder
from vault.directory import statement_for
from vault.errors import Forged, Unstated
from vault.heads import check_head, settled, write_head
from vault.heirs import carried
from vault.keyring import Keyring
from vault.models import Compartment, Grant, KeyPair, SealedValue
from vault.opened import Opened
from vault.recipients import Recipient, organisations

KIND, TABLE = "brief", "brief"
PURPOSE, SHARED, OVER = "offer", "assignment", "mandate over"


def start(proposal: Proposal, ring: Keyring, field: str, content: Any) -> None:
    """Make the compartment, sealed to the lawyer and the team, with a first record in it.

    Raises Unstated when the lawyer's key is in no directory.
    """
    recipients = _unique([*_team(proposal.case), recipient_of(proposal.lawyer, {Role.LAWYER}), ring.own_recipient()])
    made = compartments.create(
        kind=KIND, owner=proposal.id, recipients=recipients, giver=ring.signer, purpose=PURPOSE
    )  # fmt: skip
    records.write_next(made, TABLE, field, proposal.id, content, ring.signer)
    write_head(proposal.id, made, ring.signer)


def opened(proposal: Proposal, ring: Keyring) -> list[Opened]:
    """Every epoch, after the head was checked. Raises NoGrant, or Forged when a record is missing, old or not ours."""
    return settled(proposal.id, lambda: _checked(proposal, ring))


def read(proposal: Proposal, ring: Keyring, field: str) -> Any:
    """The newest record of a field, or None."""
    return records.read_newest(opened(proposal, ring), TABLE, field, proposal.id)


def signed(proposal: Proposal, ring: Keyring, field: str) -> tuple[SealedValue, Any] | None:
    """The newest record of a field with its row, or None; whose hand it is in is the caller's to ask."""
    values = records.read_all(opened(proposal, ring), TABLE, proposal.id, field)
    return max(values, key=lambda each: each[0].version, default=None)


def read_by(proposal: Proposal, ring: Keyring, field: str, person: Person) -> Any:
    """Like read(), from what this person signed. Raises Forged for another hand."""
    newest = signed(proposal, ring, field)
    if newest is None:
        return None
    if statement_for(newest[0].signer, {KeyPair.Use.PERSON}, newest[0].made_on).holder != person.id:
        raise Forged(f"brief {proposal.id}: {field} in another hand")
    return newest[1]


def write(proposal: Proposal, ring: Keyring, field: str, content: Any) -> int:
    """Seal the next version of a field, and the head with it. The caller has locked the case."""
    newest = opened(proposal, ring)[-1]
    version = records.write_next(newest, TABLE, field, proposal.id, content, ring.signer)
    write_head(proposal.id, newest, ring.signer)
    return version


def share(case: Case, ring: Keyring, recipient: Recipient) -> None:
    """Grant every open brief of a case to a member who begins to work on it."""
    for proposal in case.proposals.filter(state__in=Proposal.OPEN):
        if compartment(proposal) is None:
            continue
        for each in opened(proposal, ring):
            if not Grant.objects.filter(epoch=each.epoch, recipient=recipient.pair).exists():
                compartments.grant(each, recipient, giver=ring.signer, purpose=SHARED)


def leave(proposal: Proposal, ring: Keyring, pairs: Iterable[Any], purpose: str) -> None:
    """Take the brief away from these keys, and open a new epoch for everybody else who holds it."""
    room, without = compartment(proposal), {each.id for each in pairs}
    if room is None:
        return
    newest = opened(proposal, ring)[-1]
    stay = [each for each in carried(newest.epoch) if each.pair.id not in without]
    Grant.objects.filter(epoch__compartment=room, recipient__in=without).delete()
    made = compartments.next_epoch(room, recipients=stay, giver=ring.signer, purpose=purpose)
    write_head(proposal.id, made, ring.signer)


def leave_all(case: Case, ring: Keyring, pairs: Iterable[Any], purpose: str) -> None:
    """Like leave(), for every open brief of a case."""
    taken = list(pairs)
    for proposal in case.proposals.filter(state__in=Proposal.OPEN):
        leave(proposal, ring, taken, purpose)


def drop_grants(proposal: Proposal) -> int:
    """Take the brief away from the lawyer at once, without keys; a new epoch comes when a member looks. How many."""
    held = Grant.objects.filter(
        epoch__compartment__kind=KIND, epoch__compartment__owner=proposal.id, recipient=proposal.lawyer.pair_id
    )
    return held.delete()[0]


def compartment(proposal: Proposal) -> Compartment | None:
    """The compartment, if there is one. Raises Forged or Unstated unless a member of staff founded it."""
    room = rows.first(Compartment, kind=KIND, owner=proposal.id)
    if room is not None:
        require_founder(room, room.founder)
        statement_for(room.founder, {KeyPair.Use.PERSON}, room.made_on, roles=STAFF)
    return room


def _checked(proposal: Proposal, ring: Keyring) -> list[Opened]:
    room = compartment(proposal)
    if room is None:
        raise Forged(f"brief {proposal.id}: no compartment")
    epochs = ring.open_many(room.epochs.select_related("compartment").order_by("number"))
    check_head(proposal.id, epochs)
    return epochs


def _team(case: Case) -> list[Recipient]:
    """The leads, the recovery kit, and who works on the case."""
    team = [*organisations("leads", "recovery").values()]
    for each in case.assignments.filter(ended_on=None).exclude(accepted_on=None).select_related("person__pair"):
        try:
            team.append(recipient_of(each.person, STAFF))
        except Unstated:
            continue
    return team


def _unique(recipients: list[Recipient]) -> list[Recipient]:
    return list({each.pair.id: each for each in recipients}.values())
