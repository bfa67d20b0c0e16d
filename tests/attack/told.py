"""A told case for an attacker to find: python -m tests.attack.told FILE, in a deployment's environment.

FILE is JSON with the demonstration people, the words of the account and those of the letter. Ben takes the case, which
has one file, and writes the letter. Prints the reference.
"""

from __future__ import annotations

import json
import sys
from base64 import b32decode
from pathlib import Path

import django

django.setup()

from cases.actions import letters  # noqa: E402
from people.models import Person  # noqa: E402
from tests.factories import cast, dossier  # noqa: E402

PHOTO = (("photo.jpg", "image/jpeg", dossier.photograph()),)


def main(given: dict[str, str], ben: cast.Member) -> str:
    """Tell, send, take, write; returns the reference of the case."""
    survivor = cast.first_contact()
    own = {"story-1": {"EPI-08": {"value": given["account"], "lang": "be"}}}
    cast.tell(survivor, own, files=PHOTO)
    case = cast.assigned(survivor, ben)
    letters.write_from_team(case=case, by=ben.person, ring=ben.ring, text=given["letter"], language="be")
    return str(case.reference)


if __name__ == "__main__":
    found = json.loads(Path(sys.argv[1]).read_text())
    row = Person.objects.get(login="ben")
    sys.stdout.write(main(found, cast.Member(row, found["password"], b32decode(found["totp"]))))
