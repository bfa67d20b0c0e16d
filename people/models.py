"""Who works here: members of staff and lawyers, their second factor, invitations and deputies."""

from __future__ import annotations

import time
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device, ThrottlingMixin
from django_otp.oath import TOTP

from people import keys
from people.passwords import normalised
from vault.declared import declare
from vault.models import KeyPair, today


class Role(models.TextChoices):
    CASEWORKER = "caseworker", _("caseworker")
    LEAD = "lead", _("lead")
    LAWYER = "lawyer", _("lawyer")
    TRANSLATOR = "translator", _("translator")
    CLINICIAN = "clinician", _("clinician")
    ANALYST = "analyst", _("analyst")
    DATA_PROTECTION = "data_protection", _("data protection officer")
    EDITOR = "reference_editor", _("reference editor")
    ADMINISTRATOR = "administrator", _("account administrator")


# Who may stand in for a lead: never a caseworker, who holds the other share.
DEPUTIES = {Role.CLINICIAN, Role.ANALYST, Role.DATA_PROTECTION, Role.EDITOR, Role.ADMINISTRATOR}


class PersonManager(BaseUserManager["Person"]):
    """Finds people by login; logins are kept in lower case."""

    def create_person(self, *, login: str, password: str, **fields: object) -> Person:
        """Save a person with a hashed password. `fields`: name, role, team, pair, is_demo."""
        person = self.model(login=login.strip().lower(), **fields)
        person.set_password(normalised(password))
        person.save()
        return person

    def staff(self) -> models.QuerySet[Person]:
        """Active caseworkers and leads."""
        return self.filter(is_active=True, role__in=[Role.CASEWORKER, Role.LEAD])

    def lawyers(self) -> models.QuerySet[Person]:
        """Active lawyers, by name."""
        return self.filter(is_active=True, role=Role.LAWYER).order_by("name")


class Person(AbstractBaseUser):  # type: ignore[django-manager-missing]
    """A caseworker, lead or lawyer. What the person may open is decided by grants to `pair`, not by this row."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    login = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    role = models.CharField(max_length=20, choices=Role.choices)
    team = models.CharField(max_length=40, blank=True)
    pair = models.OneToOneField(KeyPair, models.PROTECT, related_name="person")
    is_active = models.BooleanField(default=True)  # False: not admitted yet, suspended or removed
    removed_on = models.DateField(null=True)
    seen_event = models.BigIntegerField(default=0)  # announcements up to this audit event were seen
    language = models.CharField(max_length=5, blank=True)  # of the desk; "": the one that the browser asks for
    digest_address = models.EmailField(max_length=120, blank=True)  # left by the member, for a number once a day
    digest_on = models.DateField(null=True)  # the last day on which it was looked at
    has_keys = models.BooleanField(default=True)  # single letters move in lists; some must turn them off (WCAG 2.1.4)
    is_demo = models.BooleanField(default=False)
    added_on = models.DateField(default=today)
    last_login = None  # the audit chain says who signed in; a column that is overwritten adds nothing

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar = ["name", "role"]
    objects = PersonManager()

    FIELDS: ClassVar = declare(
        sealed=["password"],  # an Argon2id hash, of 77 bits when generated
        metadata=[
            "id",
            "login",
            "name",
            "role",
            "team",
            "pair",
            "is_active",
            "removed_on",
            "seen_event",
            "language",
            "digest_address",
            "digest_on",
            "has_keys",
            "is_demo",
            "added_on",
        ],
    )  # fmt: skip

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="role_is_known"),
            models.CheckConstraint(condition=models.Q(login=Lower("login")), name="login_is_lower"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.get_role_display()}"

    @property
    def is_lawyer(self) -> bool:
        """A lawyer sees dossiers, never the queue."""
        return self.role == Role.LAWYER

    @property
    def is_lead(self) -> bool:
        """A lead, or a deputy in the days of the deputyship, decides what another person asked for."""
        return self.acting_role == Role.LEAD

    @property
    def acting_role(self) -> str:
        """The role that counts today."""
        return Role.LEAD if self.role == Role.LEAD or self._is_deputy() else self.role

    def _is_deputy(self) -> bool:
        days = {"from_on__lte": today(), "until_on__gte": today()}
        return self.role in DEPUTIES and self.deputyships.filter(ended_on=None, **days).exists()


class SealedTOTPDevice(ThrottlingMixin, Device):  # type: ignore[misc]
    """A time-based code whose secret opens only with the person's seed, so a copied database makes no codes."""

    STEP: int = settings.CODE_SECONDS
    TOLERANCE = 1  # steps early or late

    sealed = models.BinaryField()
    last_t = models.BigIntegerField(default=-1)  # the step of the last code that was accepted

    FIELDS: ClassVar = declare(
        sealed=["sealed"],
        metadata=[
            "id", "user", "name", "confirmed", "last_t", "throttling_failure_timestamp", "throttling_failure_count",
        ],
    )  # fmt: skip

    seed: bytes | None = None  # lives for one request, set by unlocked_by()

    def unlocked_by(self, seed: bytes) -> SealedTOTPDevice:
        """Give the device the seed that opens its secret, for this object only."""
        self.seed = seed
        return self

    def verify_token(self, token: str) -> bool:
        """Accept a code of six digits once. Without a seed, or while throttled, nothing is accepted."""
        if self.seed is None or not self.verify_is_allowed()[0]:
            return False
        if not self._fits(token):
            self.throttle_increment()
            return False
        self.throttle_reset(commit=False)
        self.save()
        return True

    def get_throttle_factor(self) -> float:
        """Seconds that the first wrong code costs; each next one costs twice as much."""
        return 1

    def _fits(self, token: str) -> bool:
        if self.seed is None or not (token.isascii() and token.isdigit() and len(token) == 6):
            return False
        totp = TOTP(keys.open_totp(self.seed, bytes(self.sealed), self.user_id), self.STEP)
        totp.time = time.time()
        if not totp.verify(int(token), self.TOLERANCE, self.last_t + 1):
            return False
        self.last_t = totp.t()
        return True


