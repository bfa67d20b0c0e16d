"""Private servers from Debian's binaries, on unix sockets: no system service is touched, no port is opened."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path

from portal.ops.processes import Child, Program, StartError, stop, wait_for

REDIS_BINARY = "/usr/bin/redis-check-rdb"  # from redis-tools; the server itself, which looks at its own name
POSTGRES_FOLDERS = "/usr/lib/postgresql"
CLAMD_BINARY = "/usr/sbin/clamd"  # from clamav-daemon
SIGNATURES = Path("/var/lib/clamav")
CLAMD_SETTINGS = {
    "Foreground": "yes",
    "LocalSocketMode": "600",
    "LogClean": "no",
    "StreamMaxLength": "30M",  # a little more than UPLOAD_LIMIT, so that no file is too large to be looked at
    "ReadTimeout": "300",  # between two pieces of a slow upload
    "MaxScanTime": "15000",  # less than CLAMD_SECONDS, in milliseconds
    "MaxScanSize": "100M",
    "AlertExceedsMax": "yes",  # what was not looked at wholly is said, not passed as clean
    "AlertEncrypted": "yes",
}
DATABASE = "portal"


class Redis:
    """A Redis of our own: one unix socket, one append-only file, no TCP port."""

    def __init__(self, folder: Path, socket_path: Path) -> None:
        """Keep data in `folder` and listen on `socket_path` (environment.redis_socket keeps that short)."""
        self.folder, self.socket = folder, socket_path
        self.child: Child | None = None

    @property
    def url(self) -> str:
        """The broker URL in Celery's spelling."""
        return f"redis+socket://{self.socket}"

    @property
    def arguments(self) -> list[str]:
        """The command line; argv[0] decides that the binary is a server."""
        return [
            "redis-server", "--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700",
            "--dir", str(self.folder), "--appendonly", "yes", "--save", "", "--daemonize", "no",
            "--loglevel", "warning", "--set-proc-title", "no",
        ]  # fmt: skip

    def start(self) -> "Redis":
        """Start and wait until it answers. Raises StartError."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.socket.unlink(missing_ok=True)
        log = self.folder / "redis.log"
        self.child = Program("redis", self.arguments, executable=REDIS_BINARY, log=log).start()
        wait_for(self.answers, self.child, 10)
        return self

    def answers(self) -> bool:
        """Tell whether a PING comes back."""
        return asked(self.socket, b"PING\r\n").startswith(b"+PONG")

    def stop(self) -> None:
        """Stop it; what was acknowledged stays in the append-only file."""
        if self.child:
            stop([self.child], 2)


class Postgres:
    """A PostgreSQL cluster of our own in a temporary folder, as an unprivileged user, gone when stopped."""

    def __init__(self, is_durable: bool = False) -> None:
        """Choose whether commits reach the disk (benchmarks) or not (tests)."""
        self.is_durable = is_durable
        # not tempfile's default: the settings move that into a folder which another user cannot enter
        self.folder = Path(tempfile.mkdtemp(prefix="portal-pg-", dir="/tmp"))
        self.user, self.group = unprivileged()
        self.as_user = becoming(self.user, self.group) if os.getuid() == 0 else []
        self.child: Child | None = None

    @property
    def url(self) -> str:
        """The URL for DATABASE_URL: a user without password, known by the socket's folder."""
        return f"postgres://{DATABASE}@/{self.folder}/{DATABASE}"

    def start(self) -> "Postgres":
        """Make the cluster, start it, make the database. Raises StartError."""
        os.chown(self.folder, self.user, self.group)
        data = self.folder / "data"
        self._run("initdb", "-D", str(data), "-U", DATABASE, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        self.child = self._program(data).start()
        wait_for(self.answers, self.child, 20)
        self._run("createdb", "-h", str(self.folder), "-U", DATABASE, DATABASE)
        return self

    def answers(self) -> bool:
        """Tell whether connections are accepted."""
        return self._call("pg_isready", "-q", "-h", str(self.folder)).returncode == 0

    def stop(self) -> None:
        """Stop the server and remove the cluster."""
        if self.child:
            stop([self.child], 5)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _program(self, data: Path) -> Program:
        flags = ["listen_addresses=", f"unix_socket_directories={self.folder}", "unix_socket_permissions=0700"]
        if not self.is_durable:
            flags += ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
        options = [part for flag in flags for part in ("-c", flag)]
        command = [*self.as_user, binary("postgres"), "-D", str(data), *options]
        return Program("postgres", command, stop_signal=signal.SIGINT, log=self.folder / "log", folder=self.folder)

    def _call(self, name: str, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run([*self.as_user, binary(name), *arguments], cwd=self.folder, capture_output=True)

    def _run(self, name: str, *arguments: str) -> None:
        done = self._call(name, *arguments)
        if done.returncode:
            raise StartError(f"{name} failed: {done.stderr.decode(errors='replace').strip()}")


class Clamd:
    """A scanner of our own: one unix socket, its temporary files in memory, signatures that are there already."""

    def __init__(self, folder: Path, memory: Path, signatures: Path = SIGNATURES) -> None:
        """Keep configuration and log in `folder`, socket and what clamd unpacks in `memory`, a folder on tmpfs."""
        self.folder, self.socket, self.temporary = folder, memory / "clamd.sock", memory / "clamd"
        self.signatures = signatures
        self.child: Child | None = None

    @property
    def address(self) -> str:
        """The address for PORTAL_CLAMD."""
        return f"unix:{self.socket}"

    @property
    def conf(self) -> Path:
        """The file for PORTAL_CLAMD_CONF."""
        return self.folder / "clamd.conf"

    @property
    def is_possible(self) -> bool:
        """Is clamd installed, and are there signatures? None are ever fetched from here."""
        return Path(CLAMD_BINARY).exists() and any(self.signatures.glob("*.[chln][dlsuv][bd]"))

    def configure(self) -> None:
        """Make the folders and write the configuration, which the portal's own check reads (portal.E018)."""
        for place in (self.folder, self.temporary.parent, self.temporary):  # one by one, or a parent would be open
            place.mkdir(parents=True, exist_ok=True, mode=0o700)
        own = {
            "LocalSocket": self.socket, "TemporaryDirectory": self.temporary, "DatabaseDirectory": self.signatures,
            "User": pwd.getpwuid(os.getuid()).pw_name,
        }  # fmt: skip
        self.conf.write_text("".join(f"{name} {value}\n" for name, value in {**CLAMD_SETTINGS, **own}.items()))

    def start(self, wait: float = 20) -> "Clamd":
        """Start; wait so many seconds until it answers, or not at all (0): signatures can take long to load."""
        self.configure()
        self.socket.unlink(missing_ok=True)
        command = [CLAMD_BINARY, "--config-file", str(self.conf)]
        self.child = Program("clamd", command, log=self.folder / "clamd.log").start()
        if wait:
            wait_for(self.answers, self.child, wait)
        return self

    def answers(self) -> bool:
        """Tell whether a PING comes back."""
        return asked(self.socket, b"zPING\0").startswith(b"PONG")

    def stop(self) -> None:
        """Stop it."""
        if self.child:
            stop([self.child], 2)


def asked(path: Path, word: bytes) -> bytes:
    """What a server at a unix socket answers to a word; nothing when it does not."""
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(1)
        try:
            probe.connect(str(path))
            probe.sendall(word)
            return probe.recv(16)
        except OSError:
            return b""


def becoming(user: int, group: int) -> list[str]:
    """Make the start of a command line that gives root up, and still dies with its parent (setpriv, util-linux).

    Where the root folder is closed to others, nobody but root finds a program at all; there the right to look into
    folders is kept, and no other.
    """
    identity = ["setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups", "--pdeathsig=INT"]
    is_open = all(folder.stat().st_mode & 0o001 for folder in Path(POSTGRES_FOLDERS).parents)
    if is_open:
        return identity
    # no_setuid_fixup: access(2) forgets the right otherwise, and initdb asks by access(2)
    return [
        *identity,
        "--securebits=+no_setuid_fixup",
        "--inh-caps=+dac_read_search",
        "--ambient-caps=+dac_read_search",
    ]


def binary(name: str) -> str:
    """Find a program of the newest PostgreSQL from 15 on. Raises StartError."""
    found = [path for path in Path(POSTGRES_FOLDERS).glob(f"*/bin/{name}") if path.parent.parent.name.isdigit()]
    newest = max(found, key=lambda path: int(path.parent.parent.name), default=None)
    if newest is None or int(newest.parent.parent.name) < 15:
        raise StartError(f"{name} of PostgreSQL 15 or newer is not installed; `make setup` installs it")
    return str(newest)


def unprivileged() -> tuple[int, int]:
    """Choose who runs PostgreSQL, which refuses root: ourselves, or the system's postgres or nobody."""
    if os.getuid():
        return os.getuid(), os.getgid()
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    raise StartError("there is neither a user postgres nor a user nobody")
