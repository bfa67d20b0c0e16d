"""What the team did about the risk flags of a case: raised by hand, first actions done, closed, the level lowered.

One list in `work`, each entry a signed record of its own; the head of `work` lists them all, so none can be taken out.
A closing names the newest sending that it has seen: what a later one raises is open again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from cases import records, work
from cases.models import Case
from people.models import Role
from vault.directory import statement_for
from vault.errors import Forged, Unstated
from vault.keyring import Keyring
from vault.models import KeyPair, today
from vault.opened import Opened

TABLE, FIELD = "case", "flag_log"
RAISED, CLOSED, DONE, UNDONE, LOWERED = "raised", "closed", "done", "undone", "lowered"
Raisings = Iterable[tuple[int, Mapping[str, Any]]]  # number of the version, and what it raised


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. step: of the first actions; upto: the newest version that a closing has seen; approval: of which two.

    clock: the threshold in days of the time limit that a closing has seen, 0 for none. word: what a lawyer or a
    clinician said; word_from: the record in which it is signed, "" when it was told to a member. level: to which it was
    lowered. is_lead: could the signer decide as a lead then?
    """

    do: str
    flag: str
    on: date
    by: UUID
    is_lead: bool
    reason: str = ""
    step: str = ""
    upto: int = 0
    clock: int = 0
    approval: str = ""
    word: str = ""
    word_from: str = ""
    level: str = ""


def note(case: Case, ring: Keyring, do: str, flag: str, **more: Any) -> None:
    """Seal a further entry of today. The caller has locked the case and asked whether it may be."""
    work.write(case, ring, TABLE, FIELD, case.id, {"do": do, "flag": flag, "on": today().isoformat(), **more})


def read(case: Case, opened: Iterable[Opened]) -> list[Entry]:
    """Every entry, oldest first. opened: every epoch of `work`, whose head was checked. Raises Forged, Unstated."""
    return [_entry(value, content) for value, content in records.read_all(opened, TABLE, case.id, FIELD)]


def contents(case: Case, opened: Iterable[Opened]) -> list[dict[str, Any]]:
    """The same for a list of cases: signatures are verified, whose they are is not asked."""
    return [content for _value, content in records.read_all(opened, TABLE, case.id, FIELD)]


def open_codes(raised: Raisings, log: Iterable[Mapping[str, Any]]) -> list[str]:
    """The flags that are open: raised by an answer that no closing has seen yet, or by hand since the last closing."""
    newest: dict[str, int] = {}
    for number, record in raised:
        for code in record.get("flags", ()):
            newest[code] = max(newest.get(code, 0), number)
    seen, by_hand = dict[str, int](), set[str]()
    for entry in log:
        if entry["do"] == RAISED:
            by_hand.add(entry["flag"])
        elif entry["do"] == CLOSED:
            by_hand.discard(entry["flag"])
            seen[entry["flag"]] = max(seen.get(entry["flag"], -1), entry["upto"])
    return sorted(by_hand | {code for code, number in newest.items() if number > seen.get(code, -1)})


def done_steps(log: Iterable[Entry], flag: str) -> dict[str, Entry]:
    """The first actions of a flag that were done since it was closed last, by step."""
    found: dict[str, Entry] = {}
    for entry in log:
        if entry.flag == flag and entry.do == CLOSED:
            found.clear()
        elif entry.flag == flag and entry.do == DONE:
            found[entry.step] = entry
        elif entry.flag == flag and entry.do == UNDONE:
            found.pop(entry.step, None)
    return found


def _entry(value: Any, content: dict[str, Any]) -> Entry:
    holder = statement_for(value.signer, {KeyPair.Use.PERSON}, value.made_on).holder
    if holder is None:
        raise Forged(f"sealed value {value.id}: in nobody's hand")
    return Entry(**{**content, "on": date.fromisoformat(content["on"])}, by=holder, is_lead=_is_lead(value))


def _is_lead(value: Any) -> bool:
    try:
        return statement_for(value.signer, {KeyPair.Use.PERSON}, value.made_on, roles={Role.LEAD}) is not None
    except Unstated:
        return False
