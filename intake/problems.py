"""What stands in the summary of problems."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

from intake.fields import TOO_LONG
from intake.pages import Problem


def problems_of(bound: Iterable[forms.Form]) -> list[Problem]:
    """One line for each field with a problem, with a link to the field."""
    return [Problem(str(errors[0]), f"#{form[name].auto_id}") for form in bound for name, errors in form.errors.items()]


def is_too_long(form: forms.Form) -> bool:
    """Is there a text that one answer cannot hold?"""
    return any(form.has_error(name, TOO_LONG) for name in form.fields)
