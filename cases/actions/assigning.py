"""Who works on a case: giving it, accepting or declining it, ending it. Each is a change of keys, not of a column.

Giving a case grants it to the person's own key. Accepting takes it away from the intake key and opens a new epoch, so
that from then on nobody opens it but the people it was given to, the leads and the recovery kit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import QuerySet

from cases import keys, load, work
from cases.actions.reviewing import begin_review
from cases.errors import Refused
from cases.keys import Holders
from cases.lawyers import rooms
from cases.load import Load
from cases.models import Assignment, Case, SealedRelease
from people.models import Person
from people.permissions import Permission, may
from people.recipients import STAFF, recipient_of
from vault import audit, compartments
from vault.heads import check_head, write_head
from vault.keyring import Keyring
from vault.models import Grant, KeyPair, today
from vault.opened import Opened
from vault.recipients import Recipient

PURPOSE, ACCEPTED, ENDED = "assignment", "acceptance", "unassignment"


@transaction.atomic
def assign(*, case: Case, person: Person, by: Person, ring: Keyring, reason: str = "") -> Assignment:
    """Give a case to somebody, who then accepts or declines; taking it oneself accepts at once.

    reason: why a lead goes beyond the limits of cases.load; sealed with the case. Raises Refused ("full" without one),
    vault.errors.NoGrant, Forged, or Unstated when the directory does not name this person's key as staff.
    """
    decision = may(by, Permission.TAKE_CASE if person == by else Permission.ASSIGN_CASE, case)
    if not decision.ok:
        raise Refused(decision.reason)
    if not may(person, Permission.TAKE_CASE, case).ok:
        raise Refused("this person does not take cases")
    whole = _Whole.open(case, ring)
    over = _beyond(case, person, by, reason)
    given = whole.give(recipient_of(person, STAFF))
    rooms.share(case, ring, recipient_of(person, STAFF))
    row, is_new = Assignment.objects.get_or_create(case=case, person=person, ended_on=None, defaults={"by": by})
    if given or is_new:
        detail: dict[str, object] = {"person": str(person.id), **({"over": over.cases + 1} if over else {})}
        audit.record("case.assigned", "case", case.id, by=by.id, detail=detail)
    if over and reason:
        load.note_over(row, ring, over, reason)
    if person == by:
        return _accept(row, by, whole)
    whole.note(replace(whole.holders, people=whole.holders.people | {person.id}))
    return row


@transaction.atomic
def accept(*, case: Case, by: Person, ring: Keyring) -> Assignment:
    """Take over a case that was given to oneself: the intake key loses it, and every compartment gets a new epoch.

    Done twice, the second time changes nothing. Raises Refused when the case was not given to this person, NoGrant,
    or Forged when a record does not fit the head: then nothing is changed.
    """
    return _accept(_own(case, by), by, _Whole.open(case, ring))


@transaction.atomic
def decline(*, case: Case, by: Person, ring: Keyring) -> None:
    """Give a case back that was never accepted. Raises Refused, NoGrant or Forged."""
    row = _own(case, by)
    if row.accepted_on is not None:
        raise Refused("already_accepted")
    _end(row, by, ring, "case.declined")


@transaction.atomic
def end_assignment(*, case: Case, person: Person, by: Person, ring: Keyring) -> None:
    """End the work of one person on a case, by that person or by a lead: the grants go, new epochs leave the key out.

    If nobody is left, the leads hold the case. Raises Refused, NoGrant or Forged.
    """
    decision = may(by, Permission.SEE_CASE if person == by else Permission.ASSIGN_CASE, case)
    if not decision.ok:
        raise Refused(decision.reason)
    _end(_own(case, person), by, ring, "case.unassigned")


@dataclass(frozen=True, slots=True)
class _Whole:
    """Every epoch of a case, opened after both heads were checked, by somebody who holds the whole case."""

    case: Case
    ring: Keyring
    opened: dict[str, list[Opened]]
    holders: Holders

    @classmethod
    def open(cls, case: Case, ring: Keyring) -> _Whole:
        """Lock the case against other writers and open it. Raises NoGrant or Forged."""
        Case.objects.select_for_update().get(id=case.id)
        opened = {kind: keys.open_whole(case, kind, ring) for kind in keys.ASSIGNED_KINDS if kind != keys.WORK}
        opened[keys.WORK] = work.opened(case, ring)
        check_head(case.id, opened[keys.MESSAGES])
        return cls(case, ring, opened, Holders.of(case, opened[keys.MESSAGES]))

    def give(self, recipient: Recipient) -> int:
        """Grant every epoch to a person's own key where it is missing; returns how many were given."""
        has_it = set(self.grants().filter(recipient=recipient.pair).values_list("epoch", flat=True))
        missing = [each for epochs in self.opened.values() for each in epochs if each.epoch.id not in has_it]
        for each in missing:
            compartments.grant(each, recipient, giver=self.ring.signer, purpose=PURPOSE)
        return len(missing)

    def note(self, holders: Holders) -> None:
        """Write down in the newest epoch whom the case is given to now."""
        messages = self.opened[keys.MESSAGES][-1]
        holders.write(self.case, messages, self.ring)
        write_head(self.case.id, messages, self.ring.signer)

    def renew(self, holders: Holders, purpose: str) -> None:
        """Open a new epoch of every compartment for these holders, and write both heads again in them."""
        for kind, recipients in keys.audiences(self.case, keys.ASSIGNED_KINDS, holders).items():
            newest = compartments.next_epoch(
                keys.compartment(self.case, kind), recipients=recipients, giver=self.ring.signer, purpose=purpose
            )
            self.opened[kind].append(newest)
        self.note(holders)
        team = self.opened[keys.WORK][-1]
        write_head(team.epoch.compartment_id, team, self.ring.signer)

    def grants(self) -> QuerySet[Grant]:
        """The grants of the case's compartments, those of `sealed` left out."""
        kinds = keys.ASSIGNED_KINDS
        return Grant.objects.filter(epoch__compartment__owner=self.case.id, epoch__compartment__kind__in=kinds)


