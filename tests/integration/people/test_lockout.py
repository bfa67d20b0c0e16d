"""Wrong passwords lock a name for a while, known or not, and nothing else; no address and no browser is stored."""

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.conf import settings as live
from django.db import connection
from django.test import Client
from django.utils import timezone

from people import lockout, signing_in, tasks
from tests.factories.cast import Member

LIMIT = live.AXES_FAILURE_LIMIT
ADDRESS, BROWSER = "203.0.113.77", "Mozilla/5.0 (marker-4711)"


def fail(login: str, times: int = LIMIT) -> None:
    for _ in range(times):
        assert signing_in.check(login, "x" * 20) is None


def later(seconds: float) -> None:
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(seconds=seconds))


def test_wrong_passwords_make_even_the_right_one_wait(ben: Member) -> None:
    fail("ben")
    assert signing_in.check("ben", ben.password) is None
    later(live.AXES_COOLOFF_TIME.total_seconds() + 1)
    assert signing_in.check("ben", ben.password) is not None


def test_a_lock_lasts_five_minutes_at_most_even_when_somebody_goes_on_trying(ben: Member) -> None:
    assert timedelta(minutes=5) >= live.AXES_COOLOFF_TIME
    fail("ben")
    later(live.AXES_COOLOFF_TIME.total_seconds() - 1)
    before = AccessAttempt.objects.get()
    fail("ben", 10)
    after = AccessAttempt.objects.get()
    assert (after.failures_since_start, after.attempt_time) == (before.failures_since_start, before.attempt_time)


def test_a_right_password_forgets_the_wrong_ones(ben: Member) -> None:
    fail("ben", LIMIT - 1)
    assert signing_in.check("ben", ben.password) is not None
    assert not AccessAttempt.objects.exists()
    fail("ben", LIMIT - 1)
    assert signing_in.check("ben", ben.password) is not None


def test_failures_on_one_name_lock_no_other(ben: Member, chloe: Member) -> None:
    """Everybody behind one Tor exit has one address."""
    for _ in range(LIMIT):
        Client(REMOTE_ADDR=ADDRESS).post("/desk/sign-in/", {"login": "ben", "password": "x" * 20})
        Client(REMOTE_ADDR=ADDRESS).post("/desk/sign-in/", {"login": "nobody", "password": "x" * 20})
    assert lockout.is_locked("ben")
    client = Client(REMOTE_ADDR=ADDRESS)
    answer = client.post("/desk/sign-in/", {"login": "chloe", "password": chloe.password})
    assert answer["Location"] == "/desk/code/"


def test_another_address_does_not_get_around_the_lock(ben: Member) -> None:
    fail("ben")
    ask = {"login": "ben", "password": ben.password}
    assert Client(REMOTE_ADDR="198.51.100.9").post("/desk/sign-in/", ask).status_code == 200


@pytest.mark.parametrize("spelling", ["BEN", " ben ", "Ben"])
def test_another_spelling_does_not_get_around_the_lock(ben: Member, spelling: str) -> None:
    fail("ben")
    assert signing_in.check(spelling, ben.password) is None


def test_an_unknown_name_is_locked_in_the_same_way(ben: Member) -> None:
    seen = {}
    for login in ("ben", "abc"):
        seen[login] = []
        for _ in range(LIMIT + 1):
            signing_in.check(login, "x" * 20)
            seen[login].append(lockout.is_locked(login))
    assert seen["ben"] == seen["abc"] == [False] * (LIMIT - 1) + [True] * 2


def test_no_table_holds_the_address_the_browser_the_path_or_what_was_typed(ben: Member) -> None:
    client = Client(REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=BROWSER, HTTP_ACCEPT="text/marker-4711")
    for login in ("ben", "zzyzx"):
        for _ in range(LIMIT + 1):
            client.post("/desk/sign-in/?next=/desk/states/", {"login": login, "password": "typed-secret-4711"})
    client = Client(REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=BROWSER)
    AccessAttempt.objects.filter(username=lockout.name_of(None, {"login": "ben"})).delete()
    client.post("/desk/sign-in/", {"login": "ben", "password": ben.password})
    client.post("/desk/code/", {"code": ben.code()})
    assert AccessAttempt.objects.exists()
    for table in connection.introspection.table_names():
        for cell in cells(table):
            for word in (ADDRESS, "marker-4711", "typed-secret", "zzyzx", "/desk/"):
                assert word not in cell, (table, word)


def cells(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        return [text(cell) for row in cursor.fetchall() for cell in row]


def text(cell: Any) -> str:
    return bytes(cell).decode("latin-1") if isinstance(cell, bytes | memoryview) else str(cell)


def test_only_the_table_of_counts_is_ever_written(ben: Member) -> None:
    fail("ben")
    later(400)
    ben.browser().post("/desk/sign-out/")
    with connection.cursor() as cursor:
        for table in ("axes_accesslog", "axes_accessfailurelog", "axes_accessattemptexpiration"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,)


def test_the_clock_forgets_what_locks_nobody(ben: Member) -> None:
    fail("ben", 1)
    later(live.AXES_COOLOFF_TIME.total_seconds() + 1)
    fail_at_once = AccessAttempt.objects.count()
    tasks.purge()
    assert (fail_at_once, AccessAttempt.objects.count()) == (1, 0)


def test_what_still_locks_is_not_forgotten(ben: Member) -> None:
    fail("ben")
    tasks.purge()
    assert lockout.is_locked("ben")


def test_the_timer_runs(ben: Member) -> None:
    from portal.celery import app

    assert "people.tasks.purge" in {entry["task"] for entry in app.conf.beat_schedule.values()}
    app.loader.import_default_modules()
    assert "people.tasks.purge" in app.tasks
