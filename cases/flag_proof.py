"""Was a flag closed, or a suspicion raised, by whoever may? Asked of signed records each time somebody looks."""

from __future__ import annotations

from uuid import UUID

from cases.actions import approving
from cases.flag_log import CLOSED, Entry
from cases.flag_rules import FlagRule, rules
from cases.models import Approval, Case
from cases.signed import signed_at
from people.models import Role
from vault.errors import Forged
from vault.keyring import Keyring


def require(case: Case, ring: Keyring, entry: Entry) -> None:
    """Raise Forged or Unstated for an entry that one person wrote where it takes a lead, or two."""
    rule = rules()[entry.flag]
    if takes_two(rule, entry.do):
        _require_two(case, ring, entry, rule)
    elif entry.do == CLOSED and rule.is_for_lead and not entry.is_lead:
        raise Forged(f"case {case.id}: a flag that a lead closes was closed by another hand")


def takes_two(rule: FlagRule, do: str) -> bool:
    """Does this act on a flag take two people?"""
    return bool(rule.second) if do == CLOSED else rule.by_two


def _require_two(case: Case, ring: Keyring, entry: Entry, rule: FlagRule) -> None:
    row = Approval.objects.filter(id=UUID(entry.approval), case=case).first() if entry.approval else None
    if row is None or row.kind != Approval.Kind.FLAG:
        raise Forged(f"case {case.id}: nobody was asked about a flag that takes two")
    agreed = approving.verified(row, ring)
    asked = [agreed.content.get(name) for name in ("do", "flag", "upto")]
    if agreed.pair.second != entry.by or asked != [entry.do, entry.flag, entry.upto]:
        raise Forged(f"approval {row.id}: about another flag")
    if entry.do == CLOSED and rule.is_for_lead:
        signed_at(case, ring, approving.TABLE, approving.ASKED, row.id, {Role.LEAD})
