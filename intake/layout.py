"""Layouts of the linen pack: a question as a group of rows, or as the label of one field."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout, LayoutObject
from django import forms
from django.template.loader import render_to_string

PACK = "linen"


class Asked(LayoutObject):  # type: ignore[misc]  # crispy has no types
    """A question with its fields. `template` decides what carries the heading: a legend or a label."""

    def __init__(self, *fields: Any, template: str) -> None:
        self.fields = list(fields)
        self.template = f"{PACK}/{template}.html"

    def render(self, form: forms.BaseForm, context: Any, template_pack: str = PACK, **kwargs: Any) -> str:
        """Draw the fields inside the question's frame."""
        inner = self.get_rendered_fields(form, context, template_pack, **kwargs)
        return render_to_string(self.template, {"form": form, "inner": inner})


def rows(name: str) -> Field:
    """Rows of equal answers."""
    return Field(name, template=f"{PACK}/rows.html")


def line(name: str) -> Field:
    """One line of text under its own label."""
    return Field(name, template=f"{PACK}/line.html")


def words(name: str) -> Field:
    """Own words: the box with the voice line."""
    return Field(name, template=f"{PACK}/words.html")


def attachment(name: str) -> Field:
    """A file to choose."""
    return Field(name, template=f"{PACK}/file.html")


def date(name: str) -> Field:
    """The three fields of a date in one line; `name` is the first of them."""
    return Field(name, template=f"{PACK}/date.html")


def legend(*fields: Any) -> Asked:
    """The question as the legend of a group."""
    return Asked(*fields, template="legend")


def label(*fields: Any) -> Asked:
    """The question as the label of its first field."""
    return Asked(*fields, template="label")


def helper(*parts: Any) -> FormHelper:
    """A helper that draws only the fields: the page brings the form element, its token and its buttons."""
    found = FormHelper()
    found.form_tag = False
    found.disable_csrf = True
    found.include_media = False
    found.layout = Layout(*parts)
    return found
