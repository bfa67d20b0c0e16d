"""Stopping a dossier: by who asked or by a lead, in every state until a lawyer has it; nothing stays of it."""

from __future__ import annotations

from typing import Any

import pytest

from cases import building, claims
from cases.actions.cancelling import cancel
from cases.actions.dossiers import approve, hand_over_again
from cases.actions.packages import open_package
from cases.checkpoints import Checkpoints
from cases.errors import NotReady, Refused
from cases.models import Dossier
from tests.factories.cast import Member
from vault.models import AuditEvent, Compartment, SealedFile

pytestmark = pytest.mark.django_db
State = Dossier.State


@pytest.fixture
def released(request_made: Dossier, dana: Member) -> Dossier:
    approve(dossier=request_made, by=dana.person, ring=dana.ring, reason="Fits.")
    request_made.refresh_from_db()
    return request_made


def left(dossier: Dossier) -> set[str]:
    return set(Compartment.objects.filter(owner=dossier.id).values_list("kind", flat=True))


@pytest.mark.parametrize("who", ["ben", "dana"])
def test_who_asked_and_a_lead_stop_it_and_nothing_stays(
    request: pytest.FixtureRequest, request_made: Dossier, who: str
) -> None:
    member: Member = request.getfixturevalue(who)
    cancel(dossier=request_made, by=member.person, ring=member.ring, reason="Asked for the wrong country.")
    request_made.refresh_from_db()
    assert (request_made.state, request_made.trouble) == (State.CANCELLED, "cancelled")
    assert left(request_made) == set()
    assert not claims.waiting()


def test_a_colleague_who_did_not_ask_does_not(request_made: Dossier, chloe: Member) -> None:
    with pytest.raises(Refused, match="not_yours"):
        cancel(dossier=request_made, by=chloe.person, ring=chloe.ring, reason="No.")
    request_made.refresh_from_db()
    assert request_made.state == State.REQUESTED


def test_a_worker_that_builds_it_stops_before_the_next_exhibit_and_erases_what_it_has(
    released: Dossier, ben: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = SealedFile.objects.count()
    keep = Checkpoints.keep_exhibit

    def keep_and_stop(*args: Any) -> None:
        keep(*args)
        cancel(dossier=released, by=ben.person, ring=ben.ring, reason="The person asked to wait.")

    monkeypatch.setattr(Checkpoints, "keep_exhibit", keep_and_stop)
    monkeypatch.setattr(building, "render_all", lambda *args, **kwargs: pytest.fail("it went on"))
    building.build(released.id)
    released.refresh_from_db()
    assert (released.state, released.file) == (State.CANCELLED, None)
    assert left(released) == set()
    assert SealedFile.objects.count() == files


def test_a_finished_one_is_stopped_until_the_lawyer_has_fetched_it(
    released: Dossier, ben: Member, lena: Member
) -> None:
    building.build(released.id)
    released.refresh_from_db()
    _, _, stream = open_package(dossier=released, by=lena.person, ring=lena.ring)
    stream.close()
    with pytest.raises(Refused, match="already_decided"):
        cancel(dossier=released, by=ben.person, ring=ben.ring, reason="Too late.")


def test_a_column_that_was_set_back_builds_and_hands_out_nothing(
    released: Dossier, ben: Member, dana: Member, lena: Member
) -> None:
    cancel(dossier=released, by=ben.person, ring=ben.ring, reason="Wrong country.")
    with pytest.raises(Refused, match="already_decided"):
        hand_over_again(dossier=released, by=ben.person, ring=ben.ring)
    Dossier.objects.update(state=State.APPROVED, trouble="")
    building.build(released.id)
    released.refresh_from_db()
    assert (released.state, left(released)) == (State.CANCELLED, set())
    Dossier.objects.update(state=State.READY)
    released.refresh_from_db()
    with pytest.raises(NotReady, match="taken_back"):
        open_package(dossier=released, by=lena.person, ring=lena.ring)
    assert AuditEvent.objects.filter(action="dossier.cancelled", subject=released.id).count() == 1
