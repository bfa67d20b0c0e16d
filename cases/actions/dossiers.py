"""Dossiers: asked for by one, released by another, built by a worker that has neither share before.

The key of a request is A xor B. The request gives A to the worker's half, the approval gives B; every grant names the
digest of the request. A worker believes these grants and nothing that stands in a column.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from cases import access, consenting, records, releasable, work
from cases.actions.facts import current_facts
from cases.annexed import papers as annexed_papers
from cases.annexed.gather import Asked, gather
from cases.complaint import checked
from cases.dossier.inputs import FULL, PSEUDONYMISED, Cleared
from cases.dossier.variant import DEFAULT, find
from cases.dossier_input import compose
from cases.dossier_request import INPUT, rendering_of, request_purpose
from cases.errors import NotReady, Refused
from cases.hold import require_no_hold
from cases.models import Case, Dossier
from cases.pseudonyms import making
from cases.sealed_part import open_sealed
from cases.texts.approved import digest_of, with_yes
from people.models import Person, Role
from people.permissions import Permission, may
from people.recipients import recipient_of
from vault import audit, compartments, erasing, files, worker
from vault.compartments import release_share, verify_grant
from vault.envelope.shares import split
from vault.errors import Forged, Unstated
from vault.keyring import Keyring
from vault.models import Compartment, Epoch, Grant, KeyPair
from vault.opened import Opened
from vault.places import Place
from vault.recipients import Recipient, organisation, stated

KIND, PACKAGE = "dossier", "package"
State = Dossier.State
DONE = {State.REFUSED, State.CANCELLED, State.EXPIRED, State.READY, State.ACKNOWLEDGED}


@transaction.atomic
def request_dossier(
    *, case: Case, by: Person, ring: Keyring, route: dict[str, Any], lawyer: Person, reason: str,
    variant: str = DEFAULT, cleared: tuple[Cleared, ...] = (), with_names: bool = False, is_for_filing: bool = False,
    rendering: str = FULL,
) -> Dossier:  # fmt: skip
    """Copy what the dossier needs into its own split compartment and ask a lead to release the other share.

    variant: the code of a text that exists. cleared: points that lawyers have cleared so far. with_names: open the
    sealed part for the envelope; vault.errors.NoGrant unless it was lent to `by`. is_for_filing: else it is a draft,
    and says so. rendering: FULL, or PSEUDONYMISED, for which the worker gets neither what was replaced nor a key to an
    exhibit. Raises Refused, NotConsented ("all", "country", "lawyer", "icc"), NotReady ("safety_hold", "worker",
    "account", "facts", "facts_draft" when nobody has written one, "facts_sourced", "lawyer"; for filing also those of
    cases.texts.approved, and "release_..." with a code of cases.dossier.final).
    """
    require(may(by, Permission.REQUEST_DOSSIER, case))
    require_no_hold(case.id)
    account = access.open_account(case, by=by, ring=ring, purpose="dossier")
    consenting.require_in_account(account, str(route.get("forum", "")))
    addressee, half = _lawyer_key(lawyer), _worker_half()
    number = 1 + (case.dossiers.order_by("-number").values_list("number", flat=True).first() or 0)
    dossier = Dossier.objects.create(
        case=case, number=number, requested_by=by, lawyer=lawyer, variant=find(variant).code,
        is_for_filing=is_for_filing,
    )  # fmt: skip
    opened, shares = _new_compartment(dossier, ring)
    facts = current_facts(case, ring)
    if facts is None:
        raise NotReady("facts")
    written = checked.written_for(case, account, ring, dossier.variant)
    asked = Asked(case, account, lawyer, dossier.variant, written.facts, with_names)
    annexed = gather(asked, by=by, ring=ring)
    content = compose(dossier, account, facts, route, written, cleared, annexed=annexed)
    shown: dict[str, Any] = {}
    if rendering == PSEUDONYMISED:
        sealed = open_sealed(case, by=by, ring=ring, purpose="dossier").versions if with_names else []
        made = making.make(case, account, content, ring, sealed)
        content, shown = made.content, {"rendering": rendering, "replaced": made.shown}
    if is_for_filing:
        content = with_yes(dossier, ring, content)
        shown |= {"replaced": shown["replaced"] | {"digest": digest_of(content)}} if shown else {}
    records.write(opened, Place(*INPUT, dossier.id), _input_record(dossier, content, addressee), ring.signer)
    if rendering == FULL:
        _share_files(case, ring, opened)
        annexed_papers.share_files(case, lawyer, annexed, ring, opened)
    _hand_out(opened.epoch, shares, half, ring, request_purpose(dossier, addressee.fingerprint, rendering))
    _keep_request(dossier, ring, {"reason": reason, "route": route, "with_names": with_names, **shown})
    audit.record("dossier.requested", "dossier", dossier.id, by=by.id)
    return dossier


@transaction.atomic
def approve(*, dossier: Dossier, by: Person, ring: Keyring, reason: str, residual: str = "") -> None:
    """Release share B to the worker's half that holds A. This grant is the approval; the columns only show it.

    It names the request, its rendering and the lawyer whom the lead saw. residual: of a pseudonymised one, why nobody
    would recognise the case from its text; NotReady("residual") without.
    Raises Refused for the asker, for whoever gave A, and for anybody who is not a lead, NotConsented when the survivor
    does not agree any more, NotReady("worker") when that half is gone, NotReady("lawyer"), NotReady("safety_hold"),
    vault.errors.Forged; for filing NotReady("release_...") with the first unmet condition of cases.releasable.
    """
    locked = lock(dossier)
    _require_decider(locked, by)
    require_no_hold(locked.case_id)
    epoch = _epoch(locked)
    given = _grant_to_worker(epoch)
    if given.giver_id == ring.pair.id:
        raise Refused("own_request")
    request = request_record(locked, ring)
    purpose = request_purpose(locked, _lawyer_key(locked.lawyer).fingerprint, rendering_of(request))
    if given.purpose != purpose:
        raise Forged(f"grant {given.id}: given for another request")
    _require_consent(locked, ring)
    releasable.require(locked, ring, request, by)
    checked_by_second = _residual(request, residual)
    half, share = stated(given.recipient, {KeyPair.Use.WORKER}), ring.open_share(epoch, Grant.Share.B)
    release_share(epoch, Grant.Share.B, share, half, giver=ring.signer, purpose=purpose)
    _decide(locked, by, ring, reason, Dossier.State.APPROVED, **checked_by_second)
    audit.record("dossier.approved", "dossier", locked.id, by=by.id)


@transaction.atomic
def refuse(*, dossier: Dossier, by: Person, ring: Keyring, reason: str) -> None:
    """Refuse a request: its compartment, with everything copied for it, is erased."""
    locked = lock(dossier)
    _require_decider(locked, by)
    _decide(locked, by, ring, reason, Dossier.State.REFUSED)
    erasing.erase_and_forget(Compartment.objects.filter(kind=KIND, owner=locked.id))
    audit.record("dossier.refused", "dossier", locked.id, by=by.id)


@transaction.atomic
def hand_over_again(*, dossier: Dossier, by: Person, ring: Keyring) -> None:
    """Give share A to the worker's new half after the old one died; a lead must then release B again.

    Raises Refused for a dossier that is decided against or delivered, NotConsented, NotReady, vault.errors.NoGrant.
    """
    locked = lock(dossier)
    require(may(by, Permission.REQUEST_DOSSIER, locked.case))
    if locked.state in DONE:
        raise Refused("already_decided")
    require_no_hold(locked.case_id)
    _require_consent(locked, ring)
    epoch = _epoch(locked)
    share = ring.open_share(epoch, Grant.Share.A)
    rendering = rendering_of(request_record(locked, ring))
    purpose = request_purpose(locked, _lawyer_key(locked.lawyer).fingerprint, rendering)
    Grant.objects.filter(epoch=epoch, recipient__use=KeyPair.Use.WORKER).delete()
    release_share(epoch, Grant.Share.A, share, _worker_half(), giver=ring.signer, purpose=purpose)
    Dossier.objects.filter(id=locked.id).update(
        state=Dossier.State.REQUESTED, decided_by=None, decided_at=None, trouble="", attempts=0, claimed_until=None
    )
    audit.record("dossier.handed_over_again", "dossier", locked.id, by=by.id)


def lock(dossier: Dossier) -> Dossier:
    """The row, locked after its case: whoever locks both does it in this order, or two would wait for each other."""
    Case.objects.select_for_update().get(id=dossier.case_id)
    return Dossier.objects.select_for_update().get(id=dossier.id)


def request_record(dossier: Dossier, ring: Keyring) -> dict[str, Any]:
    """What the asker wrote: {"reason", "route", "lawyer", "with_names"}; readable to whoever holds the case's work.

    Of a pseudonymised one also "rendering" and "replaced": {"counts", "digest", "facts", "account"}.
    """
    asker = dossier.requested_by.pair_id
    opened = work.opened(dossier.case, ring)
    found: dict[str, Any] = records.read_newest(opened, "dossier", "request", dossier.id, by=asker) or {}
    return found


def reference(dossier: Dossier) -> str:
    """The neutral name of a dossier: D-7QK4MT-1."""
    return f"D-{dossier.case.reference.replace('-', '')}-{dossier.number}"


def _new_compartment(dossier: Dossier, ring: Keyring) -> tuple[Opened, tuple[bytes, bytes]]:
    opened = compartments.create_split(kind=KIND, owner=dossier.id, a=[], b=[], giver=ring.signer, purpose="dossier")
    return opened, split(opened.secret)


def _hand_out(epoch: Epoch, shares: tuple[bytes, bytes], half: Recipient, ring: Keyring, purpose: str) -> None:
    """A to the caseworkers' key and the worker's half, B to the leads' key; nobody gets both."""
    for share, secret, recipient in (
        (Grant.Share.A, shares[0], organisation("caseworkers")),
        (Grant.Share.A, shares[0], half),
        (Grant.Share.B, shares[1], organisation("leads")),
    ):
        release_share(epoch, share, secret, recipient, giver=ring.signer, purpose=purpose)


