"""A text shown to the person, and the answer: records that both sides hold, the words where the second word opens them.

In `messages`: whose text it is, for which authority, its digest, and the answer, signed by the receipt. In a new epoch
of `account`: the words in both languages, so that whoever finds the number alone does not read them. What counts is
that the answer names the digest, the authority and the lawyer of what was shown, and that the words have this digest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from cases import keys, records
from cases.dossier.agreed import Part, digest_of
from cases.dossier.inputs import FULL
from cases.lawyers.proposals import opened_messages
from cases.models import Case, Text
from cases.second import second_of
from people.models import Role
from vault.directory import statement_for
from vault.errors import Forged
from vault.heads import settled
from vault.keyring import Keyring
from vault.models import KeyPair
from vault.opened import Opened

TABLE, SHOWN, WORDS, ANSWER = "text", "shown", "words", "answer"
YES, CHANGES, NO = "yes", "changes", "no"
ANSWERS = (YES, CHANGES, NO)
READING = timedelta(hours=72)  # at least so long does the person have to read: triage.md 2
COOLING = timedelta(hours=24)  # so long does a yes rest, unless it is urgent and the person asks


@dataclass(frozen=True, slots=True)
class Shown:
    """What the person was shown. forum: alpha-2 or ICC; lawyer: the name, fingerprint: of the lawyer's key, hex.

    language: of the person; filed_in: of the text; at: ISO, UTC. aloud: how and when it was read to the person, "" when
    they read it here. is_urgent: did the lead say so? rendering: the full text, or the one without names.
    """

    variant: str
    forum: str
    addressee: str
    digest: str
    lawyer: str
    fingerprint: str
    language: str
    filed_in: str
    at: str
    aloud: str = ""
    is_urgent: bool = False
    rendering: str = FULL


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person answered. words: what should change; no_wait: the person asks not to wait. at: ISO, UTC."""

    answer: str
    words: str
    language: str
    no_wait: bool
    at: str


@dataclass(frozen=True, slots=True)
class Words:
    """The text itself: as it is filed, and in the person's language."""

    filed: tuple[Part, ...]
    own: tuple[Part, ...]

    def to_json(self) -> dict[str, Any]:
        """As it is sealed."""
        return {name: [asdict(part) for part in getattr(self, name)] for name in self.__slots__}

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Words:
        """As it was sealed."""
        filed, own = (
            tuple(Part(each["title"], tuple(each["lines"])) for each in content[name]) for name in ("filed", "own")
        )
        return cls(filed, own)


def free_from(shown: Shown, said: Answer) -> datetime:
    """The moment from which the text may be filed: read for three days, agreed to for one."""
    agreed = datetime.fromisoformat(said.at)
    if shown.is_urgent and said.no_wait:
        return agreed
    return max(datetime.fromisoformat(shown.at) + READING, agreed + COOLING)


def shown_in(text: Text, messages: Iterable[Opened]) -> Shown:
    """What was shown, signed by a lead. messages: every epoch, whose head was checked. Raises Forged."""
    found = _newest(text, messages, SHOWN)
    if found is None:
        raise Forged(f"text {text.id}: nothing was shown")
    value, content = found
    statement_for(value.signer, {KeyPair.Use.PERSON}, value.made_on, roles={Role.LEAD})
    return Shown(**content)


def answer_in(text: Text, messages: Iterable[Opened]) -> Answer | None:
    """What the person answered last, or None. Raises Forged for another hand, or for another text."""
    opened = list(messages)
    found = _newest(text, opened, ANSWER)
    if found is None:
        return None
    value, content = found
    shown = shown_in(text, opened)
    if value.signer_id != text.case.receipt_id:
        raise Forged(f"text {text.id}: answered by another hand than the receipt's")
    if any(content.pop(name) != getattr(shown, name) for name in ("digest", "forum", "fingerprint", "variant")):
        raise Forged(f"text {text.id}: the answer is to another text")
    return Answer(**content)


def read(text: Text, ring: Keyring) -> tuple[Shown, Answer | None]:
    """Both, after the head of the case was checked. Raises vault.errors.NoGrant or Forged."""
    return settled(text.case_id, lambda: _read(text, ring))


def words_of(text: Text, shown: Shown, opened: Iterable[Opened]) -> Words | None:
    """The words, or None where these epochs of `account` do not hold them. Raises Forged when they are others."""
    found = _newest(text, opened, WORDS)
    if found is None:
        return None
    value, content = found
    statement_for(value.signer, {KeyPair.Use.PERSON}, value.made_on, roles={Role.LEAD})
    words = Words.from_json(content)
    if digest_of(shown.variant, words.filed) != shown.digest:
        raise Forged(f"text {text.id}: other words than were shown")
    return words


def own_words(text: Text, shown: Shown, second: Keyring) -> Words | None:
    """The words for the person, by the second word; None when it does not open them."""
    return words_of(text, shown, keys.open_every(text.case, keys.ACCOUNT, second))


def has_word(case: Case, ring: Keyring) -> bool:
    """Has the person a second word, with which a text could be read on the own page?"""
    return settled(case.id, lambda: second_of(case, opened_messages(case, ring))) is not None


def open_texts(case: Case) -> list[Text]:
    """What the person may answer, or think again about; what waits for the first answer comes first."""
    rows = case.texts.select_related("case__receipt").filter(state__in=Text.OPEN)
    return sorted(rows, key=lambda row: row.state != Text.State.SHOWN)


def _read(text: Text, ring: Keyring) -> tuple[Shown, Answer | None]:
    messages = opened_messages(text.case, ring)
    return shown_in(text, messages), answer_in(text, messages)


def _newest(text: Text, opened: Iterable[Opened], field: str) -> Any:
    values = records.read_all(list(opened), TABLE, text.id, field)
    return max(values, key=lambda each: each[0].version, default=None)
