"""The only door to the sealed part of a case. Two people open it: one asks, a lead lends the other share for some days.

No column is read for that. Share B must have been given to this very person by somebody whom the directory names a lead
today, for the very request that this person signed; then the compartment opens, and each opening is recorded before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from cases import access, keys, records, work
from cases.access import OpenedVersion
from cases.errors import Refused
from cases.hands import Hands
from cases.models import Case, SealedRelease, StatementVersion
from people.models import Person, Role
from people.permissions import Permission, may
from people.recipients import recipient_of
from vault import audit
from vault.envelope.encoding import pack
from vault.errors import Forged, NoGrant, Unstated
from vault.heads import check_head, settled
from vault.keyring import Keyring
from vault.models import Epoch, Grant, KeyPair, SealedValue
from vault.opened import Opened
from vault.recipients import stated

REQUEST = ("sealed_release", "request")


@dataclass(frozen=True, slots=True)
class SealedPart:
    """What stands in the sealed part. later: additions that came after the release and need one of their own."""

    versions: list[OpenedVersion]
    later: int


def open_sealed(case: Case, *, by: Person, ring: Keyring, purpose: str) -> SealedPart:
    """Open the sealed part of a case for whoever was lent share B.

    Raises Refused when the person may not or gave no purpose, vault.errors.NoGrant without a release that holds today,
    vault.errors.Forged or Unstated when a record or a grant is not what it must be. Each try is recorded.
    """
    _require(by, case, purpose)
    audit.record("sealed.opened", "case", case.id, by=by.id, detail={"purpose": purpose})
    return settled(case.id, lambda: _read(case, ring, by))


def request_value(release: SealedRelease) -> SealedValue:
    """The one sealed request. Raises vault.errors.Forged if there is none, or another beside it."""
    found = SealedValue.objects.filter(table=REQUEST[0], field=REQUEST[1], row=release.id)
    values = list(found.select_related("signer", "epoch__compartment"))
    if len(values) != 1:
        raise Forged(f"sealed release {release.id}: {len(values)} requests")
    return values[0]


def release_purpose(release: SealedRelease, asker: bytes) -> str:
    """What the grants of a release are for: the digest of the sealed request and of who asked, about which case.

    asker: the fingerprint of the asker's key, 32 bytes. Only ciphertext and ids go into it. Raises vault.errors.Forged.
    """
    value = request_value(release)
    message = pack(release.id.bytes, release.case_id.bytes, value.signer_id.bytes, asker, bytes(value.blob))
    return f"sealed:{hashlib.sha256(message).hexdigest()}"


def epochs(case: Case) -> list[Epoch]:
    """Every epoch of the sealed part, oldest first. Raises vault.errors.Forged for one that is not split."""
    found = list(keys.compartment(case, keys.SEALED).epochs.order_by("number"))
    for epoch in found:
        if not epoch.is_split:
            raise Forged(f"epoch {epoch.id}: not split")
    return found


def _require(by: Person, case: Case, purpose: str) -> None:
    decision = may(by, Permission.REQUEST_SEALED, case)
    reason = decision.reason if not decision.ok else "" if purpose in access.PURPOSES else "a purpose is needed"
    if reason:
        audit.record("sealed.refused", "case", case.id, by=by.id)
        raise Refused(reason)


def _read(case: Case, ring: Keyring, by: Person) -> SealedPart:
    messages = keys.open_whole(case, keys.MESSAGES, ring)
    check_head(case.id, messages)
    hands = Hands.of(case, messages)
    every = epochs(case)
    opened = list(_open(case, every, ring, by))
    if not opened:
        raise NoGrant(f"case {case.id}: its sealed part is not released to {by.id}")
    later, rows = len(every) - len(opened), list(case.versions.all())
    _require_rows(rows, opened, is_whole=not later)
    versions = [_version(row, opened, hands) for row in rows]
    return SealedPart([each for each in versions if each.sections], later)


def _require_rows(rows: list[StatementVersion], opened: list[Opened], *, is_whole: bool) -> None:
    """Raise vault.errors.Forged unless each version that should be in these epochs is, and nothing else."""
    found, wanted = records.rows(opened, "statement"), {row.id for row in rows}
    if found - wanted or (is_whole and found != wanted):
        raise Forged("sealed part: versions and records do not belong together")


def _open(case: Case, every: list[Epoch], ring: Keyring, by: Person) -> Iterator[Opened]:
    """The epochs whose B was lent to this person for a request of the own; an epoch without a grant is left out."""
    known = _purposes(case, ring, by)
    for epoch in every:
        try:
            given = ring.find_grant(epoch, Grant.Share.B)
        except NoGrant:
            continue
        if _is_lent(given, ring, known):
            yield ring.open(epoch)


def _purposes(case: Case, ring: Keyring, by: Person) -> set[str]:
    """The purposes of this person's requests, as their signed records say; the columns of a release are not asked."""
    work.opened(case, ring)  # a request that was taken out or exchanged shows in the head
    asker = recipient_of(by, {Role.CASEWORKER})
    mine = SealedValue.objects.filter(table=REQUEST[0], field=REQUEST[1], signer=ring.pair).values("row")
    return {release_purpose(each, asker.fingerprint) for each in SealedRelease.objects.filter(case=case, id__in=mine)}


def _is_lent(given: Grant, ring: Keyring, known: set[str]) -> bool:
    """Lent to this very key, until a day, for a request of the own, by somebody else who is still a lead?

    A share that came for another reason, or from a lead who is gone, opens nothing and is no alarm. Raises
    vault.errors.Forged when it came from somebody who was never a lead.
    """
    if given.recipient_id != ring.pair.id or given.until_on is None or given.purpose not in known:
        return False
    try:
        lead = stated(given.giver, {KeyPair.Use.PERSON}, roles={Role.LEAD})
    except Unstated:
        _require_former_lead(given)
        return False
    return lead.holder is not None and lead.holder != stated(ring.pair, {KeyPair.Use.PERSON}).holder


def _require_former_lead(given: Grant) -> None:
    try:
        stated(given.giver, {KeyPair.Use.PERSON}, given.made_on, roles={Role.LEAD})
    except Unstated as error:
        raise Forged(f"grant {given.id}: given by somebody who is no lead") from error


def _version(row: StatementVersion, opened: list[Opened], hands: Hands) -> OpenedVersion:
    """What one version says in these epochs. Raises vault.errors.Forged."""
    sections = dict(access.sections_of(row, opened, hands))
    return OpenedVersion(
        row.id, row.number, row.catalogue, row.language, row.sent_on, sections, hands.recorded.get(row.id)
    )
