"""Copies of the database: the long one holds no erase share, and opens nothing of what was erased since."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.factories.cast import Cast
from vault.models import AuditEvent, EraseShare, SealedValue

pytestmark = pytest.mark.django_db(transaction=True)
ON_SQLITE = connection.vendor == "sqlite"


def shares() -> list[bytes]:
    return [bytes(row.share) for row in EraseShare.objects.all()]


def copied(kind: str, target: Path) -> bytes:
    """A copy as bytes: by the command, or on PostgreSQL by the very line that the command and the page name."""
    if ON_SQLITE:
        call_command("backup", *kind.split(), str(target), verbosity=0)
        return target.read_bytes()
    with pytest.raises(CommandError) as refused:
        call_command("backup", *kind.split(), str(target))
    return by_pg_dump(str(refused.value), kind, target)


def by_pg_dump(lines: str, kind: str, target: Path) -> bytes:
    """Run the line for this kind of copy, as text and not compressed, and return every column of bytes in it."""
    line = next((line for line in lines.splitlines() if kind and f"({kind})" in line), "")
    options = [word for word in line.split() if word.startswith(("--data-only", "--table", "--exclude"))]
    found = connection.settings_dict
    where = {"PGHOST": found["HOST"], "PGPORT": str(found["PORT"] or ""), "PGUSER": found["USER"]}
    tool = next(Path("/usr/lib/postgresql").glob("*/bin/pg_dump"))
    command = [str(tool), *options, f"--file={target}", found["NAME"]]
    subprocess.run(command, env={**os.environ, **where, "PGPASSWORD": found["PASSWORD"]}, check=True)
    return b"".join(bytes.fromhex(word) for word in re.findall(r"\\x([0-9a-f]+)", target.read_text()))


def test_a_copy_is_a_whole_database(cast: Cast, tmp_path: Path) -> None:
    """Triggers, indexes and numbers of rows come along. On PostgreSQL that is for pg_restore to hold."""
    copied("--long", tmp_path / "long")
    if ON_SQLITE:
        with closing(sqlite3.connect(tmp_path / "long")) as copy, connection.cursor() as live:
            objects = "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2"
            assert copy.execute(objects).fetchall() == live.execute(objects).fetchall()
            assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert copy.execute("PRAGMA foreign_key_check").fetchall() == []
            assert copy.execute("SELECT count(*) FROM vault_auditevent").fetchone() == (AuditEvent.objects.count(),)
    assert (tmp_path / "long").stat().st_mode & 0o077 == 0


def test_no_copy_is_written_over_another(cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"yesterday")
    with pytest.raises(CommandError):
        call_command("backup", str(tmp_path / "there"))
    assert (tmp_path / "there").read_bytes() == b"yesterday"


def test_the_long_copy_holds_no_erase_share_and_everything_else(cast: Cast, tmp_path: Path) -> None:
    assert len(shares()) > 3
    long, whole = copied("--long", tmp_path / "long"), copied("", tmp_path / "whole")
    value = bytes(SealedValue.objects.first().blob)
    assert value in long
    assert value in whole
    assert all(share in whole for share in shares())
    assert not [share for share in shares() if share in long]


def test_the_shares_can_be_copied_apart(cast: Cast, tmp_path: Path) -> None:
    apart = copied("--shares", tmp_path / "shares")
    assert all(share in apart for share in shares())
    assert bytes(SealedValue.objects.first().blob) not in apart
