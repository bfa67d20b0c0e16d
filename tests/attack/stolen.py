"""A deployment that somebody carries away: what is copied, how it is searched, and the controls of the search."""

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import redis

from portal.ops.deployment import Deployment
from tests.attack.scanner import Hit, controls, scan_bytes, scan_folder


@dataclass
class Places:
    """Everything of a deployment that lies on a disk or in memory outside its processes."""

    portal: Deployment
    log: Path

    def search(self, words: list[str]) -> list[Hit]:
        """All words in tables, WAL, file store, Redis, logs, temporary and secret files, names included."""
        hits = scan_folder(self.portal.state, words) + scan_folder(self.portal.memory, words)
        hits += scan_bytes(self.log.read_bytes(), words, "log")
        return hits + self.rows(words) + self.queue(words)

    def rows(self, words: list[str]) -> list[Hit]:
        """Every cell of every table, as SQL gives it out."""
        with closing(sqlite3.connect(self.portal.state / "db.sqlite3")) as database:
            tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            cells = [
                (table, cell)
                for table in tables
                for row in database.execute(f'SELECT * FROM "{table}"')
                for cell in row
                if isinstance(cell, str | bytes)
            ]
        data = b"\n".join(cell if isinstance(cell, bytes) else cell.encode() for _, cell in cells)
        return scan_bytes(data, words, "tables")

    def queue(self, words: list[str]) -> list[Hit]:
        """Every key and value in Redis, if it runs."""
        if not self.portal.redis or not self.portal.redis.answers():
            return []
        client = redis.Redis(unix_socket_path=str(self.portal.redis.socket))
        data = b"\n".join(key + b"\n" + (client.dump(key) or b"") for key in client.scan_iter())
        return scan_bytes(data, words, "redis")

    def plant(self, word: str) -> set[str]:
        """Put a control word into every place, in different encodings; returns where the search must find it."""
        forms = controls(word)
        state = self.portal.state
        with closing(sqlite3.connect(state / "db.sqlite3")) as database, database:
            database.execute("CREATE TABLE control (word TEXT)")
            database.execute("INSERT INTO control VALUES (?)", (json.dumps(word),))
        (state / "files" / "control").write_bytes(forms["gzip"])
        (state / "secrets" / "control").write_bytes(forms["base64"])
        (self.portal.memory / "control").write_bytes(forms["percent"])
        (state / "redis" / "control").write_bytes(forms["utf-16"])
        with self.log.open("ab") as log:
            log.write(forms["hex"])
        return {"tables", "files/control", "secrets/control", "control", "redis/control", "log"}

    def plant_running(self, word: str) -> set[str]:
        """Put a control word into the WAL and into Redis of a running deployment."""
        self.open_wal = sqlite3.connect(self.portal.state / "db.sqlite3")
        self.open_wal.execute("PRAGMA wal_autocheckpoint = 0")
        self.open_wal.execute("CREATE TABLE wal_control (word TEXT)")
        self.open_wal.execute("INSERT INTO wal_control VALUES (?)", (word,))
        self.open_wal.commit()
        redis.Redis(unix_socket_path=str(self.portal.redis.socket)).set("control", word)
        return {"db.sqlite3-wal", "redis"}

    def power_off(self) -> None:
        """Kill every process at once and lose what was in memory."""
        for child in self.portal.children.values():
            child.kill()
        self.portal.redis.child.kill()
        self.portal.children.clear()
        shutil.rmtree(self.portal.memory / "worker", ignore_errors=True)
