"""Real servers for tests: Redis, a Celery worker on the test's own database, a whole portal over HTTP."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from portal.environment import BASE_DIR
from portal.ops.deployment import HURRIED, ROOT_WARNING, Deployment
from portal.ops.processes import Child, Program, stop, wait_for
from portal.ops.services import Clamd, Redis


@pytest.fixture(scope="session")
def real_redis() -> Iterator[str]:
    """The URL of a real Redis: the one that the environment names, else a private one at the settings' socket."""
    if "REDIS_URL" in os.environ:
        yield os.environ["REDIS_URL"]
        return
    server = Redis(settings.STATE_DIR / "redis", settings.REDIS_SOCKET).start()
    yield server.url
    server.stop()


HARMFUL = b"marker of an invented program that harms computers"  # what the tests' one signature recognises
SIGNATURE = "Invented-Harm"


@pytest.fixture(scope="session")
def signatures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one signature of our own; clamd starts with it at once and asks nobody for others."""
    folder = tmp_path_factory.mktemp("signatures")
    (folder / "local.ndb").write_text(f"{SIGNATURE}:0:*:{HARMFUL.hex()}\n")
    return folder


@pytest.fixture(scope="session")
def real_clamd(tmp_path_factory: pytest.TempPathFactory, signatures: Path) -> Iterator[Clamd]:
    """A real clamd of our own on a unix socket."""
    server = Clamd(tmp_path_factory.mktemp("clamd"), settings.TMPFS_DIR, signatures).start()
    yield server
    server.stop()


@pytest.fixture
def scanned(real_clamd: Clamd, settings: Any) -> Clamd:
    """Have uploads scanned by it."""
    settings.CLAMD, settings.CLAMD_CONF = real_clamd.address, str(real_clamd.conf)
    return real_clamd


@pytest.fixture
def start_worker(real_redis: str, transactional_db: None) -> Iterator[Callable[..., Child]]:
    """A function that starts a real worker process on the test database; all workers stop after the test.

    The worker knows the organisation's root of the moment when it is started. Its queue is emptied before and after.
    """
    from portal.celery import app

    started: list[Child] = []
    app.control.purge()

    def start(*arguments: str, **variables: str) -> Child:
        started.append(worker(*arguments, **variables))
        return started[-1]

    yield start
    stop(started, 0.2)
    app.control.purge()


def worker(*arguments: str, **variables: str) -> Child:
    """Start a worker that sees what this test has committed, and wait until it is ready."""
    ready = settings.STATE_DIR / "worker-ready"
    ready.unlink(missing_ok=True)
    root = settings.ROOT_FINGERPRINT.hex() if settings.ROOT_FINGERPRINT else ""
    named = {
        "DATABASE_URL": database_url(),
        "PORTAL_READY_FILE": str(ready),
        "PORTAL_ROOT_FINGERPRINT": root,
        "PORTAL_FILES_DIR": str(settings.FILES_DIR),
        "PORTAL_TMPFS_DIR": str(settings.TMPFS_DIR),
        "PYTHONWARNINGS": ROOT_WARNING,
    }
    quiet = ("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "WARNING")
    command = [
        sys.executable,
        "-m",
        "celery",
        "--quiet",
        "-A",
        "portal",
        "worker",
        "--concurrency",
        "1",
        *quiet,
        *arguments,
    ]
    child = Program("worker", command, {**os.environ, **named, **variables}, folder=BASE_DIR).start()
    wait_for(ready.exists, child, 30)
    return child


def database_url() -> str:
    """Name the database of this test as DATABASE_URL does."""
    found: dict[str, Any] = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    if str(found["HOST"]).startswith("/"):
        return f"postgres://{found['USER']}@/{found['HOST']}/{found['NAME']}"
    return f"postgres://{found['USER']}:{found['PASSWORD']}@{found['HOST']}:{found['PORT'] or 5432}/{found['NAME']}"


@dataclass(frozen=True)
class Site:
    """A running portal, and the credentials that its demonstration organisation was founded with."""

    deployment: Deployment
    founded: dict[str, Any]

    @property
    def url(self) -> str:
        """Its address."""
        return self.deployment.url


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A whole portal of its own over HTTP: web, worker, scheduler, SQLite, private Redis, demonstration people."""
    yield from founded(tmp_path_factory.mktemp("site"), {})


def founded(folder: Path, settings: dict[str, str]) -> Iterator[Site]:
    """A running portal with demonstration people over a folder, removed afterwards. settings: PORTAL_ variables."""
    deployment = Deployment(folder, settings={**HURRIED, "PORTAL_ARGON2_MEMORY_KIB": "1024", **settings})
    people = last_object(deployment.prepare("--demo=json"))
    deployment.start()
    yield Site(deployment, people)
    deployment.stop()
    deployment.remove()


def last_object(text: str) -> dict[str, Any]:
    """Read the JSON object in the last line of an output."""
    found: dict[str, Any] = json.loads(text.strip().splitlines()[-1])
    return found
