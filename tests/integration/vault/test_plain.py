"""Rows by plain statements say the same as models do."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories.cast import Cast
from vault import plain
from vault.heads import write_head
from vault.models import Compartment, EraseShare, Head, SealedSession, SealedValue, today
from vault.opened import Opened, save_values, values_in
from vault.places import Place

NAMES = ("lookup", "blob", "expires_on")


def sessions(*keys: str) -> list[tuple[str, bytes, object]]:
    return [(key, key.encode(), connection.ops.adapt_datefield_value(today())) for key in keys]


@pytest.mark.django_db
def test_many_rows_are_inserted_whatever_one_statement_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "VALUES", 7)  # two rows of three columns
    plain.insert(SealedSession, NAMES, sessions("a", "b", "c", "d", "e"))
    found = SealedSession.objects.order_by("lookup")
    assert [(row.lookup, bytes(row.blob), row.expires_on) for row in found] == [
        (key, key.encode(), today()) for key in "abcde"
    ]


@pytest.mark.django_db
def test_a_row_that_is_there_is_not_inserted_again() -> None:
    plain.insert(SealedSession, NAMES, sessions("a"))
    with pytest.raises(IntegrityError), transaction.atomic():
        plain.insert(SealedSession, NAMES, sessions("b", "a"))
    assert [row.lookup for row in SealedSession.objects.all()] == ["a"]


@pytest.mark.django_db
def test_one_row_is_found_and_changed_by_its_key() -> None:
    plain.insert(SealedSession, NAMES, sessions("a", "b"))
    assert plain.update(SealedSession, {"blob": b"new", "seed_blob": b"seed"}, "lookup", "a") == 1
    found = plain.first(SealedSession, ("blob", "seed_blob"), "lookup", "a")
    assert found is not None
    assert [bytes(each) for each in found] == [b"new", b"seed"]
    assert bytes(SealedSession.objects.get(lookup="b").blob) == b"b"
    assert plain.first(SealedSession, ("blob",), "lookup", "c") is None
    assert plain.update(SealedSession, {"blob": b"new"}, "lookup", "c") == 0


def test_ids_that_stand_in_a_column_are_found_among_others(cast: Cast, box: Opened) -> None:
    rows = [box.seal(Place("note", "text", uuid4(), version), b"text", cast.ben.ring.signer) for version in (1, 2)]
    ids = [each.row for each in rows]
    assert plain.among(SealedValue, "row", []) == set()
    assert plain.among(SealedValue, "row", [*ids, uuid4()]) == set(ids)
    assert plain.among(SealedValue, "row", ids, version=2, field="text") == {ids[1]}


def test_only_the_rows_of_these_ids_are_deleted(cast: Cast, box: Opened) -> None:
    rows = [box.seal(Place("note", "text", uuid4()), b"text", cast.ben.ring.signer) for _ in range(3)]
    assert plain.delete(SealedValue, "id", []) == 0
    assert plain.delete(SealedValue, "id", [rows[0].id, rows[2].id, uuid4()]) == 2
    assert [each.id for each in SealedValue.objects.filter(epoch=box.epoch)] == [rows[1].id]


def test_heads_go_with_the_values_of_these_epochs_and_no_others(cast: Cast, box: Opened) -> None:
    owner, others = box.epoch.compartment.owner, set(Head.objects.values_list("owner", flat=True))
    write_head(owner, box, cast.ben.ring.signer)
    assert plain.delete_with(Head, "value_id", SealedValue, "epoch_id", []) == 0
    assert plain.delete_with(Head, "value_id", SealedValue, "epoch_id", [uuid4()]) == 0
    assert plain.delete_with(Head, "value_id", SealedValue, "epoch_id", [box.epoch.id]) == 1
    assert set(Head.objects.values_list("owner", flat=True)) == others - {owner}


@pytest.mark.django_db(transaction=True)
def test_what_is_still_referred_to_is_not_deleted(cast: Cast, box: Opened) -> None:
    with pytest.raises(IntegrityError):
        plain.delete(Compartment, "id", [box.epoch.compartment_id])
    assert EraseShare.objects.filter(epoch=box.epoch).exists()


def test_values_that_were_saved_together_open_like_any_other(cast: Cast, box: Opened) -> None:
    signer, row = cast.ben.ring.signer, uuid4()
    save_values(box.sealed(Place("note", "text", row, version), b"%d" % version, signer) for version in (2, 1))
    found = values_in([box], table="note", row=row)
    assert [box.open(each) for each in found] == [b"1", b"2"]
    assert [each.signer_id for each in found] == [cast.ben.person.pair.id] * 2
