"""New epochs by a process that gets killed. In a deployment's environment: python -m tests.proofs._rotations NAME FILE.

make: cases of Ben and Chloe, then Ben is removed; FILE gets the seeds. rotate: does the work in small transactions and
prints a line when it begins. verdict: prints what opens and what does not.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

django.setup()

from cases import keys, work  # noqa: E402
from cases.access import open_account  # noqa: E402
from cases.actions import letters  # noqa: E402
from cases.actions.assigning import assign  # noqa: E402
from cases.models import Case  # noqa: E402
from people import life  # noqa: E402
from people.models import Person  # noqa: E402
from tests.factories import cast as made  # noqa: E402
from vault import rotation  # noqa: E402
from vault.errors import VaultError  # noqa: E402
from vault.keyring import Keyring  # noqa: E402
from vault.models import Compartment, Epoch, Grant, KeyPair  # noqa: E402

CASES, SMALL = 30, 3
STAY = ("chloe", "dana", "marek")


def make(path: Path) -> None:
    """Cases with an account, held by Ben and Chloe, each with a letter of Ben's: the heads are his."""
    cast = made.found_cast()
    for _ in range(CASES):
        survivor = made.first_contact()
        case = made.assigned(survivor, cast.ben)
        assign(case=case, person=cast.chloe.person, by=cast.dana.person, ring=cast.dana.ring)
        case = made.tell(survivor)
        letters.write_from_team(case=case, by=cast.ben.person, ring=cast.ben.ring, text="Good day", language="be")
    made.first_contact()  # nobody took this one: the intake key holds it
    before = {str(each.id): each.epochs.count() for each in live()}
    life.remove(person=cast.ben.person, by=cast.dana.person, ring=cast.dana.ring)
    seeds = {login: getattr(cast, login).seed.hex() for login in (*STAY, "ben")}
    path.write_text(json.dumps({"seeds": seeds, "before": before}))


def rotate(path: Path) -> None:
    """Work until nothing is left, in transactions so small that a kill lands between many of them."""
    rotation.BATCH = SMALL
    ring = ring_of("dana", path)
    sys.stdout.write("begins\n")
    sys.stdout.flush()
    while rotation.step(ring, seconds=0):
        pass


def verdict(path: Path) -> dict[str, Any]:
    """What each of those who stayed cannot open, what Ben's keys reach of the newest epochs, and what is left."""
    before = json.loads(path.read_text())["before"]
    return {
        "unreadable": [f"{login} {case.id}" for login in STAY for case in mine(login) if not reads(case, login, path)],
        "twice": [str(each.id) for each in live() if each.epochs.count() > before[str(each.id)] + 1],
        "reached": [str(each.id) for each in live() if is_reached(each)],
        "left": rotation.remaining().total,
        "retired_intake": KeyPair.objects.filter(
            use="intake", retired_on__isnull=False, id__in=Compartment.objects.filter(kind="key").values("owner")
        ).count(),
    }


def live() -> list[Compartment]:
    """The compartments of cases that somebody holds beside the survivor."""
    return list(Compartment.objects.filter(kind__in=[*keys.ASSIGNED_KINDS, keys.SEALED]))


def mine(login: str) -> list[Case]:
    """The cases that this member opens."""
    person = Person.objects.get(login=login)
    taken = Case.objects.filter(assignments__ended_on=None, assignments__isnull=False).distinct()
    return list(Case.objects.all() if person.is_lead else taken)


def reads(case: Case, login: str, path: Path) -> bool:
    """Does every page of the case open?"""
    person, ring = Person.objects.get(login=login), ring_of(login, path)
    try:
        letters.read_letters(case, ring)
        open_account(case, by=person, ring=ring, purpose="assessment")
        work.opened(case, ring)
    except VaultError as error:
        sys.stderr.write(f"{login} {case.id} {error}\n")
        return False
    return True


def is_reached(compartment: Compartment) -> bool:
    """Is the newest epoch granted to Ben, or to a key of the organisation that he has had?"""
    newest: Epoch = compartment.epochs.latest("number")
    return Grant.objects.filter(epoch=newest, recipient__is_exposed=True).exists()


def ring_of(login: str, path: Path) -> Keyring:
    """The keyring of a member."""
    seed = json.loads(path.read_text())["seeds"][login]
    return Keyring(bytes.fromhex(seed), Person.objects.get(login=login).pair)


if __name__ == "__main__":
    commands: dict[str, Callable[[Path], Any]] = {"make": make, "rotate": rotate, "verdict": verdict}
    sys.stdout.write(json.dumps(commands[sys.argv[1]](Path(sys.argv[2]))) + "\n")
