"""Password, then code, then an unlocked seed; and back again: lock, unlock, sign out."""

from __future__ import annotations

import time

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.middleware.csrf import rotate_token
from django.utils.http import url_has_allowed_host_and_scheme
from django_otp import login as otp_login

from people import keys
from people.models import Attempts, Person, SealedTOTPDevice
from people.passwords import normalised
from people.requests import DeskRequest
from vault import audit
from vault.envelope.errors import WrongKey
from vault.keyring import Keyring

KNOWN_AT = "known_at"  # session: the second of the right password
CODE_SECONDS = 600  # from the password to the code


def check(login: str, password: str) -> tuple[Person, bytes] | None:
    """Return the person and the opened seed, or None. An unknown login costs the same work and a like write."""
    login = login.strip().lower()[:40]
    person = Person.objects.filter(login=login, is_active=True).select_related("pair").first()
    attempts = Attempts.of(login, person)
    is_right = check_password(normalised(password), person.password if person else "")
    if person is None or not is_right or attempts.is_waiting():
        attempts.count()
        return None
    attempts.clear()
    try:
        return person, keys.open_seed(person.pair, password)
    except WrongKey:  # the hash and the sealed seed disagree: somebody put one of them back
        return None


def check_code(person: Person, code: str, seed: bytes) -> SealedTOTPDevice | None:
    """Return the device that accepts the code now. Works on locked rows, so one code passes once."""
    code = "".join(code.split())
    with transaction.atomic():
        device: SealedTOTPDevice
        for device in SealedTOTPDevice.objects.select_for_update().filter(user=person, confirmed=True):
            if device.unlocked_by(seed).verify_token(code):
                return device
    return None


def begin(request: DeskRequest, person: Person, seed: bytes) -> None:
    """Start a session after the right password. It may do nothing but ask for the code."""
    request.session.flush()
    auth.login(request, person)
    request.session.seed = seed
    request.session[KNOWN_AT] = int(time.time())


def finish(request: DeskRequest, person: Person, device: SealedTOTPDevice, seed: bytes, action: str) -> None:
    """Unlock the session after the right code, under a new key. `action`: person.signed_in or person.unlocked."""
    request.session.cycle_key()
    rotate_token(request)
    otp_login(request, device)
    request.session.seed = seed
    request.person, request.keyring = person, Keyring(seed, person.pair)
    audit.record(action, "person", person.id, by=person.id, detail={})


def lock(request: DeskRequest) -> None:
    """Drop the seed and keep the session, so that work goes on at the same place."""
    request.session.seed = None


def sign_out(request: DeskRequest, person: Person | None) -> None:
    """End the session and its row."""
    if person is not None:
        audit.record("person.signed_out", "person", person.id, by=person.id, detail={})
    request.session.flush()


def touch(request: DeskRequest) -> None:
    """Let the session be saved, and with it the time of its last use, at most once a minute."""
    if request.session.idle_seconds >= 60:
        request.session.modified = True


def is_idle(request: DeskRequest) -> bool:
    """Was the session unused for longer than the idle time?"""
    return request.session.idle_seconds > settings.IDLE_SECONDS


def may_enter_code(request: DeskRequest) -> bool:
    """Is the password recent enough for its code?"""
    return time.time() - float(request.session.get(KNOWN_AT, 0)) < CODE_SECONDS


def safe_next(target: str | None) -> str:
    """A path of the desk to return to, or "" if it leads anywhere else."""
    is_local = bool(target) and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return target if target and is_local and target.startswith("/desk/") else ""
