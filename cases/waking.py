"""Waking the worker. Apart from the tasks: what sends a message needs nothing of what the work is done with."""

from __future__ import annotations

import logging
from uuid import UUID

from celery import current_app
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


def wake(dossier_id: UUID) -> bool:
    """Send the message for a job. False when the queue does not answer: the sweeper sends it again later."""
    try:
        current_app.send_task("cases.tasks.build_dossier", (str(dossier_id),), retry=False)
    except OperationalError:
        log.warning("the queue does not answer; dossier %s waits for the sweeper", dossier_id)
        return False
    return True
