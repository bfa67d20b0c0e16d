"""Routes on the desk: a key for each, and the words that stand beside its shapes."""

from __future__ import annotations

import hashlib
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.wording import country
from jurisdictions.pages import reader
from vault.envelope.encoding import pack

BODIES = {"ICC": _("International Criminal Court"), "UN-SRT": _("UN Special Rapporteur on torture")}


def crime(code: str) -> str:
    """Crimes against humanity, for crimes_against_humanity."""
    return reader.table("crimes").get(code) or code.replace("_", " ")


def against(route: dict[str, Any]) -> str:
    """The first reason that stands in the way, or the first fact that is missing, or ""."""
    reasons = [reason["text"] for reason in route["reasons"] if reason["effect"] != "+"]
    return next(iter(reasons + [fact["text"] for fact in route["missing"]]), "")


def forum_name(route: dict[str, Any]) -> str:
    """Lithuania, or the International Criminal Court."""
    code = str(route.get("forum", ""))
    return country(code) if len(code) == 2 else str(BODIES.get(code, route.get("forum_name") or code))


def route_key(route: dict[str, Any]) -> str:
    """A short name of a route for addresses: the same forum, crime, basis and provision give the same key."""
    parts = [str(route.get(name, "")) for name in ("forum", "crime", "basis", "provision")]
    return hashlib.sha256(pack("route", *parts)).hexdigest()[:12]


def find_route(routes: list[dict[str, Any]], key: str) -> dict[str, Any] | None:
    """The route with a key, or None when the data or the facts have changed meanwhile."""
    return next((route for route in routes if route_key(route) == key), None)
