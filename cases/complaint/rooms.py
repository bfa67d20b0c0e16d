"""Where a draft lies: in `brief` while a lawyer has the mandate and was handed the case, else in `work`.

`work` no lawyer opens, and a brief is sealed to its lawyer, the leads and the members on the case: so it is the one
compartment in which both may write, and it is lost to the lawyer with the mandate. There is one draft all the same: its
versions are counted through both places, the newest counts wherever it lies, and whoever begins or ends a mandate
carries it over. See docs/adr/0012.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from cases import records, work
from cases.complaint.draft import Draft, revived, variants
from cases.errors import NotReady
from cases.lawyers import offers, rooms
from cases.models import Case, Proposal
from people.models import Role
from people.recipients import STAFF
from vault import rows as stored
from vault.directory import statement_for
from vault.errors import Forged, NoGrant
from vault.heads import write_head
from vault.keyring import Keyring
from vault.models import KeyPair, SealedValue
from vault.opened import Opened, values_in

TABLE = "complaint"
WITH_TEAM, ELSEWHERE = "draft_with_team", "draft_elsewhere"  # where the newest version is out of the reader's reach
State = Proposal.State


@dataclass(frozen=True, slots=True)
class Found:
    """A draft as it was read. proposal: whose brief it lies in, None for `work`."""

    draft: Draft
    proposal: Proposal | None = None


def home(case: Case) -> Proposal | None:
    """The lawyer in whose brief the next version is written; None for `work`."""
    found = offers.current(case)
    is_briefed = found is not None and found.state == State.ENGAGED and found.briefed_on is not None
    return found if is_briefed else None


def read(case: Case, ring: Keyring, variant: str) -> Found:
    """The newest version, for a member. Raises NoGrant, Forged, NotReady("draft_elsewhere")."""
    places: list[tuple[Proposal | None, list[Opened]]] = [(None, work.opened(case, ring))]
    return _newest(case, variant, [*places, *_briefs(case, ring)], ELSEWHERE)


def read_own(proposal: Proposal, ring: Keyring, variant: str) -> Draft:
    """The newest version, for the lawyer of a brief. Raises NoGrant, Forged, NotReady("draft_with_team")."""
    return _newest(proposal.case, variant, [(proposal, rooms.opened(proposal, ring))], WITH_TEAM).draft


def drafted(case: Case) -> list[str]:
    """The variants of which there is a record, without opening one."""
    begun = {field for (field,) in stored.columns(SealedValue, "field", table=TABLE, row=case.id)}
    return [each for each in variants() if each in begun]


def write(case: Case, ring: Keyring, draft: Draft) -> int:
    """Seal a draft as the next version, signed by whoever writes, and the head with it. The case is locked."""
    proposal = home(case)
    if proposal is None:
        return work.write(case, ring, TABLE, draft.variant, case.id, draft.to_json())
    newest = rooms.opened(proposal, ring)[-1]
    version = records.write_next(newest, TABLE, draft.variant, case.id, draft.to_json(), ring.signer)
    write_head(proposal.id, newest, ring.signer)
    return version


def carry(case: Case, ring: Keyring) -> None:
    """Bring every draft to where the next version is written, by a member who opens both. The case is locked."""
    now = home(case)
    for variant in drafted(case):
        found = read(case, ring, variant)
        if (found.proposal.id if found.proposal else None) != (now.id if now else None):
            write(case, ring, found.draft)


def _briefs(case: Case, ring: Keyring) -> Iterator[tuple[Proposal | None, list[Opened]]]:
    """The briefs in which a draft may lie. One that is over and that this member never held is passed over."""
    rows = case.proposals.select_related("lawyer__pair", "case__receipt").filter(briefed_on__isnull=False)
    for proposal in rows:
        try:
            yield proposal, rooms.opened(proposal, ring)
        except NoGrant:
            if proposal.state == State.ENGAGED:
                raise


def _newest(
    case: Case, variant: str, places: Iterable[tuple[Proposal | None, list[Opened]]], away: str
) -> Found:  # fmt: skip
    """The version with the highest number, of those in these places. Raises NotReady when a newer one is elsewhere."""
    listed = [
        (value, proposal, opened)
        for proposal, opened in places
        for value in values_in(opened, table=TABLE, field=variant, row=case.id)
    ]
    _require_blocks([(value, proposal) for value, proposal, _ in listed])
    value, proposal, opened = max(listed, key=lambda each: each[0].version, default=(None, None, []))
    version = value.version if value else 0
    if records.newest_version(TABLE, variant, case.id) > version:
        raise NotReady(away)
    if value is None:
        return Found(Draft(variant))
    _require_writer(value, proposal)
    return Found(revived(variant, version, records.content_of(value, opened)), proposal)


def _require_blocks(listed: Iterable[tuple[SealedValue, Proposal | None]]) -> None:
    """Raise Forged when something stands in a brief after the draft was carried on from there.

    A lawyer has a mandate once. Whoever kept the key of an epoch could still sign in it when the mandate is over.
    """
    found = [(value.version, proposal.id if proposal else None) for value, proposal in listed]
    for brief in {place for _, place in found if place is not None}:
        own = [version for version, place in found if place == brief]
        if any(min(own) < version < max(own) for version, place in found if place != brief):
            raise Forged(f"brief {brief}: a draft written after the mandate")


def _require_writer(value: SealedValue, proposal: Proposal | None) -> None:
    """Raise Forged or Unstated unless a member signed it, or in a brief the lawyer of that brief."""
    roles = {*STAFF, Role.LAWYER} if proposal else STAFF
    statement = statement_for(value.signer, {KeyPair.Use.PERSON}, value.made_on, roles=roles)
    if proposal is not None and statement.role == Role.LAWYER and statement.holder != proposal.lawyer_id:
        raise Forged(f"sealed value {value.id}: a draft in another lawyer's hand")


def writers(draft: Draft) -> set[UUID]:
    """The ids of those who wrote its sentences."""
    return {UUID(each.by) for each in draft.sentences}
