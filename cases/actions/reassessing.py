"""The law changed: which open cases are stale, and what moved in them, found in a member's unlocked session.

That a case is stale is read from numbers alone. Its facts are sealed, so the routes are assessed again only while
somebody who holds the case is here; which of them moved is sealed with the case, for whoever works on it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from cases import broken, clocks, queue, work
from cases.actions.facts import current_facts
from cases.errors import Refused
from cases.models import Assignment, Case, RouteCheck
from cases.routing import route_key
from jurisdictions import law, stored
from jurisdictions.assess import FactsError, assess_routes
from jurisdictions.snapshot import Reference
from people.models import Person
from people.permissions import Permission, may
from vault.errors import NoGrant, VaultError
from vault.keyring import Keyring
from vault.models import today

TABLE, FIELD = "routes", "assessed"
AT_PAGE, AT_ONCE = 1.0, 1000  # seconds of work while a page is made, and cases that are looked up for it
NONE = "none"  # the verdict of a route that is not there
PARTS = ("forum", "forum_name", "crime", "basis", "provision", "verdict")


def stale(viewer: Person, number: int) -> QuerySet[Case]:
    """The cases with confirmed facts that the viewer works on, or leads, and that an older law was applied to."""
    own = Assignment.objects.filter(case=OuterRef("pk"), person=viewer, ended_on=None)
    cases = queue.visible(viewer) if viewer.is_lead else queue.visible(viewer).filter(Exists(own))
    return cases.filter(route_check__law__lt=number).order_by("level", "received_on", "reference")


def catch_up(viewer: Person, ring: Keyring, seconds: float = AT_PAGE) -> int:
    """Assess stale cases again for some seconds, with one reading of the law; returns how many were done.

    A case whose keys the viewer lacks is left to somebody else; a record that does not fit raises an alarm.
    """
    number = law.number()
    waiting = list(stale(viewer, number)[:AT_ONCE]) if number and may(viewer, Permission.SEE_CASE) else []
    if not waiting:
        return 0
    until, reference, done = time.monotonic() + seconds, stored.read(), 0
    for case in waiting:
        if time.monotonic() > until:
            break
        done += _again(case, ring, viewer, number, reference)
    return done


def moved(case: Case, ring: Keyring) -> list[dict[str, str]]:
    """The routes that moved and that nobody has seen: PARTS without the verdict, and key, was, now, on.

    was, now: verdicts, or NONE. on: the ISO day on which it was found. Raises vault.errors.NoGrant, Forged.
    """
    found: list[dict[str, str]] = (work.read(case, ring, TABLE, FIELD, case.id) or {}).get("moved", [])
    return found


@transaction.atomic
def seen(*, case: Case, by: Person, ring: Keyring) -> None:
    """Say that the routes that moved were looked at. Raises Refused."""
    decision = may(by, Permission.SEE_CASE, case)
    if not decision.ok:
        raise Refused(decision.reason)
    found = work.read(case, ring, TABLE, FIELD, case.id)
    if found and found["moved"]:
        work.write(case, ring, TABLE, FIELD, case.id, found | {"moved": []})


@transaction.atomic
def begin(case: Case, ring: Keyring) -> None:
    """Keep the verdicts for facts that were just confirmed: what moves later is measured from here."""
    number = law.number()
    if number:  # without reference data there is nothing to measure from
        routes = _verdicts(case, ring, stored.read())
        work.write(case, ring, TABLE, FIELD, case.id, {"routes": routes, "moved": []})
        _checked(case, number)


def _again(case: Case, ring: Keyring, viewer: Person, number: int, reference: Reference) -> bool:
    try:
        _reassess(case, ring, number, reference)
    except (NoGrant, FactsError):  # facts that today's rules refuse wait for whoever confirms them anew
        return False
    except VaultError as error:
        broken.raise_for(case, error, viewer.id)
        return False
    return True


@transaction.atomic
def _reassess(case: Case, ring: Keyring, number: int, reference: Reference) -> None:
    before = work.read(case, ring, TABLE, FIELD, case.id)
    routes = _verdicts(case, ring, reference)
    if before is None or before["routes"] != routes:
        found = _compared(before["routes"], routes, today()) if before else {}
        kept = _merged(before["moved"] if before else [], found)
        work.write(case, ring, TABLE, FIELD, case.id, {"routes": routes, "moved": kept})
    _checked(case, number)


def _checked(case: Case, number: int) -> None:
    RouteCheck.objects.update_or_create(case=case, defaults={"law": number, "checked_on": today()})


def _verdicts(case: Case, ring: Keyring, reference: Reference) -> dict[str, dict[str, str]]:
    """Assess; the weeks in which the time of a route may end are kept for the timer."""
    facts = current_facts(case, ring)
    routes = assess_routes(facts, today(), reference) if facts is not None else []
    clocks.keep(case, routes, today())
    return {route_key(route): {part: str(route[part]) for part in PARTS} for route in routes}


def _compared(old: Mapping[str, Any], new: Mapping[str, Any], on: date) -> dict[str, dict[str, str]]:
    """The routes whose verdict differs, by key."""
    found = {}
    for key in old.keys() | new.keys():
        was, now = (routes.get(key, {}).get("verdict", NONE) for routes in (old, new))
        if was != now:
            route = {part: text for part, text in (new.get(key) or old[key]).items() if part != "verdict"}
            found[key] = route | {"key": key, "was": was, "now": now, "on": on.isoformat()}
    return found


def _merged(unseen: list[dict[str, str]], found: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    """What moved since somebody looked: from the first verdict to the newest; what moved back is out."""
    first = {each["key"]: each for each in unseen}
    both = {**first, **{key: each | {"was": first.get(key, each)["was"]} for key, each in found.items()}}
    return sorted((it for it in both.values() if it["was"] != it["now"]), key=lambda it: (it["forum"], it["key"]))
