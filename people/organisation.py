"""Founding an organisation: its root, its keys, its first people, and the paper for the custodians.

It is done once, in one transaction. Every seed exists in memory for the length of this call; afterwards a person's
seed lies under the password, an organisation key's under grants to its holders, and the recovery seed nowhere.
The first run in a browser (people.first_run) is made of the same parts.
"""

from __future__ import annotations

import os
from base64 import b32encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from secrets import token_bytes
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.db import transaction

from people import keys, opening, recovery
from people.handing import make_key, share_out
from people.intake_staff import state_intake
from people.models import Person, RecoveryShare, Role, SealedTOTPDevice
from people.passwords import new_password
from vault import audit, worker
from vault.directory import ROOT_FILE, known_root, new_pair, state
from vault.envelope.seeds import new_seed
from vault.models import KeyPair, today
from vault.signers import Signer

CUSTODIANS, NEEDED = 3, 2  # recovery shares that the command prints, and how many of them open
TOTP_BYTES = 20


class AlreadyFounded(Exception):
    """This deployment has a root already; a second one would not be trusted by anything that exists."""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to admit."""

    login: str
    name: str
    role: Role
    team: str = ""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What one person gets on paper, once."""

    person: Person
    password: str = field(repr=False)
    totp: bytes = field(repr=False)

    @property
    def secret(self) -> str:
        """The secret of the second factor as authenticator apps want it: 32 letters."""
        return b32encode(self.totp).decode("ascii")

    @property
    def uri(self) -> str:
        """The otpauth address that apps read as a QR code."""
        return f"otpauth://totp/Workspace:{quote(self.person.login)}?secret={self.secret}&issuer=Workspace"


@dataclass(frozen=True, slots=True)
class Founded:
    """The result of the ceremony. Nothing in it is kept on the server but the fingerprint."""

    people: list[Credentials]
    recovery_shares: list[str] = field(repr=False)
    root_fingerprint: bytes
    is_written: bool  # False: the secrets folder cannot be written, so the environment must carry the fingerprint


def found(people: list[NewPerson], *, demo: bool) -> Founded:
    """Make root, organisation keys, people and recovery shares. Raises AlreadyFounded, or ValueError without a lead.

    The fingerprint is written beside the secrets only after everything is committed: a founding that failed leaves
    nothing that would stop the next.
    """
    with founding():
        founded = _found(people, demo=demo)
    return replace(founded, is_written=write_fingerprint(founded.root_fingerprint))


@contextmanager
def founding() -> Iterator[None]:
    """Trust the root that is made inside, in this process; when it fails, know none again, as before."""
    try:
        yield
    except AlreadyFounded:
        raise
    except BaseException:
        settings.ROOT_FINGERPRINT = None
        raise


@transaction.atomic
def _found(people: list[NewPerson], *, demo: bool) -> Founded:
    if not any(person.role == Role.LEAD for person in people):
        raise ValueError("an organisation needs a lead: nobody else would hold its root")
    root = new_root()
    admitted = [admit(person, root=root, demo=demo) for person in people]
    shares = _print_kit([one.person for one in admitted], root)
    make_keys(root)
    state_delegate(root)
    audit.record("organisation.founded", "keypair", root.pair.id, by=None)
    opening.check()
    return Founded(admitted, shares, bytes(root.pair.fingerprint), is_written=False)


def admit(new: NewPerson, *, root: Signer, demo: bool) -> Credentials:
    """Make a person with a key pair that the root states, a generated password and a second factor."""
    made = Credentials(Person(), new_password(), token_bytes(TOTP_BYTES))
    return replace(made, person=make_person(new, made.password, made.totp, root=root, demo=demo))


def make_person(new: NewPerson, password: str, totp: bytes, *, root: Signer, demo: bool = False) -> Person:
    """Make a person with a key pair under this password, which the root states, and an authenticator (20 bytes)."""
    seed = new_seed()
    pair = new_pair(seed, KeyPair.Use.PERSON)
    pair.password_seed = keys.seal_seed(seed, pair, password)
    pair.save(update_fields=["password_seed"])
    person = Person.objects.create_person(
        login=new.login, password=password, name=new.name, role=new.role, team=new.team, pair=pair, is_demo=demo
    )
    SealedTOTPDevice.objects.create(user=person, name="code", sealed=keys.seal_totp(seed, totp, person.id))
    _state(pair, root, holder=person.id, role=person.role)
    if person.role == Role.CASEWORKER:
        state_intake(person, root)
    audit.record("person.admitted", "person", person.id, by=None, detail={"role": person.role})
    return person


def make_keys(root: Signer) -> None:
    """The root and the leads' key go to leads, the caseworkers' key to caseworkers, the intake key to both."""
    share_out(root, root)
    for use in (KeyPair.Use.LEADS, KeyPair.Use.CASEWORKERS, KeyPair.Use.INTAKE):
        make_key(use, root)


def state_delegate(root: Signer, known_fingerprint: bytes | None = None) -> None:
    """State this host's worker delegate when the host has one, else the pair with the fingerprint that is known.

    known_fingerprint: from a file of the worker's host, never from the database.
    """
    if settings.WORKER_DELEGATE is not None:
        _state(worker.delegate(settings.WORKER_DELEGATE).pair, root)
    elif known_fingerprint is not None:
        _state(KeyPair.objects.get(use=KeyPair.Use.DELEGATE, fingerprint=known_fingerprint), root)


def new_root() -> Signer:
    """Make the root and trust it in this process, because the settings were read before it existed."""
    if KeyPair.objects.filter(use=KeyPair.Use.ROOT).exists():
        raise AlreadyFounded("this database has a root")
    if known_root() is not None:
        raise AlreadyFounded("the settings name a root that is not in this database")
    seed = new_seed()
    root = Signer(new_pair(seed, KeyPair.Use.ROOT), seed)
    settings.ROOT_FINGERPRINT = bytes(root.pair.fingerprint)
    return root


def write_fingerprint(fingerprint: bytes) -> bool:
    """Keep the fingerprint beside the secrets, outside the database that it protects; never over another one."""
    try:
        descriptor = os.open(settings.SECRETS_DIR / ROOT_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError:
        return False
    with os.fdopen(descriptor, "w") as file:
        file.write(fingerprint.hex() + "\n")
    return True


def _print_kit(people: list[Person], root: Signer) -> list[str]:
    """The shares of a kit that the command prints at once; leads come first among the custodians."""
    pair, words = recovery.new_kit(needed=NEEDED, total=CUSTODIANS, root=root)
    custodians = sorted(people, key=lambda person: person.role != Role.LEAD)[:CUSTODIANS]
    RecoveryShare.objects.bulk_create(
        RecoveryShare(pair=pair, custodian=person, number=number, needed=NEEDED, total=CUSTODIANS, printed_on=today())
        for number, person in enumerate(custodians, 1)
    )
    return words


def _state(pair: KeyPair, root: Signer, *, holder: UUID | None = None, role: str = "") -> None:
    state(pair=pair, holder=holder, use=pair.use, role=role, from_on=today(), until_on=None, signer=root)
