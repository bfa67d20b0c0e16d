"""Dossiers for a worker that gets killed. Run in a deployment's environment: python -m tests.proofs._jobs COMMAND FILE.

FILE is JSON with the demonstration people. make: dossiers, asked for and approved. sweep: what the timer does every
minute, here twice a second until it is stopped. wake: once. verdict: prints what became of them.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
import time
import zipfile
from base64 import b32decode
from pathlib import Path
from typing import Any

import django

django.setup()

from cases.actions.dossiers import KIND, PACKAGE, approve  # noqa: E402
from cases.actions.packages import open_package, package_facts  # noqa: E402
from cases.building import CHECKPOINT  # noqa: E402
from cases.models import Dossier  # noqa: E402
from cases.tasks import sweep  # noqa: E402
from people.models import Person  # noqa: E402
from tests.factories import cast, dossier  # noqa: E402
from vault import audit, worker  # noqa: E402
from vault.models import AuditEvent, Compartment  # noqa: E402

FILES = (("photo.jpg", "image/jpeg", dossier.photograph()), ("paper.pdf", "application/pdf", dossier.scan()))

UNLISTED = ("manifest", "SHA256SUMS")  # they list the others, or are made of the list


def make(members: dict[str, cast.Member], number: int, files: tuple[tuple[str, str, bytes], ...] = FILES) -> None:
    """Survivors with accounts and files; ben and chloe ask for dossiers in turns, dana approves.

    Two ask, because one dossier is built at a time for each of them.
    """
    for place in range(number):
        survivor, asker = cast.first_contact(), members[("ben", "chloe")[place % 2]]
        cast.tell(survivor, files=files)
        cast.assigned(survivor, asker)
        cast.confirmed(survivor, asker)
        made = cast.requested(survivor, asker, members["lena"])
        approve(dossier=made, by=members["dana"].person, ring=members["dana"].ring, reason="fits")


def keep_sweeping() -> None:
    """Wake whoever can build what nobody holds, until this process is stopped."""
    while True:
        sweep()
        time.sleep(0.5)


def verdict(lena: cast.Member) -> dict[str, Any]:
    """What became of each dossier; built exactly once is one event, one package, and nothing left of the job."""
    while audit.chain(worker.ensure().signer):
        pass
    rows = list(Dossier.objects.order_by("requested_at"))
    return {
        "states": [row.state for row in rows],
        "attempts": [row.attempts for row in rows],
        "built": [AuditEvent.objects.filter(action="dossier.built", subject=row.id).count() for row in rows],
        "packages": [Compartment.objects.filter(kind=PACKAGE, owner=row.id).count() for row in rows],
        "pages": [package_facts(row, lena.ring)["pages"] for row in rows if row.file_id],
        "left": Compartment.objects.filter(kind__in=[KIND, CHECKPOINT]).count(),
        "faults": [fault for row in rows if (fault := unpacked(row, lena))],
    }


def unpacked(row: Dossier, lena: cast.Member) -> str:
    """Open a package as the lawyer; what is wrong with it, or nothing."""
    if not row.file_id:
        return f"{row.id}: no package"
    _name, size, stream = open_package(dossier=row, by=lena.person, ring=lena.ring)
    body = b"".join(stream.chunks())
    stream.close()
    facts = package_facts(row, lena.ring)
    archive = zipfile.ZipFile(io.BytesIO(body))
    inside = {each.filename: each.file_size for each in archive.infolist() if not each.filename.startswith(UNLISTED)}
    if len(body) != size or hashlib.sha256(body).hexdigest() != facts["sha256"] or archive.testzip():
        return f"{row.id}: another package than was sealed"
    listed = {name: length for name, length, _digest in facts["files"]}
    return "" if listed == inside else f"{row.id}: {sorted(listed.keys() ^ inside.keys())}"


def main(command: str, path: Path) -> None:
    """Do one command."""
    given = json.loads(path.read_text())
    members = {
        one["login"]: cast.Member(Person.objects.get(login=one["login"]), one["password"], b32decode(one["totp"]))
        for one in given["people"]
    }
    if command == "make":
        make(members, given["number"], FILES if given.get("files", True) else ())
    elif command == "sweep":
        keep_sweeping()
    elif command == "wake":
        sweep()
    else:
        sys.stdout.write(json.dumps(verdict(members["lena"])) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