class Invitation(models.Model):
    """A one-time link by which somebody makes the own keys: new here, password lost, or key in doubt.

    A lead hears the spoken code of the new key and admits it; until then nothing is sealed to it.
    """

    class Kind(models.TextChoices):
        NEW = "new", _("new person")
        LOST = "lost", _("lost password")
        SUSPICION = "suspicion", _("key under suspicion")

    class State(models.TextChoices):
        SENT = "sent", _("link given")
        JOINED = "joined", _("waits for a lead")
        ADMITTED = "admitted", _("admitted")
        ENDED = "ended", _("ended")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)  # SHA-256 of 32 random bytes that only the link holds
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.NEW)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SENT)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="invitations")  # set when joined
    login = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    role = models.CharField(max_length=20, choices=Role.choices)
    team = models.CharField(max_length=40, blank=True)
    pair = models.OneToOneField(KeyPair, models.PROTECT, null=True, related_name="invitation")
    password = models.CharField(max_length=128, blank=True)  # of new keys, until a lead has admitted them
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    FIELDS: ClassVar = declare(
        sealed=["token_hash", "password"],  # the password is an Argon2id hash
        metadata=[
            "id", "kind", "state", "person", "login", "name", "role", "team", "pair", "made_by", "made_at",
            "expires_at",
        ],
    )  # fmt: skip


class Deputyship(models.Model):
    """A member who stands in for the leads for some days and holds the leads' key so long."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="deputyships")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    from_on = models.DateField(default=today)
    until_on = models.DateField()
    ended_on = models.DateField(null=True)  # the keys were taken back

    FIELDS: ClassVar = declare(metadata=["id", "person", "made_by", "from_on", "until_on", "ended_on"])


class RecoveryShare(models.Model):
    """A custodian's share of the recovery seed, sealed to that person until it is on paper; then only the day stays."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    pair = models.ForeignKey(KeyPair, models.PROTECT, related_name="+")  # the recovery pair
    custodian = models.ForeignKey(Person, models.PROTECT, related_name="recovery_shares")
    number = models.PositiveSmallIntegerField()
    needed = models.PositiveSmallIntegerField()  # how many shares open
    total = models.PositiveSmallIntegerField()
    sealed = models.BinaryField(max_length=2048, null=True)  # emptied once the words were read back from the print
    printed_on = models.DateField(null=True)

    FIELDS: ClassVar = declare(
        sealed=["sealed"], metadata=["id", "pair", "custodian", "number", "needed", "total", "printed_on"]
    )

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pair", "number"], name="recovery_share_once"),
            models.UniqueConstraint(fields=["pair", "custodian"], name="one_recovery_share_each"),
        ]


# Last, because the package of passkeys looks for Person while it is imported.
from people.devices import Passkey, RecoveryCode, RecoverySheet  # noqa: E402

__all__ = [
    "DEPUTIES",
    "Deputyship",
    "Invitation",
    "Passkey",
    "Person",
    "PersonManager",
    "RecoveryCode",
    "RecoveryShare",
    "RecoverySheet",
    "Role",
    "SealedTOTPDevice",
]
