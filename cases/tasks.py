"""Background work on cases. A message carries one id; the row is the job, the message only wakes somebody."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from cases import building, claims, clocks, digest, keeping, stamping
from cases.actions import approving, offering, waiting
from cases.actions.drafting import expire_drafts
from cases.actions.recording import expire_recordings
from cases.waking import wake
from vault.models import today


@shared_task
def build_dossier(dossier_id: str) -> None:
    """Build one dossier; a second message for the same one does nothing."""
    building.build(UUID(dossier_id))


@shared_task
def sweep() -> None:
    """Wake whoever can build what nobody claimed or a dead worker held; erase drafts and packages that are over."""
    expire_drafts()
    expire_recordings()
    keeping.purge_packages(today())
    keeping.expire_packages(today())
    for dossier_id in claims.waiting():
        wake(dossier_id)


@shared_task
def fetch_stamps() -> None:
    """Ask the authorities for the time stamps that packages still wait for."""
    stamping.fetch()


@shared_task
def watch_limits() -> None:
    """What the days alone decide: alerts for time limits, offers and askings that lapse, cases that go on pause."""
    clocks.watch(today())
    offering.lapse(today())
    approving.expire(today())
    waiting.rest(today())


@shared_task
def send_digests() -> None:
    """Send members the one mail of the day; asked for each hour, sent once."""
    digest.send_all(timezone.now())
