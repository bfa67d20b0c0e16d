"""Failed passwords, counted by name alone.

django-axes does the counting. It is handed a request of our own making that holds nothing, so no address, no browser
and no path can reach its tables; the name is kept as a keyed hash. A name is locked, never an address: people behind
one Tor exit do not lock each other out, and a lock ends by itself after AXES_COOLOFF_TIME.
"""

from __future__ import annotations

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

NOWHERE = "0.0.0.0"  # noqa: S104 - no address is bound: the table's unique rows need a value, and all get this one
FIELD = "login"


def address_of(request: HttpRequest) -> str:
    """The address that axes stores for everybody."""
    return NOWHERE


def name_of(request: HttpRequest, credentials: dict[str, str] | None) -> str:
    """The name that axes stores: HMAC-SHA256 of the login under the deployment's secret, 64 hexadecimal digits."""
    login = (credentials or {}).get(FIELD, "")
    return salted_hmac("people.lockout", login, algorithm="sha256").hexdigest()


def is_locked(login: str) -> bool:
    """Is every password of this name refused at the moment, known or not?"""
    return bool(AxesProxyHandler.is_locked(_bare(), {FIELD: login}))


def count(login: str, *, was_locked: bool) -> None:
    """Count a refused password. While a name is locked nothing grows, so that trying on does not prolong it."""
    request = _bare()
    request.axes_locked_out = was_locked  # type: ignore[attr-defined]
    AxesProxyHandler.user_login_failed("people", {FIELD: login}, request)


def forget(login: str) -> None:
    """Forget the failures of a name after a right password."""
    AxesProxyHandler.reset_attempts(username=name_of(_bare(), {FIELD: login}))


def purge() -> int:
    """Delete the counts that lock nobody any more, and return how many there were."""
    gone, _ = AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - settings.AXES_COOLOFF_TIME).delete()
    return int(gone)


def _bare() -> HttpRequest:
    return HttpRequest()
