"""The split session: the row alone opens nothing, and what is damaged is an empty session."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.utils import timezone

from tests.factories.intruder import overwrite
from vault import purge
from vault.envelope.aead import open_value
from vault.envelope.encoding import pack
from vault.envelope.errors import WrongKey
from vault.envelope.seeds import new_seed
from vault.models import SealedSession
from vault.session import DESK_SECONDS, SessionStore

pytestmark = pytest.mark.django_db
MARK = "a-marker-in-the-session"


def store(key: str | None = None, *, is_desk: bool = True) -> SessionStore:
    session = SessionStore(key)
    session.is_desk = is_desk
    return session


def saved(*, is_desk: bool = True, seed: bytes | None = None) -> SessionStore:
    session = store(is_desk=is_desk)
    session["words"] = MARK
    if seed:
        session.seed = seed
    session.save()
    return session


def is_nothing(key: str | None) -> bool:
    """Does a cookie value lead to no session at all?"""
    found = store(key)
    return not dict(found.items()) and found.seed is None and found.session_key is None


def row() -> SealedSession:
    return SealedSession.objects.get()


def move_clock(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    now, stamp = timezone.now() + timedelta(seconds=seconds), time.time() + seconds
    monkeypatch.setattr("vault.session.timezone.now", lambda: now)
    monkeypatch.setattr("vault.session.time.time", lambda: stamp)


def test_what_was_put_in_comes_out_again() -> None:
    seed = new_seed()
    again = store(saved(seed=seed).session_key)
    assert (again["words"], again.seed) == (MARK, seed)


def test_the_row_holds_neither_content_nor_cookie_nor_seed() -> None:
    seed = new_seed()
    session = saved(seed=seed)
    held = b"".join(bytes(part) for part in (row().blob, row().seed_blob or b"")) + row().lookup.encode()
    for secret in (MARK.encode(), seed, seed.hex().encode(), session.session_key.encode()):
        assert secret not in held


def test_the_row_without_the_cookie_opens_nothing() -> None:
    seed = new_seed()
    saved(seed=seed)
    for use, blob in (("content", row().blob), ("seed", row().seed_blob)):
        for guess in (bytes.fromhex(row().lookup), bytes(32), new_seed()):
            with pytest.raises(WrongKey):
                open_value(guess, bytes(blob or b""), pack("session", "", use))
    assert is_nothing(row().lookup)


def test_the_cookie_of_another_session_does_not_open_it() -> None:
    mine, other = saved(seed=new_seed()), saved(seed=new_seed())
    SealedSession.objects.filter(lookup=other._lookup()).delete()
    SealedSession.objects.update(lookup=other._lookup())  # the row of the one under the key of the other
    assert is_nothing(other.session_key)
    assert is_nothing(mine.session_key)


@pytest.mark.parametrize("column", ["blob", "seed_blob"])
@pytest.mark.parametrize("broken", ["changed", "cut", "empty", "foreign"])
def test_a_damaged_row_is_an_empty_session(column: str, broken: str) -> None:
    session = saved(seed=new_seed())
    blob = bytes(getattr(row(), column))
    other = {"blob": "seed_blob", "seed_blob": "blob"}[column]
    bad = {
        "changed": blob[:-1] + bytes([blob[-1] ^ 1]),
        "cut": blob[:50],
        "empty": b"",
        "foreign": getattr(row(), other),
    }
    overwrite(row(), **{column: bytes(bad[broken])})
    found = store(session.session_key)
    if column == "seed_blob" and broken == "empty":
        assert (found["words"], found.seed) == (MARK, None)
    else:
        assert (dict(found.items()), found.seed) == ({}, None)


@pytest.mark.parametrize("key", ["", "x", "x" * 500, "é" * 40, "\0" * 20])
def test_any_cookie_value_is_an_empty_session(key: str) -> None:
    assert is_nothing(key)


def test_content_and_seed_of_two_sessions_do_not_mix() -> None:
    mine, other = saved(seed=new_seed()), saved(seed=new_seed())
    foreign = SealedSession.objects.get(lookup=other._lookup()).seed_blob
    SealedSession.objects.filter(lookup=mine._lookup()).update(seed_blob=foreign)
    assert store(mine.session_key).seed is None


def test_the_key_changes_and_the_old_cookie_is_worth_nothing() -> None:
    seed = new_seed()
    session = saved(seed=seed)
    old = session.session_key
    session.cycle_key()
    session.save()
    assert session.session_key != old
    assert is_nothing(old)
    again = store(session.session_key)
    assert (again["words"], again.seed) == (MARK, seed)
    assert SealedSession.objects.count() == 1


def test_flush_forgets_everything() -> None:
    session = saved(seed=new_seed())
    old = session.session_key
    session.flush()
    assert (session.session_key, session.seed, dict(session.items())) == (None, None, {})
    assert SealedSession.objects.count() == 0
    assert is_nothing(old)


def test_a_session_that_was_ended_meanwhile_is_not_made_again() -> None:
    session = store(saved().session_key)
    assert session["words"] == MARK
    store(session.session_key).flush()
    session["words"] = "more"
    with pytest.raises(UpdateError):
        session.save()
    assert SealedSession.objects.count() == 0


def test_a_slow_request_does_not_unlock_what_was_locked_meanwhile() -> None:
    session = saved(seed=new_seed())
    slow = store(session.session_key)
    assert slow.seed is not None
    locking = store(session.session_key)
    locking.seed = None
    locking.save()
    slow["words"] = "later"
    slow.save()
    again = store(session.session_key)
    assert (again["words"], again.seed) == ("later", None)


def test_nor_does_it_undo_the_clock(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    session = saved(seed=new_seed())
    slow = store(session.session_key)
    assert slow.seed is not None
    move_clock(monkeypatch, settings.IDLE_SECONDS + 1)
    purge.purge()
    slow["words"] = "later"
    slow.save()
    assert row().seed_blob is None


class TestClock:
    """What time takes away."""

    def test_the_seed_goes_after_the_idle_time_and_the_place_stays(
        self, monkeypatch: pytest.MonkeyPatch, settings: Any
    ) -> None:
        session = saved(seed=new_seed())
        SessionStore.clear_expired()
        assert row().seed_blob is not None
        move_clock(monkeypatch, settings.IDLE_SECONDS + 1)
        SessionStore.clear_expired()
        assert row().seed_blob is None
        again = store(session.session_key)
        assert (again["words"], again.seed) == (MARK, None)

    def test_a_desk_session_ends_after_half_a_day_without_use(self, monkeypatch: pytest.MonkeyPatch) -> None:
        session = saved()
        move_clock(monkeypatch, DESK_SECONDS + 1)
        assert is_nothing(session.session_key)
        SessionStore.clear_expired()
        assert SealedSession.objects.count() == 0

    def test_a_survivors_session_ends_after_its_visit(self, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
        session = saved(is_desk=False)
        move_clock(monkeypatch, settings.VISIT_SECONDS - 5)
        assert store(session.session_key, is_desk=False)["words"] == MARK
        move_clock(monkeypatch, 10)
        assert not dict(store(session.session_key, is_desk=False).items())

    def test_no_row_of_a_survivor_says_an_hour(self) -> None:
        saved(is_desk=False)
        assert row().seen_at is None
        assert row().expires_on == timezone.now().date() + timedelta(days=1)

    def test_old_rows_of_survivors_go_by_the_day(self) -> None:
        saved(is_desk=False)
        overwrite(row(), expires_on=timezone.now().date() - timedelta(days=1))
        SessionStore.clear_expired()
        assert SealedSession.objects.count() == 0

    def test_idle_seconds_come_from_the_sealed_content(self, monkeypatch: pytest.MonkeyPatch) -> None:
        session = saved()
        overwrite(row(), seen_at=timezone.now() + timedelta(days=9))
        move_clock(monkeypatch, 100)
        assert 99 <= store(session.session_key).idle_seconds <= 101

    def test_an_old_row_put_back_is_as_old_as_it_was(self, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
        session = saved(seed=new_seed())
        old = row()
        move_clock(monkeypatch, settings.IDLE_SECONDS + 60)
        SessionStore.clear_expired()
        overwrite(row(), seed_blob=bytes(old.seed_blob or b""), seen_at=timezone.now())
        assert store(session.session_key).idle_seconds > settings.IDLE_SECONDS
