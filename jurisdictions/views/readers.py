"""Who may see the pages of this room."""

from collections.abc import Callable

from django.http import HttpResponse

View = Callable[..., HttpResponse]


def for_readers(view: View) -> View:
    """Mark a view with the permission that people.middleware asks for; this room stands alone and knows no people."""
    view.permission = "see_states"  # type: ignore[attr-defined]
    return view
