"""Numbers to call in the table: what a newer file changes, what a lead's word keeps, and what is not ours to show."""

from __future__ import annotations

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from intake import crisis, numbers
from intake.models import CrisisNumber

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)


@pytest.fixture
def file(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The entries of a file that a test may change; they are in the table."""
    entries = [dict(entry) for entry in crisis.entries()]
    monkeypatch.setattr(crisis, "entries", lambda: tuple(entries))
    assert numbers.load() == numbers.Loaded(len(entries), 0, 0, [])
    return entries


def row(entry: dict[str, Any]) -> CrisisNumber:
    """The row of an entry."""
    return next(each for each in CrisisNumber.objects.all() if numbers.identity(each.seeded) == numbers.identity(entry))


def edited(entry: dict[str, Any], **given: Any) -> CrisisNumber:
    """The row of an entry, changed as the admin changes it."""
    found = row(entry)
    for name, value in given.items():
        setattr(found, name, value)
    found.save()
    return found


def test_an_untouched_table_says_what_the_file_says_and_costs_one_query(
    file: list[dict[str, Any]], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        assert numbers.current() == crisis.resources()
    assert numbers.load() == numbers.Loaded(0, 0, 0, [])


def test_a_newer_file_changes_what_nobody_edited_and_takes_away_what_it_lost(file: list[dict[str, Any]]) -> None:
    file[3]["checked_on"], gone = "2026-11-24", file.pop(5)
    done = numbers.load()
    assert (done.added, done.gone, done.kept) == (0, 1, [])
    assert done.changed == len(file) - 4  # the changed one, and those that moved up
    assert row(file[3]).checked_on == DAY
    assert gone["number"] not in {each.number for each in numbers.current() if each.country == gone["country"]}


def test_what_a_lead_edited_stays_and_is_named_when_the_file_says_otherwise(file: list[dict[str, Any]]) -> None:
    edited(file[3], hours=file[3]["hours"] | {"en": "Mornings"})
    edited(file[7], confidence=crisis.UNVERIFIED)
    assert numbers.load().kept == []
    file[3]["checked_on"] = "2026-11-24"
    lost = file.pop(7)
    out = StringIO()
    call_command("load_crisis", stdout=out)
    assert out.getvalue().count("the file says otherwise") == 2
    assert f"{lost['country']} {lost['number']}" in out.getvalue()
    assert row(file[3]).hours["en"] == "Mornings"
    assert numbers.current()[3].hours["en"] == "Mornings"


def test_rows_that_another_hand_wrote_are_the_files_again(file: list[dict[str, Any]]) -> None:
    edited(file[3], number="8 999 1111")
    assert numbers.current()[3].number == "8 999 1111"
    for change in ("number = '666'", "confidence = 'high'", "checked_on = '2030-01-01'", "place = 0", "proof = ''"):
        CrisisNumber.objects.all().delete()
        numbers.load()
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE intake_crisisnumber SET {change}")
        assert numbers.current() == crisis.resources(), change
    assert len(numbers.load().kept) == len(file)
    assert numbers.current() == crisis.resources()
    assert len(numbers.foreign()) == len(file)


def test_the_command_names_rows_of_another_hand(file: list[dict[str, Any]]) -> None:
    CrisisNumber.objects.filter(id=row(file[0]).id).update(number="113")
    out = StringIO()
    call_command("crisis_resources", stdout=out)
    assert "not written by this program, not shown: EU 113" in out.getvalue()


def test_another_secret_of_the_server_shows_the_file(file: list[dict[str, Any]], settings: Any) -> None:
    edited(file[3], number="8 999 1111")
    settings.SECRET_KEY = "another"
    assert numbers.current() == crisis.resources()
