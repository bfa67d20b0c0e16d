"""A sealed value opens at its own place only, and only with the signature of somebody who may write there."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.factories.cast import Cast
from tests.factories.intruder import Intruder, copied, overwrite
from vault import compartments, worker
from vault.envelope.aead import seal_value
from vault.errors import Forged, Unstated
from vault.models import SealedValue
from vault.opened import VALUE, Opened, _signed
from vault.places import Place
from vault.recipients import stated


def reread(value: SealedValue) -> SealedValue:
    return SealedValue.objects.select_related("signer", "epoch__compartment").get(id=value.id)


@pytest.mark.parametrize(
    "column",
    [{"table": "letter"}, {"field": "title"}, {"row": uuid4()}, {"version": 2}],
    ids=lambda each: next(iter(each)),
)
def test_a_row_moved_to_another_place_is_forged(box: Opened, note: SealedValue, column: dict[str, object]) -> None:
    overwrite(note, **column)
    with pytest.raises(Forged):
        box.open(reread(note))


def test_a_row_moved_to_another_epoch_is_forged(cast: Cast, box: Opened, note: SealedValue) -> None:
    ben = stated(cast.ben.person.pair)
    later = compartments.next_epoch(box.epoch.compartment, recipients=[ben], giver=cast.ben.ring.signer, purpose="test")
    overwrite(note, epoch=later.epoch)
    for opened in (box, later):
        with pytest.raises(Forged):
            opened.open(reread(note))


def test_a_row_copied_into_another_compartment_is_forged(cast: Cast, box: Opened, note: SealedValue) -> None:
    other = compartments.create(
        kind="box", owner=uuid4(), recipients=[stated(cast.ben.person.pair)], giver=cast.ben.ring.signer, purpose="test"
    )
    with pytest.raises(Forged):
        other.open(reread(copied(note, epoch=other.epoch)))


def test_a_changed_byte_is_forged(box: Opened, note: SealedValue) -> None:
    blob = bytes(note.blob)
    for at in (0, 7, 8, 40, 72, len(blob) - 1):
        overwrite(note, blob=blob[:at] + bytes([blob[at] ^ 1]) + blob[at + 1 :])
        with pytest.raises(Forged):
            box.open(reread(note))
    for cut in (b"", blob[:71], blob[:-1], blob + b"\0"):
        overwrite(note, blob=cut)
        with pytest.raises(Forged):
            box.open(reread(note))


def test_blob_and_signature_of_another_record_are_forged_here(cast: Cast, box: Opened, note: SealedValue) -> None:
    other = box.seal(Place("note", "text", uuid4()), b"other words", cast.ben.ring.signer)
    overwrite(note, blob=bytes(other.blob), signature=bytes(other.signature))
    with pytest.raises(Forged):
        box.open(reread(note))


def test_another_signer_in_the_column_is_forged(cast: Cast, box: Opened, note: SealedValue) -> None:
    overwrite(note, signer=cast.chloe.person.pair)
    with pytest.raises(Forged):
        box.open(reread(note))


@pytest.mark.parametrize("broken", [b"", bytes(64), bytes(10)])
def test_no_signature_or_an_empty_one_is_forged(box: Opened, note: SealedValue, broken: bytes) -> None:
    overwrite(note, signature=broken)
    with pytest.raises(Forged):
        box.open(reread(note))


def test_a_signature_of_another_domain_does_not_count(cast: Cast, box: Opened, note: SealedValue) -> None:
    context = Place(note.table, note.field, note.row).context(box.epoch)
    overwrite(note, signature=cast.ben.ring.signer.sign("grant", _signed(context, bytes(note.blob))))
    with pytest.raises(Forged):
        box.open(reread(note))


def sealed_by(author: Intruder, box: Opened) -> SealedValue:
    """What somebody who has the key of the epoch, but no statement, could write."""
    place = Place("note", "text", uuid4())
    context = place.context(box.epoch)
    blob = seal_value(box.key, b"forged", context)
    return SealedValue.objects.create(
        epoch=box.epoch, table=place.table, field=place.field, row=place.row, blob=blob, signer=author.pair,
        signature=author.signer.sign(VALUE, _signed(context, blob)),
    )  # fmt: skip


def test_an_author_without_a_statement_is_refused(box: Opened, cast: Cast) -> None:
    with pytest.raises(Unstated):
        box.open(reread(sealed_by(Intruder(), box)))


@pytest.mark.parametrize("use", ["receipt", "worker"])
def test_a_foreign_receipt_or_worker_is_refused(box: Opened, cast: Cast, use: str) -> None:
    with pytest.raises(Forged):
        box.open(reread(sealed_by(Intruder(use), box)))


@pytest.mark.parametrize("use", ["intake", "leads", "recovery", "delegate", "root"])
def test_a_key_of_another_use_writes_nothing(box: Opened, cast: Cast, use: str) -> None:
    with pytest.raises(Unstated):
        box.open(reread(sealed_by(Intruder(use), box)))


def test_a_stated_worker_writes_nothing_where_it_is_not_the_founder(box: Opened, cast: Cast) -> None:
    value = box.seal(Place("note", "text", uuid4()), b"by a machine", worker.ensure().signer)
    with pytest.raises(Forged):
        box.open(reread(value))


def test_an_organisation_key_with_a_statement_writes_nothing(box: Opened, cast: Cast) -> None:
    value = box.seal(Place("note", "text", uuid4()), b"by a key", cast.dana.ring.team("leads").signer)
    with pytest.raises(Unstated):
        box.open(reread(value))


def test_the_same_words_sealed_twice_give_unrelated_bytes(cast: Cast, box: Opened, note: SealedValue) -> None:
    again = box.seal(Place(note.table, note.field, note.row, 2), b"words", cast.ben.ring.signer)
    first, second = bytes(note.blob), bytes(again.blob)
    assert len(first) == len(second) > 1024
    assert sum(a == b for a, b in zip(first[8:], second[8:], strict=True)) < len(first) // 20


def test_texts_of_errors_hold_no_content(box: Opened, note: SealedValue) -> None:
    overwrite(note, signature=bytes(64))
    with pytest.raises(Forged) as caught:
        box.open(reread(note))
    assert str(note.id) in str(caught.value)
    assert "words" not in str(caught.value)
    assert "words" not in repr(box)
    assert box.key.hex() not in repr(box)
