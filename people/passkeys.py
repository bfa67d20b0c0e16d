"""Passkeys as a second factor: the question for the browser, and the check of its answer.

The arithmetic of WebAuthn is the packages'. What is ours: a passkey counts only after the right password, with the
seal that the person's seed put beside it; nothing is kept of an attestation; the authenticator learns no id of ours.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.http.request import split_domain_port
from django_otp_webauthn.exceptions import CredentialNotFound, OTPWebAuthnApiError
from django_otp_webauthn.helpers import WebAuthnHelper
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import PublicKeyCredentialUserEntity, ResidentKeyRequirement, UserVerificationRequirement

from people.forms import ANSWER_LIMIT
from people.models import Passkey, Person
from people.requests import DeskRequest
from vault.envelope.encoding import pack

ASKED, MAKING = "passkey_asked", "passkey_making"  # session: the open question of a use, of a registration
NO_MODEL = "00000000-0000-0000-0000-000000000000"
BAD = (OTPWebAuthnApiError, WebAuthnException, ValueError, TypeError, KeyError, AttributeError)


def host_of(request: HttpRequest) -> str:
    """The name that passkeys are bound to: the host of this request, without its port."""
    return split_domain_port(request.get_host())[0]


class Ceremonies(WebAuthnHelper):  # type: ignore[misc]
    """The package's ceremonies with what this deployment wants."""

    def __init__(self, request: HttpRequest, seed: bytes = b"") -> None:
        super().__init__(request)
        self.seed = seed

    def get_allowed_origins(self) -> list[str]:
        """Only the address that the browser is at: scheme and host of this request."""
        return [f"{self.request.scheme}://{self.request.get_host()}"]

    def get_discoverable_credentials_preference(self) -> ResidentKeyRequirement:
        """A second factor need not stand in the list of a seized phone."""
        return ResidentKeyRequirement.DISCOURAGED

    def get_user_entity(self, user: Person) -> PublicKeyCredentialUserEntity:
        """Name the person by login; the handle is derived, so that no table of handles is needed."""
        handle = hmac.digest(settings.SECRET_KEY.encode(), pack("passkey handle", user.id.bytes), hashlib.sha512)
        return PublicKeyCredentialUserEntity(id=handle, name=user.login, display_name=user.login)

    def get_generate_authentication_options_kwargs(self, **given: Any) -> dict[str, Any]:
        """Let the device check its owner when it can; a token without a PIN works too, after the password."""
        kwargs: dict[str, Any] = super().get_generate_authentication_options_kwargs(**given)
        return kwargs | {"user_verification": UserVerificationRequirement.PREFERRED}

    def get_registration_extensions(self) -> dict[str, Any]:
        """Ask for nothing more."""
        return {}

    def create_credential(self, user: Person, response: Any, parsed_credential: Any, original_data: Any) -> Passkey:
        """A row without the model of the device, sealed to the person."""
        passkey: Passkey = super().create_credential(user, response, parsed_credential, {})
        passkey.aaguid, passkey.name = NO_MODEL, str(original_data["name"])
        passkey.seal = passkey.sealed_by(self.seed)
        return passkey

    def create_attestation(self, *_: Any) -> None:
        """Keep nothing of it."""


def question(request: DeskRequest, person: Person) -> str:
    """What the browser asks a passkey, as JSON; "" when the person has none. The session remembers the challenge."""
    if not Passkey.objects.filter(user=person, confirmed=True).exists():
        return ""
    options, state = Ceremonies(request).authenticate_begin(user=person, require_user_verification=False)
    request.session[ASKED] = state
    return json.dumps(options)


def check(request: DeskRequest, person: Person, answer: str, seed: bytes) -> Passkey | None:
    """The passkey that answered the open question, or None. Each question is answered once."""
    state = request.session.pop(ASKED, None)
    try:
        with transaction.atomic():
            return _checked(Ceremonies(request, seed), person, state, _read(answer)) if state else None
    except BAD:
        return None


def offer(request: DeskRequest, person: Person) -> str:
    """What the browser asks a device that shall make a passkey, as JSON."""
    options, state = Ceremonies(request).register_begin(user=person)
    request.session[MAKING] = state
    return json.dumps(options)


def make(request: DeskRequest, person: Person, answer: str, seed: bytes, name: str) -> Passkey | None:
    """Keep the passkey that was made, or None if the answer does not fit the offer."""
    state = request.session.pop(MAKING, None)
    try:
        with transaction.atomic():
            found = Ceremonies(request, seed).register_complete(person, state, _read(answer) | {"name": name})
    except BAD:
        return None
    return found if isinstance(found, Passkey) else None


def _checked(ceremonies: Ceremonies, person: Person, state: dict[str, Any], answer: dict[str, Any]) -> Passkey:
    """Raises one of BAD for an answer that does not fit. The seal is looked at on the very row whose key was used."""
    found: Passkey = ceremonies.authenticate_complete(user=person, state=state, data=answer)
    if not found.confirmed or not found.is_genuine(ceremonies.seed):
        raise CredentialNotFound
    return found


def _read(answer: str) -> dict[str, Any]:
    found = json.loads(answer) if len(answer) <= ANSWER_LIMIT else None
    if not isinstance(found, dict):
        raise ValueError("not an answer")
    return found
