"""A dossier with the legal name: the name is copied into the split input and nowhere else, and nobody has both shares.

This catalogue does not ask for a legal name yet, so these tests make the question up.
"""

from __future__ import annotations

import json

import pytest

from cases.actions import dossiers
from cases.models import Case, Dossier
from tests.factories import cast as made
from tests.factories.cast import Cast, Member, Survivor
from tests.factories.kept import kept
from tests.factories.made_up import add_question, answered
from vault import worker
from vault.errors import VaultError
from vault.models import Epoch, Grant, SealedValue
from vault.opened import Opened

LEGAL = "Аміна Прыдуманая-Законная"


@pytest.fixture
def dossier(cast: Cast, amina: Survivor, monkeypatch: pytest.MonkeyPatch) -> Dossier:
    """Ben's request; the account carries a legal name in `identity`, which the dossier takes along."""
    add_question(monkeypatch, "IDN-99", "identity", section="you")
    monkeypatch.setattr("cases.dossier_input.NAME", "IDN-99")
    told = {**made.SECTIONS, "you": {**made.SECTIONS["you"], **answered("IDN-99", LEGAL)["story"]}}

    def request() -> Dossier:
        made.assigned(amina, cast.ben)
        made.tell(amina, told)
        made.confirmed(amina, cast.ben)
        return made.requested(amina, cast.ben, cast.lena)

    return kept("requested with a legal name", request)


def epoch_of(dossier: Dossier) -> Epoch:
    return Epoch.objects.get(compartment__kind=dossiers.KIND, compartment__owner=dossier.id)


def plaintexts(member: Member, *, but: str) -> list[str]:
    """Everything that this member's keys open, but the compartments of one kind."""
    found = []
    for epoch in Epoch.objects.exclude(compartment__kind=but).select_related("compartment"):
        try:
            opened = member.ring.open(epoch)
        except VaultError:
            continue
        found += [opened.open(value).decode("utf-8", "replace") for value in values(opened)]
    return found


def values(opened: Opened) -> list[SealedValue]:
    return list(opened.epoch.values.select_related("signer", "epoch__compartment"))


def test_the_worker_finds_the_name_once_both_shares_are_released(cast: Cast, dossier: Dossier) -> None:
    from cases.release import open_released

    dossiers.approve(dossier=dossier, by=cast.dana.person, ring=cast.dana.ring, reason="Yes.")
    released = open_released(dossier, worker.keyrings())
    assert released.content["complainant"]["name"] == LEGAL


@pytest.mark.parametrize("login", ["ben", "dana", "chloe", "marek", "lena"])
def test_nobody_opens_the_copy_alone(cast: Cast, dossier: Dossier, login: str) -> None:
    with pytest.raises(VaultError):
        getattr(cast, login).ring.open(epoch_of(dossier))


@pytest.mark.parametrize("login", ["ben", "dana"])
def test_the_name_is_in_identity_and_in_nothing_else_that_a_person_opens(
    cast: Cast, dossier: Dossier, login: str
) -> None:
    """The request for the lead, flags, facts, letters: none of them repeats it."""
    found = plaintexts(getattr(cast, login), but="identity")
    assert len(found) > 5
    assert all(LEGAL not in text and json.dumps(LEGAL) not in text for text in found)


def test_each_share_has_its_holders_and_nobody_is_in_both(dossier: Dossier) -> None:
    rows = Grant.objects.filter(epoch=epoch_of(dossier))
    assert sorted(rows.values_list("share", "recipient__use")) == [
        ("a", "caseworkers"), ("a", "worker"), ("b", "leads"),
    ]  # fmt: skip


def test_a_lead_who_asked_does_not_keep_share_a(cast: Cast, dossier: Dossier, amina: Survivor) -> None:
    own = made.requested(amina, cast.dana, cast.lena)
    with pytest.raises(VaultError):
        cast.dana.ring.open_share(epoch_of(own), Grant.Share.A)
    with pytest.raises(VaultError):
        cast.dana.ring.open(epoch_of(own))


def test_after_the_approval_only_the_worker_has_both(cast: Cast, dossier: Dossier) -> None:
    dossiers.approve(dossier=dossier, by=cast.dana.person, ring=cast.dana.ring, reason="Yes.")
    for member in (cast.ben, cast.dana):
        with pytest.raises(VaultError):
            member.ring.open(epoch_of(dossier))
    both = Grant.objects.filter(epoch=epoch_of(dossier), is_release=True).values_list("recipient__use", flat=True)
    assert set(both) == {"worker"}


def test_the_columns_carry_nothing_of_it(dossier: Dossier) -> None:
    row = Dossier.objects.get(id=dossier.id)
    assert LEGAL not in str(vars(row)) + str(vars(Case.objects.get(id=row.case_id)))
