"""The form token: signed, short-lived, good for one act; and the work or the reading time that it costs.

A visit gets its pass together with its number, and never a second number for the same pass: whoever sends a form twice
sends the same number, which opens one case. When it was given, and how much work it asks for, lies only in the sealed
visit; the form carries a random mark and a signature.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from intake.floods import lanes
from intake.floods.memory import WORD, WORDS, shared
from intake.visit import Visit

GOOD_SECONDS = 2 * 3600
MARK_BYTES = 16
LONGEST_WORK = 16  # digits of a proof
FIRST_SPENT = 64  # before it are the lanes


@dataclass(frozen=True)
class Pass:
    """mark: 32 hexadecimal digits. given_at: seconds. bits: zeros that the hash of a proof must begin with."""

    mark: str
    given_at: float
    bits: int

    @property
    def text(self) -> str:
        """What the form carries: the mark, and an HMAC-SHA256 under the deployment's key."""
        return f"{self.mark}.{salted_hmac('intake.pass', self.mark, algorithm='sha256').hexdigest()[:32]}"

    @property
    def reading_left(self) -> float:
        """Seconds that are still to be read without a proof."""
        return max(0.0, float(settings.FLOODS["reading_seconds"]) - (time.time() - self.given_at))

    def is_in(self, posted: Mapping[str, str]) -> bool:
        """Does a posted form carry this very pass?"""
        return constant_time_compare(posted.get("pass", ""), self.text)

    def is_worked_in(self, posted: Mapping[str, str]) -> bool:
        """Does a posted form carry a proof of work for this pass? One SHA-256, whatever was posted."""
        work = posted.get("work", "")
        if not work or len(work) > LONGEST_WORK or not (work.isascii() and work.isdigit()):
            return False
        digest = hashlib.sha256(f"{self.mark}:{work}".encode()).digest()
        return int.from_bytes(digest[:WORD], "big") >> (8 * WORD - self.bits) == 0


def give(visit: Visit) -> Pass:
    """The pass of a visit; a fresh one when there is none or it is too old. A clock that was set back begins anew."""
    kept = visit.form_pass
    found = Pass(**kept) if kept else None
    age = time.time() - found.given_at if found else 0.0
    if found is None or age > GOOD_SECONDS:
        return renew(visit)
    if age < 0:
        return _keep(visit, replace(found, given_at=time.time()))
    return found


def renew(visit: Visit) -> Pass:
    """Another pass for a visit; the one before is good for nothing any more."""
    if visit.case_id is None:
        visit.code()  # they belong together
    bits = settings.FLOODS["work_bits"] + lanes.extra_bits()
    return _keep(visit, Pass(secrets.token_hex(MARK_BYTES), time.time(), bits))


def spend(mark: str) -> bool:
    """Use a mark up; False when it was used before. Many forms of one visit at the same moment count once."""
    memory, (place, word) = shared(), _slot(mark)
    with memory.held():
        if memory.read(place) == word:
            return False
        memory.write(place, word)
    return True


def _slot(mark: str) -> tuple[int, bytes]:
    """Where a used mark is noted. Marks are random, so the place tells nothing, and no order is kept."""
    raw = bytes.fromhex(mark)
    return FIRST_SPENT + int.from_bytes(raw[-4:], "big") % (WORDS - FIRST_SPENT), raw[:WORD]


def _keep(visit: Visit, given: Pass) -> Pass:
    visit.form_pass = asdict(given)
    return given
