"""Route assessment: where an account can be taken, and why. Ranked routes with reasons a lawyer can check."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from jurisdictions import stored
from jurisdictions.assess.parse import FactsError, parse_facts
from jurisdictions.assess.routes import routes
from jurisdictions.assess.texts import LANGUAGE, TEXTS
from jurisdictions.snapshot import Reference

__all__ = ["STAFF_LANGUAGES", "FactsError", "assess_routes", "check_facts"]

STAFF_LANGUAGES = (LANGUAGE, *sorted(set(TEXTS) - {LANGUAGE}))  # languages in which reasons can be read


def check_facts(facts: Mapping[str, Any], on: date | None = None) -> None:
    """Raise FactsError naming the key when a facts object has a wrong key, code or date, or one later than `on`."""
    parse_facts(facts, on)


def assess_routes(
    facts: Mapping[str, Any], on: date, reference: Reference | None = None, language: str = LANGUAGE
) -> list[dict[str, Any]]:
    """Every route for these facts on this day, best first.

    facts: the object that `manage.py assess_routes --help` describes; all keys optional, absent means unknown.
    reference: a snapshot to reuse for many cases; read from the database when not given.
    language: one of STAFF_LANGUAGES, for the texts.
    Raises FactsError, a ValueError that names the wrong key.
    """
    parsed = parse_facts(facts, on)
    return routes(parsed, on, reference or stored.read(), language)
