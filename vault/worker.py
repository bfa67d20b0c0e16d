"""The worker's halves: key pairs whose seeds live on tmpfs only, one an hour, gone with the power.

A half is stated by the delegate of its host: a key from a secret file that the root has stated for this one use. It
opens nothing. An old half stays while a grant to it waits to be used.
"""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from vault.directory import new_pair, state, statement_for
from vault.envelope.seeds import new_seed, public_of
from vault.errors import Unstated
from vault.keyring import Keyring
from vault.models import Grant, KeyPair, today
from vault.recipients import Recipient, stated
from vault.signers import Signer

FRESH = 55 * 60  # seconds; the hourly timer replaces what is older
KEPT_DAYS = 8  # a request that nobody decided in this time must be handed over again


def ensure() -> Keyring:
    """Return the newest half, making one when there is none younger than an hour.

    Raises Unstated while no root has stated this host's delegate.
    """
    path = _newest()
    if path is not None and time.time() - path.stat().st_mtime < FRESH:
        return _keyring(path)
    return _make()


def turn() -> int:
    """Make a new half when the newest is an hour old and destroy the ones nobody needs; returns how many those were."""
    ensure()
    idle = [path for path in _paths() if path != _newest() and not _is_needed(path)]
    for path in idle:
        path.write_bytes(bytes(32))
        path.unlink()
    return len(idle)


def keyrings() -> list[Keyring]:
    """The keyrings of all halves on this host, newest first."""
    return [_keyring(path) for path in reversed(_paths())]


def current() -> Recipient:
    """The half that something for the worker is sealed to now. Raises Unstated when no worker is admitted."""
    for pair in KeyPair.objects.filter(use=KeyPair.Use.WORKER, retired_on=None):
        try:
            return stated(pair, {KeyPair.Use.WORKER})
        except Unstated:
            continue
    raise Unstated("no worker is admitted")


def delegate(seed: bytes) -> Signer:
    """The signer of this host's halves, from the seed in its secret file."""
    return Signer(new_pair(seed, KeyPair.Use.DELEGATE), seed)


def _make() -> Keyring:
    if settings.WORKER_DELEGATE is None:
        raise Unstated("this host has no worker_delegate secret")
    signer = delegate(settings.WORKER_DELEGATE)
    statement_for(signer.pair, {KeyPair.Use.DELEGATE})
    seed = new_seed()
    _write(seed)
    pair = new_pair(seed, KeyPair.Use.WORKER)
    _retire_former(signer, pair)
    until = today() + timedelta(days=KEPT_DAYS)
    state(pair=pair, holder=None, use=KeyPair.Use.WORKER, role="", from_on=today(), until_on=until, signer=signer)
    return Keyring(seed, pair)


def _write(seed: bytes) -> None:
    path = _folder() / f"{time.time_ns():020d}-{public_of(seed).fingerprint.hex()[:16]}"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        target.write(seed)


def _retire_former(signer: Signer, newest: KeyPair) -> None:
    """From now on nothing new is sealed to this host's earlier halves, whether their seeds still exist or not."""
    former = KeyPair.objects.filter(use=KeyPair.Use.WORKER, retired_on=None, statements__signer=signer.pair)
    KeyPair.objects.filter(id__in=[pair.id for pair in former if pair.id != newest.id]).update(retired_on=today())


def _is_needed(path: Path) -> bool:
    """Does a grant wait for this half? Finished jobs delete theirs."""
    pair = _keyring(path).pair
    return Grant.objects.filter(recipient=pair, made_on__gte=today() - timedelta(days=KEPT_DAYS)).exists()


def _keyring(path: Path) -> Keyring:
    seed = path.read_bytes()
    return Keyring(seed, new_pair(seed, KeyPair.Use.WORKER))


def _folder() -> Path:
    folder = Path(settings.TMPFS_DIR) / "worker"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _paths() -> list[Path]:
    return sorted(_folder().iterdir())


def _newest() -> Path | None:
    paths = _paths()
    return paths[-1] if paths else None
