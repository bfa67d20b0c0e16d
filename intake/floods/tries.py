"""Trying numbers. A right one gets through, however many wrong ones come at the same time (ux.md R8).

In quiet times a try costs nothing. While more wrong ones come than the limit, each try costs its form some work or
some seconds of reading, before the number is looked at: so the answer is the same for right, wrong and unknown.
"""

from __future__ import annotations

from collections.abc import Mapping

from intake.floods import lanes, passes
from intake.visit import Visit


def must_wait(visit: Visit, posted: Mapping[str, str]) -> bool:
    """Is this try not to be looked at yet? If it is looked at while others flood, its pass is used up."""
    if lanes.wait(lanes.TRIES) == 0:
        return False
    mine = passes.give(visit)
    if not mine.is_in(posted) or (mine.reading_left > 0 and not mine.is_worked_in(posted)):
        return True
    is_fresh = passes.spend(mine.mark)
    passes.renew(visit)
    return not is_fresh


def count_wrong() -> None:
    """A number opened nothing."""
    lanes.count(lanes.TRIES)
