"""What answers raise, from the sending to the desk: sealed, seen by whoever holds the case, out of the code's reach."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from cases import keys, records
from cases.flags import UNREADABLE, flags_of, marks_of
from cases.models import Case
from cases.raising import FIELD
from tests.factories import cast as made
from tests.factories.cast import FIRST, Cast, Member, Survivor
from vault.errors import NoGrant
from vault.models import AuditEvent, SealedValue

CALM = {**FIRST, "SAF-04": {"value": ["none"], "lang": "be"}}
INTERPOL = {"papers": {"OFF-09": {"value": ["interpol"], "lang": "be"}}}
DANGER = {"status": {"IMM-04": {"value": "yes", "lang": "be"}}, "you": {"ELG-05": {"value": "now_under18"}}}
WORDS = {"people-1": {"PRP-12": {"value": "Жыве ў Варшаве, Маркер 4711", "lang": "be"}}}


@pytest.fixture
def calm(cast: Cast) -> Survivor:
    return made.first_contact(CALM)


def words(flags: list[Any]) -> list[str]:
    return [flag.words for flag in flags]


def test_an_addition_is_seen_at_once_and_the_level_rises(calm: Survivor, cast: Cast) -> None:
    assert calm.fresh().level == Case.Level.P2
    case = made.tell(calm, INTERPOL)
    assert words(flags_of(case, cast.dana.ring)) == ["Wanted through Interpol"]
    assert (case.level, case.status) == (Case.Level.P1, Case.Status.STATEMENT_RECEIVED)
    assert case.answer_by is not None
    assert case.answer_by.hour % 4 == case.answer_by.minute == 0


def test_it_never_falls_by_itself(calm: Survivor, cast: Cast) -> None:
    made.tell(calm, INTERPOL)
    case = made.tell(calm, {"wishes": {"WSH-04": {"value": "yes", "lang": "be"}}})
    assert case.level == Case.Level.P1
    assert words(flags_of(case, cast.dana.ring)) == ["Wanted through Interpol", "Family at risk"]


def test_a_later_deadline_does_not_push_an_earlier_one_away(calm: Survivor) -> None:
    urgent = made.first_contact({**FIRST, "SAF-04": {"value": ["danger_now"], "lang": "be"}})
    before = urgent.fresh().answer_by
    assert made.tell(urgent, INTERPOL).answer_by == before
    assert urgent.fresh().level == Case.Level.P0


def test_danger_puts_the_case_on_hold(calm: Survivor) -> None:
    case = made.tell(calm, DANGER)
    assert (case.level, case.status) == (Case.Level.P0, Case.Status.SAFETY_HOLD)


@pytest.mark.parametrize("where", ["belarus", "russia"])
def test_somebody_in_belarus_or_russia_is_held_without_being_called_urgent(calm: Survivor, where: str) -> None:
    case = made.tell(calm, {"safety": {"SAF-02": {"value": where, "lang": "be"}}})
    assert (case.level, case.status) == (Case.Level.P2, Case.Status.SAFETY_HOLD)
    home = made.first_contact({**CALM, "ELG-02": {"value": "BY", "lang": "be"}}).fresh()
    assert (home.level, home.status) == (Case.Level.P2, Case.Status.SAFETY_HOLD)


def test_the_code_cannot_read_what_it_has_raised(calm: Survivor) -> None:
    case = made.tell(calm, INTERPOL)
    value = SealedValue.objects.get(table="case", field=FIELD)
    assert value.epoch.compartment.kind == keys.ACCOUNT
    with pytest.raises(NoGrant):
        keys.open_latest(case, keys.ACCOUNT, calm.ring)
    assert marks_of(case, calm.ring).flags == []


def test_that_there_is_a_record_says_nothing(calm: Survivor) -> None:
    quiet = made.tell(calm, {"you": {"LNG-04": {"value": "Аміна", "lang": "be"}}})
    loud = made.tell(made.first_contact(CALM), INTERPOL)
    sizes = {len(bytes(value.blob)) for value in SealedValue.objects.filter(table="case", field=FIELD)}
    assert {value.row for value in SealedValue.objects.filter(table="case", field=FIELD)} == {quiet.id, loud.id}
    assert len(sizes) == 1


def test_only_codes_are_kept_and_no_log_or_column_knows_them(
    calm: Survivor, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    case = made.tell(calm, WORDS)
    account = keys.open_whole(case, keys.ACCOUNT, cast.dana.ring)
    assert [content for _value, content in records.read_all(account, "case", case.id, FIELD)] == [
        {"flags": ["SUSPECT_ABROAD"], "ways": []}
    ]
    assert "SUSPECT" not in caplog.text + str(list(AuditEvent.objects.values())) + str(Case.objects.values())


def test_one_that_was_taken_out_shows_on_the_page_of_the_case(calm: Survivor, cast: Cast) -> None:
    case = made.tell(calm, INTERPOL)
    SealedValue.objects.filter(table="case", field=FIELD).delete()
    assert marks_of(case, cast.dana.ring).flags == [UNREADABLE]


def test_one_that_was_changed_shows_in_the_queue(calm: Survivor, cast: Cast) -> None:
    case = made.tell(calm, INTERPOL)
    value = SealedValue.objects.get(table="case", field=FIELD)
    value.blob = bytes(value.blob)[:-1] + bytes([bytes(value.blob)[-1] ^ 1])
    value.save()
    assert flags_of(case, cast.dana.ring) == [UNREADABLE]


def test_nobody_without_a_grant_sees_them(calm: Survivor, cast: Cast) -> None:
    case = made.tell(calm, INTERPOL)
    assert marks_of(case, cast.lena.ring).flags == flags_of(case, cast.lena.ring) == []


def test_whoever_is_given_the_case_sees_what_was_raised_before(calm: Survivor, ben: Member, dana: Member) -> None:
    made.tell(calm, INTERPOL)
    case = made.given(calm, ben, dana)
    assert words(marks_of(case, ben.ring).flags) == ["Wanted through Interpol"]


def test_the_queue_and_the_case_show_flags_and_ways(cast: Cast, ben: Member) -> None:
    witness = made.first_contact({**CALM, "ELG-01": {"value": "KZ", "lang": "be"}})
    made.assigned(witness, ben)
    case = made.tell(witness, {"safety": {"SAF-03": {"value": "witness", "lang": "be"}}, **INTERPOL})
    client: Client = ben.browser()
    assert "Wanted through Interpol" in client.get("/desk/").content.decode()
    shown = client.get(f"/desk/cases/{case.reference}/").content.decode()
    for text in ("Wanted through Interpol", "A way of its own", "A witness, it happened to others", "outside Belarus"):
        assert text in shown


def test_a_record_of_before_there_were_ways_is_read(calm: Survivor, ben: Member) -> None:
    case = made.assigned(calm, ben)
    from cases import work

    work.write(case, ben.ring, "case", "flags", case.id, ["SUICIDE"])
    assert words(marks_of(case, ben.ring).flags) == ["Suicidal thoughts"]
