"""Forms of the own account. Each asks for the second factor again, last."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import setup
from people.forms import CodeField, DeskForm
from people.mail_services import is_watched
from people.setup import NewPasswordFields, new_password_field
from people.stepup import SecondFactorForm


class PasswordForm(NewPasswordFields, SecondFactorForm):
    """A new password, twice."""

    password = new_password_field(gettext_lazy("New password"))


class AuthenticatorForm(SecondFactorForm):
    """A code that proves that the new app has the secret."""

    new_code = CodeField(
        label=gettext_lazy("Code from the new app"), help_text=gettext_lazy("Six digits that it shows now.")
    )

    def __init__(self, secret: bytes, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.secret = secret
        self.fields["code"].label = _("Your second factor so far")

    def clean_new_code(self) -> str:
        """Refuse a code that the secret does not make about now."""
        code = "".join(str(self.cleaned_data["new_code"]).split())
        if not setup.fits(self.secret, code):
            raise ValidationError(setup.NO_CODE)
        return code


class NewPasskeyForm(SecondFactorForm):
    """The name of a passkey that is to be made."""

    name = forms.CharField(
        label=gettext_lazy("What do you call it?"),
        help_text=gettext_lazy("So that you know it again, such as: blue token on my keys."),
        max_length=64,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class DigestForm(DeskForm):
    """An address for a mail a day."""

    address = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("One that does not say what you do here. Empty: no mail."),
        required=False,
        max_length=120,
        widget=forms.EmailInput({"autocomplete": "off", "size": "40"}),
    )

    def clean_address(self) -> str:
        """Not to a service in Belarus or Russia."""
        address = str(self.cleaned_data["address"])
        if address and (is_watched(address) or not address.isascii()):
            raise ValidationError(_("Choose a service outside Belarus and Russia."))
        return address
