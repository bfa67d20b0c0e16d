"""What a request of the desk carries beside Django's own; StaffMiddleware sets it."""

from django.http import HttpRequest

from people.models import Person
from vault.keyring import Keyring
from vault.session import SessionStore


class DeskRequest(HttpRequest):
    """person: verified by both factors, else None. keyring: None while locked."""

    session: SessionStore
    person: Person | None
    keyring: Keyring | None


class StaffRequest(DeskRequest):
    """A request that the middleware let through to a page of the desk."""

    person: Person
    keyring: Keyring
