"""Pages that a browser asks for by itself: that is no use of the session, so it locks as if nobody was here."""

from __future__ import annotations

from django.http import HttpRequest

from people.permissions import View

AGAIN = "again"  # in the address of a page that loads itself anew


def watching(view: View, *, param: str = "") -> View:
    """Mark a view that browsers ask for by themselves; with `param`, only while this stands in the address."""
    view.watching = param  # type: ignore[attr-defined]
    return view


def is_use(request: HttpRequest, view: object) -> bool:
    """Did somebody ask for this page, as far as its address tells?"""
    param = getattr(view, "watching", None)
    return param is None or (param != "" and param not in request.GET)
