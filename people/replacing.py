"""Organisation keys that somebody has held who must not read on: replaced, and handed to everybody who stays.

The root keeps its seed, for its fingerprint stands outside the database: it is only sealed anew for the leads who stay.
The threat model says what a lead who kept a copy of it can do.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from people.handing import HOLDERS, PURPOSE, holders
from people.models import Deputyship, Person, Role
from people.recipients import recipient_of
from vault import audit
from vault.compartments import grant
from vault.errors import NoGrant, Unstated
from vault.gone import is_exposed
from vault.keyring import KEY_KIND, Keyring
from vault.models import Compartment, Grant, KeyPair, today
from vault.recipients import Recipient
from vault.rotation import replace_team_key

Use = KeyPair.Use


def held_by(pair: KeyPair) -> set[str]:
    """The uses of the organisation keys that were granted to a key pair, also of those that are retired by now."""
    owners = Grant.objects.filter(epoch__compartment__kind=KEY_KIND, recipient=pair).values("epoch__compartment__owner")
    found = KeyPair.objects.filter(id__in=owners, use__in=list(HOLDERS))
    return set(found.values_list("use", flat=True))


def would_stay(use: str, without: KeyPair) -> bool:
    """Is there anybody else who should hold this key?"""
    return any(each.pair.id != without.id for each in holders(use))


def replace(uses: set[str], ring: Keyring) -> None:
    """Replace organisation keys that were exposed; what they opened is work for the leads' sessions from now on.

    ring: a lead's, with the root. Raises vault.errors.NoGrant without it.
    """
    root = ring.team(Use.ROOT).signer
    for use in sorted(uses):
        replace_team_key(use, list(holders(use)), root, exposed=True, ring=ring)
    if Use.LEADS in uses:
        give_to_deputies(ring)


@transaction.atomic
def replace_exposed(*, by: Person, ring: Keyring) -> set[str]:
    """Replace the keys in use that the clock took back from somebody. For a lead's session; returns their uses."""
    current = KeyPair.objects.filter(use__in=HOLDERS.keys() - {Use.ROOT}, retired_on=None)
    pairs = [pair for pair in current if is_exposed(pair)]
    uses = {pair.use for pair in pairs}
    if uses:
        replace(uses, ring)
    for pair in pairs:
        audit.record("keys.replaced", "keypair", pair.id, by=by.id, detail={"use": pair.use})
    return uses


def give_to_deputies(ring: Keyring) -> None:
    """Grant the leads' key in use to everybody who stands in for the leads, until the last day."""
    pair = ring.team(Use.LEADS).pair
    for deputyship in Deputyship.objects.filter(ended_on=None, until_on__gte=today()).select_related("person__pair"):
        try:
            recipient = recipient_of(deputyship.person, {Role.LEAD})
        except Unstated:
            continue
        _give(pair.id, recipient, ring, deputyship.until_on)


def _give(key: UUID, recipient: Recipient, ring: Keyring, until: date | None = None) -> None:
    compartment = Compartment.objects.filter(kind=KEY_KIND, owner=key).first()
    if compartment is None:
        return
    try:
        opened = ring.latest(compartment)
    except NoGrant:  # an older key than this lead was given
        return
    if not Grant.objects.filter(epoch=opened.epoch, recipient=recipient.pair).exists():
        grant(opened, recipient, giver=ring.signer, purpose=PURPOSE, until=until)
