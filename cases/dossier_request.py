"""What a request of a dossier is bound to: its sealed input, who asked, for whom, and in which rendering."""

from __future__ import annotations

import hashlib
from typing import Any

from cases.dossier.inputs import FULL
from cases.models import Dossier
from vault.envelope.encoding import pack
from vault.errors import Forged
from vault.models import SealedValue

INPUT = ("dossier", "input")  # table and field


def rendering_of(request: dict[str, Any]) -> str:
    """FULL or PSEUDONYMISED, as the asker wrote it. The purpose of the grants holds it against the sealed input."""
    return str(request.get("rendering") or FULL)


def request_purpose(dossier: Dossier, lawyer: bytes, rendering: str = FULL) -> str:
    """What the grants of a request are for: the digest of its sealed input and of who asked for whom.

    lawyer: the fingerprint of the lawyer's key, 32 bytes. It covers ciphertext and ids only. Changing the input, the
    asker, the case, the lawyer or the rendering makes another purpose.
    Raises vault.errors.Forged unless there is one input.
    """
    value = input_value(dossier)
    more = () if rendering == FULL else (rendering.encode(),)
    message = pack(dossier.id.bytes, dossier.case_id.bytes, value.signer_id.bytes, lawyer, bytes(value.blob), *more)
    return f"dossier:{hashlib.sha256(message).hexdigest()}"


def input_value(dossier: Dossier) -> SealedValue:
    """The one sealed input of a request. Raises vault.errors.Forged if there is none, or another beside it."""
    found = SealedValue.objects.filter(table=INPUT[0], field=INPUT[1], row=dossier.id)
    values = list(found.select_related("signer", "epoch__compartment"))
    if len(values) != 1:
        raise Forged(f"dossier {dossier.id}: {len(values)} inputs")
    return values[0]
