"""Second factors of a person: checked, counted, made anew. What changes something records it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from secrets import randbelow

from django.db import transaction
from django_otp.models import Device

from people import keys, passkeys
from people.models import Passkey, Person, RecoveryCode, RecoverySheet, SealedTOTPDevice
from people.requests import DeskRequest
from vault import audit
from vault.models import AuditEvent, today

CODES, DIGITS, GROUP = 10, 25, 5  # recovery codes of a sheet; 25 digits are 83 bits
USED = "person.recovery_code_used"


class LastFactor(Exception):
    """Without it the person could only sign in with a recovery code."""


# What a session may name as the device that was used.
KINDS: dict[str, type[Device]] = {kind.model_label(): kind for kind in (SealedTOTPDevice, Passkey, RecoverySheet)}


@dataclass(frozen=True, slots=True)
class Factors:
    """What a person may sign in with beside the password."""

    authenticators: int
    passkeys: list[Passkey]
    codes_left: int
    codes_made_on: date | None


def of(person: Person) -> Factors:
    """Count the confirmed second factors of a person."""
    sheet = RecoverySheet.objects.filter(user=person).first()
    return Factors(
        SealedTOTPDevice.objects.filter(user=person, confirmed=True).count(),
        list(Passkey.objects.filter(user=person, confirmed=True).order_by("created_at")),
        sheet.codes.count() if sheet else 0,
        sheet.made_on if sheet else None,
    )


def is_own(person: Person, device: str) -> bool:
    """Does the persistent id of a device name a confirmed one of this very person?"""
    label, _, number = device.rpartition("/")
    kind = KINDS.get(label)
    return bool(
        kind and number.isdecimal() and kind.objects.filter(id=int(number), user=person, confirmed=True).exists()
    )


def check_code(person: Person, code: str, seed: bytes) -> Device | None:
    """The device that accepts the code now: six digits of an app, or 25 of the paper. Each code passes once."""
    code = "".join(code.split())
    check = _check_recovery if len(code) == DIGITS else _check_totp
    with transaction.atomic():
        return check(person, code, seed)


def _check_totp(person: Person, code: str, seed: bytes) -> Device | None:
    """Works on locked rows, so that two requests cannot use one code."""
    device: SealedTOTPDevice
    for device in SealedTOTPDevice.objects.select_for_update().filter(user=person, confirmed=True):
        if device.unlocked_by(seed).verify_token(code):
            return device
    return None


def _check_recovery(person: Person, code: str, seed: bytes) -> Device | None:
    """A code that the audit trail calls used does not pass again, even if somebody put its row back."""
    sheet = RecoverySheet.objects.select_for_update().filter(user=person, confirmed=True).first()
    found = next((row for row in sheet.codes.all() if row.fits(seed, person.id, code)), None) if sheet else None
    if found is None or AuditEvent.objects.filter(action=USED, subject=found.id).exists():
        return None
    audit.record(USED, "recoverycode", found.id, by=person.id, detail={})
    found.delete()
    return sheet


@transaction.atomic
def make_recovery_codes(*, person: Person, by: Person, seed: bytes) -> list[str]:
    """Ten new codes, in groups of five digits, to be printed now; those of an earlier paper are gone."""
    sheet, _ = RecoverySheet.objects.update_or_create(
        user=person, defaults={"name": "recovery codes", "confirmed": True, "made_on": today()}
    )
    sheet.codes.all().delete()
    codes = [f"{randbelow(10**DIGITS):0{DIGITS}d}" for _ in range(CODES)]
    for code in codes:
        row = RecoveryCode(sheet=sheet)
        row.tag = keys.recovery_tag(seed, person.id, row.id, code)
        row.save()
    audit.record("person.recovery_codes_made", "person", person.id, by=by.id, detail={"codes": CODES})
    return [" ".join(code[place : place + GROUP] for place in range(0, DIGITS, GROUP)) for code in codes]


@transaction.atomic
def change_authenticator(*, person: Person, by: Person, seed: bytes, secret: bytes) -> SealedTOTPDevice:
    """Let a new app count, whose secret (20 bytes) was proved by a code; the app before it ends."""
    SealedTOTPDevice.objects.filter(user=person, confirmed=True).delete()
    sealed = keys.seal_totp(seed, secret, person.id)
    device: SealedTOTPDevice = SealedTOTPDevice.objects.create(
        user=person, name="code", sealed=sealed, last_t=int(time.time()) // SealedTOTPDevice.STEP
    )
    audit.record("person.authenticator_changed", "person", person.id, by=by.id, detail={})
    return device


def add_passkey(*, request: DeskRequest, person: Person, answer: str, seed: bytes, name: str) -> Passkey | None:
    """Keep the passkey that the browser made, under a name. None when its answer does not fit the offer."""
    with transaction.atomic():
        passkey = passkeys.make(request, person, answer, seed, name)
        if passkey is not None:
            audit.record("person.passkey_added", "person", person.id, by=person.id, detail={})
    return passkey


@transaction.atomic
def remove_passkey(*, passkey: Passkey, by: Person) -> None:
    """Remove a passkey. Raises LastFactor when nothing but recovery codes would be left."""
    person = Person.objects.select_for_update().get(id=passkey.user_id)
    left = of(person)
    if not left.authenticators and len(left.passkeys) <= 1:
        raise LastFactor(str(passkey.id))
    passkey.delete()
    audit.record("person.passkey_removed", "person", person.id, by=by.id, detail={})
