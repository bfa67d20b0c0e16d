"""What the clock removes: idle seeds, old sessions, grants whose day is over, files that were never kept."""

import time
from pathlib import Path

from django.conf import settings

from vault.erasing import settle
from vault.models import Grant, SealedFile, today
from vault.session import SessionStore

ARRIVING_SECONDS = 3600
ORPHAN_SECONDS = 2 * 24 * 3600  # kept files are dated at midnight, so a fresh one looks a day old


def purge() -> int:
    """Run every purge of the vault and return how many files went."""
    SessionStore.clear_expired()
    settle()
    Grant.objects.filter(until_on__lt=today()).delete()  # no keyring opens them any more
    return _purge_arriving() + _purge_orphans()


def _purge_arriving() -> int:
    folder = Path(settings.FILES_DIR) / "arriving"
    paths = list(folder.iterdir()) if folder.exists() else []
    return sum(_unlink(path) for path in paths if _age(path) > ARRIVING_SECONDS)


def _purge_orphans() -> int:
    """Files of an earlier day without a row: a request died between the disk and the database, or an erase did."""
    known = set(SealedFile.objects.values_list("storage_name", flat=True))
    found = [path for path in Path(settings.FILES_DIR).glob("[0-9a-f][0-9a-f]/*") if path.is_file()]
    lost = [path for path in found if f"{path.parent.name}/{path.name}" not in known]
    return sum(_unlink(path) for path in lost if _age(path) > ORPHAN_SECONDS)


def _age(path: Path) -> float:
    """Seconds since the last change; 0 for a file that its request has just moved or removed."""
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _unlink(path: Path) -> int:
    path.unlink(missing_ok=True)
    return 1
