"""States without a national file in which a suspect was seen: the Convention itself is the base.

A party takes such a person into custody, looks into the facts and extradites or submits the case to its prosecutors
(Convention against Torture arts. 5(2), 6 and 7). What its own law says is unknown here, so the route is never better
than conditional, and the State is held back until safety was checked. The State of the acts is no such forum.
"""

from collections.abc import Iterator

from jurisdictions.assess.facts import Facts
from jurisdictions.snapshot import Basis, Reference

TREATY = "CAT"
CRIME = "torture"
PROVISION = "Convention against Torture arts. 5(2), 6 and 7"
UNREAD = "The national law of this State was not read; ties with the State of the acts are not known."
NOT_READ = ("double_criminality", "gatekeeper", "in_force_from", "limitation", "safety", "subsidiarity", "victim_link")


def bases(facts: Facts, reference: Reference) -> Iterator[Basis]:
    """One base for each party without a file in which a suspect was last seen."""
    read = {basis.state_id for basis in reference.bases}
    seen = {it.last_seen.country for it in facts.suspects or () if it.last_seen and it.last_seen.country}
    for state in sorted(seen - read - facts.places):
        status = reference.treaties.get((state, TREATY))
        if status and status.status == "party":
            yield _basis(state, status.sources)


def _basis(state: str, sources: tuple[str, ...]) -> Basis:
    return Basis(
        state_id=state,
        number=0,
        crime=CRIME,
        kind="treaty_obligation",
        provision=PROVISION,
        in_force_from="",
        in_force_earliest=None,
        in_force_latest=None,
        applies_to_earlier_acts="unknown",
        victim_link="none",
        victim_link_when="",
        victim_link_years=None,
        suspect_file="none",
        suspect_open="presence",
        suspect_try="presence",
        extra=(),
        double_criminality="unknown",
        subsidiarity="unknown",
        territorial_party="no",
        gatekeeper="unknown",
        gatekeeper_stage="unknown",
        discretion="unknown",
        private_prosecution="unknown",
        court_review="unknown",
        limitation="unknown",
        limitation_years=None,
        practice="none_found",
        practice_year=None,
        practice_about_id="",
        safety="check_first",
        safety_reason=UNREAD,
        confidence="low",
        unverified=NOT_READ,
        sources=sources,
    )
