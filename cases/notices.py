"""Whether an e-mail that says only "there is something new" may go to a survivor, and where to.

The address is sealed in `identity` with the other answers. It is opened in the request of a member who works on the
case, used and forgotten: no row, no job and no log has it. What stands in the way is a code, one of those below.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from cases.hold import is_held
from cases.letter_texts import DATA, language_for
from cases.limits import limits_of, newest_answers
from cases.models import Case
from cases.steps import is_closed
from cases.told import Section
from people import mailing
from people.mail_services import is_address, is_watched
from vault.keyring import Keyring
from vault.models import AuditEvent, today

SENT = "notice.sent"  # in the audit trail
CHANNEL, ADDRESS, TIMES, NEVER, AGREED = "CTC-01", "CTC-02", "CTC-03", "CTC-05", "CTC-08"
HOME, NOW = "ELG-02", "SAF-02"
ASKED = (CHANNEL, ADDRESS, TIMES, NEVER, AGREED, HOME, NOW)
EMAIL, ANY_TIME = "email", "any"
DANGEROUS = frozenset({"BY", "RU", "belarus", "russia"})
OK, OFF, HELD, ENDED, NOT_AGREED = "", "off", "held", "ended", "not_agreed"
PLACE, SERVICE, NO_ADDRESS, TODAY, BY_TIME = "place", "service", "address", "today", "times"


@dataclass(frozen=True, slots=True)
class Notice:
    """What may be sent. why_not: a code, OK if nothing stands in the way; times: when they may be reached, as codes."""

    why_not: str
    times: tuple[str, ...] = ()
    address: str = field(default="", repr=False)
    language: str = ""

    @property
    def may_be_sent(self) -> bool:
        """Can a member send it now, looking at the times?"""
        return self.why_not in (OK, BY_TIME)


def notice_for(case: Case, ring: Keyring) -> Notice:
    """Look at everything that may stand in the way. Raises vault.errors.NoGrant, Forged."""
    if not mailing.is_on():
        return Notice(OFF)
    if is_held(case.id):
        return Notice(HELD)
    limits = limits_of(case, ring)
    if is_closed(case) or limits.is_over or not limits.has_number:
        return Notice(ENDED)
    found = _by_answers(case, newest_answers(case, ring, ASKED))
    return replace(found, language=language_for(case, limits))


def words_in(language: str) -> tuple[str, str]:
    """Subject and body, the same for everybody who reads this language."""
    words = _content()
    return words["subject"][language], words["body"][language]


def why_not(answers: Section) -> str:
    """What stands in the way according to the newest answers, as a code. A country not known may be one of the two."""
    address, home = _address(answers), str(_value(answers, HOME) or "")
    is_chosen = _value(answers, CHANNEL) == EMAIL and _value(answers, AGREED) == "yes"
    times = _value(answers, TIMES) or ()
    obstacles = (
        (NOT_AGREED, not is_chosen or EMAIL in (_value(answers, NEVER) or ())),
        (PLACE, len(home) != 2 or bool({home, _value(answers, NOW)} & DANGEROUS)),
        (NO_ADDRESS, not (address.isascii() and is_address(address))),
        (SERVICE, is_watched(address)),
        (BY_TIME, bool(times) and ANY_TIME not in times),
    )
    return next((code for code, is_so in obstacles if is_so), OK)


def _by_answers(case: Case, answers: Section) -> Notice:
    code = why_not(answers)
    if code not in (OK, BY_TIME):
        return Notice(code)
    if AuditEvent.objects.filter(action=SENT, subject=case.id, on=today()).exists():
        return Notice(TODAY)
    return Notice(code, tuple(_value(answers, TIMES) or ()), _address(answers))


def _address(answers: Section) -> str:
    return str(_value(answers, ADDRESS) or "").strip()


def _value(answers: Section, question: str) -> Any:
    return answers.get(question, {}).get("value")


@cache
def _content() -> Any:
    return json.loads(DATA.read_text(encoding="utf-8"))["notice"]
