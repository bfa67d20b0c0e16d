"""Dossiers: asked for by one, released by another, built by a worker that has neither share before.

The key of a request is A xor B. The request gives A to the worker's half, the approval gives B; every grant names the
digest of the request. A worker believes these grants and nothing that stands in a column.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases import access, keys, records
from cases.actions.facts import agreed_countries, current_facts, shares_with_lawyers
from cases.dossier_input import compose
from cases.errors import NotConsented, NotReady, Refused
from cases.models import Case, Dossier
from people.models import Person, Role
from people.permissions import Permission, may
from vault import audit, compartments, files, worker
from vault.compartments import release_share
from vault.directory import statement_for
from vault.envelope.encoding import pack
from vault.envelope.shares import split
from vault.envelope.stream import StreamOpener
from vault.errors import Unstated
from vault.keyring import Keyring
from vault.models import Compartment, Epoch, Grant, SealedValue
from vault.opened import Opened
from vault.places import Place
from vault.recipients import Recipient, organisation, recorded, stated

KIND, PACKAGE = "dossier", "package"
INPUT = ("dossier", "input")


@transaction.atomic
def request_dossier(
    *, case: Case, by: Person, ring: Keyring, route: dict[str, Any], lawyer: Person, reason: str
) -> Dossier:
    """Copy what the dossier needs into its own split compartment and ask a lead to release the other share.

    Raises Refused, NotConsented ("country", "lawyer", "icc"), NotReady ("worker", "account", "facts", "lawyer").
    """
    _require(may(by, Permission.REQUEST_DOSSIER, case))
    account = access.open_account(case, by=by, ring=ring, purpose="dossier")
    _check_consent(account, route)
    addressee, half = _lawyer_key(lawyer), _worker_half()
    number = 1 + (case.dossiers.order_by("-number").values_list("number", flat=True).first() or 0)
    dossier = Dossier.objects.create(case=case, number=number, requested_by=by, lawyer=lawyer)
    opened, shares = _new_compartment(dossier, ring)
    facts = current_facts(case, ring)
    if facts is None:
        raise NotReady("facts")
    content = compose(dossier, account, facts, route)
    records.write(opened, Place(*INPUT, dossier.id), _input_record(dossier, content, addressee), ring.signer)
    _share_files(case, ring, opened)
    _hand_out(dossier, opened.epoch, shares, half, ring)
    _keep_request(dossier, ring, route, reason)
    audit.record("dossier.requested", "dossier", dossier.id, by=by.id)
    return dossier


@transaction.atomic
def approve(*, dossier: Dossier, by: Person, ring: Keyring, reason: str) -> None:
    """Release share B to the worker's half that holds A. This grant is the approval; the columns only show it.

    Raises Refused for the asker and for anybody who is not a lead, NotReady("worker") when that half is gone.
    """
    locked = Dossier.objects.select_for_update().get(id=dossier.id)
    _require_decider(locked, by)
    epoch = _epoch(locked)
    half = _half_with_a(epoch)
    share = ring.open_share(epoch, Grant.Share.B)
    release_share(
        epoch, Grant.Share.B, share, half, giver=ring.signer, purpose=request_purpose(locked)
    )  # fmt: skip
    _decide(locked, by, ring, reason, Dossier.State.APPROVED)
    audit.record("dossier.approved", "dossier", locked.id, by=by.id)


@transaction.atomic
def refuse(*, dossier: Dossier, by: Person, ring: Keyring, reason: str) -> None:
    """Refuse a request: its compartment, with everything copied for it, is erased."""
    locked = Dossier.objects.select_for_update().get(id=dossier.id)
    _require_decider(locked, by)
    _decide(locked, by, ring, reason, Dossier.State.REFUSED)
    Compartment.objects.filter(kind=KIND, owner=locked.id).delete()
    audit.record("dossier.refused", "dossier", locked.id, by=by.id)


@transaction.atomic
def hand_over_again(*, dossier: Dossier, by: Person, ring: Keyring) -> None:
    """Give share A to the worker's new half after the old one died; a lead must then release B again."""
    locked = Dossier.objects.select_for_update().get(id=dossier.id)
    _require(may(by, Permission.REQUEST_DOSSIER, locked.case))
    epoch = _epoch(locked)
    share = ring.open_share(epoch, Grant.Share.A)
    Grant.objects.filter(epoch=epoch, recipient__use="worker").delete()
    release_share(
        epoch, Grant.Share.A, share, _worker_half(), giver=ring.signer, purpose=request_purpose(locked)
    )  # fmt: skip
    Dossier.objects.filter(id=locked.id).update(
        state=Dossier.State.REQUESTED, decided_by=None, decided_at=None, trouble="", attempts=0, claimed_until=None
    )
    audit.record("dossier.handed_over_again", "dossier", locked.id, by=by.id)


