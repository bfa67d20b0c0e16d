"""Claims on jobs: a row is claimed for a minute, and the claim is renewed while the work goes on.

A worker that dies stops renewing, so that another one finds the job within two minutes, whatever the queue remembers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from threading import Event, Thread
from uuid import UUID

from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.utils import timezone

from cases.models import Dossier

CLAIM = timedelta(seconds=60)
RENEWED_SECONDS = 15.0
ATTEMPTS = 3
State = Dossier.State


def take(dossier_id: UUID) -> bool:
    """Take a job by one conditional update; two workers cannot both win. After three attempts it stops.

    A job waits while another one of the same member is being built; the constraint of the table says so.
    """
    is_taken = _claim(dossier_id)
    if not is_taken:
        worn = _free().filter(id=dossier_id, attempts__gte=ATTEMPTS)
        worn.update(state=State.FAILED, trouble="worker_stopped", claimed_until=None)
    return is_taken


def following(dossier_id: UUID) -> UUID | None:
    """The job that waited longest because this one of the same member was built."""
    asker = Dossier.objects.filter(id=dossier_id).values("requested_by")
    rows = _free().filter(requested_by__in=asker, state=State.APPROVED).exclude(id=dossier_id)
    return rows.order_by("requested_at").values_list("id", flat=True).first()


def _claim(dossier_id: UUID) -> bool:
    rows = _free().filter(id=dossier_id, attempts__lt=ATTEMPTS)
    try:
        with transaction.atomic():
            return bool(
                rows.update(
                    state=State.BUILDING, claimed_until=timezone.now() + CLAIM, attempts=models.F("attempts") + 1
                )
            )
    except IntegrityError:
        return False


def leave(dossier_id: UUID) -> None:
    """Leave a job to another host without counting the attempt; the sweeper sends it again after a minute."""
    Dossier.objects.filter(id=dossier_id).update(
        state=State.APPROVED, claimed_until=timezone.now() + CLAIM, attempts=models.F("attempts") - 1
    )


def waiting() -> list[UUID]:
    """The released dossiers that nobody holds: never claimed, or the claim was not renewed."""
    return list(_free().values_list("id", flat=True))


@contextmanager
def held(dossier_id: UUID) -> Iterator[None]:
    """Renew a claim from a second thread as long as the block runs."""
    done = Event()
    thread = Thread(target=_renew, args=(dossier_id, done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _renew(dossier_id: UUID, done: Event) -> None:
    while not done.wait(RENEWED_SECONDS):
        with suppress(DatabaseError):  # a busy database is asked again; a claim outlives three failures
            held_now = Dossier.objects.filter(id=dossier_id, state=State.BUILDING)
            held_now.update(claimed_until=timezone.now() + CLAIM)
    connection.close()


def _free() -> models.QuerySet[Dossier]:
    is_free = models.Q(claimed_until=None) | models.Q(claimed_until__lt=timezone.now())
    return Dossier.objects.filter(is_free, state__in=[State.APPROVED, State.BUILDING])
