"""A register of the admin: a list that can be searched, and a page for each row; what it shows is named one by one."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin, ShowFacets, SimpleListFilter
from django.contrib.admin.utils import label_for_field, lookup_field
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from people.admin_site import READ, WRITE
from people.forms import CHOOSE
from people.forms import WRITE as WRITTEN
from people.permissions import Permission, may
from vault import audit

SAVED, SAME = gettext_lazy("Saved."), gettext_lazy("Nothing was changed.")
Link = tuple[str, str]  # words, address


class RegisterForm(forms.ModelForm):  # type: ignore[type-arg]  # of any model
    """A form of the admin in the look of the desk."""

    template_name = "desk/forms/form.html"
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = CHOOSE if isinstance(field, forms.ChoiceField) else WRITTEN


class Chosen(SimpleListFilter):
    """A filter of a list by one column with choices; a value that is none of them filters nothing."""

    field: ClassVar[str]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The choices of the column."""
        return [(str(value), str(words)) for value, words in model_admin.model._meta.get_field(self.field).flatchoices]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """The rows with the chosen value."""
        known = {value for value, _ in self.lookup_choices}
        return queryset.filter(**{self.field: self.value()}) if self.value() in known else queryset


class Register(ModelAdmin):  # type: ignore[type-arg]  # of any model
    """Read, unless may_change or may_add says otherwise. Nothing is ever deleted here.

    permission: who may see it. title, explained: what it is, in its heading and on the start page. noted: what its rows
    are called in the trail.
    """

    permission: ClassVar[Permission]
    title: ClassVar[str | Promise]
    explained: ClassVar[str | Promise]
    noted: ClassVar[str] = ""
    may_change: ClassVar[bool] = False
    may_add: ClassVar[bool] = False
    key: ClassVar[str] = "uuid"  # the converter of an address

    actions = None
    list_per_page = 50
    show_facets = ShowFacets.NEVER
    change_list_template = "desk/admin/list.html"
    change_form_template = "desk/admin/form.html"
    form = RegisterForm

    @property
    def name(self) -> str:
        """The first part of the names of its addresses."""
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def get_urls(self) -> list[Any]:
        """A list, a page for each row, and one for a new row where there may be one."""
        opened = self.admin_site.opened  # type: ignore[attr-defined]
        methods = WRITE if self.may_change else READ
        urls = [path("", opened(self.list_view, self.permission, READ), name=f"{self.name}_changelist")]
        if self.may_add:
            urls.append(path("new/", opened(self.new_view, self.permission, WRITE), name=f"{self.name}_add"))
        one = opened(self.one_view, self.permission, methods)
        return [*urls, path(f"<{self.key}:object_id>/", one, name=f"{self.name}_change")]

    def list_view(self, request: HttpRequest) -> HttpResponse:
        """The list; what its address asks for and is none of its filters is refused."""
        return self.changelist_view(request, {"register": self, "may_add": self.has_add_permission(request)})

    def new_view(self, request: HttpRequest) -> HttpResponse:
        """The page for a new row."""
        return self.add_view(request, "", {"register": self})

    def one_view(self, request: HttpRequest, object_id: Any) -> HttpResponse:
        """The page of one row, with links to what is done elsewhere."""
        row = self.get_object(request, str(object_id))
        if row is None:
            raise Http404
        told = {"heading": self.heading(row), "remark": self.remark(row), "links": self.links(request, row)}
        return self.change_view(request, str(object_id), "", {"register": self, "facts": self.facts(row), **told})

    def facts(self, row: Any) -> list[tuple[str, Any]]:
        """What is only told, by label: of the row as it is stored, whatever a form that was refused has put into it."""
        return [
            (str(label_for_field(name, self.model, self)), lookup_field(name, row, self)[2])
            for name in map(str, self.readonly_fields)
        ]

    def heading(self, row: Any) -> str:
        """What a row is called above its page."""
        return str(row)

    def remark(self, row: Any) -> str | Promise:
        """What must be said above a row, or ""."""
        return ""

    def links(self, request: HttpRequest, row: Any) -> list[Link]:
        """Where one goes on from a row."""
        return []

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """By the permission of the register."""
        return bool(may(getattr(request, "person", None), self.permission))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only where the register says so."""
        return self.may_change and self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only where the register says so."""
        return self.may_add and self.has_view_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        """As for its rows."""
        return self.has_view_permission(request)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only the filters of the list: Django's own rule lets an address ask for the beginning of any column."""
        return lookup in {getattr(each, "parameter_name", None) for each in self.list_filter}

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """The names of the fields, never what stands in them."""
        return sorted(form.changed_data)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Write an event of our trail; Django's own table of changes stays empty."""
        return self._note("added", request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The same for a change, unless nothing changed."""
        return self._note("changed", request, obj, message) if message else None

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        """Say so, and go to the list."""
        messages.success(request, SAVED)
        return HttpResponseRedirect(reverse(f"admin:{self.name}_changelist"))

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Go back to the row."""
        return HttpResponseRedirect(reverse(f"admin:{self.name}_change", args=[obj.pk]))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save, and say whether anything changed."""
        if not change or form.has_changed():
            super().save_model(request, obj, form, change)
        if change:
            messages.success(request, SAVED if form.has_changed() else SAME)

    def table(self, found: Any) -> tuple[list[str], list[tuple[Any, Any, list[tuple[str, Any]]]]]:
        """A page of the list: heads of columns; rows with the first cell, and the others with their heads."""
        heads = [str(label_for_field(name, self.model, self)) for name in self.list_display]
        rows = [[lookup_field(name, row, self)[2] for name in self.list_display] for row in found.result_list]
        told = [list(zip(heads[1:], cells[1:], strict=True)) for cells in rows]
        firsts = [cells[0] for cells in rows]
        return heads, list(zip(found.result_list, firsts, told, strict=True))

    def _note(self, what: str, request: HttpRequest, obj: Any, fields: list[str]) -> Any:
        return audit.record(f"{self.noted}.{what}", self.noted, obj.pk, by=request.person.id, detail={"fields": fields})  # type: ignore[attr-defined]
