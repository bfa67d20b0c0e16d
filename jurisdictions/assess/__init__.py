"""Route assessment: where an account can be taken, and why. Ranked routes with reasons a lawyer can check."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from jurisdictions import stored
from jurisdictions.assess.parse import FactsError, parse_facts
from jurisdictions.assess.routes import routes
from jurisdictions.snapshot import Reference

__all__ = ["FactsError", "assess_routes", "check_facts"]


def check_facts(facts: Mapping[str, Any]) -> None:
    """Raise FactsError naming the key when a facts object has a wrong key, code or date."""
    parse_facts(facts)


def assess_routes(facts: Mapping[str, Any], on: date, reference: Reference | None = None) -> list[dict[str, Any]]:
    """Every route for these facts on this day, best first.

    facts: the object that `manage.py assess_routes --help` describes; all keys optional, absent means unknown.
    reference: a snapshot to reuse for many cases; read from the database when not given.
    Raises FactsError, a ValueError that names the wrong key.
    """
    parsed = parse_facts(facts)
    return routes(parsed, on, reference or stored.read())
