"""The compartment of one person outside the team and one case: what the survivor agreed that this person may read.

`brief` belongs to a lawyer (Proposal), `care` to a clinician (Care). It is sealed to that person, the leads, the
recovery kit and the members who work on the case, has a head of its own, and is lost to the person when the work ends:
the grants go, and what is written afterwards has a new epoch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cases import records
from cases.models import Care, Case, Proposal
from people.models import Person
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

KIND = TABLE = Proposal.ROOM
PURPOSE, SHARED, OVER = "offer", "assignment", "mandate over"
Owner = Proposal | Care


def start(owner: Owner, ring: Keyring, field: str, content: Any) -> None:
    """Make the compartment, sealed to its holder and the team, with a first record in it.

    Raises Unstated when the holder's key is in no directory.
    """
    recipients = _unique([*_team(owner.case), recipient_of(owner.holder, {owner.HOLDER}), ring.own_recipient()])
    made = compartments.create(
        kind=owner.ROOM, owner=owner.id, recipients=recipients, giver=ring.signer, purpose=PURPOSE
    )  # fmt: skip
    records.write_next(made, owner.ROOM, field, owner.id, content, ring.signer)
    write_head(owner.id, made, ring.signer)


def opened(owner: Owner, ring: Keyring) -> list[Opened]:
    """Every epoch, after the head was checked. Raises NoGrant, or Forged when a record is missing, old or not ours."""
    return settled(owner.id, lambda: _checked(owner, ring))


def read(owner: Owner, ring: Keyring, field: str) -> Any:
    """The newest record of a field, or None."""
    return records.read_newest(opened(owner, ring), owner.ROOM, field, owner.id)


def signed(owner: Owner, ring: Keyring, field: str) -> tuple[SealedValue, Any] | None:
    """The newest record of a field with its row, or None; whose hand it is in is the caller's to ask."""
    values = records.read_all(opened(owner, ring), owner.ROOM, owner.id, field)
    return max(values, key=lambda each: each[0].version, default=None)


def read_by(owner: Owner, ring: Keyring, field: str, person: Person) -> Any:
    """Like read(), from what this person signed. Raises Forged for another hand."""
    newest = signed(owner, ring, field)
    if newest is None:
        return None
    if statement_for(newest[0].signer, {KeyPair.Use.PERSON}, newest[0].made_on).holder != person.id:
        raise Forged(f"{owner.ROOM} {owner.id}: {field} in another hand")
    return newest[1]


def write(owner: Owner, ring: Keyring, field: str, content: Any) -> int:
    """Seal the next version of a field, and the head with it. The caller has locked the case."""
    newest = opened(owner, ring)[-1]
    version = records.write_next(newest, owner.ROOM, field, owner.id, content, ring.signer)
    write_head(owner.id, newest, ring.signer)
    return version


def share(case: Case, ring: Keyring, recipient: Recipient) -> None:
    """Grant every open room of a case to a member who begins to work on it."""
    for owner in open_rooms(case):
        if compartment(owner) is None:
            continue
        for each in opened(owner, ring):
            if not Grant.objects.filter(epoch=each.epoch, recipient=recipient.pair).exists():
                compartments.grant(each, recipient, giver=ring.signer, purpose=SHARED)


def leave(owner: Owner, ring: Keyring, pairs: Iterable[Any], purpose: str) -> None:
    """Take the room away from these keys, and open a new epoch for everybody else who holds it."""
    room, without = compartment(owner), {each.id for each in pairs}
    if room is None:
        return
    newest = opened(owner, ring)[-1]
    stay = [each for each in carried(newest.epoch) if each.pair.id not in without]
    Grant.objects.filter(epoch__compartment=room, recipient__in=without).delete()
    made = compartments.next_epoch(room, recipients=stay, giver=ring.signer, purpose=purpose)
    write_head(owner.id, made, ring.signer)


def leave_all(case: Case, ring: Keyring, pairs: Iterable[Any], purpose: str) -> None:
    """Like leave(), for every open room of a case."""
    taken = list(pairs)
    for owner in open_rooms(case):
        leave(owner, ring, taken, purpose)


def open_rooms(case: Case) -> Iterator[Owner]:
    """Every lawyer and clinician who may hold something of a case now."""
    yield from case.proposals.filter(state__in=Proposal.OPEN).select_related("lawyer__pair", "case__receipt")
    yield from case.cares.filter(ended_on=None).select_related("clinician__pair", "case__receipt")


def drop_grants(owner: Owner) -> int:
    """Take the room away from its holder at once, without keys; a new epoch comes when a member looks. How many."""
    held = Grant.objects.filter(
        epoch__compartment__kind=owner.ROOM, epoch__compartment__owner=owner.id, recipient=owner.holder.pair_id
    )
    return held.delete()[0]


def compartment(owner: Owner) -> Compartment | None:
    """The compartment, if there is one. Raises Forged or Unstated unless a member of staff founded it."""
    room = rows.first(Compartment, kind=owner.ROOM, owner=owner.id)
    if room is not None:
        require_founder(room, room.founder)
        statement_for(room.founder, {KeyPair.Use.PERSON}, room.made_on, roles=STAFF)
    return room


def _checked(owner: Owner, ring: Keyring) -> list[Opened]:
    room = compartment(owner)
    if room is None:
        raise Forged(f"{owner.ROOM} {owner.id}: no compartment")
    epochs = ring.open_many(room.epochs.select_related("compartment").order_by("number"))
    check_head(owner.id, epochs)
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
