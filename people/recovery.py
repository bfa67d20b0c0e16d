"""The recovery kit: a key whose seed lies in shares on paper with custodians, and nowhere else.

A custodian's share is sealed to that person until the words were read back from the print. The kit is granted the
organisation's keys, so that enough custodians can put the organisation back on its feet when nobody can sign in.
"""

from __future__ import annotations

from collections.abc import Sequence
from secrets import token_bytes

from django.conf import settings
from django.db import transaction

from people import opening, shares
from people.handing import hand_on
from people.models import Person, RecoveryShare, Role
from people.recipients import recipient_of
from vault import audit
from vault.compartments import create
from vault.directory import is_root, new_pair, revoke, state
from vault.envelope import signature
from vault.envelope.encoding import pack
from vault.envelope.errors import EnvelopeError
from vault.envelope.seeds import new_seed
from vault.envelope.signature import SIGNATURE
from vault.envelope.suite import open_with, seal_to
from vault.errors import Forged
from vault.gone import expose
from vault.keyring import Keyring
from vault.models import Compartment, KeyPair, today
from vault.places import Place
from vault.recipients import stated
from vault.signers import Signer

FEWEST, MOST = 2, 7  # custodians; at least as many as 2 must always come together
REHEARSAL = "rehearsal"  # the compartment that only the kit opens, to try it
TEST_BYTES = 32
PROOF = (4, 11, 27)  # the words that a custodian reads back from the paper
DOMAIN = "recovery share"


class BadKit(Exception):
    """A kit cannot be made so. args[0] is a code: number, needed, custodian, leads."""


class NotPrinted(Exception):
    """The words that were read back are not those of the share. `positions`: which are wrong."""

    def __init__(self, positions: list[int]) -> None:
        super().__init__("words")
        self.positions = positions


@transaction.atomic
def make_kit(*, custodians: Sequence[Person], needed: int, by: Person, ring: Keyring) -> KeyPair:
    """Make a kit that replaces the one before; returns its key. Raises BadKit, NoGrant or Unstated.

    The seed and the shares in clear end with this call. What the old kit was granted is granted to the new one: the
    organisation's keys by whoever holds them, the cases by the leads' sessions.
    """
    require_sense(custodians, needed)
    opening.wait_for_others()
    root, former = ring.team(KeyPair.Use.ROOT).signer, opening.kit()
    pair, words = new_kit(needed=needed, total=len(custodians), root=root)
    for number, (custodian, text) in enumerate(zip(custodians, words, strict=True), 1):
        share = RecoveryShare(pair=pair, custodian=custodian, number=number, needed=needed, total=len(custodians))
        share.sealed = _seal(share, text, root)
        share.save()
    if former is not None:
        _retire(former, root)
    hand_on(ring)
    detail: dict[str, object] = {"needed": needed, "total": len(custodians)}
    audit.record("recovery.kit_made", "keypair", pair.id, by=by.id, detail=detail)
    return pair


def new_kit(*, needed: int, total: int, root: Signer) -> tuple[KeyPair, list[str]]:
    """Make and state a recovery key with its test compartment; returns it and the shares, which are kept nowhere."""
    seed = new_seed()
    pair = new_pair(seed, KeyPair.Use.RECOVERY)
    state(pair=pair, holder=None, use=pair.use, role="", from_on=today(), until_on=None, signer=root)
    recipient = stated(pair, {KeyPair.Use.RECOVERY})
    opened = create(kind=REHEARSAL, owner=pair.id, recipients=[recipient], giver=root, purpose=REHEARSAL)
    opened.seal(rehearsal_place(pair), token_bytes(TEST_BYTES), root)
    return pair, shares.split(seed, needed=needed, total=total)


def rehearsal_place(pair: KeyPair) -> Place:
    """Where the random bytes lie that only the kit opens."""
    return Place("keypair", REHEARSAL, pair.id)


