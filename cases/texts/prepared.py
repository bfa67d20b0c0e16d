"""The input of a dossier before there is one: for the text that the person reads, and for the checks of a release."""

from __future__ import annotations

from typing import Any

from cases.access import Account
from cases.annexed.gather import Asked, gather
from cases.complaint import checked
from cases.dossier.inputs import FULL, DossierInput
from cases.dossier_input import compose
from cases.errors import NotReady
from cases.lawyers import offers
from cases.models import Case, Dossier, Proposal
from cases.pseudonyms import making
from cases.records import as_bytes
from people.models import Person
from vault.keyring import Keyring


def prepare(
    case: Case, account: Account, by: Person, ring: Keyring, *, facts: dict[str, Any], route: dict[str, Any],
    variant: str, proposal: Proposal, rendering: str = FULL,
) -> DossierInput:  # fmt: skip
    """What a dossier of this route would be made of now, without the sealed part. Nothing is kept of it.

    Raises NotReady like a request would.
    """
    planned = Dossier(case=case, number=1, variant=variant, lawyer=proposal.lawyer)
    written = checked.written_for(case, account, ring, variant)
    annexed = gather(Asked(case, account, proposal.lawyer, variant, written.facts), by=by, ring=ring)
    data = DossierInput.from_bytes(as_bytes(compose(planned, account, facts, route, written, annexed=annexed)))
    return data if rendering == FULL else making.replaced(case, account, data, ring)


def engaged(case: Case) -> Proposal:
    """The lawyer who has the mandate. Raises NotReady("engaged")."""
    found = offers.current(case)
    if found is None or found.state != Proposal.State.ENGAGED:
        raise NotReady("engaged")
    return found
