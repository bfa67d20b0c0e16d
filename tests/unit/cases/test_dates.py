"""The calendar file: RFC 5545 by hand."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from cases.dates import Date, calendar
from cases.models import Case, Proposal


def one(title: str, **more: str) -> str:
    proposal = Proposal(id=uuid4(), case=Case(reference="AB-CDEF"))
    return calendar([Date(proposal, "x", date(2027, 2, 28), "words", title, **more)]).decode()


def test_a_whole_day_ends_on_the_next() -> None:
    file = one("Call")
    assert "DTSTART;VALUE=DATE:20270228\r\nDTEND;VALUE=DATE:20270301\r\n" in file
    assert "words" not in file
    assert file.endswith("END:VCALENDAR\r\n")


def test_lines_are_folded_between_letters_and_signs_escaped() -> None:
    file = one("Размова; " * 20)
    assert max(len(line.encode()) for line in file.split("\r\n")) <= 75
    unfolded = file.replace("\r\n ", "")
    assert "AB-CDEF Размова\\; Размова" in unfolded
