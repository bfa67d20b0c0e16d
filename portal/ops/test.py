"""`make test`: every suite on every database it can tell apart, in private servers unless the environment names others.

PORTAL_TEST_DATABASE_URL (PostgreSQL; the tests make and drop a database of their own there) and PORTAL_TEST_REDIS_URL
name servers to use. Nothing is looked for on a standard port.
"""

import contextlib
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from portal.ops.processes import StartError
from portal.ops.services import REDIS_BINARY, Postgres, Redis, binary
from portal.ops.suites import Result, run_suite

BROWSER, ATTACK = "tests/browser", "tests/attack"
ROOMS = ["tests", f"--ignore={BROWSER}", "-m", "not browser"]  # the thief without a browser is among them
TABLES = [*ROOMS, "--database-only"]  # what uses no table has run already and would do the same
CHROMIUM = "/usr/bin/chromium"
PROCESSES = ("-n", str(min(os.cpu_count() or 1, 4)))
# a file has one portal; much of a journey is waiting for the next code, so there are two processes more
JOURNEYS = ("-n", str(min((os.cpu_count() or 1) + 2, 4)), "--dist", "loadfile", "--no-loadscope-reorder")


def main() -> int:
    """Run all suites and say at the end what ran where; 0 only when each ran tests and all of them passed."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="portal-suites-") as folder, contextlib.ExitStack() as servers:
        try:
            results = run_all(Path(folder), servers)
        except StartError as error:
            print(f"A server did not start: {error}", file=sys.stderr)
            return 1
    report(results, time.monotonic() - started)
    return 0 if all(result.is_good for result in results) else 1


def run_all(folder: Path, servers: contextlib.ExitStack) -> list[Result]:
    """Start the servers; run all on SQLite, what uses tables on PostgreSQL, the journeys in a browser, the thief."""
    redis_url, redis_name = servers.enter_context(redis(folder))
    database_url, database_name = servers.enter_context(postgres())
    with_redis = {"PORTAL_TEST_REDIS_URL": redis_url}
    with_both = with_redis | {"PORTAL_TEST_DATABASE_URL": database_url}
    sqlite = {"PORTAL_TEST_DATABASE_URL": ""}
    embedded, chromium = f"SQLite {sqlite3.sqlite_version}", version([CHROMIUM, "--version"])
    return [
        run_suite(
            "unit+integration", f"{embedded}, {redis_name}", [*ROOMS, *PROCESSES], with_redis | sqlite, folder / "1"
        ),
        run_suite("with a database", f"{database_name}, {redis_name}", [*TABLES, *PROCESSES], with_both, folder / "2"),
        run_suite(
            "browser and thief",
            f"{chromium}, {embedded}, {redis_name}",
            [BROWSER, ATTACK, "-m", "browser", *JOURNEYS],
            sqlite,
            folder / "3",
        ),
    ]


def report(results: list[Result], seconds: float) -> None:
    """Print the last lines."""
    print("\n" + "\n".join(str(result) for result in results))
    print(f"{'all':<18}{seconds:.0f} s")
    skipped = sum(result.skipped for result in results)
    counts = f"{sum(r.passed for r in results)} passed, {sum(r.failed for r in results)} failed"
    print(counts + (f", {skipped} skipped" if skipped else ""), flush=True)


@contextlib.contextmanager
def redis(folder: Path) -> Iterator[tuple[str, str]]:
    """Give the URL and the name of the Redis to test with."""
    if given := os.environ.get("PORTAL_TEST_REDIS_URL"):
        yield given, "Redis as named"
        return
    server = Redis(folder / "redis", folder / "redis.sock").start()
    try:
        yield server.url, version(["redis-server", "--version"], REDIS_BINARY)
    finally:
        server.stop()


@contextlib.contextmanager
def postgres() -> Iterator[tuple[str, str]]:
    """Give the URL and the name of the PostgreSQL to test with."""
    if given := os.environ.get("PORTAL_TEST_DATABASE_URL"):
        yield given, "PostgreSQL as named"
        return
    server = Postgres()
    try:
        yield server.start().url, version([binary("postgres"), "--version"])
    finally:
        server.stop()


def version(command: list[str], executable: str | None = None) -> str:
    """Shorten what a program says of its version to name and number."""
    said = subprocess.run(command, executable=executable, capture_output=True, text=True).stdout
    number = re.search(r"\d+(\.\d+)+", said)
    name = re.match(r"[A-Za-z]+", said)
    if number is None or name is None:
        raise StartError(f"{command[0]} does not say its version; `make setup` installs it")
    return f"{name.group().replace('postgres', 'PostgreSQL')} {number.group()}"


if __name__ == "__main__":
    sys.exit(main())
