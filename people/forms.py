"""Forms of the desk: one look for all, and the three of signing in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

CODE_WIDGET = {"inputmode": "numeric", "autocomplete": "one-time-code", "size": "16", "maxlength": "40"}
CHOOSE, WRITE = _("Choose one of these."), _("Nothing is written here yet.")
ANSWER_LIMIT = 16_000  # characters of a passkey's answer; the largest registrations have a third of that
PASSWORD_WIDGET = {"autocomplete": "current-password", "size": "40"}


class DeskForm(forms.Form):
    """A form drawn by templates/desk/forms, with a summary of problems above and no colon after labels."""

    template_name = "desk/forms/form.html"
    use_required_attribute = False  # the server says what is missing, in words

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            is_choice = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
            field.error_messages["required"] = CHOOSE if is_choice else WRITE


class CodeField(forms.CharField):
    """Six digits of an app, or 25 of the recovery paper; spaces between them are fine."""

    def __init__(self, **kwargs: Any) -> None:
        defaults = {
            "label": _("Code"),
            "help_text": _("Six digits from your authenticator app, or a recovery code from your paper."),
            "max_length": 40,
            "widget": forms.TextInput(CODE_WIDGET),
        }
        super().__init__(**{**defaults, **kwargs})


class PasskeyField(forms.CharField):
    """The answer of a passkey, written by static/desk-passkey.js."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=ANSWER_LIMIT, widget=forms.HiddenInput(), **kwargs)


class PasswordField(forms.CharField):
    """The password; its white space is left to people.passwords."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.PasswordInput(PASSWORD_WIDGET)
        super().__init__(label=_("Password"), max_length=400, strip=False, widget=widget, **kwargs)


class SignInForm(DeskForm):
    login = forms.CharField(
        label=_("Login"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = PasswordField()


class FactorForm(DeskForm):
    """A code, or the answer of a passkey in its place."""

    code = CodeField(required=False)
    passkey = PasskeyField()

    def clean(self) -> dict[str, Any]:
        """One of the two must be there."""
        found: dict[str, Any] = super().clean() or {}
        if not found.get("code") and not found.get("passkey") and not self.errors:
            self.add_error("code", WRITE)
        return found


class CodeForm(FactorForm):
    pass


class UnlockForm(FactorForm):
    password = PasswordField()
    field_order = ("password", "code", "passkey")


class PasskeyForm(DeskForm):
    """Nothing to type: the script writes the answer."""

    passkey = PasskeyField()


class NameForm(DeskForm):
    """A passkey's name."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("So that you know it again: where it is kept."),
        max_length=64,
    )
