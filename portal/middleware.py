"""Headers, padding, two separate cookies, language by path, and a form token that works without a referrer."""

from collections.abc import Callable
from functools import cache
from typing import Any

from csp.constants import HEADER, SELF
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import connections
from django.http import HttpRequest, UnreadablePostError
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.encoding import escape_uri_path

from portal.headers import SHARED
from portal.paths import is_desk, spoken_to
from portal.views import too_slow

GetResponse = Callable[[HttpRequest], HttpResponseBase]

PAD_STEP = 2048  # bytes; ux.md W5
NOBODY = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
    "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock", "usb",
    "xr-spatial-tracking",
)  # fmt: skip
PASSKEYS = ("publickey-credentials-create", "publickey-credentials-get")  # the desk alone asks for them
HEADERS = {"Cache-Control": "no-store", **SHARED}


class CompressedPageError(Exception):
    """A dynamic page was about to leave compressed; its length would then tell about its secrets (BREACH)."""


class ResponseHeaders:
    """Set the headers of every dynamic answer and pad its HTML, so that the size on the wire says little."""

    def __init__(self, get_response: GetResponse) -> None:
        """Wrap the rest of the application."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request; raises CompressedPageError for an answer with a content encoding."""
        response = self.get_response(request)
        if response.has_header("Content-Encoding"):
            raise CompressedPageError(request.resolver_match.view_name if request.resolver_match else "unresolved")
        for name, value in HEADERS.items():
            response[name] = value
        if getattr(response, "is_public", False):  # the pages about us (ux.md N10)
            del response["X-Robots-Tag"]
        response["Permissions-Policy"] = permissions(is_desk(request.path_info))
        if settings.ONION_ADDRESS and not is_desk(request.path_info):
            response["Onion-Location"] = f"http://{settings.ONION_ADDRESS}{escape_uri_path(request.path)}"
        pad(response)
        return response


class OnePolicy(CSPMiddleware):
    """The Content-Security-Policy of the settings on every answer, put together once; no view can loosen it.

    On the desk scripts may also ask our own server: for a line that tells leads of somebody in danger.
    """

    def __init__(self, get_response: GetResponse) -> None:
        """Read the settings; they stand still while a process lives."""
        super().__init__(get_response)
        self._policies = {False: build_policy(), True: build_policy(update={"connect-src": SELF})}

    def process_request(self, request: HttpRequest) -> None:
        """No page has inline scripts or styles, so none gets a nonce."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Set the header."""
        response[HEADER] = self._policies[is_desk(request.path_info)]
        return response


@cache
def permissions(is_staff: bool) -> str:
    """Forbid every feature of the device; pages of the desk may ask for a passkey."""
    forbidden = [f"{feature}=()" for feature in NOBODY]
    return ", ".join(forbidden + [f"{feature}={'(self)' if is_staff else '()'}" for feature in PASSKEYS])


def pad(response: Any) -> None:
    """Lengthen an HTML answer with white space to a multiple of 2048 bytes; anything else stays as it is."""
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return
    missing = -len(response.content) % PAD_STEP
    response.content += b" " * missing
    if response.has_header("Content-Length"):
        response["Content-Length"] = str(len(response.content))


def cookie_name(request: HttpRequest) -> str:
    """Choose the session cookie by side: a survivor's page never sees the staff's session, nor the other way."""
    return settings.DESK_COOKIE_NAME if is_desk(request.path_info) else settings.SESSION_COOKIE_NAME


