"""An account that was sent under an older catalogue is read by that one, beside what was added since."""

from __future__ import annotations

from typing import Any

import pytest

from cases import access, reading
from cases.flags import flags_of
from cases.statement import catalogue
from tests.factories import cast as made
from tests.factories.cast import FIRST, Cast, Member

OLDER = "2026-11"
NEW_WORDS = {"papers": {"OFF-09": {"value": ["interpol"], "lang": "be"}}}


def old_sections() -> dict[str, dict[str, Any]]:
    """An answer to every question of the older version but those of the first contact and the files."""
    shapes: dict[str, Any] = {
        "date~": {"year": 2020, "month": 8}, "place": {"town": "Мінск", "text": None}, "long": "Доўгі аповед.",
        "short": "Аміна", "choice1": "yes", "choiceN": ["lt"],
    }  # fmt: skip
    return {
        section.id: {
            each.id: {"value": shapes[each.type], "lang": "be"} for each in section.questions if each.type in shapes
        }
        for section in catalogue.at(OLDER).sections
        if section.id not in ("first", "files")
    }


def test_it_is_read_whole_by_its_own_catalogue(cast: Cast, ben: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    told = old_sections()
    with monkeypatch.context() as before:
        before.setattr(catalogue, "VERSION", OLDER)
        survivor = made.first_contact(FIRST)
        made.assigned(survivor, ben)
        made.tell(survivor, told)
    case = made.tell(survivor, NEW_WORDS)
    account = access.open_account(case, by=ben.person, ring=ben.ring, purpose="assessment")
    assert [version.catalogue for version in account.versions] == [OLDER, OLDER, catalogue.VERSION]
    sheets = reading.sheets(account)
    asked = [item.question for sheet in sheets for part in sheet.parts for item in part.items]
    for section, answers in told.items():
        for question_id in answers:
            question = catalogue.at(OLDER).section(section).questions
            assert next(each.text["en"] for each in question if each.id == question_id) in asked
    assert "Wanted through Interpol" in [flag.words for flag in flags_of(case, ben.ring)]
