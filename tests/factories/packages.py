"""Packages that somebody has altered, and how the verifier is run on them."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from cases.dossier.keys import PackageKeys
from portal.environment import BASE_DIR

VERIFIER = BASE_DIR / "static" / "verify" / "verify_package.py"
D1 = "01_complaint_D-7QK4MT-1.pdf"
NOTE = "02_note-to-counsel_D-7QK4MT-1.pdf"
SIGNATURES = ("manifest.ed25519", "manifest.mldsa65")
Files = dict[str, bytes]


@dataclass(frozen=True)
class Said:
    """What the verifier said, and its exit code."""

    code: int
    text: str


def verify(place: Path, *arguments: str, python: Iterable[str] = (sys.executable, "-I")) -> Said:
    """Run the verifier as a technician does: a file of its own, in an interpreter that knows nothing of the portal."""
    command = [*python, str(VERIFIER), str(place), "--language", "en", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", env={"PYTHONUTF8": "1"}, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return Said(done.returncode, done.stdout)


def files_of(package: bytes) -> Files:
    """Every file of a package, in its order."""
    with zipfile.ZipFile(BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: Iterable[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    """A ZIP of files as they come; names are not looked at, and may stand twice."""
    body = BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        for name, content in files:
            archive.writestr(name, content)
    return body.getvalue()


def altered(package: bytes, change: Callable[[Files], object]) -> bytes:
    """A package of which somebody has changed the files."""
    files = files_of(package)
    change(files)
    return zipped(files.items())


def signed_anew(files: Files, keys: PackageKeys, **said: object) -> None:
    """Make manifest, sums and signatures fit the files again, as whoever has these keys can."""
    manifest = json.loads(files["manifest.json"]) | said
    for entry in manifest["files"]:
        body = files[entry["name"]]
        entry |= {"bytes": len(body), "sha256": hashlib.sha256(body).hexdigest()}
    body = (json.dumps(manifest, indent=1) + "\n").encode()
    lines = [(entry["sha256"], entry["name"]) for entry in manifest["files"]]
    lines.append((hashlib.sha256(body).hexdigest(), "manifest.json"))
    sums = "".join(f"{digest}  {name}\n" for digest, name in lines).encode()
    files |= {"manifest.json": body, "SHA256SUMS": sums}
    files |= {f"manifest.{name}": value for name, value in keys.sign(body).items()}


def flip(body: bytes, at: int) -> bytes:
    """The bytes with one bit of one of them turned."""
    return body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]
