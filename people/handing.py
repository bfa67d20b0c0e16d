"""Organisation keys reach whoever should hold them: who holds one hands it on, in an unlocked session.

A lead cannot give the caseworkers' key, which no lead may have, and a caseworker cannot give the leads'. So each
session does what it can: at signing in, and after each act that adds a holder. Doing it twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db import transaction

from people import opening
from people.alarms import raise_alarm
from people.models import Person, Role
from people.recipients import is_intake_staff, recipient_of
from vault.compartments import create, grant
from vault.directory import new_pair, state
from vault.envelope.seeds import new_seed
from vault.errors import Forged, NoGrant, Unstated
from vault.keyring import KEY_KIND, Keyring
from vault.models import Compartment, Grant, KeyPair, today
from vault.opened import Opened
from vault.places import Place
from vault.recipients import Recipient, organisation
from vault.renewal import has_newer
from vault.signers import Signer

Use = KeyPair.Use
PURPOSE = "organisation_key"
KEPT = {Use.LEADS, Use.CASEWORKERS}  # retired ones still open what was sealed in their time
# The roles that hold each key; of the caseworkers only named intake staff hold the intake key. Nobody is in both of the
# two that hold the shares of what needs two people.
HOLDERS: dict[str, frozenset[str]] = {
    Use.ROOT: frozenset({Role.LEAD}),
    Use.LEADS: frozenset({Role.LEAD}),
    Use.CASEWORKERS: frozenset({Role.CASEWORKER}),
    Use.INTAKE: frozenset({Role.LEAD, Role.CASEWORKER}),
}


@transaction.atomic
def hand_on(ring: Keyring, giver: Signer | None = None) -> int:
    """Grant each organisation key on this ring to whoever lacks it; returns how many grants were made.

    Retired keys that hold shares are among them, so that somebody new opens older cases. Only people whom the directory
    names in the role get one, and the recovery kit. A ring with the root also makes the caseworkers' key once there is
    somebody to hold it. giver: who signs, when the ring's own pair may not.
    """
    opening.wait_for_others()
    given = sum(_hand_on(use, ring, giver or ring.signer) for use in HOLDERS)
    _forget_old_kits()
    root = _root_on(ring)
    if root is not None and not KeyPair.objects.filter(use=Use.CASEWORKERS).exists():
        given += make_key(Use.CASEWORKERS, root)
    return given


def settle(ring: Keyring, by: UUID) -> None:
    """What a session that was just unlocked does for the keys: hand on, and open the portal if that was what it lacked.

    A key that does not verify is an alarm, not an end of signing in: somebody must be able to look into it.
    """
    try:
        hand_on(ring)
    except (Forged, Unstated):
        raise_alarm("record_broken", "keypair", ring.pair.id, by=by)
        return
    opening.check()


def make_key(use: str, root: Signer) -> int:
    """Make and state an organisation key for everybody who should hold it; returns how many hold it.

    0, and nothing made, while that is nobody. Its seed exists in this call only: whoever is no holder is granted
    nothing, the lead whose session this is included.
    """
    if not any(holders(use)):
        return 0
    seed = new_seed()
    key = Signer(new_pair(seed, use), seed)
    state(pair=key.pair, holder=None, use=use, role="", from_on=today(), until_on=None, signer=root)
    return share_out(key, root)


def share_out(key: Signer, root: Signer) -> int:
    """Seal an organisation key's seed in a compartment of its own and grant that to its holders; returns how many."""
    recipients = [*holders(key.pair.use), *_kit()]
    opened = create(kind=KEY_KIND, owner=key.pair.id, recipients=recipients, giver=root, purpose=PURPOSE)
    opened.seal(Place("keypair", "seed", key.pair.id), key.seed, root)
    return len(recipients)


def _hand_on(use: str, ring: Keyring, giver: Signer) -> int:
    pairs = KeyPair.objects.filter(use=use)
    return sum(_hand_on_one(pair, ring, giver) for pair in pairs if pair.retired_on is None or use in KEPT)


def _hand_on_one(pair: KeyPair, ring: Keyring, giver: Signer) -> int:
    if _is_with_all(pair):
        return 0
    try:
        opened = _open(pair, ring)
    except NoGrant:
        return 0
    use = pair.use
    has_it = set(Grant.objects.filter(epoch=opened.epoch).values_list("recipient", flat=True))
    missing = [each for each in (*holders(use), *_kit()) if each.pair.id not in has_it]
    for recipient in missing:
        grant(opened, recipient, giver=giver, purpose=PURPOSE)
    Grant.objects.filter(epoch__compartment=opened.epoch.compartment_id, recipient__in=_old_kits()).delete()
    return len(missing)


def _is_with_all(pair: KeyPair) -> bool:
    """Do rows say that everybody who may hold a key, and only the kit in use, was granted it? Then nothing is opened.

    Most sessions begin so. A row that lies here keeps a key from somebody; it gives none to anybody.
    """
    people = Person.objects.filter(is_active=True, role__in=HOLDERS[pair.use]).values_list("pair", flat=True)
    kits = KeyPair.objects.filter(use=Use.RECOVERY).values_list("id", "retired_on")
    newest = Grant.objects.filter(~has_newer(), epoch__compartment__kind=KEY_KIND, epoch__compartment__owner=pair.id)
    has_it = set(newest.values_list("recipient", flat=True))
    wanted = {*people, *(kit for kit, retired in kits if retired is None)}
    return wanted <= has_it and not has_it & {kit for kit, retired in kits if retired is not None}


def _open(pair: KeyPair, ring: Keyring) -> Opened:
    """The newest epoch of an organisation key. Raises NoGrant."""
    ring.team_of(pair)
    return ring.latest(Compartment.objects.get(kind=KEY_KIND, owner=pair.id))


def holders(use: str) -> Iterator[Recipient]:
    """The keys of the active people who should hold an organisation key, as far as the directory names them so."""
    for person in Person.objects.filter(is_active=True, role__in=HOLDERS[use]).select_related("pair"):
        try:
            recipient = recipient_of(person, HOLDERS[use])
        except Unstated:
            continue
        if use != Use.INTAKE or person.role == Role.LEAD or is_intake_staff(person):
            yield recipient


def _kit() -> list[Recipient]:
    try:
        return [organisation(Use.RECOVERY)]
    except Unstated:
        return []


def _forget_old_kits() -> None:
    """Take the epochs that have a later one from kits that were replaced; the leads' key opens them for the new kit."""
    if old := _old_kits():
        Grant.objects.filter(has_newer(), recipient__in=old).delete()


def _old_kits() -> list[UUID]:
    """Recovery keys whose shares must open nothing any more, once there is another."""
    old = KeyPair.objects.filter(use=Use.RECOVERY).exclude(retired_on=None).values_list("id", flat=True)
    return list(old) if _kit() else []


def _root_on(ring: Keyring) -> Signer | None:
    try:
        return ring.team(Use.ROOT).signer
    except NoGrant:
        return None
