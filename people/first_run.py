"""The first run: one address, once, at which the first lead makes the organisation in a browser.

`manage.py first_run` writes a file in the state folder that names the address by its hash. Nobody who can write to the
database alone can open a first run, and there is none once a root exists.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from people.models import Person, SealedTOTPDevice
from people.organisation import (
    AlreadyFounded,
    NewPerson,
    founding,
    make_keys,
    make_person,
    new_root,
    state_delegate,
    write_fingerprint,
)
from vault import audit, worker
from vault.directory import known_root
from vault.models import KeyPair

HOURS = 24
TOKEN_BYTES = 32
FILE = "first_run"


@dataclass(frozen=True, slots=True)
class Begun:
    """The organisation as the first lead has made it."""

    person: Person
    root_fingerprint: bytes
    is_written: bool  # False: the environment must carry the fingerprint, because the secrets folder is read-only


def issue() -> str:
    """Make the address of the first run and return its token, which is kept nowhere. Raises AlreadyFounded.

    Run on the worker's host it also names the worker's delegate, so that the root will admit that host: the web server
    need not have the delegate's secret.
    """
    _require_nothing()
    token = token_urlsafe(TOKEN_BYTES)
    seed = settings.WORKER_DELEGATE
    delegate = bytes(worker.delegate(seed).pair.fingerprint).hex() if seed is not None else None
    until = (timezone.now() + timedelta(hours=HOURS)).isoformat()
    _write(_path(), json.dumps({"token": _hash(token), "until": until, "delegate": delegate}))
    return token


def is_open(token: str) -> bool:
    """Does this token open the first run now?"""
    return _opens(_read(_path()), token)


def begin(*, token: str, lead: NewPerson, password: str, secret: bytes) -> Begun:
    """Make root, keys and the first lead. Raises AlreadyFounded, also when the token is used, old or wrong.

    The token is taken before anything is made, so that of two who press at once one finds nothing; after a failure it
    is given back.
    """
    with Claim(token) as found, founding():
        person, fingerprint = _make(lead, password, secret, found)
    return Begun(person, fingerprint, write_fingerprint(fingerprint))


@transaction.atomic
def _make(lead: NewPerson, password: str, secret: bytes, found: dict[str, Any]) -> tuple[Person, bytes]:
    """The caseworkers' key waits for the first caseworker: this lead must not hold it, and a key whose seed nobody
    holds would be lost for good."""
    root = new_root()
    person = make_person(lead, password, secret, root=root)
    SealedTOTPDevice.objects.filter(user=person).update(name="Authenticator app")
    make_keys(root)
    state_delegate(root, bytes.fromhex(found["delegate"]) if found.get("delegate") else None)
    audit.record("organisation.founded", "keypair", root.pair.id, by=None)
    return person, bytes(root.pair.fingerprint)


class Claim:
    """Takes the file of the first run away for the length of a block; a block that fails gives it back."""

    def __init__(self, token: str) -> None:
        self._token, self._aside = token, _path().with_suffix(".taken")

    def __enter__(self) -> dict[str, Any]:
        try:
            os.rename(_path(), self._aside)  # of two requests one succeeds
        except OSError as error:
            raise AlreadyFounded("the first run is over") from error
        found = _read(self._aside)
        if not _opens(found, self._token):
            os.rename(self._aside, _path())
            raise AlreadyFounded("the first run is over")
        return found

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._aside.unlink()
        else:
            os.rename(self._aside, _path())


def _opens(found: dict[str, Any], token: str) -> bool:
    is_right = compare_digest(str(found.get("token", "")), _hash(token))
    return is_right and timezone.now() < datetime.fromisoformat(found["until"]) and not _is_founded()


def _require_nothing() -> None:
    if _is_founded():
        raise AlreadyFounded("this portal has a root")


def _is_founded() -> bool:
    return known_root() is not None or KeyPair.objects.filter(use=KeyPair.Use.ROOT).exists()


def _read(path: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return found
    return {}


def _write(path: Path, text: str) -> None:
    """Write a file of ours at once, so that no reader meets half of it; a newer address ends an older one."""
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    os.rename(unfinished, path)


def _path() -> Path:
    return Path(settings.STATE_DIR) / FILE


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
