"""The head of an owner: a record that was put back, taken away or added does not fit the sealed list."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from tests.factories.cast import Cast
from tests.factories.intruder import copied, erase, overwrite, put_back
from vault import audit, compartments
from vault.errors import Forged
from vault.heads import check_head, write_head
from vault.models import AuditEvent, AuditLink, Head, SealedValue
from vault.opened import Opened
from vault.places import Place


def owner_of(opened: Opened) -> UUID:
    return opened.epoch.compartment.owner


def write(cast: Cast, opened: Opened, row: UUID, text: bytes, version: int = 1) -> SealedValue:
    """The next version of a record, in place of the former; then the head, as an action does it."""
    SealedValue.objects.filter(row=row).delete()
    value = opened.seal(Place("note", "text", row, version), text, cast.ben.ring.signer)
    write_head(owner_of(opened), opened, cast.ben.ring.signer)
    return value


def test_each_write_counts_one_up_and_fits(cast: Cast, box: Opened) -> None:
    row = uuid4()
    for version in (1, 2, 3):
        write(cast, box, row, b"words", version)
        assert check_head(owner_of(box), [cast.chloe.ring.open(box.epoch)]) == version
    assert SealedValue.objects.filter(table="head").count() == 1


def test_an_old_row_put_back_shows(cast: Cast, box: Opened) -> None:
    row = uuid4()
    old = write(cast, box, row, b"before")
    new = write(cast, box, row, b"after", 2)
    erase(SealedValue.objects.filter(id=new.id))
    put_back(old)
    with pytest.raises(Forged, match=r"added|missing"):
        check_head(owner_of(box), [box])


def test_an_old_ciphertext_under_the_new_id_shows(cast: Cast, box: Opened) -> None:
    row = uuid4()
    old = write(cast, box, row, b"before")
    new = write(cast, box, row, b"after", 1)
    overwrite(new, blob=bytes(old.blob), signature=bytes(old.signature))
    assert box.open(SealedValue.objects.get(id=new.id)) == b"before"  # alone it is a good record
    with pytest.raises(Forged, match="changed"):
        check_head(owner_of(box), [box])


def test_a_missing_record_shows(cast: Cast, box: Opened) -> None:
    write(cast, box, uuid4(), b"one")
    gone = box.seal(Place("note", "text", uuid4()), b"two", cast.ben.ring.signer)
    write_head(owner_of(box), box, cast.ben.ring.signer)
    erase(SealedValue.objects.filter(id=gone.id))
    with pytest.raises(Forged, match=f"{gone.id} missing"):
        check_head(owner_of(box), [box])


def test_an_added_record_shows(cast: Cast, box: Opened) -> None:
    value = write(cast, box, uuid4(), b"one")
    added = copied(value, version=7)
    with pytest.raises(Forged, match=f"{added.id} added"):
        check_head(owner_of(box), [box])


def test_a_record_in_a_further_compartment_of_the_owner_counts(cast: Cast, box: Opened) -> None:
    write(cast, box, uuid4(), b"one")
    more = compartments.create(
        kind="more", owner=owner_of(box), recipients=[], giver=cast.ben.ring.signer, purpose="test"
    )
    more.seal(Place("note", "text", uuid4()), b"two", cast.ben.ring.signer)
    with pytest.raises(Forged, match="added"):
        check_head(owner_of(box), [box])


def test_draft_and_work_are_not_in_it_but_may_have_one_of_their_own(cast: Cast, box: Opened) -> None:
    write(cast, box, uuid4(), b"one")
    work = compartments.create(
        kind="work", owner=owner_of(box), recipients=[], giver=cast.ben.ring.signer, purpose="test"
    )
    value = work.seal(Place("note", "text", uuid4()), b"two", cast.ben.ring.signer)
    own = work.epoch.compartment_id
    write_head(own, work, cast.ben.ring.signer)
    assert (check_head(owner_of(box), [box]), check_head(own, [work])) == (1, 1)
    erase(SealedValue.objects.filter(id=value.id))
    assert check_head(owner_of(box), [box]) == 1
    with pytest.raises(Forged, match="missing"):
        check_head(own, [work])


class TestRolledBack:
    """The head itself is put back."""

    @pytest.fixture
    def row(self, cast: Cast, box: Opened) -> UUID:
        row = uuid4()
        write(cast, box, row, b"before")
        return row

    def test_its_row_alone(self, cast: Cast, box: Opened, row: UUID) -> None:
        old = Head.objects.select_related("value").get(owner=owner_of(box))
        old_value = old.value
        write(cast, box, row, b"after", 2)
        put_back(old_value)
        overwrite(Head.objects.get(owner=owner_of(box)), counter=old.counter, value=old_value)
        with pytest.raises(Forged):
            check_head(owner_of(box), [box])

    def test_its_counter_alone(self, cast: Cast, box: Opened, row: UUID) -> None:
        for counter in (0, 2, 9):
            overwrite(Head.objects.get(owner=owner_of(box)), counter=counter)
            with pytest.raises(Forged, match="counter"):
                check_head(owner_of(box), [box])

    def test_it_together_with_every_record(self, cast: Cast, box: Opened, row: UUID) -> None:
        head, values = Head.objects.get(owner=owner_of(box)), list(SealedValue.objects.all())
        write(cast, box, row, b"after", 2)
        erase(Head.objects.all())
        erase(SealedValue.objects.filter(epoch=box.epoch))
        for value in values:
            put_back(value)
        put_back(head)
        with pytest.raises(Forged, match="not the newest"):
            check_head(owner_of(box), [box])

    def test_and_the_audit_events_that_knew_better(self, cast: Cast, box: Opened, row: UUID) -> None:
        from vault import worker

        signer = worker.ensure().signer
        write(cast, box, row, b"after", 2)
        audit.chain(signer)
        newest = AuditEvent.objects.filter(action="head.written").order_by("-id")[0]
        erase(AuditLink.objects.filter(event=newest))
        erase(AuditEvent.objects.filter(id=newest.id))
        assert audit.verify().fault

    def test_no_head_at_all(self, cast: Cast, box: Opened, row: UUID) -> None:
        erase(Head.objects.all())
        with pytest.raises(Forged, match="missing"):
            check_head(owner_of(box), [box])

    def test_the_head_of_another_owner(self, cast: Cast, box: Opened, row: UUID) -> None:
        other = compartments.create(
            kind="box", owner=uuid4(), recipients=[], giver=cast.ben.ring.signer, purpose="test"
        )
        write_head(owner_of(other), other, cast.ben.ring.signer)
        foreign = Head.objects.get(owner=owner_of(other)).value
        overwrite(Head.objects.get(owner=owner_of(box)), value=foreign)
        with pytest.raises(Forged):
            check_head(owner_of(box), [box, other])


def test_who_cannot_open_the_head_checks_nothing(cast: Cast, box: Opened) -> None:
    write(cast, box, uuid4(), b"one")
    with pytest.raises(Forged, match="not readable"):
        check_head(owner_of(box), [])


def test_a_write_between_two_looks_is_no_alarm(cast: Cast, box: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    from vault import heads

    row, seen = uuid4(), []
    write(cast, box, row, b"before")
    compare = heads._compare

    def interrupted(*given: object) -> None:
        if not seen:
            seen.append(1)
            write(cast, box, row, b"after", 2)
            raise Forged("a record of the other transaction")
        compare(*given)

    monkeypatch.setattr(heads, "_compare", interrupted)
    assert check_head(owner_of(box), [box]) == 2
