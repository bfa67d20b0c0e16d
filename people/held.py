"""What was sent while the screen was locked: sealed to the person, given back after unlocking, sent only on request."""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass

from django.conf import settings

from people.models import Person, Role
from people.recipients import recipient_of
from people.requests import DeskRequest
from vault.envelope.encoding import pack
from vault.envelope.errors import EnvelopeError
from vault.envelope.suite import open_with, seal_to
from vault.errors import Unstated

KEY = "held"
LIMIT = settings.DATA_UPLOAD_MAX_MEMORY_SIZE  # bytes of JSON: whatever a form may bring is given back
CODE = re.compile(r"[\w-]{0,40}", re.ASCII)
NEVER_KEPT = {"csrfmiddlewaretoken", "code", "new_code", "password", "again", "passkey"}
WORDS_FROM_PAPER = ("share_", "word_")  # of the recovery kit: typed, used and gone in one request


@dataclass(frozen=True, slots=True)
class Held:
    """A form that arrived locked: the page it was for, and its fields in order."""

    path: str
    fields: list[tuple[str, str]]

    @property
    def words(self) -> list[str]:
        """What was written, without what was only chosen."""
        return [text for _, text in self.fields if not CODE.fullmatch(text)]


def keep(request: DeskRequest) -> None:
    """Seal the text fields of a POST to the locked person's key. Files, codes and passwords are not kept."""
    person = request.person
    if request.method != "POST" or person is None:
        return
    fields = [(name, text) for name in request.POST for text in request.POST.getlist(name) if _may_keep(name)]
    plaintext = json.dumps({"path": request.path, "fields": fields}, ensure_ascii=False).encode(errors="replace")
    if not fields or len(plaintext) > LIMIT:
        return
    try:
        recipient = recipient_of(person, Role.values)
    except Unstated:
        return
    request.session[KEY] = b64encode(seal_to(recipient.kem_public, plaintext, _info(person))).decode()


def take(request: DeskRequest) -> Held | None:
    """Open and forget what was kept, or None."""
    sealed = request.session.pop(KEY, None)
    seed, person = request.session.seed, request.person
    if sealed is None or seed is None or person is None:
        return None
    try:
        content = json.loads(open_with(seed, b64decode(sealed), _info(person)))
    except EnvelopeError:
        return None
    return Held(content["path"], [(name, text) for name, text in content["fields"]])


def _may_keep(name: str) -> bool:
    return name not in NEVER_KEPT and not name.startswith(WORDS_FROM_PAPER)


def _info(person: Person) -> bytes:
    return pack("held", settings.DEPLOYMENT, person.id.bytes)
