"""A real worker on a real Redis: what it runs, what it logs, how it dies."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
import redis
from celery.signals import worker_ready

from portal.celery import app
from portal.environment import BASE_DIR
from portal.management.commands.make_secrets import write_servers
from portal.ops.processes import Child, Program, accepts, free_port, stop, wait_for
from portal.ops.services import REDIS_BINARY
from tests.factories import jobs
from tests.factories.cast import Cast
from vault import audit, tasks, worker
from vault.models import AuditEvent

pytestmark = pytest.mark.slow
START = Callable[..., Child]
JOBS = ("--include", "tests.factories.jobs")


def until(condition: Callable[[], object], seconds: float = 15) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return bool(condition())


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def test_every_scheduled_task_exists() -> None:
    app.loader.import_default_modules()
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)


def test_a_worker_that_starts_asks_for_what_was_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    monkeypatch.setattr(app, "send_task", sent.append)
    worker_ready.send(sender=None)
    assert sent == ["cases.tasks.sweep"]
    app.loader.import_default_modules()
    assert set(sent) <= set(app.tasks)


def test_a_job_given_out_by_the_web_is_done_by_the_worker(start_worker: START, cast: Cast) -> None:
    audit.record("case.opened", "cases_case", uuid4(), by=None, detail={})
    worker.ensure()
    start_worker()
    tasks.chain_audit.delay()
    assert until(lambda: not AuditEvent.objects.filter(link=None).exists())


def test_a_message_names_a_task_and_nothing_that_anybody_wrote(real_redis: str) -> None:
    app.control.purge()
    tasks.chain_audit.delay()
    with app.connection_for_read() as connection:
        queue = connection.SimpleQueue("celery")
        message = queue.get(block=True, timeout=5)
        message.ack()
        queue.close()
    assert message.payload[:2] == [[], {}]
    assert message.headers["task"] == "vault.tasks.chain_audit"
    assert app.conf.result_backend is None
    assert "reply_to" not in message.headers
    assert set(message.properties) <= {
        "correlation_id",
        "reply_to",
        "delivery_mode",
        "delivery_info",
        "priority",
        "body_encoding",
        "delivery_tag",
    }


def test_a_failing_job_leaves_its_class_and_place_in_the_log_and_no_words(
    start_worker: START, capfd: pytest.CaptureFixture[str]
) -> None:
    start_worker(*JOBS)
    jobs.fail.delay()
    seen = ""

    def has_failed() -> bool:
        nonlocal seen
        seen += "".join(capfd.readouterr())
        return "ValueError at" in seen

    assert until(has_failed)
    time.sleep(0.2)
    seen += "".join(capfd.readouterr())
    assert "builtins.KeyError at" in seen
    assert "marker" not in seen
    assert "білі" not in seen


def test_a_job_whose_process_was_killed_is_done_again(start_worker: START, tmp_path: Path) -> None:
    notes = tmp_path / "pids"
    start_worker(*JOBS)
    jobs.hold.delay(str(notes))
    assert until(notes.exists)
    assert until(notes.read_text)
    os.kill(int(notes.read_text()), signal.SIGKILL)
    assert until(lambda: len(notes.read_text().split()) == 2)


def test_the_broker_of_a_team_takes_jobs_with_its_password_only(
    start_worker: START, cast: Cast, tmp_path: Path
) -> None:
    write_servers(tmp_path)
    port = free_port()
    url = (tmp_path / "redis_url").read_text().strip().replace("@redis:6379/", f"@127.0.0.1:{port}/")
    places = [
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--dir",
        str(tmp_path),
        "--aclfile",
        str(tmp_path / "redis_users"),
    ]
    command = ["redis-server", str(BASE_DIR / "docs/deploy/redis.conf"), *places]
    server = Program("redis", command, executable=REDIS_BINARY, log=tmp_path / "log").start()
    try:
        wait_for(lambda: accepts(port), server, 10)
        with redis.Redis(port=port) as stranger, pytest.raises(redis.AuthenticationError):
            stranger.ping()
        worker.ensure()
        start_worker(REDIS_URL=url)
        with app.connection_for_write(url) as connection:
            tasks.chain_audit.apply_async(connection=connection)
        assert until(lambda: not AuditEvent.objects.filter(link=None).exists())
    finally:
        stop([server], 2)


def test_a_pool_process_dies_with_its_worker(start_worker: START, tmp_path: Path) -> None:
    notes = tmp_path / "pids"
    child = start_worker(*JOBS)
    jobs.hold.delay(str(notes))
    assert until(notes.exists)
    assert until(notes.read_text)
    pool = int(notes.read_text())
    child.process.send_signal(signal.SIGKILL)
    assert until(lambda: not is_running(pool))
