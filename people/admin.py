"""Accounts in the admin: to read. What is done about a person is done by acts of the desk, guarded and recorded."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.admin import SimpleListFilter, display
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import dateformat
from django.utils.translation import gettext, gettext_lazy, ngettext

from people.admin_register import Chosen, Link, Register
from people.models import Person
from people.permissions import Permission, may

# What stands in the list and on the page. The hash of the password is not even read.
COLUMNS = ("id", "name", "login", "role", "team", "is_active", "removed_on", "added_on", "is_demo")
STATES = {
    "active": (gettext_lazy("active"), Q(is_active=True)),
    "closed": (gettext_lazy("suspended, or not admitted yet"), Q(is_active=False, removed_on=None)),
    "removed": (gettext_lazy("removed"), Q(removed_on__isnull=False)),
}


class ByRole(Chosen):
    """Whoever has a role."""

    title, parameter_name, field = gettext_lazy("Role"), "role", "role"


class ByState(SimpleListFilter):
    """Who may sign in, who may not, who is gone."""

    title, parameter_name = gettext_lazy("State"), "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The three states of an account."""
        return [(code, str(words)) for code, (words, _) in STATES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Person]) -> QuerySet[Person]:
        """The people in that state."""
        chosen = STATES.get(self.value() or "")
        return queryset.filter(chosen[1]) if chosen else queryset


class Accounts(Register):
    """Who works here: role, team, state, and how many second factors of which kind."""

    permission = Permission.SEE_ACCOUNTS
    title = gettext_lazy("Accounts")
    explained = gettext_lazy(
        "Who works here, as what, and with how many second factors. To read; acts are under People."
    )
    list_display = ("the_name", "the_login", "the_role", "the_team", "state", "factors")
    list_filter = (ByRole, ByState)
    search_fields = ("name", "login")
    search_help_text = gettext_lazy("Name or login")
    ordering = ("name",)
    fields: ClassVar[Any] = ("the_login", "the_role", "the_team", "state", "factors", "since")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Person]:
        """The allowed columns, with the numbers of second factors."""
        return Person.objects.only(*COLUMNS).annotate(
            apps=Count("sealedtotpdevice", filter=Q(sealedtotpdevice__confirmed=True), distinct=True),
            keys=Count("passkey", filter=Q(passkey__confirmed=True), distinct=True),
            codes=Count("recoverysheet__codes", distinct=True),
        )

    def links(self, request: HttpRequest, row: Person) -> list[Link]:
        """To the acts, and to the trail for whoever may read it."""
        found = [(gettext("What may be done: the page of the person"), reverse("people:person", args=[row.pk]))]
        if may(getattr(request, "person", None), Permission.SEE_TRAIL):
            found.append(
                (gettext("Audit trail of %(name)s") % {"name": row.name}, reverse("people:trail", args=[row.pk]))
            )
        return found

    def heading(self, row: Person) -> str:
        """The name."""
        return row.name

    @display(description=gettext_lazy("Name"))
    def the_name(self, row: Person) -> str:
        """The name."""
        return row.name

    @display(description=gettext_lazy("Login"))
    def the_login(self, row: Person) -> str:
        """The login."""
        return row.login

    @display(description=gettext_lazy("Role"))
    def the_role(self, row: Person) -> str:
        """The role in words."""
        return str(row.get_role_display())

    @display(description=gettext_lazy("Team"))
    def the_team(self, row: Person) -> str:
        """The team, or nothing."""
        return row.team

    @display(description=gettext_lazy("State"))
    def state(self, row: Person) -> str:
        """Which of the three states."""
        if row.removed_on is not None:
            return str(STATES["removed"][0])
        return str(STATES["active" if row.is_active else "closed"][0])

    @display(description=gettext_lazy("Second factors"))
    def factors(self, row: Any) -> str:
        """How many of which kind: numbers alone."""
        told = [
            ngettext("%(number)d app", "%(number)d apps", row.apps) % {"number": row.apps},
            ngettext("%(number)d passkey", "%(number)d passkeys", row.keys) % {"number": row.keys},
            ngettext("%(number)d recovery code", "%(number)d recovery codes", row.codes) % {"number": row.codes},
        ]
        return ", ".join(told)

    @display(description=gettext_lazy("Since"))
    def since(self, row: Person) -> str:
        """The day on which the account was made."""
        return dateformat.format(row.added_on, "j E Y")
