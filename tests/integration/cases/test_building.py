"""The job of a released dossier: run twice, stopped in the middle, failing for good or for now."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cases import building, claims
from cases.actions.clearing import points_of
from cases.actions.dossiers import approve
from cases.actions.packages import open_package
from cases.dossier.build import colophon
from cases.dossier.errors import RenderFailed
from cases.dossier.inputs import AuditHead, DossierInput
from cases.dossier.variant import find
from cases.models import Case, Dossier
from tests.factories import cast as made
from tests.factories.cast import Member, Survivor
from vault import audit, worker
from vault.models import Compartment, Grant, KeyPair

State = Dossier.State


@pytest.fixture
def released(request_made: Dossier, dana: Member) -> Dossier:
    """A request that a lead has released."""
    approve(dossier=request_made, by=dana.person, ring=dana.ring, reason="Fits.")
    return request_made


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A function that makes the documents fail with a code from then on."""

    def fail(code: str) -> None:
        def render(*args: object, **kwargs: object) -> None:
            raise RenderFailed(code)

        monkeypatch.setattr(building, "render_all", render)

    return fail


def test_a_released_dossier_is_built_once_however_often_it_is_asked_for(released: Dossier, lena: Member) -> None:
    for _ in range(3):
        building.build(released.id)
    released.refresh_from_db()
    assert (released.state, released.attempts, released.claimed_until) == (State.READY, 1, None)
    _, size, stream = open_package(dossier=released, by=lena.person, ring=lena.ring)
    assert sum(len(chunk) for chunk in stream.chunks()) == size
    stream.close()


def test_the_package_carries_the_points_that_nobody_has_cleared(released: Dossier, lena: Member) -> None:
    building.build(released.id)
    released.refresh_from_db()
    keys = {point.key for point in points_of(released, lena.ring)}
    assert {"template", "law:uj-convention", "field:gatekeeper"} <= keys
    assert released.variant == "UJ-EN"


@pytest.mark.shown
def test_nothing_of_the_request_stays_when_the_package_is_delivered(released: Dossier) -> None:
    building.build(released.id)
    kinds = set(Compartment.objects.filter(owner=released.id).values_list("kind", flat=True))
    assert kinds == {"package"}
    assert not Grant.objects.filter(recipient__use="worker").exists()


def test_a_claimed_job_is_left_to_its_worker_until_the_claim_runs_out(released: Dossier) -> None:
    assert claims.take(released.id)
    building.build(released.id)
    released.refresh_from_db()
    assert released.state == State.BUILDING
    assert claims.waiting() == []
    Dossier.objects.update(claimed_until="2026-01-01T00:00:00Z")
    assert claims.waiting() == [released.id]


def test_a_hopeless_error_stops_at_once_and_another_is_tried_three_times(
    released: Dossier, failing: Callable[[str], None]
) -> None:
    failing("timeout")
    for attempts in (1, 2):
        building.build(released.id)
        released.refresh_from_db()
        assert (released.state, released.attempts) == (State.APPROVED, attempts)
    building.build(released.id)
    released.refresh_from_db()
    assert (released.state, released.trouble) == (State.FAILED, "render_timeout")

    Dossier.objects.update(state=State.APPROVED, attempts=0)
    failing("too-long")
    building.build(released.id)
    released.refresh_from_db()
    assert (released.state, released.attempts, released.trouble) == (State.FAILED, 1, "render_too-long")


@pytest.mark.shown
def test_a_second_attempt_begins_where_the_first_ended(
    released: Dossier, failing: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context():
        failing("timeout")
        building.build(released.id)
    monkeypatch.undo()

    def never(*args: object, **kwargs: object) -> None:
        raise AssertionError("the exhibit was cleaned before")

    monkeypatch.setattr(building, "prepare_exhibit", never)
    building.build(released.id)
    released.refresh_from_db()
    assert released.state == State.READY


def test_a_job_whose_worker_died_three_times_stops(released: Dossier) -> None:
    for _ in range(claims.ATTEMPTS):
        assert claims.take(released.id)
        Dossier.objects.update(claimed_until="2026-01-01T00:00:00Z")
    assert not claims.take(released.id)
    released.refresh_from_db()
    assert (released.state, released.trouble) == (State.FAILED, "worker_stopped")


def test_a_job_for_another_living_host_is_left_to_it_and_not_counted(
    released: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vault.worker.keyrings", list)
    building.build(released.id)
    released.refresh_from_db()
    assert (released.state, released.attempts, released.trouble) == (State.APPROVED, 0, "")
    assert claims.waiting() == []
    monkeypatch.undo()
    Dossier.objects.update(claimed_until=None)
    building.build(released.id)
    released.refresh_from_db()
    assert released.state == State.READY


def test_a_job_for_a_half_that_is_gone_says_so(released: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vault.worker.keyrings", list)
    KeyPair.objects.filter(use="worker").update(retired_on="2026-11-22")
    building.build(released.id)
    released.refresh_from_db()
    assert (released.state, released.trouble) == (State.FAILED, "worker_changed")


def test_the_worker_prints_the_audit_head_of_the_request_however_late_it_builds(
    reviewed: Case, amina: Survivor, ben: Member, lena: Member, dana: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    signer = worker.ensure().signer
    audit.chain(signer)
    head = audit.newest()
    dossier = made.requested(amina, ben, lena)
    audit.chain(signer)
    approve(dossier=dossier, by=dana.person, ring=dana.ring, reason="Fits.")
    seen: list[DossierInput] = []

    def render(data: DossierInput, *args: object, **kwargs: object) -> None:
        seen.append(data)
        raise RenderFailed("timeout")

    monkeypatch.setattr(building, "render_all", render)
    for _ in range(2):
        building.build(dossier.id)
    assert seen[0].digest() == seen[1].digest()
    assert head is not None
    assert seen[0].audit_head == AuditHead(head.number, bytes(head.digest).hex())
    assert f"Audit head {head.number}: {bytes(head.digest).hex()[:8]} " in colophon(seen[0], find(seen[0].variant))
