"""Forms about people: inviting, admitting, removing, new keys, standing in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import spoken
from people.deputies import LONGEST
from people.forms import DeskForm
from people.models import Invitation, Person, Role
from people.stepup import SecondFactorForm
from vault.models import today

TYPED = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
SMALL = gettext_lazy("Small letters, digits, dots and hyphens.")
LOGIN = RegexValidator(r"^[a-z0-9][a-z0-9._-]+$", SMALL)
ROLES = [("", gettext_lazy("choose")), *Role.choices]
KINDS = [
    (Invitation.Kind.LOST, gettext_lazy("The password is lost; nobody else has it")),
    (Invitation.Kind.SUSPICION, gettext_lazy("Somebody else may have the password or the key")),
]


class InviteForm(DeskForm):
    """Who is invited, as what."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=60, help_text=gettext_lazy("As colleagues will see it.")
    )
    login = forms.CharField(
        label=gettext_lazy("Login"), max_length=40, validators=[LOGIN], help_text=SMALL,
        widget=forms.TextInput(TYPED),
    )  # fmt: skip
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=ROLES)
    team = forms.CharField(
        label=gettext_lazy("Team"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Members see the cases of their team."),
    )


class AdmitForm(SecondFactorForm):
    """The six words as heard, and for a new person the role in the lead's own words."""

    spoken = forms.CharField(
        label=gettext_lazy("The six words you hear"),
        help_text=gettext_lazy("In their order. Type what you hear; do not ask whether these are right."),
        max_length=200,
        widget=forms.TextInput(TYPED),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Comes as"),
        choices=ROLES,
        help_text=gettext_lazy("As you agreed. It is signed with the key."),
    )
    is_intake = forms.BooleanField(
        label=gettext_lazy("A caseworker who reads new accounts (intake staff)"), required=False
    )

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind != Invitation.Kind.NEW:
            del self.fields["role"], self.fields["is_intake"]

    def clean_spoken(self) -> str:
        """Refuse what is not six words of the list: a slip of the pen, not a wrong code."""
        typed: str = self.cleaned_data["spoken"]
        try:
            spoken.read(typed)
        except spoken.NotWords as error:
            raise ValidationError(_not_words(error)) from error
        return typed


class RemoveForm(SecondFactorForm):
    """The login, typed, so that nobody is removed by a slip."""

    login = forms.CharField(label=gettext_lazy("Login of the person"), max_length=40, widget=forms.TextInput(TYPED))

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["login"].help_text = _("Type %(login)s to say that you mean %(name)s.") % {
            "login": person.login,
            "name": person.name,
        }

    def clean_login(self) -> str:
        """Refuse another login."""
        if self.cleaned_data["login"].strip().lower() != self.person.login:
            raise ValidationError(_("This is not the login of this person."))
        return self.person.login


class DeputyForm(SecondFactorForm):
    """Until when somebody stands in."""

    until = forms.DateField(label=gettext_lazy("Last day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, last = today(), today() + LONGEST
        span = {"type": "date", "min": first.isoformat(), "max": last.isoformat()}
        self.fields["until"].widget = forms.DateInput(span, format="%Y-%m-%d")
        self.fields["until"].initial = first + timedelta(days=7)
        self.fields["until"].help_text = _("At most 30 days ahead.")


class KindForm(SecondFactorForm):
    """Why new keys are needed."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What happened?"), choices=KINDS, widget=forms.RadioSelect(), initial=None
    )


def _not_words(error: spoken.NotWords) -> str:
    if not error.unknown:
        return _("Six words are needed.")
    return _("Not in the list of words: %(words)s. Ask how they are spelt.") % {"words": ", ".join(error.unknown[:6])}
