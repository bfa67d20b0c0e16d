"""`make prove`: the long proofs. Each file in tests/proofs/ is one; its first line of text says what it proves.

A proof is a module of pytest tests that `make test` does not collect. What came out, when and at which commit, is kept
in docs/proofs.json; `make check` holds that file against the folder.
"""

import ast
import json
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TypedDict

from portal.environment import BASE_DIR
from portal.ops.suites import run_suite

PROOFS = BASE_DIR / "tests" / "proofs"
RECORD = BASE_DIR / "docs" / "proofs.json"


class Proof(TypedDict):
    """What docs/proofs.json keeps of one proof."""

    claim: str
    result: str  # "passed" or "failed"
    tests: int
    seconds: int
    date: str  # ISO day
    commit: str  # with "+" when files differed from it


def main(arguments: list[str]) -> int:
    """Run all proofs, or the named ones; 0 only when each passed."""
    names = arguments or listed()
    if unknown := set(names) - set(listed()):
        print(f"no such proof: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    if not names:
        print("tests/proofs/ holds no proof", file=sys.stderr)
        return 1
    records = {name: proof for name, proof in recorded().items() if name in listed()}
    for name in names:
        records[name] = prove(name)
        RECORD.write_text(json.dumps(records, indent=2, sort_keys=True, ensure_ascii=False) + "\n")
    for name in names:
        print(f"{name:<24}{records[name]['result']:<8}{records[name]['seconds']:>6} s  {records[name]['claim']}")
    return 0 if all(records[name]["result"] == "passed" for name in names) else 1


def listed() -> list[str]:
    """Name the proofs that exist."""
    return sorted(path.stem for path in PROOFS.glob("*.py") if not path.stem.startswith("_"))


def recorded() -> dict[str, Proof]:
    """Read what earlier runs gave."""
    found: dict[str, Proof] = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    return found


def prove(name: str) -> Proof:
    """Run one proof."""
    with tempfile.TemporaryDirectory(prefix="portal-proof-") as folder:
        result = run_suite(name, "proof", [str(PROOFS / f"{name}.py"), "-s"], {}, Path(folder) / "report")
    return Proof(
        claim=claim(name),
        result="passed" if result.is_good else "failed",
        tests=result.passed,
        seconds=round(result.seconds),
        date=date.today().isoformat(),
        commit=commit(),
    )


def claim(name: str) -> str:
    """Read what a proof says it proves."""
    text = ast.get_docstring(ast.parse((PROOFS / f"{name}.py").read_text())) or name
    return text.splitlines()[0]


def commit() -> str:
    """Name the commit, with "+" when the tree differs from it in more than the record itself."""
    head = git("rev-parse", "--short=12", "HEAD")
    changed = git("status", "--porcelain", "--", ".", f":!{RECORD.relative_to(BASE_DIR)}")
    return head + ("+" if changed else "")


def git(*arguments: str) -> str:
    """Ask git."""
    return subprocess.run(["git", *arguments], cwd=BASE_DIR, capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
