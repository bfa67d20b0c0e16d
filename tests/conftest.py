"""Settings for tests, made before Django loads: a state folder of their own, fresh secrets, cheap Argon2id.

PORTAL_TEST_DATABASE_URL and PORTAL_TEST_REDIS_URL name servers to use (`make test` sets them); without them the tests
run on SQLite in memory, and nothing ever talks to a server on a standard port.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.management.commands.make_secrets import write_missing
from portal.ops.cycles import collect_rarely

SLOW_SECONDS = 0.1
DATABASE_FIXTURES = {"db", "transactional_db"}
SLOW_CACHE = "portal/slow"
# begun first
LONGEST = ("test_matrix", "test_desk", "test_seized_server", "test_ceremony", "test_survivor", "test_hex_edit")
JOURNEY = "test_desk"
STATE = Path(tempfile.mkdtemp(prefix="portal-test-"))
MEMORY = Path(tempfile.mkdtemp(prefix="portal-test-", dir="/dev/shm"))


def prepare_environment() -> None:
    """Point every setting at this run's own folders; settings of the developer's shell do not reach the tests."""
    for name in [name for name in os.environ if name.startswith("PORTAL_") and not name.startswith("PORTAL_TEST_")]:
        del os.environ[name]
    for name, given in named_servers().items():
        os.environ.pop(name, None)
        if given:
            os.environ[name] = given
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PORTAL_STATE_DIR": str(STATE),
        "PORTAL_TMPFS_DIR": str(MEMORY),
        "PORTAL_ARGON2_MEMORY_KIB": "64",
        "PORTAL_ARGON2_ITERATIONS": "1",
        # tests read nothing; those of floods set what they need
        "PORTAL_READING_SECONDS": "0",
        "PORTAL_WORK_BITS": "8",
        # tmp_path stays on a disk: the settings move tempfile to memory
        "PYTEST_DEBUG_TEMPROOT": tempfile.gettempdir(),
    }
    (STATE / "static").mkdir()
    write_missing(STATE / "secrets")


def named_servers() -> dict[str, str]:
    """Read which servers to test with; each process of pytest-xdist has a Redis database of its own."""
    redis, process = os.environ.get("PORTAL_TEST_REDIS_URL", ""), os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]
    if redis:
        redis += f"?virtual_host={process}" if redis.startswith("redis+socket") else f"/{process}"
    return {"DATABASE_URL": os.environ.get("PORTAL_TEST_DATABASE_URL", ""), "REDIS_URL": redis}


prepare_environment()
pytest_plugins = ["tests.servers", "tests.factories.fixtures"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config: pytest.Config, specs: object) -> None:
    """Let each process of pytest-xdist make its own environment: with this name inherited, Django would load first."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


def pytest_configure(config: pytest.Config) -> None:
    """Serve style sheets by plain names (hashed ones need collectstatic); put SQLite in a file, as in service."""
    from django.conf import settings

    if settings.STATE_DIR != STATE:
        raise pytest.UsageError("Django's settings were loaded before the environment of the tests was made.")
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(MEMORY / "test.sqlite3")
    compile_catalogues(settings.LOCALE_PATHS)
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


def compile_catalogues(folders: list[Path]) -> None:
    """Let the tests read the words that stand in the catalogues now, also where nobody has run `make setup` since."""
    for po in (po for folder in folders for po in folder.glob("*/LC_MESSAGES/*.po")):
        mo, fresh = po.with_suffix(".mo"), po.with_suffix(f".{os.getpid()}.mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            subprocess.run(["msgfmt", "-o", fresh, po], check=True)
            fresh.rename(mo)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind, on disk or in memory."""
    for place in (STATE, MEMORY):
        shutil.rmtree(place, ignore_errors=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer to leave out what would do the same again on another database."""
    parser.addoption("--database-only", action="store_true", help="only tests that use the database")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what was asked to be left out; mark as slow what took over a tenth of a second the last time.

    Files with the longest journeys come first, so that the last process does not begin one when all others are done.
    The tests of test_desk follow one case from its queue to the lawyer: they stay in the order of the file.
    """
    items.sort(key=place)
    if config.getoption("--database-only"):
        pure = [item for item in items if not uses_tables(item) or item.get_closest_marker("shown")]
        config.hook.pytest_deselected(items=pure)
        items[:] = [item for item in items if item not in set(pure)]
    slow = set(config.cache.get(SLOW_CACHE, [])) if config.cache else set()
    for item in items:
        if item.nodeid in slow:
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish(session: pytest.Session) -> None:
    """As processes that answer requests do: otherwise it takes a sixth of all processor time."""
    collect_rarely()


def place(item: pytest.Item) -> tuple[int, int]:
    """Where a test stands in a run: longest files first, a journey in the order in which it is written."""
    name = item.path.stem
    return LONGEST.index(name) if name in LONGEST else len(LONGEST), (item.location[1] or 0) if name == JOURNEY else 0


def uses_tables(item: pytest.Item) -> bool:
    """Does a test ask for the database, by a fixture or by the mark?"""
    return bool(DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))) or bool(
        item.get_closest_marker("django_db")
    )


class Durations:
    """Remembers which tests were slow."""

    def __init__(self) -> None:
        """Start with nothing seen."""
        self.seen: dict[str, float] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note how long the test itself took."""
        if report.when == "call":
            self.seen[report.nodeid] = report.duration


DURATIONS = Durations()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Listen to durations."""
    session.config.pluginmanager.register(DURATIONS)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Keep the list of slow tests for the next run; the processes of xdist leave that to their parent."""
    if session.config.cache is None or hasattr(session.config, "workerinput"):
        return
    slow = set(session.config.cache.get(SLOW_CACHE, [])) - DURATIONS.seen.keys()
    slow |= {name for name, seconds in DURATIONS.seen.items() if seconds > SLOW_SECONDS}
    session.config.cache.set(SLOW_CACHE, sorted(slow))


@pytest.fixture(autouse=True)
def _umask() -> Iterator[None]:
    """Files made by tests are private, as they are in service."""
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.fixture(scope="session", autouse=True)
def nursery() -> Iterator[None]:
    """Children of all tests are born from one nursery, which begins with the first of them."""
    from cases.dossier.children import warm

    with warm(MEMORY):
        yield
