"""What a request of the desk carries beside Django's own; StaffMiddleware sets it."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest

from people.models import Person
from vault.keyring import Keyring
from vault.session import SessionStore

T = TypeVar("T")


class DeskRequest(HttpRequest):
    """person: verified by both factors, else None. keyring: None while locked."""

    session: SessionStore
    person: Person | None
    keyring: Keyring | None


class StaffRequest(DeskRequest):
    """A request that the middleware let through to a page of the desk."""

    person: Person
    keyring: Keyring


def tell(request: Any, ask: Callable[[Person], T], answer: T) -> None:
    """Let once() know an answer that a view has found out with others."""
    request.__dict__.setdefault("asked_once", {})[ask] = answer


def once(request: Any, ask: Callable[[Person], T]) -> T:
    """What a function says of the member who asked, for all parts of one page: the second one reads no rows."""
    answers: dict[object, Any] = request.__dict__.setdefault("asked_once", {})
    if ask not in answers:
        answers[ask] = ask(request.person)
    found: T = answers[ask]
    return found
