"""Tasks that misbehave, for a real worker started with `--include tests.factories.jobs`."""

import os
import time
from pathlib import Path

from celery import shared_task

WORDS = "Яны білі мяне marker-4711"


@shared_task
def fail() -> None:
    """Raise an error whose text holds what somebody wrote, from a cause that holds it too."""
    try:
        raise KeyError(WORDS)
    except KeyError as cause:
        raise ValueError(WORDS) from cause


@shared_task
def hold(path: str) -> None:
    """Append this process's id to a file and stay busy; the second time finish at once."""
    with Path(path).open("a") as file:
        file.write(f"{os.getpid()}\n")
    if len(Path(path).read_text().split()) == 1:
        time.sleep(60)
