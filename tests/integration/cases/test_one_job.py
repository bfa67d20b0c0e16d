"""Each member has one dossier built at a time, whatever two workers do; the next one follows by itself."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from cases import building, claims, progress
from cases.actions.dossiers import approve
from cases.models import Case, Dossier
from tests.factories import cast as made
from tests.factories.cast import Member, Survivor

pytestmark = pytest.mark.django_db
State = Dossier.State


@pytest.fixture
def both(reviewed: Case, amina: Survivor, ben: Member, lena: Member, dana: Member) -> list[Dossier]:
    """Two dossiers that Ben asked for, released."""
    found = [made.requested(amina, ben, lena) for _ in range(2)]
    for dossier in found:
        approve(dossier=dossier, by=dana.person, ring=dana.ring, reason="Fits.")
        dossier.refresh_from_db()
    return found


def test_the_second_waits_is_not_counted_as_an_attempt_and_says_so(both: list[Dossier]) -> None:
    first, second = both
    assert claims.take(first.id)
    assert not claims.take(second.id)
    second.refresh_from_db()
    assert (second.state, second.attempts) == (State.APPROVED, 0)
    assert "is built first" in progress.waits_for(second)
    assert claims.waiting() == [second.id]


def test_the_table_refuses_two(both: list[Dossier]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.update(state=State.BUILDING)


def test_the_next_one_is_woken_when_one_is_over(both: list[Dossier], monkeypatch: pytest.MonkeyPatch) -> None:
    woken: list[object] = []
    monkeypatch.setattr(building, "wake", woken.append)
    monkeypatch.setattr(building, "_build", lambda dossier_id: Dossier.objects.update(state=State.READY))
    Dossier.objects.filter(id=both[1].id).update(state=State.REFUSED)
    building.build(both[0].id)
    assert woken == []
    Dossier.objects.update(state=State.APPROVED, claimed_until=None)
    monkeypatch.setattr(
        building, "_build", lambda dossier_id: Dossier.objects.filter(id=dossier_id).update(state=State.READY)
    )
    building.build(both[0].id)
    assert woken == [both[1].id]


def test_how_far_the_exhibits_are_is_said_while_they_are_cleaned(both: list[Dossier]) -> None:
    first = both[0]
    Dossier.objects.filter(id=first.id).update(state=State.BUILDING, step=Dossier.Step.FACTS, part=3, parts=12)
    first.refresh_from_db()
    assert "3 of 12" in [line.note for line in progress.lines(first)]
