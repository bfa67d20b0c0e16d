"""What the calendar decides by itself."""

from __future__ import annotations

from datetime import timedelta

from cases.actions.waiting import rest
from cases.models import Case
from cases.tasks import watch_limits
from tests.factories import cast as made
from tests.factories.cast import Survivor
from vault.models import today


def test_ninety_days_of_silence_put_a_case_on_pause_and_a_letter_takes_it_up(amina: Survivor) -> None:
    waiting = {"status": Case.Status.AWAITING_SURVIVOR, "came_from": Case.Status.ACKNOWLEDGED}
    Case.objects.update(**waiting, status_on=today() - timedelta(days=89))
    assert rest(today()) == 0
    Case.objects.update(status_on=today() - timedelta(days=90))
    watch_limits()
    assert amina.fresh().status == Case.Status.DORMANT
    made.write(amina, "Я тут.")
    assert (amina.fresh().status, amina.fresh().heard_on) == (Case.Status.ACKNOWLEDGED, today())
