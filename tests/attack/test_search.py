"""Searching, for attackers: it leaves no word behind, opens no case of others, and believes no row."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from cases import keys, records
from cases.actions.erasing import ERASED
from cases.models import Case
from cases.search import reading
from cases.search.slices import SEARCHED, Scope, Slice, step
from people import alarms
from people.models import Person
from tests.attack import sql
from tests.attack.scanner import scan_bytes
from tests.factories import cast as made
from tests.factories.cast import Cast, Member, Survivor
from tests.factories.intruder import Intruder, copied, erase, overwrite, put_back
from vault import audit
from vault.collected import Collected
from vault.heads import write_head
from vault.models import AuditEvent, Compartment, Epoch, Grant, Head, SealedValue
from vault.places import Place

pytestmark = pytest.mark.django_db
WORD, HIT = "Жывакост", "Жывакосту"
LETTER = f"Куст {HIT} стаяў ля плота."


def find(member: Member, text: str = WORD) -> Slice:
    return step(Scope(text, "safety"), by=member.person, ring=member.ring)


def hits(found: Slice) -> list[Case]:
    return [looked.case for looked in found.found]


@pytest.fixture
def letter(told: Case, amina: Survivor) -> Case:
    made.write(amina, LETTER)
    return told


@pytest.fixture
def beside(cast: Cast) -> Case:
    """Another case of Ben's, which has the word too."""
    survivor = made.first_contact()
    made.assigned(survivor, cast.ben)
    made.write(survivor, LETTER)
    return survivor.fresh()


class TestNothingStays:
    def test_not_in_a_table_a_log_a_header_or_an_address(
        self, letter: Case, ben: Member, caplog: pytest.LogCaptureFixture
    ) -> None:
        client, words = ben.browser(), [WORD, HIT, "Żyvakost"]
        caplog.set_level(logging.DEBUG)
        fields = {"place": "all", "purpose": "safety"}
        answers = [client.post(reverse("cases:search"), {"words": word, **fields}) for word in (WORD, "Żyvakost", "Жы")]
        assert [HIT in answer.content.decode() for answer in answers] == [True, True, False]
        assert scan_bytes(every_cell(), words, "tables") == []
        assert scan_bytes(every_cell(), [letter.reference], "tables")  # it does find what is there
        assert scan_bytes(caplog.text.encode(), words, "log") == []
        for answer in answers:
            head = json.dumps([*answer.headers.items(), *map(str, client.cookies.values())], ensure_ascii=False)
            assert scan_bytes(head.encode(), words, "headers") == []
            assert answer["Cache-Control"] == "no-store"
            page = answer.content.decode()
            assert WORD not in page.split("<title>")[1].split("</title>")[0]
            assert not [link for link in page.split('href="')[1:] if WORD in link.split('"')[0]]

    def test_a_search_that_arrives_locked_is_kept_sealed(self, letter: Case, ben: Member) -> None:
        client = ben.browser()
        client.post("/desk/lock/")
        answer = client.post(reverse("cases:search"), {"words": WORD, "place": "work"})
        assert answer["Location"].startswith("/desk/unlock/")
        assert scan_bytes(every_cell(), [WORD], "tables") == []

    def test_words_in_an_address_are_not_looked_at(self, letter: Case, ben: Member) -> None:
        page = ben.browser().get(reverse("cases:search"), {"words": WORD, "place": "work"}).content.decode()
        assert WORD not in page
        assert letter.reference not in page


def every_cell() -> bytes:
    """Everything that stands in the tables."""
    rows = [row for table in connection.introspection.table_names() for row in sql.ask(f'SELECT * FROM "{table}"')]
    cells = [cell for row in rows for cell in row]
    return b"\n".join(bytes(each) if isinstance(each, bytes | memoryview) else str(each).encode() for each in cells)


class TestOthers:
    def test_who_is_not_on_the_case_finds_nothing_not_even_with_its_keys(self, amina: Survivor, cast: Cast) -> None:
        made.write(amina, LETTER)  # nobody has accepted it: the intake key, which Chloe holds, opens it
        assert keys.open_whole(amina.case, keys.ACCOUNT, cast.chloe.ring)
        assert hits(find(cast.chloe)) == []
        assert hits(find(cast.dana)) == [amina.case]

    def test_a_lead_of_another_team_finds_nothing(self, letter: Case, cast: Cast) -> None:
        Case.objects.update(team="North")
        Person.objects.filter(login="dana").update(team="South")
        cast.dana.person.refresh_from_db()
        assert (find(cast.dana).total, hits(find(cast.dana))) == (0, [])

    def test_a_row_of_assignment_opens_nothing(self, letter: Case, cast: Cast) -> None:
        row = letter.assignments.get()
        copied(row, person=cast.chloe.person)
        found = find(cast.chloe)
        assert (hits(found), found.without_key) == ([], [letter])

    def test_references_that_somebody_puts_into_the_form_are_not_shown(self, letter: Case, cast: Cast) -> None:
        client = cast.chloe.browser()
        made.assigned(made.first_contact(), cast.chloe)
        fields = {"found": letter.reference, "missed": f"{letter.reference} <b>", "after": "'; DROP"}
        page = client.post(reverse("cases:search"), {"words": WORD, "place": "work", **fields}).content.decode()
        assert f"/desk/cases/{letter.reference}/" not in page
        assert "DROP" not in page


