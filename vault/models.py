"""Keys, grants, sealed values and files, heads and the audit chain. No domain word lives here."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils import timezone

from vault.declared import declare


def today() -> date:
    """The day in UTC; survivors' acts are never dated more finely."""
    return timezone.now().date()


class KeyPair(models.Model):
    """The public halves of one seed; for a person also the seed itself, sealed under the password."""

    class Use(models.TextChoices):
        ROOT = "root"  # signs the directory
        PERSON = "person"
        INTAKE = "intake"
        CASEWORKERS = "caseworkers"
        LEADS = "leads"
        RECOVERY = "recovery"
        RECEIPT = "receipt"
        SECOND = "second"  # of a receipt and a second word: opens what was sent since the word was set; signs nothing
        DELEGATE = "delegate"  # signs the hourly halves of one worker host
        WORKER = "worker"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    use = models.CharField(max_length=12, choices=Use.choices)
    kem_public = models.BinaryField(max_length=1216)
    sign_public = models.BinaryField(max_length=32)
    fingerprint = models.BinaryField(max_length=32, unique=True)
    password_seed = models.BinaryField(null=True)  # only for Use.PERSON; see envelope.password
    made_on = models.DateField(default=today)
    retired_on = models.DateField(null=True)  # nothing new is sealed to it from then on
    is_exposed = models.BooleanField(default=False)  # somebody who must not read on has had it: open new epochs

    FIELDS: ClassVar = declare(
        sealed=["kem_public", "sign_public", "fingerprint", "password_seed"],
        metadata=["id", "use", "made_on", "retired_on", "is_exposed"],
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["use"], name="pair_by_use"),  # nearly all are receipts
            models.Index(fields=["id"], condition=models.Q(is_exposed=True), name="pair_exposed"),
        ]


class Statement(models.Model):
    """A directory statement: whose key this is, for what, from when until when, signed by the root or a delegate."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    pair = models.ForeignKey(KeyPair, models.PROTECT, related_name="statements")
    holder = models.UUIDField(null=True)  # the person, or null for a key of the organisation
    use = models.CharField(max_length=12)
    role = models.CharField(max_length=20, blank=True)  # what the holder may do with it, signed too
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    signer = models.ForeignKey(KeyPair, models.PROTECT, related_name="signed_statements")
    signature = models.BinaryField(max_length=64)

    FIELDS: ClassVar = declare(
        sealed=["signature"],
        metadata=["id", "pair", "holder", "use", "role", "from_on", "until_on", "signer"],
    )


class Revocation(models.Model):
    """A key that the directory names no longer, signed by the root. Its day ends the key's statements for good."""

    pair = models.OneToOneField(KeyPair, models.PROTECT, primary_key=True, related_name="revocation")
    on = models.DateField(default=today)
    signer = models.ForeignKey(KeyPair, models.PROTECT, related_name="+")
    signature = models.BinaryField(max_length=64)

    FIELDS: ClassVar = declare(sealed=["signature"], metadata=["pair", "on", "signer"])


class Compartment(models.Model):
    """A unit of access. `owner` is the row it belongs to: a case, a dossier, a key pair."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=20)
    owner = models.UUIDField(db_index=True)
    founder = models.ForeignKey(KeyPair, models.PROTECT, related_name="+")  # whose signature opened it
    made_on = models.DateField(default=today)
    erased_on = models.DateField(null=True)

    FIELDS: ClassVar = declare(metadata=["id", "kind", "owner", "founder", "made_on", "erased_on"])

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "owner"], name="one_compartment_per_owner")]


class Epoch(models.Model):
    """One key of a compartment; the next epoch has the next number and other holders."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    compartment = models.ForeignKey(Compartment, models.CASCADE, related_name="epochs")
    number = models.PositiveIntegerField()
    is_split = models.BooleanField(default=False)  # secret = A xor B, held by different people
    made_on = models.DateField(default=today)

    FIELDS: ClassVar = declare(metadata=["id", "compartment", "number", "is_split", "made_on"])

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["compartment", "number"], name="epoch_number_once")]


class EraseShare(models.Model):
    """32 bytes without which an epoch's key cannot be made; long backups leave this table out."""

    epoch = models.OneToOneField(Epoch, models.CASCADE, primary_key=True, related_name="erase_share")
    share = models.BinaryField(max_length=32)

    FIELDS: ClassVar = declare(metadata=["epoch"], sealed=["share"])


class Grant(models.Model):
    """An epoch's secret (or one of its two shares) sealed to one recipient and signed by the giver."""

    class Share(models.TextChoices):
        WHOLE = "whole"
        A = "a"
        B = "b"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    epoch = models.ForeignKey(Epoch, models.CASCADE, related_name="grants")
    recipient = models.ForeignKey(KeyPair, models.PROTECT, related_name="grants")
    share = models.CharField(max_length=5, choices=Share.choices, default=Share.WHOLE)
    sealed = models.BinaryField(max_length=2048)
    giver = models.ForeignKey(KeyPair, models.PROTECT, related_name="given_grants")
    signature = models.BinaryField(max_length=64)
    purpose = models.CharField(max_length=200)  # a code, never free text
    until_on = models.DateField(null=True)
    is_release = models.BooleanField(default=False)  # to a worker's half, which alone may come to hold both shares
    made_on = models.DateField(default=today)

    FIELDS: ClassVar = declare(
        sealed=["sealed", "signature"],
        metadata=["id", "epoch", "recipient", "share", "giver", "purpose", "until_on", "is_release", "made_on"],
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["epoch", "recipient", "share"], name="one_grant_per_recipient"),
            models.UniqueConstraint(
                fields=["epoch", "recipient"], condition=models.Q(is_release=False), name="nobody_holds_both_shares"
            ),
            models.CheckConstraint(condition=models.Q(share__in=["whole", "a", "b"]), name="share_is_known"),
        ]


