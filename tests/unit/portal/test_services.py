"""Private servers: no port, no system service, gone afterwards."""

import os
import subprocess
from pathlib import Path

import psycopg
import pytest
import redis

from portal.environment import redis_socket
from portal.ops import services
from portal.ops.processes import StartError


def listening_ports(pid: int) -> set[str]:
    """The TCP sockets that a process listens on, by inode (source: /proc)."""
    inodes = {os.readlink(fd).removeprefix("socket:[").rstrip("]") for fd in Path(f"/proc/{pid}/fd").iterdir()}
    lines = [
        line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]
    ]
    return {parts[1] for parts in lines if parts[3] == "0A" and parts[9] in inodes}


@pytest.mark.slow
def test_redis_keeps_what_it_acknowledged_and_opens_no_port(tmp_path: Path) -> None:
    server = services.Redis(tmp_path / "redis", tmp_path / "r.sock").start()
    try:
        client = redis.Redis(unix_socket_path=str(server.socket))
        assert client.config_get("port") == {"port": "0"}
        client.rpush("queue", "id-1")
        assert server.child is not None
        assert listening_ports(server.child.process.pid) == set()
        assert server.socket.stat().st_mode & 0o077 == 0
        client.close()
    finally:
        server.stop()
    again = services.Redis(tmp_path / "redis", tmp_path / "r.sock").start()
    try:
        client = redis.Redis(unix_socket_path=str(again.socket))
        assert client.lrange("queue", 0, -1) == [b"id-1"]
        client.close()
    finally:
        again.stop()


def test_clamd_is_started_only_where_there_are_signatures(tmp_path: Path) -> None:
    server = services.Clamd(tmp_path / "clamd", tmp_path, tmp_path)
    assert not server.is_possible
    (tmp_path / "freshclam.dat").touch()
    assert not server.is_possible
    for name in ("main.cvd", "daily.cld", "local.ndb", "local.hdb"):
        (tmp_path / name).touch()
        assert server.is_possible
        (tmp_path / name).unlink()


def test_the_folder_in_memory_that_clamd_makes_first_is_closed_to_others(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        services.Clamd(tmp_path / "clamd", tmp_path / "memory", tmp_path).configure()
    finally:
        os.umask(before)
    for place in ("clamd", "memory", "memory/clamd"):
        assert (tmp_path / place).stat().st_mode & 0o077 == 0


@pytest.mark.slow
def test_clamd_opens_no_port_and_lets_nobody_else_in(real_clamd: services.Clamd) -> None:
    assert real_clamd.child is not None
    assert listening_ports(real_clamd.child.process.pid) == set()
    assert real_clamd.socket.stat().st_mode & 0o077 == 0
    assert real_clamd.temporary.stat().st_mode & 0o077 == 0


@pytest.mark.slow
def test_postgresql_runs_as_somebody_unprivileged_and_leaves_nothing() -> None:
    server = services.Postgres()
    try:
        server.start()
        assert server.child is not None
        pid = server.child.process.pid
        assert Path(f"/proc/{pid}").stat().st_uid != 0
        assert listening_ports(pid) == set()
        with psycopg.connect(host=str(server.folder), user="portal", dbname="portal") as connection:
            row = connection.execute(
                "select current_setting('server_version_num')::int, current_setting('fsync')"
            ).fetchone()
            assert row is not None
            assert row[0] >= 150000
            assert row[1] == "off"
    finally:
        server.stop()
    assert not server.folder.exists()


@pytest.mark.slow
def test_root_is_given_up_even_where_the_root_folder_is_closed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if os.getuid():  # nothing to give up
        assert services.unprivileged() == (os.getuid(), os.getgid())
        return
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    (closed / "word").write_text("read")
    monkeypatch.setattr(services, "POSTGRES_FOLDERS", str(closed / "postgresql"))
    user, group = services.unprivileged()
    word = str(closed / "word")
    asks = f"os.getuid(), open({word!r}).read(), os.access({word!r}, os.R_OK), os.access('/etc/shadow', os.W_OK)"
    command = [*services.becoming(user, group), "/usr/bin/env", "python3", "-c", f"import os; print({asks})"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(user), "read", "True", "False"]


def test_an_old_or_missing_postgresql_is_said_loudly(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(services, "POSTGRES_FOLDERS", str(tmp_path))
    with pytest.raises(StartError, match="make setup"):
        services.binary("initdb")
    for version in ("9", "14"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "initdb").touch()
    with pytest.raises(StartError):
        services.binary("initdb")
    (tmp_path / "16" / "bin").mkdir(parents=True)
    (tmp_path / "16" / "bin" / "initdb").touch()
    assert services.binary("initdb").endswith("16/bin/initdb")


def test_a_socket_that_would_have_too_long_a_path_goes_to_memory(tmp_path: Path) -> None:
    assert redis_socket(Path("/a"), tmp_path) == Path("/a/redis.sock")
    assert redis_socket(Path("/" + "a" * 100), Path("/m")) == Path("/m/redis.sock")
    assert redis_socket(Path("/" + "б" * 50), Path("/m")) == Path("/m/redis.sock")
