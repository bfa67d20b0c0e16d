"""What stands in a brief before the account does: the offer, the lawyer's conflict check, a waiver, the decision."""

from __future__ import annotations

from typing import Any

from cases.lawyers import rooms
from cases.lawyers.proposals import MANDATE
from cases.models import Case, Proposal
from people.models import Role
from people.recipients import STAFF
from vault.directory import statement_for
from vault.errors import Forged, NoGrant
from vault.keyring import Keyring
from vault.models import KeyPair

OFFER, CHECK, WAIVER, DECISION, PARTING = "offer", "check", "waiver", "decision", "parting"


def current(case: Case) -> Proposal | None:
    """The proposal of a case that is open now; there is one at most."""
    rows = case.proposals.select_related("lawyer__pair", "case__receipt")
    return rows.filter(state__in=Proposal.OPEN).first()


def offer_of(proposal: Proposal, ring: Keyring) -> dict[str, Any]:
    """What was offered, as a member of staff signed it. Raises Forged."""
    found = rooms.signed(proposal, ring, OFFER)
    if found is None:
        raise Forged(f"brief {proposal.id}: nothing was offered")
    value, content = found
    statement_for(value.signer, {KeyPair.Use.PERSON}, value.made_on, roles=STAFF)
    return dict(content)


def check_of(proposal: Proposal, ring: Keyring) -> dict[str, Any]:
    """The lawyer's own conflict check, or nothing. Raises Forged for another hand."""
    return rooms.read_by(proposal, ring, CHECK, proposal.lawyer) or {}


def waiver_of(proposal: Proposal, ring: Keyring) -> dict[str, Any]:
    """A lead's waiver that is newer than the check, or nothing. Raises Forged or Unstated for anybody else's."""
    found, check = rooms.signed(proposal, ring, WAIVER), rooms.signed(proposal, ring, CHECK)
    if found is None:
        return {}
    value, content = found
    statement_for(value.signer, {KeyPair.Use.PERSON}, value.made_on, roles={Role.LEAD})
    return dict(content) if check is not None and content.get("check") == check[0].version else {}


def decision_of(proposal: Proposal, ring: Keyring) -> dict[str, Any]:
    """What the lawyer decided, or nothing. Raises Forged for another hand."""
    return rooms.read_by(proposal, ring, DECISION, proposal.lawyer) or {}


def parting_of(proposal: Proposal, ring: Keyring) -> tuple[str, str]:
    """Why a lawyer declined or gave the mandate back: a code of offering.DECLINED or "", and the lawyer's words.

    Empty where nothing was said, and for whoever came to the case later and has no key to it. Raises Forged.
    """
    try:
        if proposal.state == Proposal.State.DECLINED:
            found = decision_of(proposal, ring)
        else:
            found = rooms.read_by(proposal, ring, PARTING, proposal.lawyer) or {}
    except NoGrant:
        return "", ""
    return found.get("why", ""), found.get("words", "")


def is_clean(proposal: Proposal, ring: Keyring) -> bool:
    """Did the lawyer check, and find nothing, or was it waived?"""
    found = check_of(proposal, ring)
    return bool(found) and ((not found["met"] and not found["ticked"]) or bool(waiver_of(proposal, ring)))


def has_yes(proposal: Proposal, ring: Keyring) -> bool:
    """Does the offer carry the person's yes to this very key?"""
    offer = offer_of(proposal, ring)
    return bool(offer["said"]["on"]) and offer["fingerprint"] == bytes(proposal.lawyer.pair.fingerprint).hex()


def has_mandate(proposal: Proposal, ring: Keyring) -> bool:
    """Did the lawyer sign for the mandate in the words that the person saw?"""
    found = decision_of(proposal, ring)
    return bool(found.get("accepted")) and found["mandate"] == offer_of(proposal, ring)["mandate"] == MANDATE
