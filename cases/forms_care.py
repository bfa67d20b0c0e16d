"""Forms about clinicians: giving somebody the answers about health, and the clinician's word."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms_steps import words
from people.forms import DeskForm
from people.models import Person, Role


class GiveForm(DeskForm):
    """Which clinician."""

    clinician = forms.ChoiceField(label=_("To whom"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(role=Role.CLINICIAN, is_active=True).order_by("name")
        field = self.fields["clinician"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("choose")), *((str(each.id), each.name) for each in people)]

    @property
    def person(self) -> Person:
        """Who was chosen."""
        return Person.objects.select_related("pair").get(id=UUID(self.cleaned_data["clinician"]))


class WordForm(DeskForm):
    """What a clinician tells the team."""

    text = words(
        _("Your word to the team"),
        _("What the team must know to keep the person safe, and no more. Sealed; the person does not read it."),
    )
    is_over = forms.BooleanField(
        label=_("I see no danger to the person’s life now; the flag may be closed."), required=False
    )  # fmt: skip
