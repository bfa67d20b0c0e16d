"""The worker's halves: on tmpfs only, one an hour, kept while a grant waits, gone with the power."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from portal.environment import filesystem_of
from tests.factories.cast import Cast
from tests.factories.intruder import Intruder, overwrite
from vault import compartments, tasks, worker
from vault.errors import NoGrant, Unstated
from vault.keyring import Keyring
from vault.models import Grant, KeyPair, Statement, today
from vault.opened import Opened
from vault.recipients import stated


@pytest.fixture
def memory(cast: Cast, settings: Any) -> Iterator[Path]:
    """A tmpfs folder of this test's own."""
    settings.TMPFS_DIR = Path(mkdtemp(prefix="portal-test-", dir="/dev/shm"))
    yield settings.TMPFS_DIR
    shutil.rmtree(settings.TMPFS_DIR)


def seeds(memory: Path) -> list[Path]:
    return sorted((memory / "worker").iterdir())


def an_hour_later(memory: Path) -> None:
    """Every half is an hour older than it was."""
    for path in seeds(memory):
        os.utime(path, (path.stat().st_mtime - 3600,) * 2)


def given(cast: Cast, half: Keyring) -> Opened:
    """Something that waits for a half."""
    return compartments.create(
        kind="box", owner=uuid4(), recipients=[stated(half.pair)], giver=cast.ben.ring.signer, purpose="test"
    )


def test_the_seed_lies_on_tmpfs_for_its_owner_only_and_in_no_table(memory: Path) -> None:
    half = worker.ensure()
    (path,) = seeds(memory)
    assert filesystem_of(path) == "tmpfs"
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert path.read_bytes() == half.signer.seed
    assert half.pair.password_seed is None


def test_within_the_hour_the_half_stays(memory: Path) -> None:
    first = worker.ensure()
    assert (worker.ensure().pair, worker.turn(), worker.current().pair) == (first.pair, 0, first.pair)
    assert len(seeds(memory)) == 1


def test_each_hour_a_new_half_is_made_and_the_old_one_destroyed(memory: Path) -> None:
    former = []
    for _ in range(3):
        half = worker.ensure()
        assert half.pair.id not in former
        assert worker.current().pair == half.pair
        former.append(half.pair.id)
        an_hour_later(memory)
        assert worker.turn() == 1
    assert len(seeds(memory)) == 1
    assert KeyPair.objects.filter(use="worker", retired_on=None).count() == 1


def test_a_destroyed_seed_is_overwritten_first(memory: Path) -> None:
    seed = worker.ensure().signer.seed
    (path,) = seeds(memory)
    an_hour_later(memory)
    with path.open("rb") as held:
        worker.turn()
        assert not path.exists()
        assert held.read() == bytes(len(seed))


def test_an_old_half_stays_while_a_grant_waits_for_it(cast: Cast, memory: Path) -> None:
    old = worker.ensure()
    waiting = given(cast, old)
    an_hour_later(memory)
    assert worker.turn() == 0
    rings = worker.keyrings()
    assert [ring.pair for ring in rings] == [worker.current().pair, old.pair]
    assert rings[1].open(waiting.epoch).key == waiting.key
    Grant.objects.filter(recipient=old.pair).delete()
    assert worker.turn() == 1
    assert [ring.pair for ring in worker.keyrings()] == [worker.current().pair]


def test_nothing_new_is_sealed_to_an_old_half(cast: Cast, memory: Path) -> None:
    old = worker.ensure()
    given(cast, old)
    an_hour_later(memory)
    worker.turn()
    old.pair.refresh_from_db()
    assert old.pair.retired_on == today()
    assert worker.current().pair != old.pair


def test_a_grant_that_nobody_used_for_days_holds_no_half(cast: Cast, memory: Path) -> None:
    old = worker.ensure()
    given(cast, old)
    Grant.objects.filter(recipient=old.pair).update(made_on=today() - timedelta(days=worker.KEPT_DAYS + 1))
    an_hour_later(memory)
    assert worker.turn() == 1


def test_after_a_power_cut_there_is_a_new_half_and_what_was_sealed_stays_shut(cast: Cast, memory: Path) -> None:
    old = worker.ensure()
    waiting = given(cast, old)
    shutil.rmtree(memory / "worker")
    assert worker.keyrings() == []
    new = worker.ensure()
    old.pair.refresh_from_db()
    assert (old.pair.retired_on, worker.current().pair) == (today(), new.pair)
    with pytest.raises(NoGrant):
        new.open(waiting.epoch)


def test_a_half_that_is_not_in_the_directory_is_replaced(memory: Path) -> None:
    old = worker.ensure()
    Statement.objects.filter(pair=old.pair).delete()
    new = worker.ensure()
    assert new.pair != old.pair
    assert worker.current().pair == new.pair


def test_a_half_that_was_written_by_halves_is_none(memory: Path) -> None:
    worker.ensure()
    (memory / "worker" / ".00000000000000000001-0123456789abcdef").write_bytes(b"")
    (memory / "worker" / "notes").write_bytes(b"x")
    assert len(worker.keyrings()) == 1
    assert worker.turn() == 0


def test_a_host_without_a_delegate_has_no_worker(memory: Path, settings: Any) -> None:
    settings.WORKER_DELEGATE = None
    with pytest.raises(Unstated):
        worker.ensure()
    with pytest.raises(Unstated):
        worker.current()
    with pytest.raises(CommandError):
        call_command("worker_key")
    tasks.turn_worker_key()  # nothing to do, and nothing breaks


def test_a_delegate_that_nobody_stated_makes_nothing(memory: Path, settings: Any) -> None:
    settings.WORKER_DELEGATE = os.urandom(32)
    with pytest.raises(Unstated):
        worker.ensure()
    assert not (memory / "worker").exists() or seeds(memory) == []


def test_a_row_that_calls_itself_worker_is_not_sealed_to(memory: Path) -> None:
    own = worker.ensure()
    Intruder("worker")
    assert worker.current().pair == own.pair
    overwrite(own.pair, retired_on=today())
    with pytest.raises(Unstated):
        worker.current()


def test_the_command_makes_the_half_and_says_its_name(memory: Path) -> None:
    out = StringIO()
    call_command("worker_key", stdout=out)
    assert bytes(worker.current().pair.fingerprint).hex()[:16] in out.getvalue()
    assert time.time() - seeds(memory)[0].stat().st_mtime < 60
