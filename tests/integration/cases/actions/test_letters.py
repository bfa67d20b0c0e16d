"""Letters: sealed for both sides, signed by one; whose letter it is follows from the signature."""

from __future__ import annotations

from typing import Any

import pytest

from cases import keys, records
from cases.actions.letters import mark_read, read_letters, write_from_survivor, write_from_team
from cases.errors import Refused
from cases.models import Case, Message
from tests.factories.cast import Cast, Member, Survivor, assigned, first_contact
from tests.factories.intruder import Intruder, erase, overwrite, put_back
from tests.factories.kept import kept
from tests.factories.together import together
from vault.errors import Forged, NoGrant, Unstated, VaultError
from vault.heads import write_head
from vault.models import AuditEvent, Compartment, Epoch, Grant, Head, KeyPair, SealedValue
from vault.places import Place


@pytest.fixture
def case(amina: Survivor, ben: Member) -> Case:
    """Ben answers Amina, and she answers him."""

    def correspond() -> Case:
        assigned(amina, ben)
        reply(amina, ben, "Прывітанне")
        write(amina, "Дзякуй")
        return amina.fresh()

    return kept("two letters", correspond)


def reply(survivor: Survivor, member: Member, text: str) -> Message:
    return write_from_team(case=survivor.fresh(), by=member.person, ring=member.ring, text=text, language="be")


def write(survivor: Survivor, text: str) -> Message:
    return write_from_survivor(case=survivor.fresh(), receipt=survivor.ring, text=text, language="be")


def texts(case: Case, ring: Any) -> list[tuple[str, str]]:
    return [(letter.side, letter.text) for letter in read_letters(case, ring)]


def text_of(number: int) -> SealedValue:
    return SealedValue.objects.get(table="message", row=Message.objects.get(number=number).id)


BOTH = [("team", "Прывітанне"), ("survivor", "Дзякуй")]


def test_both_sides_read_both_letters_in_order(cast: Cast, case: Case, amina: Survivor) -> None:
    for ring in (amina.ring, cast.ben.ring, cast.dana.ring):
        assert texts(case, ring) == BOTH


def test_the_first_reply_stops_the_clock_and_a_letter_is_news(case: Case, amina: Survivor) -> None:
    assert (case.status, case.answer_by, case.answer_day) == (Case.Status.ACKNOWLEDGED, None, None)
    assert case.has_news
    write_from_survivor(case=case, receipt=amina.ring, text="і яшчэ", language="be")
    assert Case.objects.get(id=case.id).has_news


def test_whoever_does_not_work_on_it_writes_nothing(cast: Cast, case: Case) -> None:
    for member in (cast.chloe, cast.lena):
        with pytest.raises(Refused):
            write_from_team(case=case, by=member.person, ring=member.ring, text="x", language="be")
    assert Message.objects.count() == 2


def test_another_receipt_reads_and_writes_nothing(case: Case, ben: Member) -> None:
    other = first_contact()
    with pytest.raises(NoGrant):
        read_letters(case, other.ring)
    for ring in (other.ring, ben.ring):
        with pytest.raises(Forged):
            write_from_survivor(case=case, receipt=ring, text="x", language="be")
        with pytest.raises(Forged):
            mark_read(case, ring)


def test_reading_is_marked_once_and_without_an_hour(case: Case, amina: Survivor) -> None:
    for _ in range(2):
        mark_read(case, amina.ring)
    (event,) = AuditEvent.objects.filter(action="letters.read")
    assert (event.at, event.actor) == (None, None)
    assert [letter.is_read for letter in read_letters(case, amina.ring)] == [True, False]


