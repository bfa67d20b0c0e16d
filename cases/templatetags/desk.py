"""Tags and filters of the desk: the side navigation with its numbers, and words for codes, days, sizes, digests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template
from django.template.context import Context
from django.utils import dateformat, timezone
from django.utils.translation import gettext as _

from cases import handwords, navigation, wording
from cases.custody import kept
from cases.routing import against, crime, forum_name, route_key
from jurisdictions.pages import factsheet, reader
from people.models import Person
from people.permissions import Permission, may

register = template.Library()
register.filter("language", wording.language)
register.filter("country", wording.country)
register.filter("size", wording.size)
register.filter("told_way", wording.told_way)
register.filter("told", handwords.told)
register.filter("grouped", wording.grouped)


@register.filter
def day(value: date | str | None) -> str:
    """16 November; takes a date, a datetime or an ISO day."""
    if isinstance(value, str):
        value = date.fromisoformat(value[:10]) if value else None
    return wording.day(value, timezone.now().date())


@register.filter
def shortday(value: date) -> str:
    """16 Nov, for tables."""
    return wording.short_day(value)


@register.filter
def fullday(value: date) -> str:
    """16 November 2026, for paper and for days whose year matters."""
    return dateformat.format(value, "j E Y")


@register.filter
def joined(words: Iterable[object]) -> str:
    """Ben, Dana and Lena."""
    told = [str(each) for each in words]
    if len(told) < 2:
        return "".join(told)
    return _("%(first)s and %(last)s") % {"first": ", ".join(told[:-1]), "last": told[-1]}


def own(words: dict[str, str]) -> str:
    """A text of the catalogue in the language of the reader."""
    return words[reader.language()]


@register.inclusion_tag("desk/navigation.html", takes_context=True)
def desk_navigation(context: Context) -> dict[str, Any]:
    """Links of the side navigation, as far as the person may follow them; the one of this page is marked."""
    request = context["request"]
    groups = navigation.groups(request)
    return {"groups": groups, "here": navigation.here(request, groups)}


@register.filter
def may_do(person: Person | None, permission: str) -> bool:
    """Whether a person has a permission, by its code."""
    return may(person, Permission(permission)).ok


@register.filter
def spaced(code: object) -> str:
    """A code with spaces instead of underscores."""
    return str(code or "").replace("_", " ")


@register.filter
def fact_lines(facts: dict[str, Any]) -> list[tuple[str, str]]:
    """Confirmed facts as pairs of label and text."""
    return factsheet.lines(facts, wording.country)


@register.filter
def forum(route: dict[str, Any]) -> str:
    """Lithuania, or the name of an international body."""
    return forum_name(route)


register.filter("crime", crime)
register.filter("lowerfirst", wording.lowerfirst)
register.filter("own", own)
register.filter("kept", kept)
register.filter("route_key", route_key)
register.filter("against", against)
