"""Who works here: members of staff and lawyers, their second factor, and failed sign-ins."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_otp.models import Device, ThrottlingMixin
from django_otp.oath import TOTP

from people import keys
from people.passwords import normalised
from vault.declared import declare
from vault.models import KeyPair, today


class Role(models.TextChoices):
    CASEWORKER = "caseworker", "caseworker"
    LEAD = "lead", "lead"
    LAWYER = "lawyer", "lawyer"


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
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    added_on = models.DateField(default=today)
    last_login = None  # the audit chain says who signed in; a column that is overwritten adds nothing

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar = ["name", "role"]
    objects = PersonManager()

    FIELDS: ClassVar = declare(
        sealed=["password"],  # an Argon2id hash of 70 bits
        metadata=["id", "login", "name", "role", "team", "pair", "is_active", "is_demo", "added_on"],
    )

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
        """A lead decides what another person asked for."""
        return self.role == Role.LEAD


class SealedTOTPDevice(ThrottlingMixin, Device):  # type: ignore[misc]
    """A time-based code whose secret opens only with the person's seed, so a copied database makes no codes."""

    STEP = 30  # seconds
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


class Attempts(models.Model):
    """Failed passwords of one login, with a growing delay. Unknown logins share a few rows, so both cost the same."""

    FREE = 3  # wrong passwords without any delay
    LONGEST = 300  # seconds
    KEPT_APART = 64  # rows for unknown logins

    key = models.CharField(max_length=40, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)

    FIELDS: ClassVar = declare(metadata=["key", "failures", "failed_at"])

    @classmethod
    def of(cls, login: str, person: Person | None) -> Attempts:
        """The row of a login; one is made if there is none."""
        guess = salted_hmac("people.attempts", login, secret=settings.SECRET_KEY, algorithm="sha256").digest()[0]
        key = str(person.id) if person else f"unknown-{guess % cls.KEPT_APART}"
        return cls.objects.get_or_create(key=key)[0]

    @property
    def open_from(self) -> datetime | None:
        """The moment from which the next password is looked at; None means now."""
        if self.failures < self.FREE or self.failed_at is None:
            return None
        return self.failed_at + timedelta(seconds=min(2 ** (self.failures - self.FREE), self.LONGEST))

    def is_waiting(self) -> bool:
        """Is any password refused at the moment?"""
        return self.open_from is not None and timezone.now() < self.open_from

    def count(self) -> None:
        """Write down a wrong password. While the row waits nothing grows, but the write costs the same."""
        if not self.is_waiting():
            self.failures = min(self.failures + 1, 60)
            self.failed_at = timezone.now()
        self.save()

    def clear(self) -> None:
        """Forget the failures after a right password."""
        self.failures, self.failed_at = 0, None
        self.save()
