"""Making the own password and authenticator: what a page offers and what it must get back before keys are made."""

from __future__ import annotations

import time
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from secrets import token_bytes
from typing import Any

import segno
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_otp.oath import TOTP

from people import keys
from people.forms import CodeField, DeskForm
from people.models import SealedTOTPDevice
from people.passwords import new_password, normalised

SECRET_BYTES = 20
NOT_THE_SAME = _("The two do not agree. Type both again.")
NO_CODE = _("That code does not belong to the secret above. Wait for the next one and try again.")
NEW_PASSWORD = {"autocomplete": "new-password", "size": "40"}


@dataclass(frozen=True, slots=True)
class Offer:
    """What a set-up page shows: words for a password, and the secret of an authenticator (20 bytes)."""

    login: str
    words: str = field(repr=False)
    secret: bytes = field(repr=False)

    @property
    def groups(self) -> str:
        """The secret as one types it into an app: 32 letters in groups of four."""
        text = keys.totp_words(self.secret)
        return " ".join(text[start : start + 4] for start in range(0, len(text), 4))

    @property
    def picture(self) -> str:
        """The secret as a QR code: an SVG without style or script, black on white in every colour scheme."""
        code = segno.make(keys.totp_uri(self.secret, self.login), error="m", micro=False)
        return str(code.svg_inline(border=4, light="#fff", svgclass="qr", lineclass=None, omitsize=True))


def offer(session: MutableMapping[str, Any], place: str, login: str) -> Offer:
    """The offer of this session, made at the first call. place: what it is for; another place gets another offer.

    The session is sealed under a key that only the cookie has, so a wrong code costs no new secret.
    """
    kept = session.get("setup", {})
    if kept.get("place") != place:
        kept = {"place": place, "words": new_password(), "secret": token_bytes(SECRET_BYTES).hex()}
        session["setup"] = kept
    return Offer(login, kept["words"], bytes.fromhex(kept["secret"]))


def forget(session: MutableMapping[str, Any]) -> None:
    """Drop the offer: it was taken."""
    session.pop("setup", None)


def new_password_field(label: Any) -> forms.CharField:
    """The field of a new password; what was typed is never shown again."""
    return forms.CharField(
        label=label,
        help_text=_("The six words above, or 15 characters or more of your own."),
        max_length=400,
        strip=False,
        widget=forms.PasswordInput(NEW_PASSWORD),
    )


class NewPasswordFields(DeskForm):
    """A new password, twice: neither short nor common, and both times the same."""

    password = new_password_field(_("Your password"))
    again = forms.CharField(
        label=_("The same password again"),
        max_length=400,
        strip=False,
        widget=forms.PasswordInput(NEW_PASSWORD),
    )

    def clean_password(self) -> str:
        """Refuse short and common passwords."""
        password: str = self.cleaned_data["password"]
        validate_password(normalised(password))
        return password

    def clean(self) -> dict[str, Any]:
        """Refuse two different passwords."""
        found: dict[str, Any] = super().clean() or {}
        if "password" in found and found["password"] != found.get("again", found["password"]):
            self.add_error("again", NOT_THE_SAME)
        return found


class SetUpForm(NewPasswordFields):
    """Password twice, and a code that proves that the authenticator has the secret."""

    code = CodeField(label=_("Code from the app"), help_text=_("Six digits that the app shows now."))

    def __init__(self, secret: bytes, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.secret = secret

    def clean_code(self) -> str:
        """Refuse a code that the secret does not make now, or half a minute before or after."""
        code = "".join(str(self.cleaned_data["code"]).split())
        if not fits(self.secret, code):
            raise ValidationError(NO_CODE)
        return code


def fits(secret: bytes, code: str) -> bool:
    """Does a secret make this code about now?"""
    if not (code.isascii() and code.isdigit() and len(code) == 6):
        return False
    totp = TOTP(secret, SealedTOTPDevice.STEP)
    totp.time = time.time()
    return bool(totp.verify(int(code), SealedTOTPDevice.TOLERANCE))
