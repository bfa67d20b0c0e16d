"""Second factors beside the authenticator app: passkeys, and recovery codes on paper. Nobody but the seed's holder
can add one: each row carries a keyed hash that a writer to the database cannot make.
"""

from __future__ import annotations

import hmac
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django_otp.models import Device
from django_otp_webauthn.models import AbstractWebAuthnCredential

from people import keys
from vault.declared import declare
from vault.models import today


class Passkey(AbstractWebAuthnCredential):  # type: ignore[misc]
    """A passkey: the public half of a key that stays in a phone, a computer or a token."""

    seal = models.BinaryField(max_length=32)

    FIELDS: ClassVar = declare(
        sealed=["seal", "credential_id", "credential_id_sha256", "public_key"],
        metadata=[
            "id", "user", "name", "confirmed", "created_at", "last_used_at", "credential_type", "transports",
            "sign_count", "backup_eligible", "backup_state", "aaguid", "discoverable",
        ],
    )  # fmt: skip

    def sealed_by(self, seed: bytes) -> bytes:
        """The seal that belongs to this row."""
        return keys.passkey_seal(seed, self.user_id, bytes(self.credential_id), bytes(self.public_key))

    def is_genuine(self, seed: bytes) -> bool:
        """Was this row made by the holder of the seed, and not changed since?"""
        return hmac.compare_digest(bytes(self.seal), self.sealed_by(seed))


class RecoverySheet(Device):  # type: ignore[misc]
    """A person's paper with recovery codes; a session that one of them opened names it as its device."""

    made_on = models.DateField(default=today)

    FIELDS: ClassVar = declare(metadata=["id", "user", "name", "confirmed", "made_on"])

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user"], name="one_recovery_sheet")]


class RecoveryCode(models.Model):
    """One code of the sheet, as a keyed hash. Its id stands in the audit trail once it was used."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    sheet = models.ForeignKey(RecoverySheet, models.CASCADE, related_name="codes")
    tag = models.BinaryField(max_length=32)

    FIELDS: ClassVar = declare(sealed=["tag"], metadata=["id", "sheet"])

    def fits(self, seed: bytes, person: UUID, code: str) -> bool:
        """Is this the code of the row?"""
        return hmac.compare_digest(bytes(self.tag), keys.recovery_tag(seed, person, self.id, code))
