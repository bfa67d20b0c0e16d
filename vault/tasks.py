"""The vault's timers. Messages carry nothing; the work is found in the database."""

from celery import shared_task

from vault import audit, exported, worker
from vault.errors import Unstated
from vault.purge import purge as purge_now


@shared_task
def purge() -> None:
    """Drop idle seeds, old sessions and files that were never kept."""
    purge_now()


@shared_task
def turn_worker_key() -> None:
    """Replace the worker's half each hour; before an organisation is founded there is nothing to do."""
    try:
        worker.turn()
    except Unstated:
        return


@shared_task
def chain_audit() -> None:
    """Link new audit events, signed by the worker's newest half, made now if there is none; without one they wait."""
    try:
        newest = (worker.keyrings() or [worker.ensure()])[0]
    except Unstated:
        return
    while audit.chain(newest.signer):
        pass


@shared_task
def export_head() -> None:
    """Write the newest audit head to a file once a week, for whoever keeps it outside."""
    exported.write_weekly()
