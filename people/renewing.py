"""New keys for somebody who is here: the password is lost, or the key may be in other hands.

The person makes them as at the first sign-in; a lead hears the six words and gives the new key what the old one had.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django_otp import devices_for_user

from people import deputies, joining, replacing, sessions
from people.errors import Refused
from people.handing import hand_on
from people.intake_staff import state_second
from people.life import retire
from people.models import Invitation, Person, RecoveryShare
from people.permissions import Permission, may
from people.recipients import is_intake_staff, recipient_of
from vault import audit
from vault.compartments import grant, release_share, verify_grant
from vault.directory import revoke, state
from vault.errors import Unstated, VaultError
from vault.keyring import KEY_KIND, Keyring
from vault.models import Grant, KeyPair, today
from vault.recipients import Recipient, stated

Kind = Invitation.Kind
KINDS: set[str] = {Kind.LOST, Kind.SUSPICION}
SHARE = "recovery_share"


@dataclass(frozen=True, slots=True)
class Renewed:
    """What came of it. given: grants given again. lost: how many could not be, by the kind of what they opened."""

    person: Person
    given: int
    lost: dict[str, int]


@transaction.atomic
def start(*, person: Person, kind: str, by: Person) -> tuple[Invitation, str]:
    """Make a one-time link for new keys and return it with its token. An earlier one of this person ends.

    A lost password needs a lead; a suspicion may also be the person's own. Raises Refused.
    """
    if not may_start(person, kind, by):
        raise Refused("permission")
    row = Person.objects.select_for_update(of=("self",)).select_related("pair").get(id=person.id)
    if row.removed_on is not None:
        raise Refused("removed")
    _stated_role(row)
    for earlier in Invitation.objects.filter(person=row, state__in=joining.OPEN):
        joining.discard(earlier)
    made = joining.new_link(
        kind=kind, person=row, login=row.login, name=row.name, role=row.role, team=row.team, by=by
    )  # fmt: skip
    audit.record("person.new_keys_begun", "person", row.id, by=by.id, detail={"kind": kind})
    return made


def may_start(person: Person, kind: str, by: Person) -> bool:
    """A lead may for others; everybody may for the own key when it is in doubt."""
    if person.id == by.id:
        return kind == Kind.SUSPICION
    return kind in KINDS and may(by, Permission.ADMIT).ok


def admit(*, invitation: Invitation, by: Person, ring: Keyring, typed: str) -> Renewed:
    """Give new keys what the old ones had, after their words were heard; the old pair is revoked and its grants go.

    Raises Refused, joining.WrongWords, spoken.NotWords, vault.errors.NoGrant without the root.
    """
    joining.require(by, Permission.ADMIT)
    if invitation.person_id == by.id:
        raise Refused("yourself")
    joining.hear(invitation, by, typed)
    with transaction.atomic():
        row = joining.joined(invitation.id, KINDS)
        person, new = joining.made(row)
        deputies.end_running(person=person, by=by, ring=ring)
        return _exchange(row, person, new, by, ring)


def _exchange(row: Invitation, person: Person, new: KeyPair, by: Person, ring: Keyring) -> Renewed:
    old, role = person.pair, _stated_role(person)
    root = ring.team(KeyPair.Use.ROOT).signer
    state(pair=new, holder=person.id, use=new.use, role=role, from_on=today(), until_on=None, signer=root)
    if is_intake_staff(person):
        state_second(new, person, root)
    held, is_exposed = replacing.held_by(old), row.kind == Kind.SUSPICION
    given, lost = _give_again(old, stated(new, {KeyPair.Use.PERSON}), ring)
    revoke(old, root)
    retire(old, is_exposed=is_exposed)
    _take_new(row, person, new)
    lost.update([SHARE] * _lost_shares(person))
    hand_on(ring)
    if is_exposed:
        replacing.replace(held, ring)
    detail: dict[str, object] = {"kind": row.kind, "given": given, "lost": lost.total()}
    audit.record("person.new_keys", "person", person.id, by=by.id, detail=detail)
    return Renewed(person, given, dict(lost))


def _stated_role(person: Person) -> str:
    """The role in which the directory names the old key; the row alone says nothing."""
    try:
        return recipient_of(person, {person.role}).role
    except Unstated as error:
        raise Refused("not_admitted") from error


def _give_again(old: KeyPair, recipient: Recipient, ring: Keyring) -> tuple[int, Counter[str]]:
    """Grant to the new key whatever the old one was really given and this ring opens; count the rest by kind."""
    given, lost = 0, Counter[str]()
    rows = Grant.objects.filter(recipient=old, is_release=False).exclude(epoch__compartment__kind=KEY_KIND)
    for row in rows.select_related("epoch__compartment", "giver", "recipient"):
        try:
            verify_grant(row)
            _grant_like(row, recipient, ring)
            given += 1
        except VaultError:
            lost[row.epoch.compartment.kind] += 1
    return given, lost


def _grant_like(row: Grant, recipient: Recipient, ring: Keyring) -> None:
    if row.share == Grant.Share.WHOLE:
        grant(ring.open(row.epoch), recipient, giver=ring.signer, purpose=row.purpose, until=row.until_on)
        return
    secret = ring.open_share(row.epoch, row.share)
    release_share(
        row.epoch, row.share, secret, recipient, giver=ring.signer, purpose=row.purpose, until=row.until_on
    )  # fmt: skip


def _take_new(row: Invitation, person: Person, new: KeyPair) -> None:
    """Password, authenticator and key of the invitation take the place of the old ones; every session ends."""
    device = joining.confirm_device(row)
    for other in devices_for_user(person, confirmed=None):
        if other != device:
            other.delete()
    person.pair, person.password = new, row.password
    person.save(update_fields=["pair", "password"])
    sessions.end_all(person)
    joining.finish(row)


def _lost_shares(person: Person) -> int:
    """A share of the kit that was sealed to the old key and is not on paper yet."""
    return RecoveryShare.objects.filter(custodian=person).exclude(sealed=None).update(sealed=None)