def _beyond(case: Case, person: Person, by: Person, reason: str) -> Load | None:
    """The load of somebody for whom one more case is too much, None within the limits. Raises Refused.

    A lead may go beyond them with a reason; whoever takes a case of P0 may too, for nobody waits there for a lead. The
    row of the person is locked: what two leads give at once is counted one after the other.
    """
    Person.objects.select_for_update().get(id=person.id)
    if case.assignments.filter(person=person, ended_on=None).exists():
        return None
    found = load.load_of(person)
    if not found.is_full:
        return None
    is_urgent = person == by and case.level == Case.Level.P0
    if not is_urgent and not (reason.strip() and may(by, Permission.ASSIGN_CASE, case)):
        raise Refused(load.FULL)
    return found


def _accept(row: Assignment, by: Person, whole: _Whole) -> Assignment:
    if row.accepted_on is not None and not whole.holders.has_intake and not keys.is_with_intake(whole.case):
        return row
    whole.give(recipient_of(by, STAFF))
    whole.grants().filter(recipient__use=KeyPair.Use.INTAKE).delete()
    people = whole.holders.people | {by.id}
    whole.renew(Holders(people, has_intake=False), ACCEPTED)
    row.accepted_on = today()
    row.save(update_fields=["accepted_on"])
    audit.record("case.accepted", "case", whole.case.id, by=by.id)
    begin_review(case=whole.case, by=by, ring=whole.ring)
    return row


def _end(row: Assignment, by: Person, ring: Keyring, event: str) -> None:
    whole = _Whole.open(row.case, ring)
    row.ended_on = today()
    row.save(update_fields=["ended_on"])
    own = KeyPair.objects.filter(statements__holder=row.person_id)
    whole.grants().filter(recipient__in=own).delete()
    rooms.leave_all(row.case, ring, own, ENDED)
    _close_sealed(row, whole, own)
    holders = whole.holders
    whole.renew(replace(holders, people=holders.people - {row.person_id}), ENDED)
    audit.record(event, "case", row.case_id, by=by.id, detail={"person": str(row.person_id)})


def _close_sealed(row: Assignment, whole: _Whole, own: QuerySet[KeyPair]) -> None:
    """End what this person was lent of the sealed part: the shares are deleted, a new epoch leaves them useless."""
    lent = Grant.objects.filter(
        epoch__compartment__owner=row.case_id, epoch__compartment__kind=keys.SEALED, recipient__in=own
    )
    if not lent.exists():
        return
    lent.delete()
    compartments.next_split(
        keys.compartment(whole.case, keys.SEALED), giver=whole.ring.signer, purpose=ENDED, **keys.sealed_audience()
    )
    mine = SealedRelease.objects.filter(case=row.case_id, requested_by=row.person_id)
    mine.filter(state=SealedRelease.State.RELEASED).update(state=SealedRelease.State.OVER)


def _own(case: Case, person: Person) -> Assignment:
    """The assignment of a person that stands now. Raises Refused."""
    row = Assignment.objects.select_related("case__receipt", "person").filter(case=case, person=person, ended_on=None)
    found = row.first()
    if found is None:
        raise Refused("not_assigned")
    return found
