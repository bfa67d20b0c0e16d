"""Is the organisation ready for survivors? Until it once was, each of their pages says "not open yet".

What is sealed before two leads, two caseworkers and a printed recovery kit exist could be lost with one person. Once
opened it stays open: a member who leaves must not close the door to people who have a number.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_otp import devices_for_user

from people.models import Person, RecoveryShare, Role
from vault import audit
from vault.directory import is_root, known_root
from vault.errors import Unstated
from vault.keyring import KEY_KIND
from vault.models import AuditEvent, Grant, KeyPair
from vault.recipients import organisation

OPENED = "organisation.opened"
EACH = 2  # leads, and caseworkers: one who asks and one who decides, also when somebody is ill
HAND = gettext_lazy("A caseworker hands the caseworkers’ key on by signing in; no lead may have it.")
KEYS = (KeyPair.Use.ROOT, KeyPair.Use.LEADS, KeyPair.Use.CASEWORKERS, KeyPair.Use.INTAKE)


@dataclass(frozen=True, slots=True)
class Step:
    """One condition, in words for the leads."""

    words: str
    is_done: bool
    hint: str | Promise = ""


def is_open() -> bool:
    """Was everything once in place? Asked for each page of a survivor, so a yes is remembered for this root."""
    root = known_root()
    return root is not None and (root in _opened() or _is_recorded(root))


@transaction.atomic
def check() -> bool:
    """Open for survivors if everything is in place, and say whether it is open. Call it after each step."""
    if is_open():
        return True
    wait_for_others()
    root = _root()
    if root is None or not all(step.is_done for step in steps()):
        return False
    audit.record(OPENED, "keypair", root.id, by=None)
    return True


def steps() -> list[Step]:
    """Everything that must be there before the first account, in the order in which it is done."""
    shares = kit_shares()
    is_made = bool(shares) and len(shares) == shares[0].total
    printed = len([share for share in shares if share.printed_on])
    on_paper = _("Each share of the kit is on paper")
    if shares:
        on_paper = _("Each share of the kit is on paper (%(done)s of %(all)s)") % {"done": printed, "all": len(shares)}
    return [
        Step(_("The organisation has its root"), _root() is not None),
        Step(_("Two leads, each with a second factor"), _ready(Role.LEAD) >= EACH),
        Step(_("Two caseworkers, each with a second factor"), _ready(Role.CASEWORKER) >= EACH),
        Step(_("Every key is with two people who may hold it"), all(len(_holders(use)) >= EACH for use in KEYS), HAND),
        Step(_("A recovery kit is made"), is_made),
        Step(_("The kit opens every key"), is_made and all(_is_in_kit(use) for use in KEYS), HAND),
        Step(on_paper, is_made and printed == len(shares)),
    ]


def wait_for_others() -> None:
    """Let one transaction at a time give keys, make kits and look whether all is there; lasts until it ends.

    Two custodians who prove their papers in the same second would each see the other's as missing.
    """
    list(KeyPair.objects.select_for_update(no_key=True).filter(use=KeyPair.Use.ROOT).values_list("id"))


def kit() -> KeyPair | None:
    """The recovery key of the newest kit, or None before there is one."""
    try:
        return organisation(KeyPair.Use.RECOVERY).pair
    except Unstated:
        return None


def kit_shares() -> list[RecoveryShare]:
    """The shares of the newest kit by number, with their custodians."""
    pair = kit()
    return list(RecoveryShare.objects.filter(pair=pair).select_related("custodian")) if pair else []


def _root() -> KeyPair | None:
    return next((pair for pair in KeyPair.objects.filter(use=KeyPair.Use.ROOT) if is_root(pair)), None)


def _ready(role: str) -> int:
    """How many active people of a role have a confirmed second factor."""
    people = Person.objects.filter(role=role, is_active=True)
    return len([person for person in people if next(iter(devices_for_user(person, confirmed=True)), None)])


def _recipients(use: str) -> set[UUID]:
    """The ids of the pairs to which the organisation key in use was granted."""
    pair = KeyPair.objects.filter(use=use, retired_on=None).order_by("-made_on").first()
    if pair is None:
        return set()
    grants = Grant.objects.filter(epoch__compartment__kind=KEY_KIND, epoch__compartment__owner=pair.id)
    return set(grants.values_list("recipient", flat=True))


def _holders(use: str) -> list[Person]:
    return list(Person.objects.filter(is_active=True, pair__in=_recipients(use)))


def _is_in_kit(use: str) -> bool:
    pair = kit()
    return pair is not None and pair.id in _recipients(use)


def _is_recorded(root: bytes) -> bool:
    if not AuditEvent.objects.filter(action=OPENED).exists():
        return False
    _opened().add(root)
    return True


@cache
def _opened() -> set[bytes]:
    """The fingerprints of roots that are known to be open in this process."""
    return set()
