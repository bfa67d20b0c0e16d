"""Facts: proposed from the answers, confirmed by a person, and only then used to assess routes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from cases import clocks, work
from cases.access import Account
from cases.actions.reviewing import begin_review
from cases.errors import Refused
from cases.models import Case, RouteCheck
from cases.statement import states
from cases.statement.dates import span
from jurisdictions.assess import FactsError, assess_routes, check_facts
from people.models import Person
from people.permissions import Permission, may
from vault import audit
from vault.keyring import Keyring
from vault.models import today

TABLE, FIELD = "facts", "confirmed"
# Places of EPI-04 in which the person was held by somebody (statement.md, purpose H5).
CUSTODY = {
    "vehicle", "police_station", "gubopik_office", "kgb_building", "sk_office", "temporary_detention", "pretrial",
    "prison", "colony", "punishment_cell", "open_facility", "ltp", "psychiatric", "military", "sports_hall",
}  # fmt: skip


def propose_facts(account: Account, language: str) -> dict[str, Any]:
    """What the answers say, in the shape of the route assessment; an absent key means unknown.

    That officials tortured is a conclusion: it is never proposed, a person confirms it after reading.
    """
    facts: dict[str, Any] = {"acts": [_act(account)], "victim": {}, "languages": [language]}
    residence = _code(account, "ELG-02")
    if residence:
        facts["victim"]["residence_now"] = residence
    consents = agreed_countries(account)
    if consents:
        facts["consents"] = {"countries": consents}
    return facts


def agreed_countries(account: Account) -> list[str]:
    """The countries in which the survivor lets a complaint be prepared (CNS-02), as upper-case codes."""
    answer = account.answer("CNS-02") or {}
    return sorted(code.upper() for code in answer.get("value") or [] if len(code) == 2)


def shares_with_lawyers(account: Account) -> bool:
    """Did the survivor agree to a partner lawyer who is named first (CNS-03)?"""
    return (account.answer("CNS-03") or {}).get("value") == "yes"


@transaction.atomic
def confirm_facts(*, case: Case, by: Person, ring: Keyring, facts: dict[str, Any]) -> int:
    """Seal confirmed facts as the next version. Raises Refused, or FactsError naming a wrong key, code or date."""
    decision = may(by, Permission.CONFIRM_FACTS, case)
    if not decision.ok:
        raise Refused(decision.reason)
    check_facts(facts, today())
    version = work.write(case, ring, TABLE, FIELD, case.id, facts)
    RouteCheck.objects.get_or_create(case=case, defaults={"law": RouteCheck.NEVER})
    audit.record("facts.confirmed", "case", case.id, by=by.id, detail={"version": version})
    begin_review(case=case, by=by, ring=ring)
    return version


def current_facts(case: Case, ring: Keyring) -> dict[str, Any] | None:
    """The facts as they were confirmed last, or None. Raises vault.errors.NoGrant, Forged."""
    found: dict[str, Any] | None = work.read(case, ring, TABLE, FIELD, case.id)
    return found


def routes(case: Case, ring: Keyring, on: date, language: str = "en") -> list[dict[str, Any]]:
    """The routes for the confirmed facts, best first; an empty list before facts are confirmed.

    So it is for facts that today's rules refuse, see is_outdated(). language: of the reasons, one of
    jurisdictions.assess.STAFF_LANGUAGES.
    """
    facts = current_facts(case, ring)
    if facts is None or is_outdated(facts, on):
        return []
    return assess_routes(facts, on, language=language)


def is_outdated(facts: dict[str, Any] | None, on: date) -> bool:
    """Do today's rules refuse facts that were confirmed earlier? Then somebody confirms them anew."""
    try:
        check_facts(facts or {}, on)
    except FactsError:
        return True
    return False


def assess(case: Case, ring: Keyring, on: date, language: str = "en") -> list[dict[str, Any]]:
    """The same, when a member asks for the routes: the weeks in which their time may end are kept for the timer."""
    found = routes(case, ring, on, language)
    if found or not is_outdated(current_facts(case, ring), on):
        clocks.keep(case, found, on)
    return found


def _act(account: Account) -> dict[str, Any]:
    act: dict[str, Any] = {}
    country = _code(account, "ELG-01")
    if country:
        act["country"] = country
    first, _ = span((account.answer("EPI-02") or {}).get("value"))
    _, last = span((account.answer("EPI-03") or account.answer("EPI-02") or {}).get("value"))
    for key, day in (("from", first), ("to", last)):
        if day:
            act[key] = day.isoformat()
    places = set((account.answer("EPI-04") or {}).get("value") or [])
    act["crime_facts"] = ["custody"] if places & CUSTODY else []
    return act


def _code(account: Account, question_id: str) -> str:
    """The code of a State; those for "other", "several" and "not said" are none."""
    value = str((account.answer(question_id) or {}).get("value") or "")
    return value if states.is_state(value) else ""
