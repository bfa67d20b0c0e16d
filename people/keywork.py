"""What a lead's unlocked session does for the keys of the organisation: the weekly intake key, and what is left over.

Nothing here runs without somebody who is signed in: no machine of ours holds a key that could do it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import DatabaseError, transaction

from people import handing, replacing
from people.alarms import raise_alarm
from people.errors import Refused
from people.models import Person
from people.permissions import Permission, may
from vault import audit, rotation
from vault.directory import known_root, statement_for
from vault.envelope.errors import EnvelopeError
from vault.errors import NoGrant, Unstated, VaultError
from vault.keyring import Keyring
from vault.models import KeyPair, today
from vault.recipients import organisation
from vault.renewal import Trouble
from vault.signers import Signer

Use = KeyPair.Use
ALARM = "keys"
INTAKE_DAYS = 7  # then the intake key is replaced at the next sign-in of a lead
AT_SIGN_IN, AT_PAGE = 1.0, 2.0  # seconds of work


@dataclass(frozen=True, slots=True)
class InUse:
    """A key of the organisation that is in use. since: the day from which the root states it, None if there is none."""

    use: str
    since: date | None


def after_sign_in(person: Person, ring: Keyring) -> None:
    """Replace what is due and work for a second, when the person leads. A failure is an alarm and no end of signing in.

    A deputy holds no root, so a deputy replaces nothing but does work on.
    """
    if not may(person, Permission.WORK_ON_KEYS):
        return
    try:
        if _replace_due(person, ring) or rotation.waiting():
            rotation.step(ring, seconds=AT_SIGN_IN, trouble=_alarms(person))
    except (VaultError, EnvelopeError, DatabaseError):
        raise_alarm(ALARM, "keypair", ring.pair.id, by=person.id)


def work_on(*, by: Person, ring: Keyring) -> int:
    """Do a slice of what is left and return how much was done. Raises Refused, or vault.errors.Unstated."""
    _require(by)
    return rotation.step(ring, seconds=AT_PAGE, trouble=_alarms(by))


@transaction.atomic
def replace_intake(*, by: Person, ring: Keyring) -> None:
    """Make a new intake key for everybody who should hold it; what the old one opens is work that is left.

    Raises Refused, vault.errors.NoGrant without the root.
    """
    _require(by)
    root = ring.team(Use.ROOT).signer
    pair = rotation.replace_team_key(Use.INTAKE, handing.holders(Use.INTAKE), root)
    audit.record("keys.replaced", "keypair", pair.id, by=by.id, detail={"use": Use.INTAKE.value})


def in_use() -> list[InUse]:
    """The keys of the organisation, each with the day from which it is in use."""
    return [InUse(use, _since(use)) for use in (Use.INTAKE, Use.CASEWORKERS, Use.LEADS, Use.RECOVERY)]


def root_fingerprint() -> str:
    """The fingerprint of the root in groups of four, as it stands on the recovery kit; "" before there is a root."""
    digits = (known_root() or b"").hex()
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def count_for(person: Person) -> int:
    """How much is left, for whoever may work on it; 0 for everybody else."""
    return rotation.waiting() if may(person, Permission.WORK_ON_KEYS) else 0


def _replace_due(person: Person, ring: Keyring) -> bool:
    """Replace keys that the clock took back from somebody, and an intake key of a week; was anything replaced?"""
    if _root_on(ring) is None:
        return False
    is_new = bool(replacing.replace_exposed(by=person, ring=ring))
    since = _since(Use.INTAKE)
    if since is None or today() - since < timedelta(days=INTAKE_DAYS):
        return is_new
    replace_intake(by=person, ring=ring)
    return True


def _since(use: str) -> date | None:
    """The signed first day of the key in use; the day in its row could be set back."""
    try:
        return statement_for(organisation(use).pair, {use}).from_on
    except Unstated:
        return None


def _root_on(ring: Keyring) -> Signer | None:
    try:
        return ring.team(Use.ROOT).signer
    except NoGrant:
        return None


def _alarms(person: Person) -> Trouble:
    """Tell the leads once of each row that does not fit; work on the others goes on."""

    def tell(table: str, row: UUID, error: VaultError) -> None:
        raise_alarm(ALARM, table, row, by=person.id)

    return tell


def _require(person: Person) -> None:
    if not may(person, Permission.WORK_ON_KEYS):
        raise Refused("permission")
