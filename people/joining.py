"""Coming in: a one-time link, own keys in one request, and a lead who hears six words before anything is sealed."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from people import keys, opening, spoken
from people.alarms import raise_alarm
from people.errors import Refused, WrongWords
from people.handing import hand_on
from people.intake_staff import state_intake
from people.models import Invitation, Person, Role, SealedTOTPDevice
from people.passwords import normalised
from people.permissions import Permission, may
from vault import audit
from vault.directory import new_pair, state
from vault.envelope.seeds import new_seed
from vault.errors import Unstated
from vault.keyring import Keyring
from vault.models import KeyPair, today

HOURS = 72  # that a link lives
TOKEN_BYTES = 32
ALARM = "spoken_code"
Kind, State = Invitation.Kind, Invitation.State
OPEN = (State.SENT, State.JOINED)


@transaction.atomic
def invite(*, login: str, name: str, role: str, team: str, by: Person) -> tuple[Invitation, str]:
    """Invite somebody and return the invitation with the token of its link, which is kept nowhere.

    Raises Refused ("login_taken" or why this person may not).
    """
    require(by, Permission.INVITE)
    login = login.strip().lower()
    if Person.objects.filter(login=login).exists() or current().filter(login=login).exists():
        raise Refused("login_taken")
    made = new_link(kind=Kind.NEW, login=login, name=name, role=role, team=team, by=by)
    audit.record("person.invited", "invitation", made[0].id, by=by.id, detail={"role": role})
    return made


def new_link(*, by: Person, **fields: Any) -> tuple[Invitation, str]:
    """Save an invitation and return it with its token."""
    token = token_urlsafe(TOKEN_BYTES)
    expires = timezone.now() + timedelta(hours=HOURS)
    row = Invitation.objects.create(token_hash=_hash(token), made_by=by, expires_at=expires, **fields)
    return row, token


def current() -> QuerySet[Invitation]:
    """Invitations that may still lead to something: the link lives, or its keys wait for a lead."""
    is_alive = Q(state=State.SENT, expires_at__gt=timezone.now())
    return Invitation.objects.filter(is_alive | Q(state=State.JOINED)).order_by("made_at")


def waiting(person: Person) -> int:
    """How many people wait for this lead's ear; 0 for whoever does not admit."""
    return Invitation.objects.filter(state=State.JOINED).count() if may(person, Permission.ADMIT) else 0


def find(token: str) -> Invitation | None:
    """The invitation of a link that still works. A wrong, a used and an old one are all None."""
    found = Invitation.objects.select_related("person", "made_by")
    return found.filter(token_hash=_hash(token), state=State.SENT, expires_at__gt=timezone.now()).first()


@transaction.atomic
def join(*, token: str, password: str, secret: bytes) -> Invitation:
    """Make the keys of whoever holds the link; nothing is sealed to them before a lead has heard their words.

    secret: of the authenticator, 20 bytes, proved by a code. Raises Refused("link") when the link is gone by now.
    """
    asked = find(token)
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("person")
    found = rows.filter(id=asked.id, state=State.SENT).first() if asked else None
    if found is None:
        raise Refused("link")
    seed = new_seed()
    found.pair = new_pair(seed, KeyPair.Use.PERSON)
    found.pair.password_seed = keys.seal_seed(seed, found.pair, password)
    found.pair.save(update_fields=["password_seed"])
    found.password = make_password(normalised(password))
    found.person = found.person or _new_person(found, found.pair)
    SealedTOTPDevice.objects.create(
        user=found.person, name=device_name(found), confirmed=False,
        sealed=keys.seal_totp(seed, secret, found.person.id),
    )  # fmt: skip
    found.state = State.JOINED
    found.save()
    audit.record("person.joined", "person", found.person.id, by=found.person.id, detail={"kind": found.kind})
    return found