@pytest.mark.django_db(transaction=True)
def test_two_letters_at_the_same_moment_are_two(amina: Survivor, ben: Member) -> None:
    assigned(amina, ben)
    ring = ben.ring
    results = together(
        lambda: write(amina, "адзін"),
        lambda: write_from_team(case=amina.fresh(), by=ben.person, ring=ring, text="два", language="be"),
    )
    assert [type(each) for each in results] == [Message, Message]
    found = read_letters(amina.fresh(), amina.ring)
    assert sorted(letter.text for letter in found) == ["адзін", "два"]
    assert [letter.number for letter in found] == [1, 2]


def test_a_letter_that_comes_while_letters_are_read_is_no_alarm(
    case: Case, amina: Survivor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cases.actions import letters

    check, seen = letters.check_head, []

    def interrupted(*given: Any) -> int:
        counter = check(*given)
        if not seen:
            seen.append(counter)
            write(amina, "новае")
            raise Forged("the records of another moment")
        return counter

    monkeypatch.setattr(letters, "check_head", interrupted)
    assert [letter.text for letter in read_letters(case, amina.ring)][-1] == "новае"


class TestForged:
    """A column, a row or a record was changed."""

    @pytest.mark.parametrize("number", [1, 2])
    def test_the_side_in_the_column(self, case: Case, amina: Survivor, number: int) -> None:
        row = Message.objects.get(number=number)
        overwrite(row, side="team" if row.side == "survivor" else "survivor")
        with pytest.raises(Forged):
            read_letters(case, amina.ring)

    def test_the_order(self, case: Case, amina: Survivor) -> None:
        first, second = Message.objects.get(number=1), Message.objects.get(number=2)
        for row, number in ((first, 9), (second, 1), (first, 2)):
            overwrite(row, number=number)
        with pytest.raises(Forged):
            read_letters(case, amina.ring)

    def test_a_letter_whose_row_is_gone(self, case: Case, amina: Survivor, ben: Member) -> None:
        erase(Message.objects.filter(number=1))
        for ring in (amina.ring, ben.ring):
            with pytest.raises(Forged):
                read_letters(case, ring)

    def test_a_letter_whose_record_is_gone(self, case: Case, amina: Survivor) -> None:
        erase(SealedValue.objects.filter(id=text_of(1).id))
        with pytest.raises(Forged):
            read_letters(case, amina.ring)

    def test_a_letter_that_is_gone_with_row_and_record(self, case: Case, amina: Survivor) -> None:
        value = text_of(2)
        erase(Message.objects.filter(number=2))
        erase(SealedValue.objects.filter(id=value.id))
        with pytest.raises(Forged):
            read_letters(case, amina.ring)
        with pytest.raises(Forged):
            write(amina, "далей")

    def test_a_row_without_a_record(self, case: Case, amina: Survivor) -> None:
        Message.objects.create(case=case, side="team", number=3)
        with pytest.raises(Forged):
            read_letters(case, amina.ring)

    def test_two_records_that_changed_places(self, case: Case, amina: Survivor) -> None:
        one, two = text_of(1), text_of(2)
        spare = two.row
        for value, row in ((two, case.id), (one, spare), (two, one.row)):
            overwrite(value, row=row)
        with pytest.raises(Forged):
            read_letters(case, amina.ring)

    def test_the_letter_of_another_case(self, case: Case, amina: Survivor, ben: Member) -> None:
        other = first_contact()
        assigned(other, ben)
        mine = text_of(1)
        foreign = SealedValue.objects.get(table="message", row=reply(other, ben, "чужое").id)
        overwrite(mine, blob=bytes(foreign.blob), signature=bytes(foreign.signature))
        with pytest.raises(Forged):
            read_letters(case, amina.ring)

    def test_a_receipt_row_that_calls_itself_a_person(self, case: Case, amina: Survivor, ben: Member) -> None:
        overwrite(case.receipt, use="person")
        with pytest.raises(VaultError):
            read_letters(Case.objects.get(id=case.id), ben.ring)

    def test_a_persons_row_that_calls_itself_a_receipt(self, case: Case, amina: Survivor, ben: Member) -> None:
        overwrite(ben.person.pair, use="receipt")
        with pytest.raises(Forged):
            read_letters(case, amina.ring)

    def test_a_member_does_not_write_in_the_survivors_name(self, case: Case, amina: Survivor, ben: Member) -> None:
        """Even with the keys of the compartment and a head that lists the letter."""
        opened = keys.open_latest(case, keys.MESSAGES, ben.ring)
        message = Message.objects.create(case=case, side="survivor", number=3)
        content = {"text": "я згодная", "lang": "be", "side": "survivor", "number": 3, "at": "2026-11-01T00:00"}
        records.write(opened, Place("message", "text", message.id), content, ben.ring.signer)
        write_head(case.id, opened, ben.ring.signer)
        with pytest.raises(Forged):
            read_letters(case, amina.ring)

    def test_everything_put_back_to_yesterday(self, case: Case, amina: Survivor) -> None:
        head, values = (
            Head.objects.get(owner=case.id),
            list(SealedValue.objects.filter(epoch__compartment__kind="messages")),
        )
        message = write(amina, "новае")
        erase(Head.objects.filter(owner=case.id))
        erase(SealedValue.objects.filter(epoch__compartment__kind="messages"))
        erase(Message.objects.filter(id=message.id))
        for row in (*values, head):
            put_back(row)
        with pytest.raises(Forged):
            read_letters(case, amina.ring)


class TestIntruder:
    """An intruder lays out keys of their own, so that the next letter is sealed to them."""

    @pytest.fixture
    def answered(self, amina: Survivor, ben: Member) -> Case:
        """The last hand in this case is a member's; nothing that the receipt signed needs to be opened."""
        assigned(amina, ben)
        reply(amina, ben, "Прывітанне")
        return amina.fresh()

    def planted(self, case: Case, *readers: KeyPair) -> tuple[Intruder, Epoch]:
        intruder = Intruder("receipt")
        compartment = Compartment.objects.get(kind="messages", owner=case.id)
        overwrite(compartment, founder=intruder.pair)
        compartment.refresh_from_db()
        return intruder, intruder.opens_epoch(compartment, *readers).epoch

    def test_a_further_epoch_takes_no_letter(self, answered: Case, amina: Survivor, ben: Member) -> None:
        _, epoch = self.planted(answered, ben.person.pair, answered.receipt)
        for act in (lambda: reply(amina, ben, "тайна"), lambda: write(amina, "тайна")):
            with pytest.raises(Forged):
                act()
        assert not SealedValue.objects.filter(epoch=epoch).exists()

    def test_not_even_when_the_case_names_the_intruder_as_its_receipt(
        self, answered: Case, amina: Survivor, ben: Member
    ) -> None:
        intruder, epoch = self.planted(answered, ben.person.pair)
        overwrite(answered, receipt=intruder.pair)
        with pytest.raises(Forged):
            reply(amina, ben, "тайна")
        assert not SealedValue.objects.filter(epoch=epoch).exists()

    def test_nor_when_the_receipts_own_sign_half_is_replaced(
        self, answered: Case, amina: Survivor, ben: Member
    ) -> None:
        intruder = Intruder()
        epoch = intruder.opens_epoch(Compartment.objects.get(kind="messages", owner=answered.id), ben.person.pair).epoch
        Grant.objects.filter(epoch=epoch).update(giver=answered.receipt)
        overwrite(answered.receipt, sign_public=bytes(intruder.pair.sign_public))
        with pytest.raises((Forged, Unstated)):
            reply(amina, ben, "тайна")
        assert not SealedValue.objects.filter(epoch=epoch).exists()

    def test_a_grant_of_the_newest_epoch_taken_away_stops_the_pen(
        self, answered: Case, amina: Survivor, ben: Member
    ) -> None:
        erase(Grant.objects.filter(epoch__compartment__kind="messages"))
        with pytest.raises(NoGrant):
            reply(amina, ben, "тайна")
