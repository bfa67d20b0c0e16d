"""Using the kit: a rehearsal that proves shares on a test, and the real recovery when nobody can sign in any more."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from people import opening, recovery
from people.alarms import raise_alarm
from people.handing import hand_on
from people.models import Person
from people.organisation import NewPerson, make_person
from people.shares import BadSet, Read, combine
from vault import audit
from vault.errors import Forged
from vault.keyring import Keyring
from vault.models import AuditEvent, Compartment, KeyPair, SealedValue, today

ALARM = "recovery_tried"
REFUSED, REHEARSED, USED = "recovery.refused", "recovery.rehearsed", "recovery.used"
COUNTED = 100  # refusals written down in one day; whoever sends garbage does not fill the trail


@transaction.atomic
def rehearse(*, typed: Sequence[Read], by: Person) -> list[int]:
    """Open the test compartment with typed shares and return their numbers. Raises BadSet or Forged.

    The kit's seed ends with this call, and it opens nothing here but random bytes.
    """
    pair = _kit()
    ring = Keyring(combine(typed, bytes(pair.fingerprint)), pair)
    opened = ring.latest(Compartment.objects.get(kind=recovery.REHEARSAL, owner=pair.id))
    value = SealedValue.objects.filter(epoch=opened.epoch, field=recovery.REHEARSAL, row=pair.id).first()
    if value is None or len(opened.open(value)) != recovery.TEST_BYTES:
        raise Forged(f"recovery kit {pair.id}: no test")
    numbers = sorted(share.number for share in typed)
    audit.record(REHEARSED, "keypair", pair.id, by=by.id, detail={"shares": numbers})
    return numbers


@transaction.atomic
def recover(*, typed: Sequence[Read], lead: NewPerson, password: str, secret: bytes) -> Person:
    """Make a new lead with the keys that the kit opens, and return that person. Raises BadSet, Forged or NoGrant.

    secret: of the new lead's authenticator, 20 bytes. Nobody else's session, keys or password is touched.
    """
    pair = _kit()
    ring = Keyring(combine(typed, bytes(pair.fingerprint)), pair)
    root = ring.team(KeyPair.Use.ROOT).signer
    person = make_person(lead, password, secret, root=root)
    hand_on(ring, giver=root)
    numbers = sorted(share.number for share in typed)
    detail: dict[str, object] = {"shares": numbers, "kit": str(pair.id)}
    audit.record(USED, "person", person.id, by=person.id, detail=detail)
    return person


def refused(code: str) -> None:
    """Write down that shares were typed for a recovery and did not open it, and tell the leads. code: why."""
    pair = opening.kit()
    if pair is None or AuditEvent.objects.filter(action=REFUSED, on=today()).count() >= COUNTED:
        return
    audit.record(REFUSED, "keypair", pair.id, by=None, detail={"code": code})
    raise_alarm(ALARM, "keypair", pair.id)


def rehearsals() -> list[AuditEvent]:
    """The rehearsals of the newest kit, newest first; `detail["shares"]` says which shares were proved."""
    pair = opening.kit()
    return list(AuditEvent.objects.filter(action=REHEARSED, subject=pair.id).order_by("-id")) if pair else []


def is_spent() -> bool:
    """Were the words of the newest kit typed into a machine for a recovery?"""
    used = {detail.get("kit") for detail in AuditEvent.objects.filter(action=USED).values_list("detail", flat=True)}
    pair = opening.kit() if used else None
    return pair is not None and str(pair.id) in used


def _kit() -> KeyPair:
    pair = opening.kit()
    if pair is None:
        raise BadSet("other_kit")
    return pair
