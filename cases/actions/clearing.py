"""A lawyer clears a marked point of a delivered dossier by name; the next dossier prints it without the mark.

The word is sealed beside the package, for the lawyer and whoever asked, and signed by the lawyer. It is bound to the
text and values that stood there, so a changed provision is open again. What cannot be opened clears nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.db import transaction

from cases import records
from cases.actions.packages import package_facts, package_opened, require_receiver
from cases.dossier.inputs import Cleared
from cases.dossier.points import Point
from cases.errors import NotReady, Refused
from cases.models import Case, Dossier
from people.models import Person
from vault import audit
from vault.errors import NoGrant
from vault.keyring import Keyring
from vault.models import today

FIELD = "cleared"


@transaction.atomic
def clear(*, dossier: Dossier, by: Person, ring: Keyring, key: str, because: str) -> None:
    """Say that a point was checked, and why it holds. Raises Refused for another lawyer or "unknown_point", NotReady.

    Saying it again replaces the earlier word.
    """
    require_receiver(dossier, by)
    point = next((each for each in points_of(dossier, ring) if each.key == key), None)
    if point is None or not because.strip():
        raise Refused("unknown_point")
    fresh = Cleared(point.key, point.digest, by.name, today().isoformat(), because.strip())
    kept = [each for each in cleared_in(dossier, ring) if each.key != key]
    content = {"cleared": [asdict(each) for each in (*kept, fresh)]}
    records.write_next(package_opened(dossier, ring), "dossier", FIELD, dossier.id, content, ring.signer)
    audit.record("dossier.point_cleared", "dossier", dossier.id, by=by.id)


def points_of(dossier: Dossier, ring: Keyring) -> list[Point]:
    """The points that were open when the package was made, as the worker sealed them with it."""
    found: list[dict[str, str]] = package_facts(dossier, ring).get("points", [])
    return [Point(**each) for each in found]


def cleared_in(dossier: Dossier, ring: Keyring) -> list[Cleared]:
    """What the lawyer of one dossier has cleared. Raises vault.errors.Forged when anybody else signed it."""
    opened, lawyer = package_opened(dossier, ring), dossier.lawyer.pair_id
    content: dict[str, Any] = records.read_newest([opened], "dossier", FIELD, dossier.id, by=lawyer) or {}
    return [Cleared(**each) for each in content.get("cleared", ())]


def cleared_for(case: Case, ring: Keyring) -> tuple[Cleared, ...]:
    """Everything that lawyers cleared in the dossiers of a case which this person can open, each point once."""
    found = {(each.key, each.digest): each for each in _each(case, ring)}
    return tuple(found.values())


def _each(case: Case, ring: Keyring) -> Iterator[Cleared]:
    done = [Dossier.State.READY, Dossier.State.ACKNOWLEDGED]
    for dossier in case.dossiers.filter(state__in=done).select_related("lawyer").order_by("number"):
        try:
            yield from cleared_in(dossier, ring)
        except (NoGrant, NotReady):  # another asker's, or erased: its points are open for this one
            continue
