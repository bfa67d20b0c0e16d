"""Forms of the desk: one look for all, and the three of signing in."""

from typing import Any

from django import forms

CODE_WIDGET = {"inputmode": "numeric", "autocomplete": "one-time-code", "size": "8", "maxlength": "8"}
CHOOSE, WRITE = "Choose one of these.", "Nothing is written here yet."
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
    """Six digits of the second factor; spaces between them are fine."""

    def __init__(self, **kwargs: Any) -> None:
        defaults = {
            "label": "Code",
            "help_text": "Six digits from your authenticator app.",
            "max_length": 12,
            "widget": forms.TextInput(CODE_WIDGET),
        }
        super().__init__(**{**defaults, **kwargs})


class PasswordField(forms.CharField):
    """The password; its white space is left to people.passwords."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.PasswordInput(PASSWORD_WIDGET)
        super().__init__(label="Password", max_length=400, strip=False, widget=widget, **kwargs)


class SignInForm(DeskForm):
    login = forms.CharField(
        label="Login", max_length=40, widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none"})
    )
    password = PasswordField()


class CodeForm(DeskForm):
    code = CodeField()


class UnlockForm(DeskForm):
    password = PasswordField()
    code = CodeField()