def request_record(dossier: Dossier, ring: Keyring) -> dict[str, Any]:
    """What the asker wrote: {"reason", "route", "lawyer"}; readable to whoever holds the case's work."""
    opened = keys.open_every(dossier.case, keys.WORK, ring)
    found: dict[str, Any] = records.read_newest(opened, "dossier", "request", dossier.id) or {}
    return found


def open_package(*, dossier: Dossier, by: Person, ring: Keyring) -> tuple[str, int, StreamOpener]:
    """Open the finished package as (file name, size in bytes, stream). Raises Refused or NotReady("package")."""
    _require_receiver(dossier, by)
    opened = _package(dossier, ring)
    found = files.find_key(_file(dossier), opened)
    audit.record("dossier.downloaded", "dossier", dossier.id, by=by.id)
    Dossier.objects.filter(id=dossier.id, delivered_at=None).update(delivered_at=timezone.now())
    return f"{reference(dossier)}.zip", found.size, files.open_stream(found)


def package_facts(dossier: Dossier, ring: Keyring) -> dict[str, Any]:
    """What stands on the lawyer's page: {"files": [[name, size, sha256]], "pages", "client": [...]}."""
    found: dict[str, Any] = records.read_newest([_package(dossier, ring)], "dossier", "contents", dossier.id)
    return found


@transaction.atomic
def acknowledge(*, dossier: Dossier, by: Person, ring: Keyring) -> None:
    """The lawyer confirms, signed, that the package arrived whole."""
    _require_receiver(dossier, by)
    content = {"received": True, "at": timezone.now().isoformat(timespec="minutes")}
    records.write_next(_package(dossier, ring), "dossier", "acknowledgement", dossier.id, content, ring.signer)
    Dossier.objects.filter(id=dossier.id).update(
        state=Dossier.State.ACKNOWLEDGED, acknowledged_at=timezone.now()
    )
    audit.record("dossier.acknowledged", "dossier", dossier.id, by=by.id)


def reference(dossier: Dossier) -> str:
    """The neutral name of a dossier: D-7QK4MT-1."""
    return f"D-{dossier.case.reference.replace('-', '')}-{dossier.number}"


def request_purpose(dossier: Dossier) -> str:
    """What the grants of a request are for: the digest of its sealed input and of who asked for whom.

    It covers ciphertext and ids only. Changing the input, the case or the lawyer's key makes another purpose.
    """
    value = SealedValue.objects.get(table=INPUT[0], field=INPUT[1], row=dossier.id)
    message = pack(dossier.id.bytes, dossier.case_id.bytes, value.signer_id.bytes, bytes(value.blob))
    return f"dossier:{hashlib.sha256(message).hexdigest()}"


def _new_compartment(dossier: Dossier, ring: Keyring) -> tuple[Opened, tuple[bytes, bytes]]:
    opened = compartments.create_split(
        kind=KIND, owner=dossier.id, a=[], b=[], giver=ring.signer, purpose="dossier"
    )
    return opened, split(opened.secret)


