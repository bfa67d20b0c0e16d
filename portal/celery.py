"""The Celery app. Messages carry ids only; there is no result backend."""

import ctypes
import logging.config
import os
import signal
from pathlib import Path
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import setup_logging, worker_init, worker_process_init, worker_ready
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from portal.checks import refuse_bad_start
from portal.logs import quiet_hooks

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

PR_SET_PDEATHSIG = 1  # prctl(2)

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["cases", "intake", "people", "vault"])
app.conf.beat_schedule = {
    "purge": {"task": "vault.tasks.purge", "schedule": 300.0},
    "purge-failures": {"task": "people.tasks.purge", "schedule": 300.0},
    "turn-worker-key": {"task": "vault.tasks.turn_worker_key", "schedule": crontab(minute="7")},
    "chain-audit": {"task": "vault.tasks.chain_audit", "schedule": 60.0},
    # once a week; asked for each hour, because a machine of one's own may be off at any fixed one
    "export-head": {"task": "vault.tasks.export_head", "schedule": crontab(minute="23")},
    "watch-numbers": {"task": "intake.tasks.watch_numbers", "schedule": crontab(minute="41")},
    # once a day would do; asked for each hour, because a machine of one's own may be off at any fixed one
    "watch-limits": {"task": "cases.tasks.watch_limits", "schedule": crontab(minute="53")},
    "send-digests": {"task": "cases.tasks.send_digests", "schedule": crontab(minute="29")},
    "sweep": {"task": "cases.tasks.sweep", "schedule": 60.0},
    "fetch-stamps": {"task": "cases.tasks.fetch_stamps", "schedule": 600.0},
}


@setup_logging.connect
def discreet_logs(**_: Any) -> None:
    """Keep the settings' logging: Celery's own handlers would print a task's exception text."""
    logging.config.dictConfig(settings.LOGGING)


@worker_init.connect
def refuse_bad_worker(**_: Any) -> None:
    """Stop a worker whose temporary files would reach a disk, and whatever else the checks refuse.

    Celery logs an exception of a handler and goes on; only SystemExit stops it.
    """
    try:
        refuse_bad_start()
    except ImproperlyConfigured as error:
        raise SystemExit(str(error)) from error
    quiet_hooks()


@worker_process_init.connect
def die_with_worker(**_: Any) -> None:
    """End a pool process with its worker: an orphan would go on with a job that is given out a second time."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


@worker_ready.connect
def say_ready(**_: Any) -> None:
    """Touch the file that whoever started this worker waits for."""
    if path := os.environ.get("PORTAL_READY_FILE"):
        Path(path).touch(mode=0o600)


@worker_ready.connect
def take_up(**_: Any) -> None:
    """Ask at the start for the jobs that a power cut or a crash left behind, and not a minute later."""
    app.send_task("cases.tasks.sweep")
