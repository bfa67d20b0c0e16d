"""The organisation's own keys: replacing one, keeping what the old one opens, destroying it when it opens nothing."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from vault.apart import KEY_KIND
from vault.compartments import create, next_epoch
from vault.directory import is_root, new_pair, state
from vault.envelope.seeds import new_seed
from vault.errors import NoGrant, Unstated
from vault.events import record
from vault.gone import expose
from vault.keyring import Keyring
from vault.models import Compartment, Grant, KeyPair, today
from vault.opened import Opened
from vault.places import Place
from vault.recipients import Recipient, organisation
from vault.signers import Signer

Use = KeyPair.Use
REPLACEABLE = {Use.INTAKE, Use.CASEWORKERS, Use.LEADS}
PURPOSE, DESTROYED = "organisation_key", "keys.destroyed"


@transaction.atomic
def replace_team_key(
    use: str, holders: Iterable[Recipient], root: Signer, exposed: bool = False, *, ring: Keyring | None = None
) -> KeyPair:
    """Make a new key of the organisation for these holders and the recovery kit, and retire the one in use.

    use: "intake", "caseworkers" or "leads". "root" cannot be replaced, for its fingerprint is what everything is
    proved by: its seed is only sealed anew for the remaining holders, and whoever has copied it has it. exposed:
    somebody who must not read on has had the old one, and may have those before it; they are marked so, and nobody but
    `holders` keeps a grant to them. ring: seals a retired seed anew for the holders where it can be opened. Raises
    ValueError for another use.
    """
    keepers = _with_kit(holders)
    if use == Use.ROOT:
        _narrow(root.pair, keepers, root, root.seed)
        return root.pair
    if use not in REPLACEABLE:
        raise ValueError(f"not a key of the organisation: {use}")
    old = list(KeyPair.objects.select_for_update().filter(use=use, retired_on=None))
    pair = _make(use, keepers, root)
    KeyPair.objects.filter(id__in=[former.id for former in old]).update(retired_on=today())
    if exposed:
        for former in KeyPair.objects.filter(use=use).exclude(id=pair.id):
            expose(former)
            _narrow(former, keepers, root, _seed_of(former, ring))
    return pair


def destroy(pair: KeyPair) -> None:
    """Forget the seed of a retired key of the organisation: its grants, its sealed value and its erase share."""
    Compartment.objects.filter(kind=KEY_KIND, owner=pair.id).delete()
    record(DESTROYED, "keypair", pair.id, by=None, detail={"use": pair.use})


def _make(use: str, keepers: list[Recipient], root: Signer) -> KeyPair:
    seed = new_seed()
    pair = new_pair(seed, use)
    state(pair=pair, holder=None, use=use, role="", from_on=today(), until_on=None, signer=root)
    opened = create(kind=KEY_KIND, owner=pair.id, recipients=keepers, giver=root, purpose=PURPOSE)
    _seal(opened, pair, seed, root)
    return pair


def _narrow(pair: KeyPair, keepers: list[Recipient], root: Signer, seed: bytes | None) -> None:
    """Take a key away from everybody but its keepers; a seed that is in hand is sealed anew for them."""
    compartment = Compartment.objects.filter(kind=KEY_KIND, owner=pair.id).first()
    if compartment is None:
        return
    if seed is not None:
        opened = next_epoch(compartment, recipients=keepers, giver=root, purpose=PURPOSE)
        _seal(opened, pair, seed, root)
    kept = [each.pair.id for each in keepers]
    Grant.objects.filter(epoch__compartment=compartment).exclude(recipient__in=kept).delete()


def _seed_of(pair: KeyPair, ring: Keyring | None) -> bytes | None:
    """The seed of a key on this ring; a lead does not hold the caseworkers' key, for example."""
    if ring is None or is_root(pair):
        return None
    try:
        return ring.team_of(pair).signer.seed
    except NoGrant:
        return None


def _seal(opened: Opened, pair: KeyPair, seed: bytes, root: Signer) -> None:
    opened.seal(Place("keypair", "seed", pair.id), seed, root)


def _with_kit(holders: Iterable[Recipient]) -> list[Recipient]:
    """The holders, each once, and the recovery kit if there is one."""
    try:
        kit = [organisation(Use.RECOVERY)]
    except Unstated:
        kit = []
    return list({each.pair.id: each for each in (*holders, *kit)}.values())
