"""The Celery app. Messages carry ids only; there is no result backend."""

import logging.config
import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import setup_logging, worker_init
from django.conf import settings

from portal.checks import refuse_bad_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["cases", "vault"])
app.conf.beat_schedule = {
    "purge": {"task": "vault.tasks.purge", "schedule": 300.0},
    "turn-worker-key": {"task": "vault.tasks.turn_worker_key", "schedule": crontab(minute="7")},
    "chain-audit": {"task": "vault.tasks.chain_audit", "schedule": 60.0},
    "sweep": {"task": "cases.tasks.sweep", "schedule": 60.0},
}


@setup_logging.connect
def discreet_logs(**_: Any) -> None:
    """Keep the settings' logging: Celery's own handlers would print a task's exception text."""
    logging.config.dictConfig(settings.LOGGING)


@worker_init.connect
def refuse_bad_worker(**_: Any) -> None:
    """Stop a worker whose temporary files would reach a disk, and whatever else the checks refuse."""
    refuse_bad_start()
