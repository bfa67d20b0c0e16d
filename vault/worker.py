"""The worker's halves: key pairs whose seeds live on tmpfs only, one an hour, gone with the power.

A half is stated by the delegate of its host: a key from a secret file that the root has stated for this one use. It
opens nothing. An old half stays while a grant to it waits to be used.
"""

from __future__ import annotations

import os
import re
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

NAME = re.compile("[0-9]{20}-[0-9a-f]{16}")
FRESH = 55 * 60  # seconds; the hourly timer replaces what is older
KEPT_DAYS = 8  # a request that nobody decided in this time must be handed over again


def ensure() -> Keyring:
    """Return the newest half, making one when there is none younger than an hour that the directory names.

    Raises Unstated while no root has stated this host's delegate.
    """
    path = _newest()
    if path is not None and time.time() - path.stat().st_mtime < FRESH:
        ring = _keyring(path)
        if _is_stated(ring.pair):
            return ring
    return _make()


def turn() -> int:
    """Make a new half when the newest is an hour old and destroy the ones nobody needs; returns how many those were."""
    ensure()
    idle = [path for path in _paths() if path != _newest() and not _is_needed(path)]
    for path in idle:
        _destroy(path)
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
    """Write a seed under its name at once, so that a reader never meets half of it."""
    name = f"{time.time_ns():020d}-{public_of(seed).fingerprint.hex()[:16]}"
    unfinished = _folder() / f".{name}"
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        target.write(seed)
    unfinished.rename(_folder() / name)


def _destroy(path: Path) -> None:
    """Overwrite a seed where it lies, then forget the file."""
    with path.open("r+b") as target:
        target.write(bytes(path.stat().st_size))
    path.unlink()


def _is_stated(pair: KeyPair) -> bool:
    try:
        statement_for(pair, {KeyPair.Use.WORKER})
    except Unstated:
        return False
    return True


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
    return sorted(path for path in _folder().iterdir() if NAME.fullmatch(path.name))


def _newest() -> Path | None:
    paths = _paths()
    return paths[-1] if paths else None
