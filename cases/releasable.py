"""The release of a dossier for filing: thirteen conditions, looked at again where the lead gives the second share.

Most are checked here, with the lead's own keys, over the case as it stands now; the rest where the worker seals the
package, over what it has built (cases.dossier.final, cases.building). No column is believed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases import access, consenting
from cases.actions.facts import current_facts
from cases.dossier import final
from cases.dossier.inputs import DossierInput
from cases.dossier_request import rendering_of
from cases.errors import NotConsented, NotReady
from cases.lawyers import offers
from cases.models import Dossier, Proposal
from cases.texts.approved import filing_for
from cases.texts.prepared import engaged, prepare
from people.models import Person
from vault.keyring import Keyring

WORKER = None  # a check that the worker does, over what it built
Check = Callable[["Sight"], bool | None]


@dataclass(frozen=True, slots=True)
class Line:
    """One condition on a page. is_met: None where the worker looks at it before it seals the package."""

    code: str
    words: str | Promise
    is_met: bool | None


class Sight:
    """A request and the case as it stands now, each part opened once and shown to nobody."""

    def __init__(self, dossier: Dossier, ring: Keyring, request: dict[str, Any], decider: Person | None = None) -> None:
        """request: what was asked for. decider: who releases, None while nobody does."""
        self.dossier, self.ring, self.request, self.decider = dossier, ring, request, decider
        self.route: dict[str, Any] = request.get("route", {})

    @cached_property
    def proposal(self) -> Proposal:
        """The lawyer who has the mandate. Raises NotReady("engaged")."""
        return engaged(self.dossier.case)

    @cached_property
    def data(self) -> DossierInput:
        """What the request would be made of now, with the person's yes. Raises NotReady with what is missing."""
        case, ring, variant = self.dossier.case, self.ring, self.dossier.variant
        account, facts = access.checked_by_machine(case, ring), current_facts(case, ring)
        if facts is None:
            raise NotReady("facts")
        by = self.decider or self.dossier.requested_by
        made = prepare(
            case, account, by, ring, facts=facts, route=self.route, variant=variant, proposal=self.proposal,
            rendering=rendering_of(self.request),
        )  # fmt: skip
        return replace(made, filing=filing_for(case, ring, made, self.dossier.lawyer))


def lines(dossier: Dossier, ring: Keyring, request: dict[str, Any], decider: Person | None = None) -> Iterator[Line]:
    """Every condition in its order, with whether it is met now."""
    sight = Sight(dossier, ring, request, decider)
    for code, (words, check) in CHECKS.items():
        yield Line(code, words, _is_met(check, sight))


def require(dossier: Dossier, ring: Keyring, request: dict[str, Any], decider: Person) -> None:
    """Raise NotReady with the code of the first condition that is not met; a draft has none."""
    if not dossier.is_for_filing:
        return
    for line in lines(dossier, ring, request, decider):
        if line.is_met is False:
            raise NotReady(f"release_{line.code}")


def _is_met(check: Check, sight: Sight) -> bool | None:
    try:
        return check(sight)
    except (NotReady, NotConsented):
        return False


def _consented(sight: Sight) -> bool:
    consenting.require_now(sight.dossier, sight.ring, str(sight.route.get("forum", "")))
    return True


def _is_engaged(sight: Sight) -> bool:
    proposal, ring = sight.proposal, sight.ring
    is_same = proposal.lawyer_id == sight.dossier.lawyer_id
    return is_same and offers.is_clean(proposal, ring) and offers.has_mandate(proposal, ring)


def _is_second(sight: Sight) -> bool:
    return sight.decider is None or sight.decider.id != sight.dossier.requested_by_id


def _has_files(sight: Sight) -> bool:
    """Is the row of every exhibit here, with a file that has a size, and none besides? None is in a copy of codes."""
    if sight.data.is_pseudonymised:
        return True
    rows = sight.dossier.case.exhibits.filter(file__stored_size__gt=0).values_list("number", flat=True)
    return sorted(rows) == sorted(each.number for each in sight.data.exhibits)


def _of_data(check: final.Check) -> Check:
    return lambda sight: check(sight.data)


def _by_worker(sight: Sight) -> bool | None:
    return WORKER


def _has_authority(sight: Sight) -> bool | None:
    """Without an authority that gives the time there will be no stamp; else the worker looks."""
    return WORKER if settings.TIME_AUTHORITIES else False


CHECKS: dict[str, tuple[str | Promise, Check]] = {
    "consent": (_("The person agrees to a complaint to this authority, and to this lawyer."), _consented),
    "approval": (
        _("The person said yes to just these words, and had the time to read them."), _of_data(final.is_agreed)
    ),
    "engaged": (_("The lawyer has the mandate, and found no conflict."), _is_engaged),
    "second": (_("Two people of ours: whoever asked does not release."), _is_second),
    "facts_sourced": (_("Every sentence of the facts has its source."), _of_data(final.is_sourced)),
    "sealed": (_("Nothing that is sealed for two people stands in it."), _of_data(final.is_open)),
    "exhibits": (_("Every exhibit is here, with its hash."), _has_files),
    "certificate": (_("Every translation has its certificate."), _of_data(final.is_certified)),
    "parallel": (_("It says which other proceedings there are."), _of_data(final.has_parallel)),
    "validation": (_("Every document passes our structural check."), _by_worker),
    "metadata": (_("No document carries names, paths or hours in its metadata."), _by_worker),
    "signature": (_("Signatures and time stamps hold."), _has_authority),
    "export": (_("It is recorded for whom it is made."), _by_worker),
}  # fmt: skip
