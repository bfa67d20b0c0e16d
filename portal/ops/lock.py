"""`make lock`: pin every package with hashes, and put the reason of each direct one above its pin."""

import re
import subprocess
import sys
from collections.abc import Iterator

from portal.environment import BASE_DIR

NAMES = ("requirements", "requirements-dev")
OPTIONS = (
    "--quiet", "--generate-hashes", "--allow-unsafe", "--strip-extras", "--no-header", "--no-emit-index-url",
    "--no-emit-trusted-host", "--no-emit-find-links", "--resolver=backtracking",
)  # fmt: skip
HEADER = "# Written by `make lock` from {name}.in. Each package that we chose has its reason above it.\n"
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.IGNORECASE)
DIRECT = re.compile(r"^([a-z0-9][a-z0-9._-]*)(\[[^]]*\])?", re.IGNORECASE)


def main(arguments: list[str]) -> int:
    """Pin both lists; `--upgrade` takes the newest releases that the .in files allow."""
    for name in NAMES:
        compile_pins(name, arguments)
        pins = BASE_DIR / f"{name}.txt"
        pins.write_text(HEADER.format(name=name) + with_reasons(pins.read_text(), reasons(name)))
    return 0


def compile_pins(name: str, arguments: list[str]) -> None:
    """Run pip-compile; pins that still fit stay."""
    command = [
        sys.executable,
        "-m",
        "piptools",
        "compile",
        *OPTIONS,
        *arguments,
        f"--output-file={name}.txt",
        f"{name}.in",
    ]
    subprocess.run(command, cwd=BASE_DIR, check=True)


def reasons(name: str) -> dict[str, str]:
    """Read why each direct package is there: the comment above its line, or above the group of lines it stands in."""
    found: dict[str, str] = {}
    comment: list[str] = []
    is_fresh = False
    for line in (BASE_DIR / f"{name}.in").read_text().splitlines():
        if line.startswith("#"):
            comment = [*comment, line] if is_fresh else [line]
            is_fresh = True
            continue
        if match := DIRECT.match(line):
            found[normal(match[1])] = "\n".join(comment)
        comment, is_fresh = (comment if match else []), False
    return found


def with_reasons(pins: str, why: dict[str, str]) -> str:
    """Put the reasons above the pins; what was there from an earlier run is dropped first."""
    lines: list[str] = []
    for line in pins.splitlines():
        if line.startswith("#"):
            continue
        if (match := PIN.match(line)) and (reason := why.get(normal(match[1]))):
            lines.append(reason)
        lines.append(line)
    return "\n".join(lines).strip() + "\n"


def normal(name: str) -> str:
    """Spell a package's name as the index does."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(name: str) -> dict[str, str]:
    """Read the pins of a list: package -> version."""
    lines = (BASE_DIR / f"{name}.txt").read_text().splitlines()
    return {normal(match[1]): match[2] for line in lines if (match := PIN.match(line))}


def faults() -> Iterator[str]:
    """Say which pins lack a hash, a reason or a package, and which line names a host."""
    for name in NAMES:
        text = (BASE_DIR / f"{name}.txt").read_text()
        pins, why = pinned(name), reasons(name)
        yield from (f"{name}.txt: {package} is not pinned (make lock)" for package in sorted(why.keys() - pins.keys()))
        yield from (f"{name}.in: {package} has no reason above it" for package in sorted(why) if not why[package])
        yield from (f"{name}.txt: the reason of {p} differs (make lock)" for p in sorted(why) if why[p] not in text)
        entries = re.split(r"\n(?=[a-z0-9])", text, flags=re.IGNORECASE)[1:]
        yield from (f"{name}.txt: no hash for {e.split()[0]}" for e in entries if "--hash=sha256:" not in e)
        if "://" in text:
            yield f"{name}.txt: names a host"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