def _share_files(case: Case, ring: Keyring, target: Opened) -> None:
    opened = access.open_epochs(case, ring).told
    for exhibit in case.exhibits.select_related("file"):
        files.share_key(files.find_key(exhibit.file, *opened), target, ring.signer)


def _input_record(dossier: Dossier, content: dict[str, Any], lawyer: Recipient) -> dict[str, Any]:
    return {
        "dossier": str(dossier.id), "lawyer_pair": str(lawyer.pair.id), "lawyer": lawyer.fingerprint.hex(),
        "content": content,
    }  # fmt: skip


def _keep_request(dossier: Dossier, ring: Keyring, content: dict[str, Any]) -> None:
    record = {**content, "lawyer": dossier.lawyer.name}
    work.write(dossier.case, ring, "dossier", "request", dossier.id, record)


def _residual(request: dict[str, Any], words: str) -> dict[str, str]:
    """The second person's check of a pseudonymised text, bound to its digest. Raises NotReady("residual")."""
    if rendering_of(request) == FULL:
        return {}
    if not words.strip():
        raise NotReady("residual")
    return {"residual": words, "digest": request["replaced"]["digest"]}


def _decide(dossier: Dossier, by: Person, ring: Keyring, reason: str, state: str, **more: str) -> None:
    content = {"decision": state, "reason": reason, **more}
    work.write(dossier.case, ring, "dossier", "decision", dossier.id, content)
    Dossier.objects.filter(id=dossier.id).update(state=state, decided_by=by, decided_at=timezone.now(), trouble="")


