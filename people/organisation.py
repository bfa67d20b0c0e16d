"""Founding an organisation: its root, its keys, its first people, and the paper for the custodians.

It is done once, in one transaction. Every seed exists in memory for the length of this call; afterwards a person's
seed lies under the password, an organisation key's under grants to its holders, and the recovery seed nowhere.
"""

from __future__ import annotations

import os
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from secrets import token_bytes
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.db import transaction
from shamir_mnemonic import generate_mnemonics

from people import keys
from people.models import Person, Role, SealedTOTPDevice
from people.passwords import new_password
from vault import audit, worker
from vault.compartments import create
from vault.directory import new_pair, state
from vault.envelope.seeds import new_seed
from vault.keyring import KEY_KIND
from vault.models import KeyPair, today
from vault.places import Place
from vault.recipients import stated
from vault.signers import Signer

CUSTODIANS, NEEDED = 3, 2  # recovery shares on paper, and how many of them open
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
    founded = _found(people, demo=demo)
    return replace(founded, is_written=_write_fingerprint(founded.root_fingerprint))


@transaction.atomic
def _found(people: list[NewPerson], *, demo: bool) -> Founded:
    if not any(person.role == Role.LEAD for person in people):
        raise ValueError("an organisation needs a lead: nobody else would hold its root")
    root = _new_root()
    admitted = [admit(person, root=root, demo=demo) for person in people]
    _make_organisation_keys([one.person for one in admitted], root)
    shares = _make_recovery(root)
    _state_delegate(root)
    audit.record("organisation.founded", "keypair", root.pair.id, by=None)
    fingerprint = bytes(root.pair.fingerprint)
    return Founded(admitted, shares, fingerprint, is_written=False)


def admit(new: NewPerson, *, root: Signer, demo: bool) -> Credentials:
    """Make a person with a key pair that the root states, a generated password and a second factor."""
    password, seed, totp = new_password(), new_seed(), token_bytes(TOTP_BYTES)
    pair = new_pair(seed, KeyPair.Use.PERSON)
    pair.password_seed = keys.seal_seed(seed, pair, password)
    pair.save(update_fields=["password_seed"])
    person = Person.objects.create_person(
        login=new.login, password=password, name=new.name, role=new.role, team=new.team, pair=pair, is_demo=demo
    )
    SealedTOTPDevice.objects.create(user=person, name="code", sealed=keys.seal_totp(seed, totp, person.id))
    _state(pair, root, holder=person.id, role=person.role)
    audit.record("person.admitted", "person", person.id, by=None, detail={"role": person.role})
    return Credentials(person, password, totp)


def _make_organisation_keys(people: list[Person], root: Signer) -> None:
    """The root and the leads' key go to leads, the caseworkers' key to caseworkers, the intake key to both."""
    leads = [person.pair for person in people if person.role == Role.LEAD]
    caseworkers = [person.pair for person in people if person.role == Role.CASEWORKER]
    _share_out(root, leads, root)
    for use, holders in (
        (KeyPair.Use.LEADS, leads),
        (KeyPair.Use.CASEWORKERS, caseworkers),
        (KeyPair.Use.INTAKE, leads + caseworkers),
    ):
        key = _new_signer(use)
        _state(key.pair, root)
        _share_out(key, holders, root)


def _share_out(key: Signer, holders: Iterable[KeyPair], root: Signer) -> None:
    """Seal an organisation key's seed in a compartment of its own and grant that to its holders."""
    recipients = [stated(pair, {KeyPair.Use.PERSON}) for pair in holders]
    opened = create(kind=KEY_KIND, owner=key.pair.id, recipients=recipients, giver=root, purpose="organisation_key")
    opened.seal(Place("keypair", "seed", key.pair.id), key.seed, root)


def _make_recovery(root: Signer) -> list[str]:
    """Publish the recovery key and return its seed as SLIP-39 shares; the seed itself ends with this call."""
    key = _new_signer(KeyPair.Use.RECOVERY)
    _state(key.pair, root)
    return list(generate_mnemonics(1, [(NEEDED, CUSTODIANS)], key.seed)[0])


def _state_delegate(root: Signer) -> None:
    """State this host's worker delegate, when the host has one."""
    if settings.WORKER_DELEGATE is not None:
        _state(worker.delegate(settings.WORKER_DELEGATE).pair, root)


def _new_root() -> Signer:
    """Make the root and trust it in this process, because the settings were read before it existed."""
    if KeyPair.objects.filter(use=KeyPair.Use.ROOT).exists():
        raise AlreadyFounded("this database has a root")
    if settings.ROOT_FINGERPRINT is not None:
        raise AlreadyFounded("the settings name a root that is not in this database")
    root = _new_signer(KeyPair.Use.ROOT)
    settings.ROOT_FINGERPRINT = bytes(root.pair.fingerprint)
    return root


def _write_fingerprint(fingerprint: bytes) -> bool:
    """Keep the fingerprint beside the secrets, outside the database that it protects; never over another one."""
    try:
        descriptor = os.open(settings.SECRETS_DIR / "root_fingerprint", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError:
        return False
    with os.fdopen(descriptor, "w") as file:
        file.write(fingerprint.hex() + "\n")
    return True


def _new_signer(use: str) -> Signer:
    seed = new_seed()
    return Signer(new_pair(seed, use), seed)


def _state(pair: KeyPair, root: Signer, *, holder: UUID | None = None, role: str = "") -> None:
    state(pair=pair, holder=holder, use=pair.use, role=role, from_on=today(), until_on=None, signer=root)
