"""The timers of people."""

from celery import shared_task

from people import deputies, lockout


@shared_task
def purge() -> None:
    """Forget failed passwords that lock nobody any more; end deputyships whose last day is over."""
    lockout.purge()
    deputies.lapse()
