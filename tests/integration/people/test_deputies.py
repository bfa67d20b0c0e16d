"""Standing in for the leads: some days, the leads' key and not the root, and an end that takes the key away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cases import keys as case_keys
from people import deputies, life, replacing
from people.errors import Refused
from people.handing import hand_on
from people.models import Deputyship, Person
from people.recipients import recipient_of
from tests.factories.cast import Cast, Member, first_contact
from tests.factories.newcomers import admitted, again, renewed
from vault.errors import NoGrant, Unstated
from vault.models import AuditEvent, Grant, Statement, today
from vault.recipients import organisation, stated

WEEK = timedelta(days=7)


@pytest.fixture
def ania(cast: Cast) -> Member:
    """An analyst."""
    return admitted(cast.dana, "ania", "analyst")


def named(who: Member, by: Member, days: timedelta = WEEK) -> Deputyship:
    return deputies.name(person=who.person, until=today() + days, by=by.person, ring=by.ring)


def test_a_deputy_is_a_lead_for_the_directory_until_the_day(cast: Cast, ania: Member) -> None:
    named(ania, cast.dana)
    person = again(ania)
    assert person.is_lead
    assert recipient_of(person, {"lead"}).role == "lead"
    assert recipient_of(person, {"analyst"}).role == "analyst"
    with pytest.raises(Unstated):
        stated(person.pair, {"person"}, on=today() + WEEK + timedelta(days=1), roles={"lead"})


def test_a_deputy_opens_cases_and_has_no_root(cast: Cast, ania: Member) -> None:
    amina = first_contact()
    with pytest.raises(NoGrant):
        case_keys.open_latest(amina.case, "account", ania.ring)
    named(ania, cast.dana)
    assert case_keys.open_latest(amina.case, "account", ania.ring)
    for use in ("root", "caseworkers"):
        with pytest.raises(NoGrant):
            ania.ring.team(use)


@pytest.mark.parametrize("login", ["ben", "lena", "marek"])
def test_only_some_roles_stand_in(cast: Cast, login: str) -> None:
    """Never a caseworker, who holds the other share."""
    with pytest.raises(Refused, match="no_deputy"):
        named(getattr(cast, login), cast.dana)


@pytest.mark.parametrize("days", [-1, 31])
def test_thirty_days_at_most(cast: Cast, ania: Member, days: int) -> None:
    with pytest.raises(Refused, match="too_long"):
        named(ania, cast.dana, timedelta(days=days))


def test_only_a_lead_names_one_and_a_deputy_names_nobody(cast: Cast, ania: Member) -> None:
    other = admitted(cast.dana, "olga", "clinician")
    with pytest.raises(Refused):
        named(ania, cast.ben)
    named(ania, cast.dana)
    with pytest.raises(Refused):
        named(other, Member(again(ania), ania.password, ania.totp))
    with pytest.raises(Refused, match="is_deputy"):
        named(ania, cast.marek)


def test_a_row_written_by_hand_makes_no_deputy(cast: Cast, ania: Member) -> None:
    """The pages may believe the row for a moment; no key does."""
    Deputyship.objects.create(person=ania.person, made_by=cast.dana.person, until_on=today() + WEEK)
    assert again(ania).is_lead
    with pytest.raises(Unstated):
        recipient_of(again(ania), {"lead"})
    replacing.give_to_deputies(cast.dana.ring)
    with pytest.raises(NoGrant):
        ania.ring.team("leads")


def test_a_deputys_row_that_calls_itself_lead_gets_neither_the_root_nor_the_lasting_key(
    cast: Cast, ania: Member
) -> None:
    """A deputy who writes to the database waits for the next lead's sign-in."""
    named(ania, cast.dana)
    Person.objects.filter(login="ania").update(role="lead")
    with pytest.raises(Unstated):
        recipient_of(again(ania), {"lead"})
    hand_on(cast.dana.ring)
    with pytest.raises(NoGrant):
        ania.ring.team("root")
    assert not Grant.objects.filter(recipient=ania.person.pair, until_on=None).exists()