class SealedValue(models.Model):
    """One sealed record, bound to its place and signed over its ciphertext."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    epoch = models.ForeignKey(Epoch, models.CASCADE, related_name="values")
    table = models.CharField(max_length=40)
    field = models.CharField(max_length=40)
    row = models.UUIDField(db_index=True)
    version = models.PositiveIntegerField(default=1)
    blob = models.BinaryField()
    signer = models.ForeignKey(KeyPair, models.PROTECT, related_name="signed_values")
    signature = models.BinaryField(max_length=64)
    made_on = models.DateField(default=today)

    FIELDS: ClassVar = declare(
        sealed=["blob", "signature"],
        metadata=["id", "epoch", "table", "field", "row", "version", "signer", "made_on"],
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["table", "field", "row", "version", "epoch"], name="one_value_per_place")
        ]


class SealedFile(models.Model):
    """Ciphertext in the file store; its key and true size are a SealedValue at (file, key, id)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    storage_name = models.CharField(max_length=80, unique=True)
    stored_size = models.BigIntegerField()
    header_digest = models.BinaryField(max_length=32)
    made_on = models.DateField(default=today)

    FIELDS: ClassVar = declare(sealed=["header_digest"], metadata=["id", "storage_name", "stored_size", "made_on"])


class Head(models.Model):
    """The newest sealed list of everything that belongs to an owner; an old row put back does not match it."""

    owner = models.UUIDField(primary_key=True)
    counter = models.PositiveIntegerField()
    value = models.ForeignKey(SealedValue, models.PROTECT, related_name="+")

    FIELDS: ClassVar = declare(metadata=["owner", "counter", "value"])


class AuditBatch(models.Model):
    """A link of the audit chain: its hash covers the one before and every event of the batch."""

    number = models.PositiveBigIntegerField(primary_key=True)
    previous = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)
    last_event = models.PositiveBigIntegerField()
    signer = models.ForeignKey(KeyPair, models.PROTECT, null=True, related_name="+")
    signature = models.BinaryField(max_length=64, null=True)
    made_on = models.DateField(default=today)

    FIELDS: ClassVar = declare(
        sealed=["previous", "digest", "signature"], metadata=["number", "last_event", "signer", "made_on"]
    )


class AuditEvent(models.Model):
    """Who did what to which row; never changed, never deleted. A member's acts have a time, a survivor's only a day."""

    id = models.BigAutoField(primary_key=True)
    on = models.DateField(default=today)
    at = models.DateTimeField(null=True)
    actor = models.UUIDField(null=True, db_index=True)
    action = models.CharField(max_length=60)
    subject_table = models.CharField(max_length=40)
    subject = models.UUIDField(db_index=True)
    detail = models.JSONField(default=dict)  # codes and ids only

    FIELDS: ClassVar = declare(metadata=["id", "on", "at", "actor", "action", "subject_table", "subject", "detail"])

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["action", "subject"], name="audit_action_subject"),
            models.Index(fields=["action", "on"], name="audit_action_on"),
        ]


class AuditLink(models.Model):
    """The place of an event in the chain. digest: over this event and the digest before it."""

    event = models.OneToOneField(AuditEvent, models.PROTECT, primary_key=True, related_name="link")
    batch = models.ForeignKey(AuditBatch, models.PROTECT, related_name="links")
    digest = models.BinaryField(max_length=32)

    FIELDS: ClassVar = declare(sealed=["digest"], metadata=["event", "batch"])


class Countersignature(models.Model):
    """A lead's word that the chain stood so at a sign-in: Ed25519 and ML-DSA over the same link."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    batch = models.ForeignKey(AuditBatch, models.PROTECT, related_name="countersignatures")
    signer = models.ForeignKey(KeyPair, models.PROTECT, related_name="+")
    signature = models.BinaryField(max_length=64)
    pq_public = models.BinaryField(max_length=1952)  # ML-DSA-65, covered by the Ed25519 signature
    pq_signature = models.BinaryField(max_length=3309)
    made_on = models.DateField(default=today)

    FIELDS: ClassVar = declare(
        sealed=["signature", "pq_public", "pq_signature"], metadata=["id", "batch", "signer", "made_on"]
    )


class SealedSession(models.Model):
    """A session whose content is sealed under a key that only the browser's cookie holds."""

    lookup = models.CharField(max_length=64, primary_key=True)
    blob = models.BinaryField()
    seed_blob = models.BinaryField(null=True)  # the unlocked seed, dropped when idle
    expires_on = models.DateField()
    seen_at = models.DateTimeField(null=True)  # desk only, never a survivor's
    made_at = models.DateTimeField(null=True)  # desk only
    holder = models.UUIDField(null=True, db_index=True)  # desk only: the member, so that the own sessions can be ended

    FIELDS: ClassVar = declare(
        sealed=["lookup", "blob", "seed_blob"], metadata=["expires_on", "seen_at", "made_at", "holder"]
    )
