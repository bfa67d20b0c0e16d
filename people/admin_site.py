"""The admin of the desk: Django's, behind our own sign-in, for rows that no key opens.

It has no sign-in of its own: people.middleware sends whoever lacks a second factor to that of the desk, and each view
carries the permission that opens it. While one of its views runs, the request has no keys.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, include, path, reverse
from django.utils.functional import Promise
from django.views.decorators.http import require_http_methods
from django_otp.admin import OTPAdminSite

from people.permissions import Permission, View, may, staff
from people.requests import DeskRequest

READ, WRITE = ("GET", "HEAD"), ("GET", "HEAD", "POST")


@dataclass(frozen=True, slots=True)
class Reading:
    """A page of the admin that is about no table. name: of its address; routes: itself first, then what it leads to."""

    name: str
    permission: Permission
    title: str | Promise
    explained: str | Promise
    routes: tuple[tuple[str, str, View], ...]


class DeskAdmin(OTPAdminSite):  # type: ignore[misc]  # the library has no types
    """One start page, the registers of the rooms, and pages to read. No page to sign in, to delete, or of a history."""

    index_template = "desk/admin/index.html"

    def __init__(self, readings: tuple[Reading, ...] = ()) -> None:
        super().__init__(name="admin")
        self.readings = readings

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether this is a member who may see the admin, signed in with a second factor."""
        verified = getattr(request.user, "is_verified", None)
        return bool(verified and verified() and may(getattr(request, "person", None), Permission.SEE_ADMIN))

    def get_urls(self) -> list[Any]:
        """The addresses that there are; nothing of Django's own beside them."""
        urls: list[Any] = [path("", self.opened(self.index, Permission.SEE_ADMIN, READ), name="index")]
        for model, register in self._registry.items():
            urls.append(path(f"{model._meta.model_name}/", include(register.get_urls())))
        return urls + [page for reading in self.readings for page in self._pages(reading)]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """What this member may see here."""
        registers = [
            (each.title, each.explained, reverse(f"admin:{each.name}_changelist"))
            for each in self._registry.values()
            if each.has_view_permission(request)
        ]
        readings = [
            (each.title, each.explained, reverse(f"admin:{each.name}"))
            for each in self.readings
            if may(getattr(request, "person", None), each.permission)
        ]
        return TemplateResponse(request, self.index_template, {"places": registers + readings})

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Nothing: the frame of these pages is that of the desk."""
        return {}

    def opened(self, view: Callable[..., HttpResponseBase], permission: Permission, methods: tuple[str, ...]) -> View:
        """Guard a view of the admin: by its permission, by the second factor, and without the keys of the session."""

        @require_http_methods(list(methods))
        @staff(permission)
        @wraps(view)
        def guarded(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not self.has_permission(request):
                raise PermissionDenied
            ring, request.keyring = request.keyring, None
            try:
                return view(request, *args, **kwargs)
            finally:
                request.keyring = ring  # the frame of the page asks whether the screen is unlocked

        return guarded

    def _pages(self, reading: Reading) -> list[URLPattern]:
        return [
            path(route, self.opened(view, reading.permission, READ), name=name) for route, name, view in reading.routes
        ]
