"""A whole portal as child processes over one state folder: what `make run`, the walkthrough and the benches start."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from portal.environment import BASE_DIR, redis_socket, tmpfs_of
from portal.ops.processes import Child, Output, Program, StartError, accepts, free_port, stop, wait_for
from portal.ops.services import Clamd, Redis

ROOT_WARNING = "ignore:You're running the worker with superuser privileges"
# For programs that play people, many and fast: nobody reads, nobody is too many, and the next code comes soon.
HURRIED = {
    "PORTAL_CODE_SECONDS": "10",
    "PORTAL_READING_SECONDS": "0",
    "PORTAL_SENDS_PER_MINUTE": "1000000",
    "PORTAL_TRIES_PER_MINUTE": "1000000",
    "PORTAL_VISITS_PER_MINUTE": "1000000",
}
KEPT_VARIABLES = ("PATH", "HOME", "LANG", "LC_ALL", "TERM", "TZ", "SSL_CERT_FILE", "C_FORCE_ROOT")


@dataclass
class Deployment:
    """Redis, web, worker and scheduler of one state folder. Use as a context manager, or start() and stop().

    database_url: None is SQLite in the state folder. redis_url: None is a private Redis there.
    signatures: a folder with clamd's signatures; a private scanner is started with them. None: files are not scanned.
    is_timed: start a time stamping authority of our own, which proves nothing to anybody; without it nothing is filed.
    settings: more PORTAL_ variables. tls: (certificate, key) in PEM files. output: where the processes write.
    """

    state: Path
    port: int = 0
    database_url: str | None = None
    redis_url: str | None = None
    web_processes: int = 2
    worker_processes: int = 1
    signatures: Path | None = None
    is_timed: bool = False
    settings: Mapping[str, str] = field(default_factory=dict)
    tls: tuple[Path, Path] | None = None
    output: Output = None
    children: dict[str, Child] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Choose the port and the folders."""
        self.state = self.state.resolve()
        self.port = self.port or free_port()
        self.time_port = free_port() if self.is_timed else 0
        self.scanner: Clamd | None = None
        self.memory = Path(self.environment["PORTAL_TMPFS_DIR"])
        if self.signatures:
            self.scanner = Clamd(self.state / "clamd", self.memory, self.signatures)
        socket = redis_socket(self.state, self.memory)
        self.redis = None if self.redis_url else Redis(self.state / "redis", socket)

    @property
    def environment(self) -> dict[str, str]:
        """The variables of every process; nothing else of ours is inherited."""
        kept = {name: value for name, value in os.environ.items() if name in KEPT_VARIABLES}
        named = {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url}
        tls = {"PORTAL_TLS_CERT": str(self.tls[0]), "PORTAL_TLS_KEY": str(self.tls[1])} if self.tls else {}
        scanner = {}
        if self.scanner:
            scanner = {"PORTAL_CLAMD": self.scanner.address, "PORTAL_CLAMD_CONF": str(self.scanner.conf)}
        return {
            **kept,
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "PYTHONUNBUFFERED": "1",
            "PYTHONWARNINGS": ROOT_WARNING,
            "PORTAL_STATE_DIR": str(self.state),
            "PORTAL_TMPFS_DIR": str(tmpfs_of(self.state)),
            "PORTAL_BIND": f"127.0.0.1:{self.port}",
            "PORTAL_WEB_PROCESSES": str(self.web_processes),
            "PORTAL_WEB_GRACE": "2",
            **tls,
            **scanner,
            **self.timed,
            **{name: value for name, value in named.items() if value},
            **self.settings,
        }

    @property
    def timed(self) -> dict[str, str]:
        """The address and the certificate of the authority of our own, if there is one."""
        if not self.is_timed:
            return {}
        return {
            "PORTAL_TIME_AUTHORITY_URL": f"http://127.0.0.1:{self.time_port}/",
            "PORTAL_TIME_AUTHORITY_CERTIFICATE": str(self.state / "authority" / "root.pem"),
        }

    @property
    def url(self) -> str:
        """The address of the web server; localhost, for which browsers keep Secure cookies without TLS."""
        return f"{'https' if self.tls else 'http'}://localhost:{self.port}"

    def __enter__(self) -> "Deployment":
        """Start everything, with the demonstration organisation."""
        self.prepare("--demo=json")
        return self.start()

    def __exit__(self, *_: object) -> None:
        """Stop everything."""
        self.stop()

    def prepare(self, *arguments: str) -> str:
        """Make secrets, tables, reference data and people; returns what was printed. Raises StartError."""
        self.state.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.scanner:
            self.scanner.configure()
        return self.python("-m", "portal.ops.prepare", *arguments)

    def manage(self, *arguments: str) -> str:
        """Run a management command and return what it printed. Raises StartError."""
        return self.python("manage.py", *arguments)

    def python(self, *arguments: str) -> str:
        """Run Python in this deployment's environment; its errors go where ours go. Raises StartError."""
        command = [sys.executable, *arguments]
        done = subprocess.run(command, env=self.environment, cwd=BASE_DIR, stdout=subprocess.PIPE, text=True)
        if done.returncode:
            raise StartError(f"{' '.join(arguments[:3])} ended with code {done.returncode}")
        return done.stdout

    def start(self) -> "Deployment":
        """Start Redis, then web, worker and scheduler side by side, and wait until all are ready."""
        try:
            self.start_redis()
            self.start_scanner()
            self.start_authority()
            self.start_web(wait=False)
            self.start_worker(wait=False)
            self.start_scheduler()
            self.wait_web()
            self.wait_worker()
        except BaseException:
            self.stop()
            raise
        return self

    def start_redis(self) -> None:
        """Start the private Redis, if this deployment has one."""
        if self.redis:
            self.redis.start()

    def start_scanner(self, wait: float = 0) -> None:
        """Start the private scanner, if there is one. Nobody waits: until it answers, files are not scanned."""
        if self.scanner:
            self.scanner.start(wait)

    def start_authority(self, seconds: float = 30) -> None:
        """Start the authority that says the time, if there is one; web and worker want its certificate to be there."""
        if self.is_timed:
            folder = self.state / "authority"
            self._start("time", "portal.ops.authority", str(folder), str(self.time_port))
            wait_for((folder / "root.pem").is_file, self.children["time"], seconds)

    def start_web(self, wait: bool = True) -> None:
        """Start gunicorn."""
        self._start("web", "gunicorn", "--config", "python:portal.ops.gunicorn_conf", "portal.wsgi")
        if wait:
            self.wait_web()

    def start_worker(self, wait: bool = True) -> None:
        """Start a Celery worker."""
        self.ready_file.unlink(missing_ok=True)
        quiet = ("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "WARNING")
        size = ("--concurrency", str(self.worker_processes))
        self._start("worker", "celery", "--quiet", "-A", "portal", "worker", *size, *quiet)
        if wait:
            self.wait_worker()

    def start_scheduler(self) -> None:
        """Start Celery's beat."""
        schedule = ("--schedule", str(self.state / "schedule"), "--pidfile=", "--loglevel", "WARNING")
        self._start("scheduler", "celery", "--quiet", "-A", "portal", "beat", *schedule)

    def wait_web(self, seconds: float = 30) -> None:
        """Wait until the web server accepts connections. Raises StartError."""
        wait_for(lambda: accepts(self.port), self.children["web"], seconds)

    def wait_worker(self, seconds: float = 30) -> None:
        """Wait until the worker takes jobs. Raises StartError."""
        wait_for(self.ready_file.exists, self.children["worker"], seconds)

    @property
    def ready_file(self) -> Path:
        """The file that the worker touches when it is ready."""
        return self.state / "worker-ready"

    def stop(self, seconds: float = 3.5) -> list[str]:
        """Stop everything, Redis last; returns the names of what had to be killed."""
        killed = stop(self.children.values(), seconds)
        self.children.clear()
        for server in (self.scanner, self.redis):
            if server:
                server.stop()
        return killed

    def remove(self) -> None:
        """Delete everything this deployment left on disk and in memory."""
        for place in (self.state, self.memory):
            shutil.rmtree(place, ignore_errors=True)

    def stop_one(self, name: str, seconds: float = 3) -> None:
        """Stop one process: web, worker or scheduler."""
        stop([self.children.pop(name)], seconds)

    def dead(self) -> list[str]:
        """Name the processes that ended by themselves."""
        own = [self.redis.child] if self.redis and self.redis.child else []
        return [child.name for child in [*own, *self.children.values()] if not child.is_alive]

    def _start(self, name: str, *arguments: str) -> None:
        environment = self.environment | {"PORTAL_READY_FILE": str(self.ready_file)}
        command = [sys.executable, "-m", *arguments]
        self.children[name] = Program(name, command, environment, folder=BASE_DIR, output=self.output).start()
