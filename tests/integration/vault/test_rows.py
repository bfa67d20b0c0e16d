"""Models by plain statements: they are what a queryset gives, and keep what it would refuse."""

from __future__ import annotations

import os
from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from vault import rows
from vault.models import AuditEvent, EraseShare, KeyPair, SealedSession

pytestmark = pytest.mark.django_db


def pair(**more: object) -> KeyPair:
    return KeyPair(use="receipt", kem_public=b"k", sign_public=b"s", fingerprint=os.urandom(32), **more)


def fields(row: object) -> dict[str, object]:
    return {name: value for name, value in vars(row).items() if name != "_state"}


class TestStore:
    def test_what_is_stored_is_what_a_queryset_reads(self) -> None:
        made = [pair(), pair(retired_on=date(2026, 1, 2), password_seed=b"x", is_exposed=True)]
        rows.store(made)

        found = {each.id: fields(each) for each in KeyPair.objects.all()}
        assert all(found[each.id] == fields(each) for each in made)

    def test_what_was_stored_counts_as_stored(self) -> None:
        made = pair()
        rows.store([made])
        made.use = "second"
        made.save()

        assert KeyPair.objects.get(id=made.id).use == "second"

    def test_a_row_that_is_there_already_is_refused(self) -> None:
        made = pair()
        rows.store([made])

        with pytest.raises(IntegrityError), transaction.atomic():
            rows.store([pair(), KeyPair(**fields(made) | {"id": uuid4()})])
        assert KeyPair.objects.filter(fingerprint=made.fingerprint).count() == 1

    def test_nothing_is_nothing(self) -> None:
        rows.store([])

    def test_a_row_that_may_be_there_is_stored_once(self) -> None:
        made = pair()

        assert rows.store_unless_there(made)
        assert not rows.store_unless_there(pair(id=made.id))
        assert KeyPair.objects.get(id=made.id).fingerprint == made.fingerprint


class TestRead:
    def test_a_row_has_the_types_of_its_model(self) -> None:
        event = AuditEvent.objects.create(action="a", subject_table="t", subject=uuid4(), detail={"counter": 3})

        (found,) = rows.read(AuditEvent, id=event.id)
        assert fields(found) == fields(AuditEvent.objects.get(id=event.id))

    def test_columns_are_compared_with_a_value_with_several_or_with_nothing(self) -> None:
        one, two, old = made = [pair(), pair(is_exposed=True), pair(retired_on=date(2026, 1, 2))]
        rows.store(made)

        def ids(**where: object) -> set[object]:
            return {each.id for each in rows.read(KeyPair, **where)} & {each.id for each in made}

        assert ids(id=one.id) == {one.id}
        assert ids(id=[one.id, old.id], use="receipt") == {one.id, old.id}
        assert ids(retired_on=None) == {one.id, two.id}
        assert ids(is_exposed=True) == {two.id}
        assert ids(id=[]) == set()

    def test_a_value_never_becomes_part_of_the_statement(self) -> None:
        assert rows.read(KeyPair, use="' OR 1=1 --") == []

    def test_an_unknown_column_is_refused(self) -> None:
        with pytest.raises(KeyError):
            rows.read(KeyPair, nothing="x")

    def test_some_columns_come_in_their_order(self) -> None:
        made = pair()
        rows.store([made])

        assert [tuple(each) for each in rows.columns(KeyPair, "use", "id", id=made.id)] == [("receipt", made.id)]
        assert rows.first(EraseShare, epoch_id=uuid4()) is None


def test_a_change_touches_the_row_that_is_meant() -> None:
    one, other = pair(), pair()
    rows.store([one, other])

    assert rows.change(one, retired_on=date(2026, 1, 2), is_exposed=True) == 1
    assert KeyPair.objects.get(id=one.id).retired_on == date(2026, 1, 2)
    assert KeyPair.objects.get(id=other.id).retired_on is None
    assert rows.change(SealedSession(lookup="nobody's"), blob=b"") == 0


@pytest.mark.django_db(transaction=True)
def test_nothing_is_locked_outside_a_transaction() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        rows.read(KeyPair, locked=True, use="receipt")
