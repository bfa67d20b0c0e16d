"""Does the survivor agree to a dossier: when it is asked for, and again when the other share is released."""

from __future__ import annotations

from cases import handwords
from cases.access import Account
from cases.actions.facts import agreed_countries, shares_with_lawyers
from cases.errors import NotConsented
from cases.handwords import AGREES, NOT_ASKED, TELLER
from cases.limits import ICC, limits_of
from cases.models import Dossier
from cases.permission import COURT, READING, is_stopped, is_withdrawn, outcome
from vault.keyring import Keyring


def require_in_account(account: Account, forum: str) -> None:
    """Raise NotConsented ("helper", "all", "lawyer", "icc", "country") unless an opened account agrees to a forum."""
    if handwords.is_helper(account.answer(TELLER)) and (account.answer(AGREES) or {}).get("value") == NOT_ASKED:
        raise NotConsented("helper")
    is_over = is_withdrawn(account.answer(READING))
    has_court = outcome(COURT, account.answer(COURT)) == "yes"
    has_lawyers = shares_with_lawyers(account)
    _require(forum, agreed_countries(account), has_court=has_court, has_lawyers=has_lawyers, is_over=is_over)


def require_now(dossier: Dossier, ring: Keyring, forum: str) -> None:
    """Like require_in_account(), from the newest answers about permission alone; that is no opening of the account.

    Raises NotConsented("all") for a dossier that was stopped once, whatever was put back; vault.errors.Forged, NoGrant.
    """
    if is_stopped(dossier.id):
        raise NotConsented("all")
    limits = limits_of(dossier.case, ring)
    if limits.is_without_mandate:
        raise NotConsented("helper")
    _require(
        forum, limits.countries, has_court=limits.court is True, has_lawyers=limits.shares_with_lawyers,
        is_over=limits.is_over,
    )  # fmt: skip


def _require(forum: str, countries: list[str], *, has_court: bool, has_lawyers: bool, is_over: bool) -> None:
    if is_over:
        raise NotConsented("all")
    if not has_lawyers:
        raise NotConsented("lawyer")
    if len(forum) == 2 and forum not in countries:
        raise NotConsented("country")
    if len(forum) != 2 and not (forum == ICC and has_court):
        raise NotConsented("icc")
