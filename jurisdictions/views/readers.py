"""Who may see the pages of this room."""

from collections.abc import Callable

from django.http import HttpResponse

View = Callable[..., HttpResponse]


def for_readers(view: View) -> View:
    """Mark a view with the permission that people.middleware asks for; this room stands alone and knows no people."""
    return marked(view, "see_states")


def for_editors(view: View) -> View:
    """Mark a view for whoever may propose a change of the law."""
    return marked(view, "propose_law")


def for_reviewers(view: View) -> View:
    """Mark a view for whoever may sign a change of the law that somebody else proposed."""
    return marked(view, "sign_law")


def marked(view: View, permission: str) -> View:
    """The view with the name of the permission that opens it."""
    view.permission = permission  # type: ignore[attr-defined]
    return view
