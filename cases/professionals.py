"""The word of a lawyer or a clinician about a danger: signed in the room that the case gave them, or told to a member.

Whoever has such a room says it there, in the own hand; what an outsider said, a member writes down with the name. A
word counts once, and only if it is not older than what raised the flag.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from cases import records
from cases.errors import Refused
from cases.flag_log import CLOSED
from cases.flag_rules import FlagRule
from cases.flags import Found
from cases.lawyers import rooms
from cases.lawyers.rooms import Owner
from cases.models import Case, Proposal
from people.models import Role
from vault.directory import statement_for
from vault.errors import Forged
from vault.keyring import Keyring
from vault.models import KeyPair, SealedValue

FIELD = "word"


@dataclass(frozen=True, slots=True)
class Word:
    """What was said. source: the signed record, "" when a member wrote it down. is_over: is the danger over?"""

    text: str = ""
    source: str = ""
    on: str = ""
    is_over: bool = False
    flag: str = ""


def require_word(case: Case, ring: Keyring, rule: FlagRule, found: Found, typed: str) -> Word:
    """The word that closing a flag rests on; an empty one where none is needed.

    Raises Refused: "word" when nobody said anything, "word_waits" while whoever has a room has not said it there.
    """
    if not rule.word:
        return Word()
    holder = holder_of(case, rule)
    if holder is None:
        if not typed.strip():
            raise Refused("word")
        return Word(typed)
    word = word_of(holder, ring, rule.code)
    if word is None or not word.is_over or not _counts(word, found, case):
        raise Refused("word_waits")
    return word


def holder_of(case: Case, rule: FlagRule) -> Owner | None:
    """The lawyer with a mandate, or the clinician, whose signed word a flag of this kind needs, or None."""
    if rule.word == Role.CLINICIAN:
        return case.cares.select_related("clinician__pair", "case__receipt").filter(ended_on=None).first()
    if rule.word == Role.LAWYER:
        rows = case.proposals.select_related("lawyer__pair", "case__receipt")
        return rows.filter(state=Proposal.State.ENGAGED).first()
    return None


def word_of(owner: Owner, ring: Keyring, flag: str) -> Word | None:
    """The newest word about a flag in a room, in the hand of whom it belongs to. Raises NoGrant, Forged, Unstated."""
    return next((word for word in reversed(words_of(owner, ring)) if word.flag == flag), None)


def words_of(owner: Owner, ring: Keyring) -> list[Word]:
    """Every word in a room, oldest first. Raises Forged when one is in another hand, and like word_of()."""
    values = records.read_all(rooms.opened(owner, ring), owner.ROOM, owner.id, FIELD)
    return [_word(owner, value, content) for value, content in sorted(values, key=lambda each: each[0].version)]


def _word(owner: Owner, value: SealedValue, content: dict[str, Any]) -> Word:
    stated = statement_for(value.signer, {KeyPair.Use.PERSON}, value.made_on, roles={owner.HOLDER})
    if stated.holder != owner.holder.id:
        raise Forged(f"{owner.ROOM} {owner.id}: a word in another hand")
    source = f"{owner.id}:{value.version}"
    return Word(content["text"], source, content["on"], content["is_over"], content["flag"])


def _counts(word: Word, found: Found, case: Case) -> bool:
    used = {each.word_from for each in found.log if each.do == CLOSED}
    since = found.since(case, word.flag) or date.min
    return word.source not in used and date.fromisoformat(word.on) >= since
