"""Password, then code, then an unlocked seed; and back again: lock, unlock, sign out."""

from __future__ import annotations

import time
from collections.abc import Mapping

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.hashers import check_password
from django.middleware.csrf import rotate_token
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme
from django_otp import login as otp_login
from django_otp.models import Device

from people import costs, countersigned, factors, keys, keywork, lockout, passkeys
from people.handing import settle
from people.models import Person
from people.passwords import normalised
from people.requests import DeskRequest
from vault import audit
from vault.envelope.errors import WrongKey
from vault.keyring import Keyring

KNOWN_AT = "known_at"  # session: the second of the right password
CODE_SECONDS = 600  # from the password to the code
FRESH_AT = "passkey_at"  # session: the second of the last passkey that was asked for again


def check(login: str, password: str) -> tuple[Person, bytes] | None:
    """Return the person and the opened seed, or None. An unknown login costs the same work and the same writes."""
    login = login.strip().lower()[:40]
    person = Person.objects.filter(login=login, is_active=True).select_related("pair").first()
    was_locked = lockout.is_locked(login)
    decoy = _decoy(login)
    is_right = check_password(normalised(password), person.password if person else decoy)
    if person is None or not is_right or was_locked:
        lockout.count(login, was_locked=was_locked)
        return None
    lockout.forget(login)
    return _opened(person, password)


def _decoy(login: str) -> str:
    """The hash that an unknown login is tried against: always the same person's, so that while costs are being raised
    the unknown take as long as the known do. A name is looked up in the same way whether it is known or not.
    """
    hashes = Person.objects.order_by("id").values_list("password", flat=True)
    place = salted_hmac("people.decoy", login, algorithm="sha256").digest()
    return hashes[int.from_bytes(place[:8], "big") % len(hashes)] if hashes else ""


def _opened(person: Person, password: str) -> tuple[Person, bytes] | None:
    try:
        seed = keys.open_seed(person.pair, password)
    except WrongKey:  # the hash and the sealed seed disagree: somebody put one of them back
        return None
    if costs.is_outdated(person):
        costs.renew(person, seed, password)
    return person, seed


def check_factor(request: DeskRequest, person: Person, given: Mapping[str, str], seed: bytes) -> Device | None:
    """The device that a form's `passkey` or `code` proves now, or None. A passkey's answer is looked at first."""
    if answer := given.get("passkey", ""):
        return passkeys.check(request, person, answer, seed)
    return factors.check_code(person, given.get("code", ""), seed)


def begin(request: DeskRequest, person: Person, seed: bytes) -> None:
    """Start a session after the right password. It may do nothing but ask for the code."""
    request.session.flush()
    auth.login(request, person)
    request.session.belongs_to(person.id)
    request.session.seed = seed
    request.session[KNOWN_AT] = int(time.time())


def finish(request: DeskRequest, person: Person, device: Device, seed: bytes, action: str) -> None:
    """Unlock the session after the right code, under a new key. `action`: person.signed_in or person.unlocked."""
    renew_session(request, person, seed)
    otp_login(request, device)
    request.person, request.keyring = person, Keyring(seed, person.pair)
    audit.record(action, "person", person.id, by=person.id, detail={})
    countersigned.at_sign_in(person, request.keyring)
    settle(request.keyring, person.id)
    keywork.after_sign_in(person, request.keyring)


def renew_session(request: DeskRequest, person: Person, seed: bytes) -> None:
    """Go on under a new key, a new form token and the person's hash of today: unlocking may have raised its costs."""
    request.session.cycle_key()
    rotate_token(request)
    request.session[auth.HASH_SESSION_KEY] = person.get_session_auth_hash()
    request.session.seed = seed


def lock(request: DeskRequest) -> None:
    """Drop the seed and keep the session, so that work goes on at the same place."""
    request.session.pop(FRESH_AT, None)
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