class SplitSession(SessionMiddleware):
    """Django's session middleware with two cookies; one is set only when its session changed, and never expires."""

    def process_request(self, request: HttpRequest) -> None:
        """Attach the lazy session of this side of the house; `session.is_desk` tells the store which."""
        session = self.SessionStore(request.COOKIES.get(cookie_name(request)))
        session.is_desk = is_desk(request.path_info)  # type: ignore[attr-defined]
        request.session = session

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Save a changed session and set its cookie; drop the cookie of an emptied one."""
        session = getattr(request, "session", None)
        if session is None:
            return response
        name, was_accessed, is_empty = cookie_name(request), session.accessed, session.is_empty()
        if is_empty and name in request.COOKIES:
            response.delete_cookie(name, samesite=settings.SESSION_COOKIE_SAMESITE)
            was_accessed = True
        elif not is_empty and response.status_code < 500 and is_due(session, request.COOKIES.get(name)):
            if session.modified:
                save(session)
            set_cookie(response, name, session.session_key)
            was_accessed = True
        if was_accessed:
            patch_vary_headers(response, ("Cookie",))
        return response


def is_due(session: SessionBase, known: str | None) -> bool:
    """Was it changed, or has a view saved it already under a key that the browser does not know?"""
    return session.modified or session.session_key not in (None, known)


def save(session: SessionBase) -> None:
    """Save a session; raises SessionInterrupted when it was ended by another request meanwhile."""
    try:
        session.save()
    except UpdateError:
        raise SessionInterrupted("The session ended during this request.") from None


def set_cookie(response: Any, name: str, value: str | None) -> None:
    """Set a cookie that dies with the browser: no max-age, no expires."""
    response.set_cookie(name, value or "", secure=True, httponly=True, samesite=settings.SESSION_COOKIE_SAMESITE)


class PathLanguage:
    """Speak the language that the address names; a survivor's browser is never asked what it wishes.

    On the desk the browser's wish counts until somebody has signed in, see people.middleware.StaffLanguage.
    """

    def __init__(self, get_response: GetResponse) -> None:
        """Wrap the rest of the application."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Activate the path's language for this request and name it in the answer."""
        language = spoken_to(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class BodyFirst:
    """Take in a form with files before anything asks the database, and hold no connection while it comes in (W4).

    An upload may take an hour. What was read is sealed by then and cannot be seen without the rest of the request.
    """

    def __init__(self, get_response: GetResponse) -> None:
        """Wrap what asks the database."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Read the body, then pass on; a body that broke off or came too slowly gets a page of its own."""
        if not (request.content_type or "").startswith("multipart/"):
            return self.get_response(request)
        release_connections()
        try:
            request.POST  # noqa: B018 - reading it is what takes the files in
        except UnreadablePostError:
            return too_slow(request)
        response = self.get_response(request)
        release_connections()
        return response


def release_connections() -> None:
    """Give back the database connections of this thread; one that is in a transaction stays."""
    for each in connections.all(initialized_only=True):
        if not each.in_atomic_block:
            each.close()


class TokenCsrf(CsrfViewMiddleware):
    """Django's check of the form token, for pages that send no referrer.

    Under `Referrer-Policy: no-referrer` browsers send `Origin: null` with our own forms (Fetch standard, "append a
    request Origin header"), and some send neither Origin nor Referer; Django refuses both. What still tells our form
    from a stranger's is the token, kept in a session whose `__Host-` cookie is SameSite=Strict, so that nobody else
    can set or send it, and Sec-Fetch-Site, which a page cannot forge: browsers that send it must say `same-origin`.
    A referer that is sent after all is judged by Django.
    """

    def process_view(self, request: HttpRequest, callback: Any, args: Any, kwargs: Any) -> Any:
        """Refuse what the browser itself calls another site's doing, then let Django judge the token."""
        is_unsafe = request.method not in ("GET", "HEAD", "OPTIONS", "TRACE")
        is_foreign = request.META.get("HTTP_SEC_FETCH_SITE") in ("cross-site", "same-site")
        if is_unsafe and is_foreign and not getattr(request, "_dont_enforce_csrf_checks", False):
            return self._reject(request, "cross-site")  # type: ignore[attr-defined]
        return super().process_view(request, callback, args, kwargs)

    def _origin_verified(self, request: HttpRequest) -> bool:
        if request.META["HTTP_ORIGIN"] == "null":
            return comes_from_us(request)
        return bool(super()._origin_verified(request))  # type: ignore[misc]

    def _check_referer(self, request: HttpRequest) -> None:
        if "HTTP_REFERER" in request.META or not comes_from_us(request):
            super()._check_referer(request)  # type: ignore[misc]


def comes_from_us(request: HttpRequest) -> bool:
    """Tell whether a browser says that our own page sent this, or is too old to say."""
    return bool(request.META.get("HTTP_SEC_FETCH_SITE", "same-origin") == "same-origin")
