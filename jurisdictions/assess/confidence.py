"""Rule 14: weak data caps a route at "a local lawyer must confirm"; no consent caps it at "ask the survivor"."""

from jurisdictions.assess.context import Context
from jurisdictions.assess.finding import AGAINST, FOR, Authority, Finding, missing, reason
from jurisdictions.assess.texts import Place
from jurisdictions.assess.verdicts import CONDITIONAL


def data(context: Context) -> Finding:
    """Low confidence of the base, and its list of unverified fields."""
    basis = context.basis
    if basis.confidence != "low":
        return Finding(unverified=basis.unverified)
    found = reason("confidence_low", AGAINST, context.law(), name=context.forum_name)
    return Finding(CONDITIONAL, (found,), unverified=basis.unverified)


def consent(agreed: bool | None, forum: Place, path: str) -> Finding:
    """agreed None: not asked yet. The survivor decides where; only a yes is a yes."""
    own = Authority("the decision of the survivor, kept with the case", "", "high")
    if agreed:
        return Finding(reasons=(reason("consent_given", FOR, own, name=forum),))
    code = "consent_not_asked" if agreed is None else "consent_not_given"
    asked = (missing(path, CONDITIONAL, name=forum),)
    return Finding(CONDITIONAL, (reason(code, AGAINST, own, name=forum),), asked)


def consent_for_state(context: Context) -> Finding:
    """Consent for the forum of a national base."""
    countries = context.facts.consents.countries
    agreed = None if countries is None else context.forum in countries
    return context.once(("consent", context.forum), lambda: consent(agreed, context.forum_name, "consents.countries"))
