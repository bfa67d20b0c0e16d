"""Cases that wait for the person go on pause after ninety days; whoever writes again takes them up."""

from __future__ import annotations

from datetime import date

from cases import guards
from cases.actions import moving
from cases.errors import Refused
from cases.models import Case


def rest(on: date) -> int:
    """Put every case on pause whose person has been silent for the days that guards name; returns how many.

    A case that moved on meanwhile is left where it stands.
    """
    silent = Case.objects.filter(status=Case.Status.AWAITING_SURVIVOR, status_on__lte=guards.silent_since(on))
    done = 0
    for case in silent:
        try:
            moving.apply(case, "rest")
        except Refused:
            continue
        done += 1
    return done