def _hand_out(dossier: Dossier, epoch: Epoch, shares: tuple[bytes, bytes], half: Recipient, ring: Keyring) -> None:
    """A to the caseworkers' key and the worker's half, B to the leads' key; nobody gets both."""
    purpose = request_purpose(dossier)
    for share, secret, recipient in (
        (Grant.Share.A, shares[0], organisation("caseworkers")),
        (Grant.Share.A, shares[0], half),
        (Grant.Share.B, shares[1], organisation("leads")),
    ):
        release_share(epoch, share, secret, recipient, giver=ring.signer, purpose=purpose)


def _share_files(case: Case, ring: Keyring, target: Opened) -> None:
    opened = access.open_epochs(case, ring)
    for exhibit in case.exhibits.select_related("file"):
        files.share_key(files.find_key(exhibit.file, *opened), target, ring.signer)


def _input_record(dossier: Dossier, content: dict[str, Any], lawyer: Recipient) -> dict[str, Any]:
    return {
        "dossier": str(dossier.id), "lawyer_pair": str(lawyer.pair.id), "lawyer": lawyer.fingerprint.hex(),
        "content": content,
    }  # fmt: skip


def _keep_request(dossier: Dossier, ring: Keyring, route: dict[str, Any], reason: str) -> None:
    work = keys.open_latest(dossier.case, keys.WORK, ring)
    content = {"reason": reason, "route": route, "lawyer": dossier.lawyer.name}
    records.write(work, Place("dossier", "request", dossier.id), content, ring.signer)


def _decide(dossier: Dossier, by: Person, ring: Keyring, reason: str, state: str) -> None:
    work = keys.open_latest(dossier.case, keys.WORK, ring)
    content = {"decision": state, "reason": reason}
    records.write_next(work, "dossier", "decision", dossier.id, content, ring.signer)
    Dossier.objects.filter(id=dossier.id).update(state=state, decided_by=by, decided_at=timezone.now(), trouble="")


def _check_consent(account: access.Account, route: dict[str, Any]) -> None:
    forum = str(route.get("forum", ""))
    if not shares_with_lawyers(account):
        raise NotConsented("lawyer")
    if len(forum) != 2:
        raise NotConsented("icc")  # asked on a page of its own, which this catalogue does not have yet
    if forum not in agreed_countries(account):
        raise NotConsented("country")


def _lawyer_key(lawyer: Person) -> Recipient:
    try:
        recipient = stated(lawyer.pair, {"person"})
    except Unstated as error:
        raise NotReady("lawyer") from error
    if recipient.role != Role.LAWYER or not lawyer.is_active:
        raise NotReady("lawyer")
    return recipient


def _worker_half() -> Recipient:
    try:
        return worker.current()
    except Unstated as error:
        raise NotReady("worker") from error


def _half_with_a(epoch: Epoch) -> Recipient:
    row = Grant.objects.select_related("recipient").filter(epoch=epoch, share="a", recipient__use="worker").first()
    if row is None:
        raise NotReady("worker")
    statement_for(row.recipient, {"worker"})
    return recorded(row.recipient, bytes(row.recipient.fingerprint))


def _epoch(dossier: Dossier) -> Epoch:
    return Epoch.objects.get(compartment__kind=KIND, compartment__owner=dossier.id)


def _package(dossier: Dossier, ring: Keyring) -> Opened:
    return ring.latest(Compartment.objects.get(kind=PACKAGE, owner=dossier.id))


def _file(dossier: Dossier) -> Any:
    if dossier.file is None:
        raise NotReady("package")
    return dossier.file


def _require(decision: Any) -> None:
    if not decision.ok:
        raise Refused(decision.reason)


def _require_decider(dossier: Dossier, by: Person) -> None:
    _require(may(by, Permission.DECIDE_DOSSIER, dossier.case))
    if dossier.requested_by_id == by.id:
        raise Refused("own_request")
    if dossier.state != Dossier.State.REQUESTED:
        raise Refused("already_decided")


def _require_receiver(dossier: Dossier, by: Person) -> None:
    _require(may(by, Permission.RECEIVE_DOSSIER))
    if dossier.lawyer_id != by.id:
        raise Refused("another_lawyer")
    if dossier.state not in (Dossier.State.READY, Dossier.State.ACKNOWLEDGED):
        raise NotReady("package")
