"""`make check`: format, lint, types, imports, tables, translations, pins and proofs; all of them, then the verdict."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from portal.environment import BASE_DIR
from portal.management.commands.make_secrets import write_missing
from portal.ops import catalogues, lock, prove

TOOLS = Path(sys.executable).parent
COMMANDS: dict[str, list[str]] = {
    "format": [str(TOOLS / "ruff"), "format", "--check", "--quiet", "."],
    "lint": [str(TOOLS / "ruff"), "check", "--quiet", "."],
    "types": [str(TOOLS / "mypy"), "--no-error-summary", "."],
    "imports": [str(TOOLS / "lint-imports")],
    "system checks": [sys.executable, "manage.py", "check", "--fail-level", "WARNING"],
    "migrations": [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
}


def main() -> int:
    """Run every check; 0 only when all are content."""
    with tempfile.TemporaryDirectory(prefix="portal-check-") as state:
        memory = tempfile.mkdtemp(prefix="portal-check-", dir="/dev/shm")
        try:
            environment = own_environment(Path(state), memory)
            failed = [name for name, command in COMMANDS.items() if not passes(name, runs(command, environment))]
        finally:
            shutil.rmtree(memory, ignore_errors=True)
    texts = {"translations": catalogues.faults, "pins": lock.faults, "proofs": proof_faults}
    failed += [name for name, faults in texts.items() if not passes(name, says(faults))]
    print(ages(), *catalogues.desk_state(), sep="\n")
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed", flush=True)
    return 1 if failed else 0


def own_environment(state: Path, memory: str) -> dict[str, str]:
    """Make settings that touch nothing of this clone's own state."""
    write_missing(state / "secrets")
    (state / "static").mkdir()
    named = {"PORTAL_STATE_DIR": str(state), "PORTAL_TMPFS_DIR": memory, "DJANGO_SETTINGS_MODULE": "portal.settings"}
    kept = {
        n: v for n, v in os.environ.items() if not n.startswith("PORTAL_") and n not in {"DATABASE_URL", "REDIS_URL"}
    }
    return kept | named


def passes(name: str, check: Callable[[], str]) -> bool:
    """Run one check, say how it went and how long it took; a complaint is printed whole."""
    started = time.monotonic()
    complaint = check()
    verdict = "FAILED" if complaint else "ok"
    print(f"{name:<16}{verdict:<8}{time.monotonic() - started:5.1f} s", flush=True)
    if complaint:
        print(complaint, flush=True)
    return not complaint


def runs(command: list[str], environment: dict[str, str]) -> Callable[[], str]:
    """Turn a command into a check: what it printed if it failed, else nothing."""

    def check() -> str:
        done = subprocess.run(command, cwd=BASE_DIR, env=environment, capture_output=True, text=True)
        return (done.stdout + done.stderr).strip() or f"code {done.returncode}" if done.returncode else ""

    return check


def says(faults: Callable[[], Iterator[str]]) -> Callable[[], str]:
    """Turn a list of faults into a check."""
    return lambda: "\n".join(faults())


def proof_faults() -> Iterator[str]:
    """Say which proof has no record or a bad one, and which record has no proof."""
    records, names = prove.recorded(), prove.listed()
    for name in names:
        if name not in records:
            yield f"{name}: never run (make prove NAME={name})"
        elif records[name]["result"] != "passed":
            yield f"{name}: {records[name]['result']} on {records[name]['date']}"
    for name in sorted(records.keys() - set(names)):
        yield f"{name}: recorded, but tests/proofs/{name}.py is not there"


def ages() -> str:
    """Say how old each proof is."""
    today = date.today()
    return "\n".join(
        f"proof {name:<24}{(today - date.fromisoformat(proof['date'])).days:>4} days old, at {proof['commit']}"
        for name, proof in sorted(prove.recorded().items())
    )


if __name__ == "__main__":
    sys.exit(main())
