"""Risk flags: raised by hand, first actions done, closed by whoever may; the level of a case follows up, never down.

Only a lead lowers it, with a reason, when no open flag calls for more. Nothing in a column or in the audit trail says
which flag it is about.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from cases import flag_log, urgency
from cases.actions import approving, moving
from cases.actions.approving import Agreed
from cases.actions.breaking_glass import hold
from cases.clocks import alert_of
from cases.errors import NotReady, Refused
from cases.flag_log import CLOSED, DONE, LOWERED, RAISED, UNDONE
from cases.flag_proof import takes_two
from cases.flag_rules import FlagRule, rules
from cases.flags import found_in
from cases.models import Approval, Case
from cases.professionals import require_word
from cases.raising import Raised
from cases.workflow import is_possible
from people.models import Person
from people.permissions import Permission, may
from vault import audit, rows
from vault.keyring import Keyring

LIMITATION = "LIMITATION"
Content = dict[str, object]


@transaction.atomic
def raise_flag(*, case: Case, flag: str, by: Person, ring: Keyring, reason: str) -> Approval | None:
    """Raise a flag by hand, with written reasons; one that takes two is asked of a lead, and that asking returned.

    Raises Refused: the permission, "flag", "reason", "flag_open".
    """
    rule = _begin(case, flag, by, reason)
    if flag in open_codes(case, ring):
        raise Refused("flag_open")
    if rule.by_two:
        return _ask(case, by, ring, reason, {"do": RAISED, "flag": flag, "upto": 0})
    _raise(case, rule, by, ring, reason)
    return None


@transaction.atomic
def close_flag(
    *, case: Case, flag: str, by: Person, ring: Keyring, reason: str, word: str = ""
) -> Approval | None:  # fmt: skip
    """Close a flag, or ask a lead to where two close it; that asking is returned. What is sent later opens it again.

    word: what a lawyer or clinician outside said, and who that was; not needed where one has signed for it here. Raises
    Refused: the permission, "flag", "reason", "flag_closed", "lead" for one that only leads close, "word".
    """
    rule = _begin(case, flag, by, reason)
    if flag not in open_codes(case, ring):
        raise Refused("flag_closed")
    found = found_in(case, ring)
    if rule.is_for_lead and not by.is_lead:
        raise Refused("lead")
    said = require_word(case, ring, rule, found, word)
    content: Content = {
        "do": CLOSED, "flag": flag, "upto": _newest(case), "clock": _clock(case), "word": said.text,
        "word_from": said.source,
    }  # fmt: skip
    if rule.second:
        return _ask(case, by, ring, reason, content)
    _write(case, by, ring, reason, content)
    return None


@transaction.atomic
def agree(agreed: Agreed, *, by: Person, ring: Keyring) -> None:
    """What two people agreed to about a flag is written down; a suspicion puts the case in safety hold.

    Raises NotReady("stale") when the flag was opened or closed meanwhile.
    """
    case, content = agreed.case, agreed.content
    moving.lock(case)
    rule = rules()[str(content["flag"])]
    is_open = rule.code in open_codes(case, ring)
    if is_open != (content["do"] == CLOSED) or not takes_two(rule, str(content["do"])):
        raise NotReady("stale")
    if content["do"] == RAISED:
        _raise(case, rule, by, ring, agreed.reason, approval=str(agreed.approval.id))
    else:
        _write(case, by, ring, agreed.reason, content | {"approval": str(agreed.approval.id)})


@transaction.atomic
def note_step(*, case: Case, flag: str, step: str, is_done: bool, by: Person, ring: Keyring) -> None:
    """Say that a first action was done, or that this was a mistake. Said twice, the second changes nothing.

    Raises Refused: the permission, "flag", "flag_closed".
    """
    rule = _begin(case, flag, by, "-")
    found = found_in(case, ring)
    if step not in rule.steps:
        raise Refused("flag")
    if flag not in found.codes and not (flag == LIMITATION and is_near(case, found.log)):
        raise Refused("flag_closed")
    if (step in flag_log.done_steps(found.log, flag)) == is_done:
        return
    flag_log.note(case, ring, DONE if is_done else UNDONE, flag, step=step)
    audit.record("flag.step", "case", case.id, by=by.id)


@transaction.atomic
def lower_level(*, case: Case, level: str, by: Person, ring: Keyring, reason: str) -> None:
    """A lead lowers the level of a case. What had to be answered sooner is answered by the new level's hour.

    Raises Refused: the permission, "reason", "not_lower", "flag_urgent" while an open flag calls for more.
    """
    _require(by, case, Permission.DECIDE_STEP)
    if not reason.strip():
        raise Refused("reason")
    moving.lock(case)
    if level not in Case.Level.values or level <= case.level:
        raise Refused("not_lower")
    known = rules()
    if any(known[code].level < level for code in open_codes(case, ring) if code in known):
        raise Refused("flag_urgent")
    flag_log.note(case, ring, LOWERED, "", level=level, reason=reason)
    waits = case.answer_by is not None
    rows.change(case, level=level, answer_by=urgency.answer_by(level, timezone.now()) if waits else None)
    audit.record("level.lowered", "case", case.id, by=by.id, detail={"level": level})


def open_codes(case: Case, ring: Keyring) -> list[str]:
    """The open flags of a case; a time limit that comes near is one, until it is closed for its threshold."""
    found = found_in(case, ring)
    return sorted({*found.codes, *([LIMITATION] if is_near(case, found.log) else [])})


def is_near(case: Case, log: Iterable[flag_log.Entry]) -> bool:
    """Has a time limit of the case reached a threshold that no closing has seen?"""
    clock = _clock(case)
    closed = [each.clock for each in log if each.do == CLOSED and each.flag == LIMITATION and each.clock]
    return bool(clock) and clock < min(closed, default=clock + 1)


def _begin(case: Case, flag: str, by: Person, reason: str) -> FlagRule:
    _require(by, case, Permission.KEEP_FLAGS)
    if flag not in rules():
        raise Refused("flag")
    if not reason.strip():
        raise Refused("reason")
    moving.lock(case)
    return rules()[flag]


def _ask(case: Case, by: Person, ring: Keyring, reason: str, content: Content) -> Approval:
    """Ask a lead, unless somebody asked the same. Raises Refused("already_asked")."""
    for row in case.approvals.filter(kind=Approval.Kind.FLAG, state=Approval.State.REQUESTED):
        waiting = approving.request_of(row, ring).content["content"]
        if [waiting["do"], waiting["flag"]] == [content["do"], content["flag"]]:
            raise Refused("already_asked")
    return approving.ask(case=case, kind=Approval.Kind.FLAG, by=by, ring=ring, reason=reason, content=content)


def _raise(case: Case, rule: FlagRule, by: Person, ring: Keyring, reason: str, *, approval: str = "") -> None:
    flag_log.note(case, ring, RAISED, rule.code, reason=reason, approval=approval)
    audit.record("flag.raised", "case", case.id, by=by.id)
    rows.change(case, **urgency.risen(case, Raised(level=rule.level), timezone.now()))
    if rule.holds and is_possible(case, "hold"):
        hold(case=case, by=by, ring=ring, reason=reason)


def _write(case: Case, by: Person, ring: Keyring, reason: str, content: Content) -> None:
    more = {name: each for name, each in content.items() if name not in ("do", "flag")}
    flag_log.note(case, ring, str(content["do"]), str(content["flag"]), reason=reason, **more)
    audit.record("flag.closed", "case", case.id, by=by.id)


def _newest(case: Case) -> int:
    """The number of the newest version that has come."""
    return max(case.versions.values_list("number", flat=True), default=0)


def _clock(case: Case) -> int:
    """The threshold in days that a time limit has reached, 0 for none."""
    alert = alert_of(case)
    return alert.days if alert else 0


def _require(by: Person, case: Case, permission: Permission) -> None:
    decision = may(by, permission, case)
    if not decision.ok:
        raise Refused(decision.reason)
