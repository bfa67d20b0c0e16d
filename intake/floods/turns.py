"""Whether a send may pass now, and whose turn comes when. What was typed stays in the sealed visit meanwhile."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from django.utils.translation import gettext_lazy as _

from intake.floods import lanes, passes
from intake.floods.passes import Pass
from intake.visit import Visit

MINUTE, HOUR = 60, 3600
# The last line that is long enough is said; times are words, and no clock runs (ux.md A8).
WORDS = (
    (30, _("in less than half a minute")),
    (MINUTE, _("in about a minute")),
    (2 * MINUTE, _("in about two minutes")),
    (5 * MINUTE, _("in about five minutes")),
    (10 * MINUTE, _("in about ten minutes")),
    (20 * MINUTE, _("in about twenty minutes")),
    (30 * MINUTE, _("in about half an hour")),
    (HOUR, _("in about an hour")),
    (2 * HOUR, _("in about two hours")),
    (lanes.LONGEST, _("in about three hours")),
)


@dataclass(frozen=True)
class Turn:
    """A place in the line. do: the button that was pressed. wait: seconds, counted from `taken_at`.

    has_place: the line took it in. is_proven: by work.
    """

    do: str
    taken_at: float
    wait: float
    has_place: bool
    is_proven: bool

    @property
    def left(self) -> float:
        """Seconds until the turn; after a clock was set back never more than was said at first."""
        gone = time.time() - self.taken_at
        return self.wait if gone < 0 else max(0.0, self.wait - gone)


def of(visit: Visit) -> Turn | None:
    """The place of a visit, if it has one."""
    kept = visit.turn
    return Turn(**kept) if kept else None


def left(visit: Visit, mine: Pass) -> float:
    """Seconds that a visit has to wait if its device does no work: for its turn, or for the time to read."""
    turn = of(visit)
    return turn.left if turn and turn.wait > 0 else mine.reading_left


def is_helped(turn: Turn) -> bool:
    """Would work bring somebody's turn nearer?"""
    return not turn.is_proven and (not turn.has_place or lanes.wait(lanes.PROVEN) < turn.left)


def is_held(visit: Visit, posted: Mapping[str, str], do: str) -> bool:
    """Must this send wait? Then the visit knows for how long, and the page of the turn says it."""
    mine = passes.give(visit)
    turn = _steady(visit, of(visit), do)
    if not mine.is_in(posted):
        return True
    is_proven = mine.is_worked_in(posted)
    if turn.has_place and not (is_proven and is_helped(turn)):
        return turn.left > 0
    if not is_proven and mine.reading_left > 0:
        return True
    return _lines_up(visit, mine, turn, is_proven=is_proven)


def in_words(seconds: float) -> str:
    """How long it takes, rounded up."""
    return str(next((text for most, text in WORDS if seconds <= most), WORDS[-1][1]))


def _steady(visit: Visit, turn: Turn | None, do: str) -> Turn:
    """The turn with the button that was pressed last; one from the future begins anew."""
    if turn is None:
        turn = Turn(do, time.time(), 0.0, has_place=False, is_proven=False)
    elif turn.taken_at > time.time():
        turn = replace(turn, do=do, taken_at=time.time())
    elif turn.do != do:
        turn = replace(turn, do=do)
    visit.turn = asdict(turn)
    return turn


def _lines_up(visit: Visit, mine: Pass, turn: Turn, *, is_proven: bool) -> bool:
    """Use the pass for a place in the line; False when the turn has come at once. Who waits gets another pass.

    A used pass is mostly a form whose answer was lost. It opens what it has opened, so in quiet times it may.
    """
    if not passes.spend(mine.mark):
        if lanes.is_quiet():
            return False
        passes.renew(visit)
        return True
    seconds = lanes.take_place(is_proven=is_proven)
    if seconds == 0:
        return False
    passes.renew(visit)
    visit.turn = asdict(Turn(turn.do, time.time(), seconds, seconds <= lanes.LONGEST, is_proven))
    return True
