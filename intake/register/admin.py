"""The register of numbers that survivors may call: dated, checked by somebody, hidden when the check grows old."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import SimpleListFilter, display
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import dateformat
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from cases import wording
from intake import numbers
from intake.crisis import EU
from intake.models import CrisisNumber
from intake.register import events as _events  # noqa: F401 - its words belong to the trail from here on
from intake.register.form import KINDS, NumberForm
from people.admin_register import Register
from people.permissions import Permission
from vault.models import today

CHECKED = {"number", "checked_on", "source", "confidence"}  # whoever changes one of these says that it was checked


class ByKind(SimpleListFilter):
    """Numbers of one kind."""

    title, parameter_name = gettext_lazy("For"), "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The kinds in the order of the page."""
        return [(code, str(words)) for code, words in KINDS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[CrisisNumber]) -> QuerySet[CrisisNumber]:
        """The numbers of that kind."""
        return queryset.filter(kind=self.value()) if self.value() in KINDS else queryset


class Numbers(Register):
    """Every number, whether survivors see it today, and why not."""

    permission = Permission.KEEP_TEXTS
    title = gettext_lazy("Numbers to call")
    explained = gettext_lazy(
        "What survivors see on the help page: each number with its hours, and the day of its check."
    )
    noted = "crisis_number"
    may_change = may_add = True
    form = NumberForm
    list_display = ("the_number", "where", "the_kind", "shown", "checked", "checker")
    list_filter = (ByKind,)
    search_fields = ("country", "number", "source")
    search_help_text = gettext_lazy("Number, or code of a country")
    readonly_fields = ("shown", "checker")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Those of the form, below what is only told."""
        return [*(self.readonly_fields if obj else ()), *NumberForm.Meta.fields]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form as it is; Django would leave its own widgets out."""
        return NumberForm

    def save_model(self, request: HttpRequest, obj: CrisisNumber, form: Any, change: bool) -> None:
        """Keep who checked it; a new one stands behind the others."""
        if not change:
            obj.place = numbers.next_place()
        if not change or CHECKED & set(form.changed_data):
            person = request.person  # type: ignore[attr-defined]
            obj.checked_by = f"{person.name} ({person.login})"
        super().save_model(request, obj, form, change)

    def remark(self, row: CrisisNumber) -> str | Promise:
        """Warn of a row that somebody wrote past this program."""
        if numbers.resource(row):
            return ""
        return gettext(
            "This row was not written by this program, or the secret of the server is a new one. Survivors see what "
            "was delivered instead. Check every field before you save it."
        )

    def heading(self, row: CrisisNumber) -> str:
        """The country and the number."""
        return f"{self.where(row)}, {row.number}"

    @display(description=gettext_lazy("Number"))
    def the_number(self, row: CrisisNumber) -> str:
        """The number."""
        return row.number

    @display(description=gettext_lazy("Country"))
    def where(self, row: CrisisNumber) -> str:
        """The country in words."""
        return gettext("European Union") if row.country == EU else str(wording.country(row.country))

    @display(description=gettext_lazy("For"))
    def the_kind(self, row: CrisisNumber) -> str:
        """What it is for."""
        return str(KINDS.get(row.kind, row.kind))

    @display(description=gettext_lazy("Survivors see it"))
    def shown(self, row: CrisisNumber) -> str:
        """Yes, or why not."""
        found = numbers.resource(row)
        if found is None:
            return gettext("no: not written by this program")
        if not found.is_verified:
            return gettext("no: nobody has confirmed it")
        return gettext("yes") if found.is_shown(today()) else gettext("no: the check is older than 90 days")

    @display(description=gettext_lazy("Checked on"))
    def checked(self, row: CrisisNumber) -> str:
        """The day of the check."""
        return dateformat.format(row.checked_on, "j E Y")

    @display(description=gettext_lazy("Checked by"))
    def checker(self, row: CrisisNumber) -> str:
        """Who checked it, or how."""
        return row.checked_by