@transaction.atomic
def open_share(*, share: RecoveryShare, by: Person, ring: Keyring) -> list[str]:
    """The words of the own share, to be printed. Raises Forged if it was not made by the root for this person."""
    words = _words(share, ring)
    audit.record("recovery.share_opened", "recoveryshare", share.id, by=by.id, detail={"number": share.number})
    return words


@transaction.atomic
def prove_printed(*, share: RecoveryShare, typed: Sequence[str], by: Person, ring: Keyring) -> None:
    """Take the words at PROOF as proof that the share is on paper, and forget it. Raises NotPrinted or Forged."""
    words = _words(share, ring)
    given = ["".join(shares.words_of(text)) for text in typed]
    wrong = [place for place, word in zip(PROOF, given, strict=True) if word != words[place - 1]]
    if wrong:
        raise NotPrinted(wrong)
    RecoveryShare.objects.filter(id=share.id).update(sealed=None, printed_on=today())
    audit.record("recovery.share_printed", "recoveryshare", share.id, by=by.id, detail={"number": share.number})
    hand_on(ring)
    opening.check()


def share_of(person: Person) -> RecoveryShare | None:
    """This person's share of the newest kit."""
    return next((share for share in opening.kit_shares() if share.custodian_id == person.id), None)


def has_to_print(person: Person) -> bool:
    """Does a share of the newest kit wait for this person's printer? Which kit is the newest is asked only then."""
    if not RecoveryShare.objects.filter(custodian=person, printed_on=None).exists():
        return False
    share = share_of(person)
    return share is not None and share.printed_on is None


def require_sense(custodians: Sequence[Person], needed: int) -> None:
    if not FEWEST <= len(custodians) <= MOST or len({person.id for person in custodians}) != len(custodians):
        raise BadKit("number")
    if not FEWEST <= needed <= len(custodians):
        raise BadKit("needed")
    if not all(person.is_active for person in custodians):
        raise BadKit("custodian")
    if all(person.role == Role.LEAD for person in custodians):
        raise BadKit("leads")


def _retire(former: KeyPair, root: Signer) -> None:
    """From now on nothing is sealed to the old kit; its unprinted shares and its test compartment are gone.

    Papers of it may lie anywhere, so its key counts as exposed: the leads' sessions open new epochs for the cases.
    """
    KeyPair.objects.filter(id=former.id).update(retired_on=today())
    revoke(former, root)
    expose(former)
    RecoveryShare.objects.filter(pair=former).update(sealed=None)
    Compartment.objects.filter(kind=REHEARSAL, owner=former.id).delete()


def _seal(share: RecoveryShare, words: str, root: Signer) -> bytes:
    """Seal a share to its custodian, signed by the root: sealing alone says nothing about who did it."""
    info, plaintext = _info(share), words.encode("ascii")
    signed = root.sign(DOMAIN, pack(info, plaintext)) + plaintext
    return seal_to(recipient_of(share.custodian, Role.values).kem_public, signed, info)


def _words(share: RecoveryShare, ring: Keyring) -> list[str]:
    if share.sealed is None or share.custodian.pair_id != ring.pair.id:
        raise Forged(f"recovery share {share.id}: not here")
    info = _info(share)
    try:
        signed = open_with(ring.signer.seed, bytes(share.sealed), info)
        signature.verify(_root_public(), DOMAIN, pack(info, signed[SIGNATURE:]), signed[:SIGNATURE])
    except EnvelopeError as error:
        raise Forged(f"recovery share {share.id}: {type(error).__name__}") from error
    return signed[SIGNATURE:].decode("ascii").split()


def _root_public() -> bytes:
    for pair in KeyPair.objects.filter(use=KeyPair.Use.ROOT):
        if is_root(pair):
            return bytes(pair.sign_public)
    raise Forged("no root")


def _info(share: RecoveryShare) -> bytes:
    return pack(
        DOMAIN, settings.DEPLOYMENT, bytes(share.pair.fingerprint), share.id.bytes, share.custodian_id.bytes,
        share.number, share.needed, share.total,
    )  # fmt: skip