def _require_consent(dossier: Dossier, ring: Keyring) -> None:
    """Raise NotConsented unless the survivor still agrees to what was asked for."""
    route = request_record(dossier, ring).get("route", {})
    consenting.require_now(dossier, ring, str(route.get("forum", "")))


def _lawyer_key(lawyer: Person) -> Recipient:
    try:
        recipient = recipient_of(lawyer, {Role.LAWYER})
    except Unstated as error:
        raise NotReady("lawyer") from error
    if not lawyer.is_active:
        raise NotReady("lawyer")
    return recipient


def _worker_half() -> Recipient:
    try:
        return worker.current()
    except Unstated as error:
        raise NotReady("worker") from error


def _grant_to_worker(epoch: Epoch) -> Grant:
    """The verified grant of A to a worker's half; for which request is not asked. Raises NotReady("worker"), Forged."""
    rows = Grant.objects.select_related("recipient", "giver", "epoch__compartment")
    row = rows.filter(epoch=epoch, share=Grant.Share.A, recipient__use=KeyPair.Use.WORKER).first()
    if row is None:
        raise NotReady("worker")
    verify_grant(row)
    return row


def _epoch(dossier: Dossier) -> Epoch:
    found = Epoch.objects.filter(compartment__kind=KIND, compartment__owner=dossier.id).first()
    if found is None:
        raise NotReady("share")
    return found


def require(decision: Any) -> None:
    """Raise Refused with its reason unless a permission was given."""
    if not decision.ok:
        raise Refused(decision.reason)


def _require_decider(dossier: Dossier, by: Person) -> None:
    require(may(by, Permission.DECIDE_DOSSIER, dossier.case))
    if dossier.requested_by_id == by.id:
        raise Refused("own_request")
    if dossier.state != Dossier.State.REQUESTED:
        raise Refused("already_decided")
