"""One run of pytest, counted from its own report."""

import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.environment import BASE_DIR


@dataclass(frozen=True)
class Result:
    """What one suite did, on what, in how many seconds."""

    name: str
    where: str
    passed: int
    failed: int
    skipped: int
    seconds: float
    code: int

    @property
    def is_good(self) -> bool:
        """Good is: something ran, all of it passed, nothing was left out."""
        return self.code == 0 and self.passed > 0 and self.failed == 0 and self.skipped == 0

    def __str__(self) -> str:
        """Say it in one line."""
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        nothing = "  RAN NO TEST" if not self.passed + self.failed else ""
        counts = f"{self.passed} passed, {self.failed} failed{skipped}{nothing}"
        return f"{self.name:<18}{self.where:<52}{counts:<26}{self.seconds:6.0f} s"


def run_suite(name: str, where: str, arguments: Sequence[str], environment: Mapping[str, str], report: Path) -> Result:
    """Run pytest in a process of its own; its output goes to the terminal, its counts come back."""
    report.unlink(missing_ok=True)
    started = time.monotonic()
    print(f"\n=== {name}: {where}", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *arguments]
    # pytest rewrites every assertion of every test; kept as bytecode, that is done once and not in each process
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    code = subprocess.run(command, cwd=BASE_DIR, env={**kept, **environment}).returncode
    return Result(name, where, *counted(report), time.monotonic() - started, code)


def counted(report: Path) -> tuple[int, int, int]:
    """Read passed, failed (with errors) and skipped (with expected failures) from a JUnit report; zeros without one."""
    if not report.exists():
        return 0, 0, 0
    total = failed = skipped = 0
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):  # noqa: S314 - pytest wrote it a moment ago
        total += int(suite.get("tests", 0))
        failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped += int(suite.get("skipped", 0))
    return max(total - failed - skipped, 0), failed, skipped