def admit(
    *, invitation: Invitation, by: Person, ring: Keyring, typed: str, role: str, is_intake: bool = False
) -> Person:
    """Admit a new person: the root states the key in the role, and the keys of that role are granted.

    typed: the six words as heard. role: what the lead says it is; the row of the invitation must agree. is_intake: a
    caseworker who reads new accounts that nobody has accepted yet.
    Raises Refused, WrongWords (recorded, and an alarm), spoken.NotWords, vault.errors.NoGrant without the root.
    """
    require(by, Permission.ADMIT)
    hear(invitation, by, typed)
    with transaction.atomic():
        row = joined(invitation.id, {Kind.NEW})
        person, pair = made(row)
        if not role == row.role == person.role:
            raise Refused("another_role")
        root = ring.team(KeyPair.Use.ROOT).signer
        state(pair=pair, holder=person.id, use=pair.use, role=role, from_on=today(), until_on=None, signer=root)
        person.is_active, person.password, person.added_on = True, row.password, today()
        person.save(update_fields=["is_active", "password", "added_on"])
        if is_intake and role == Role.CASEWORKER:
            state_intake(person, root)
        confirm_device(row)
        finish(row)
        hand_on(ring)
        audit.record("person.admitted", "person", person.id, by=by.id, detail={"role": role})
        opening.check()
    return person


def hear(invitation: Invitation, by: Person, typed: str) -> None:
    """Compare what was heard with the key that is in the database. A wrong answer is recorded and an alarm.

    Raises WrongWords, spoken.NotWords. It is not part of a transaction: what is recorded stays.
    """
    row = Invitation.objects.select_related("pair", "person").filter(id=invitation.id, state=State.JOINED).first()
    if row is None:
        raise Refused("not_joined")
    person, pair = made(row)
    if not _fits(pair, typed):
        audit.record("person.not_recognised", "person", person.id, by=by.id)
        raise_alarm(ALARM, "person", person.id, by=by.id)
        raise WrongWords


@transaction.atomic
def withdraw(*, invitation: Invitation, by: Person) -> None:
    """End an invitation; keys that were made with it go, and so does a person who was never admitted."""
    require(by, Permission.INVITE)
    row = Invitation.objects.select_for_update().get(id=invitation.id)
    if row.state not in OPEN or (row.kind != Kind.NEW and not may(by, Permission.ADMIT)):
        raise Refused("not_open")
    discard(row)
    audit.record("person.invitation_ended", "invitation", row.id, by=by.id)


def discard(row: Invitation) -> None:
    """End an open invitation and drop what was made with it."""
    person, pair = row.person, row.pair
    SealedTOTPDevice.objects.filter(name=device_name(row), confirmed=False).delete()
    row.pair, row.password = None, ""
    if row.kind == Kind.NEW:
        row.person = None
    row.state = State.ENDED
    row.save()
    if row.kind == Kind.NEW and person is not None:
        person.delete()
    if pair is not None:
        pair.delete()


def joined(invitation: UUID, kinds: set[str]) -> Invitation:
    """The locked row of an invitation whose keys wait. Raises Refused when it is another, or says something else."""
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("person__pair", "pair")
    row = rows.filter(id=invitation, state=State.JOINED, kind__in=kinds).first()
    if row is None:
        raise Refused("not_joined")
    person, pair = made(row)
    if row.kind == Kind.NEW and person.pair_id != pair.id:
        raise Refused("changed")
    return row


def finish(row: Invitation) -> None:
    """Mark an invitation as used up; the hash of the password stands with the person now."""
    row.state, row.password = State.ADMITTED, ""
    row.save(update_fields=["state", "password"])


def confirm_device(row: Invitation) -> SealedTOTPDevice:
    """Let the authenticator that was set up with an invitation count."""
    device: SealedTOTPDevice = SealedTOTPDevice.objects.get(user=row.person, name=device_name(row))
    device.name, device.confirmed = "code", True
    device.save()
    return device


def device_name(row: Invitation) -> str:
    """How the authenticator of an invitation is called until it counts."""
    return f"new {row.id.hex}"


def require(by: Person, permission: Permission) -> None:
    """Raise Refused with the reason unless this person may."""
    decision = may(by, permission)
    if not decision.ok:
        raise Refused(decision.reason)


def made(row: Invitation) -> tuple[Person, KeyPair]:
    """Whoever joined, and the key. Raises Refused when the row lacks one of them, whatever its state says."""
    if row.person is None or row.pair is None:
        raise Refused("not_joined")
    return row.person, row.pair


def _fits(pair: KeyPair, typed: str) -> bool:
    """Are these the words of the key? Of one whose halves were changed they are not."""
    try:
        return spoken.matches(pair, typed)
    except Unstated:
        return False


def _new_person(found: Invitation, pair: KeyPair) -> Person:
    if Person.objects.filter(login=found.login).exists():
        raise Refused("link")
    return Person.objects.create(
        login=found.login, password=found.password, name=found.name, role=found.role, team=found.team, pair=pair,
        is_active=False,
    )  # fmt: skip


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