def letter_of(case: Case) -> SealedValue:
    return SealedValue.objects.get(table="message", row=case.messages.latest("number").id)


def a_changed_letter(amina: Survivor, ben: Member) -> None:
    value = letter_of(amina.case)
    blob = bytes(value.blob)
    overwrite(value, blob=blob[:-1] + bytes([blob[-1] ^ 1]))


def a_letter_taken_out(amina: Survivor, ben: Member) -> None:
    erase(SealedValue.objects.filter(id=letter_of(amina.case).id))


def a_letter_put_elsewhere(amina: Survivor, ben: Member) -> None:
    overwrite(letter_of(amina.case), row=uuid4())


def a_head_taken_out(amina: Survivor, ben: Member) -> None:
    erase(Head.objects.filter(owner=amina.case.id))


def all_of_yesterday(amina: Survivor, ben: Member) -> None:
    """The case as it was before the newest letter, head and all."""
    head = Head.objects.select_related("value").get(owner=amina.case.id)
    made.write(amina, "Яшчэ адзін ліст.")
    written = Head.objects.get(owner=amina.case.id)
    a_letter_taken_out(amina, ben)
    a_head_taken_out(amina, ben)
    erase(SealedValue.objects.filter(id=written.value_id))
    put_back(head.value)
    put_back(head)


def a_secret_of_the_thiefs_own(amina: Survivor, ben: Member) -> None:
    epoch = Epoch.objects.filter(compartment__owner=amina.case.id, compartment__kind=keys.MESSAGES).latest("number")
    erase(Grant.objects.filter(epoch=epoch, recipient=ben.person.pair))
    Intruder().gives(epoch, bytes(32), ben.person.pair)


def another_founder(amina: Survivor, ben: Member) -> None:
    overwrite(Compartment.objects.get(owner=amina.case.id, kind=keys.WORK), founder=ben.person.pair)


@pytest.mark.parametrize(
    "attack",
    [
        a_changed_letter, a_letter_taken_out, a_letter_put_elsewhere, a_head_taken_out, all_of_yesterday,
        a_secret_of_the_thiefs_own, another_founder,
    ],
)  # fmt: skip
def test_a_case_whose_rows_were_changed_is_named_and_the_search_goes_on(
    attack: Callable[[Survivor, Member], None], letter: Case, amina: Survivor, beside: Case, ben: Member
) -> None:
    attack(amina, ben)
    found = find(ben)
    assert (hits(found), found.broken) == ([beside], [letter])
    assert [alarm.code for alarm in alarms.waiting()] == ["record_broken"]


class TestWords:
    def test_a_holder_of_the_case_who_writes_sql_cannot_put_words_into_the_persons_mouth(
        self, told: Case, beside: Case, ben: Member
    ) -> None:
        """A version of the account that Ben signs, with a head that he signs too."""
        version = told.versions.latest("number")
        account = keys.open_whole(told, keys.ACCOUNT, ben.ring)
        answers = {"EPI-08": {"value": LETTER, "lang": "be"}}
        content = {"answers": answers, "number": version.number, "catalogue": version.catalogue, "language": "be"}
        records.write(account[-1], Place("statement", "planted", version.id), content, ben.ring.signer)
        messages = keys.open_whole(told, keys.MESSAGES, ben.ring)
        write_head(told.id, messages[-1], ben.ring.signer)
        found = find(ben)
        assert (hits(found), found.broken) == ([beside], [told])

    def test_a_record_whose_signature_was_taken_away_is_not_shown(
        self, letter: Case, beside: Case, ben: Member
    ) -> None:
        overwrite(letter_of(letter), signature=bytes(64))
        found = find(ben)
        assert (hits(found), found.broken) == ([beside], [letter])

    def test_a_grant_that_nobody_signed_shows_no_word(self, letter: Case, beside: Case, ben: Member) -> None:
        grants = Grant.objects.filter(epoch__compartment__owner=letter.id, recipient=ben.person.pair)
        for grant in grants.filter(epoch__compartment__kind=keys.MESSAGES):
            overwrite(grant, signature=bytes(64))
        found = find(ben)
        assert (hits(found), found.broken) == ([beside], [letter])


def test_an_erased_case_whose_rows_are_back_is_not_opened(letter: Case, beside: Case, cast: Cast) -> None:
    audit.record(ERASED, "case", letter.id, by=cast.dana.person.id)
    found = find(cast.ben)
    assert (hits(found), found.broken) == ([beside], [letter])
    assert not AuditEvent.objects.filter(action=SEARCHED, subject=letter.id).exists()


@pytest.mark.parametrize("kind", [keys.MESSAGES, keys.WORK])
def test_a_write_in_the_middle_of_a_reading_is_no_alarm(
    kind: str, letter: Case, amina: Survivor, ben: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twice a record is missing that the head lists, as it is when somebody writes between two statements."""
    collect, times = reading.collect, []

    def interrupted(*given: Any, **named: Any) -> list[Collected]:
        found = collect(*given, **named)
        if len(times) < 2:
            times.append(1)
            made.write(amina, "Пішу проста зараз.") if kind == keys.MESSAGES else made.confirmed(amina, ben)
            found[0].rooms[kind][0].records.pop()
        return found

    monkeypatch.setattr(reading, "collect", interrupted)
    found = find(ben)
    assert (hits(found), found.broken, alarms.waiting()) == ([letter], [], [])