def test_an_early_end_takes_the_key_away_at_once(cast: Cast, ania: Member) -> None:
    row, before = named(ania, cast.dana), organisation("leads").pair
    ring = ania.ring
    assert ring.team("leads").pair == before
    deputies.end(deputyship=row, by=cast.marek.person, ring=cast.marek.ring)
    assert organisation("leads").pair != before
    assert not again(ania).is_lead
    for each in (ring, ania.ring):
        with pytest.raises(NoGrant):
            each.team("leads")
    assert cast.dana.ring.team("leads").pair == organisation("leads").pair
    with pytest.raises(Refused, match="not_deputy"):
        deputies.end(deputyship=row, by=cast.dana.person, ring=cast.dana.ring)


def test_a_statement_put_back_after_the_end_is_not_believed(cast: Cast, ania: Member) -> None:
    row = named(ania, cast.dana)
    kept = Statement.objects.get(pair=ania.person.pair, role="lead")
    deputies.end(deputyship=row, by=cast.dana.person, ring=cast.dana.ring)
    kept.save(force_insert=True)
    with pytest.raises(Unstated):
        stated(ania.person.pair, {"person"}, roles={"lead"})


def test_the_clock_ends_it_and_the_next_lead_makes_a_new_key(cast: Cast, ania: Member) -> None:
    row, before = named(ania, cast.dana), organisation("leads").pair
    Deputyship.objects.filter(id=row.id).update(until_on=today() - timedelta(days=1))
    assert deputies.lapse() == 1
    assert deputies.lapse() == 0
    assert not Grant.objects.filter(recipient=ania.person.pair).exists()
    assert organisation("leads").pair == before, "there is no root without a lead"
    assert replacing.replace_exposed(by=cast.dana.person, ring=cast.dana.ring) == {"leads"}
    assert organisation("leads").pair != before
    assert replacing.replace_exposed(by=cast.dana.person, ring=cast.dana.ring) == set()
    actions = AuditEvent.objects.filter(action__in=["person.deputy", "person.deputy_over", "keys.replaced"])
    assert [(each.action, each.actor) for each in actions.order_by("id")] == [
        ("person.deputy", cast.dana.person.id), ("person.deputy_over", None), ("keys.replaced", cast.dana.person.id),
    ]  # fmt: skip


def test_after_the_last_day_nothing_opens_even_before_the_clock_has_run(
    cast: Cast, ania: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    named(ania, cast.dana)
    later = timezone.now() + WEEK + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert not again(ania).is_lead
    with pytest.raises(NoGrant):
        ania.ring.team("leads")


def test_another_deputy_keeps_standing_in_when_the_leads_key_is_replaced(cast: Cast, ania: Member) -> None:
    olga = admitted(cast.dana, "olga", "clinician")
    first = named(ania, cast.dana)
    named(olga, cast.dana, timedelta(days=3))
    deputies.end(deputyship=first, by=cast.dana.person, ring=cast.dana.ring)
    assert olga.ring.team("leads").pair == organisation("leads").pair
    grant = Grant.objects.get(recipient=olga.person.pair, epoch__compartment__owner=organisation("leads").pair.id)
    assert grant.until_on == today() + timedelta(days=3)


def test_removing_a_deputy_ends_the_deputyship(cast: Cast, ania: Member) -> None:
    named(ania, cast.dana)
    before = organisation("leads").pair
    life.remove(person=ania.person, by=cast.dana.person, ring=cast.dana.ring)
    assert organisation("leads").pair != before
    assert not deputies.running(ania.person)


def test_a_deputy_with_new_keys_stands_in_no_more(cast: Cast, ania: Member) -> None:
    named(ania, cast.dana)
    fresh, _ = renewed(ania, cast.dana)
    assert not again(fresh).is_lead
    with pytest.raises(NoGrant):
        fresh.ring.team("leads")


def test_the_same_days_are_not_named_twice_on_one_day(cast: Cast, ania: Member) -> None:
    deputies.end(deputyship=named(ania, cast.dana), by=cast.dana.person, ring=cast.dana.ring)
    with pytest.raises(Refused, match="ended_today"):
        named(ania, cast.dana)
    assert named(ania, cast.dana, timedelta(days=8))
    assert Person.objects.get(login="ania").is_lead
