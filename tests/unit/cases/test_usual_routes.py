"""Each row of the decision table (dossier.md 4.2), and that it holds its tongue otherwise."""

from typing import Any

import pytest

from cases.usual_routes import ROWS, usual

BY: dict[str, Any] = {"acts": [{"country": "BY"}]}
PARTY = [{"forum": "ICC", "reasons": [{"code": "icc_border", "effect": "+"}]}]


def living(state: str, **more: Any) -> dict[str, Any]:
    return {**BY, "victim": {"residence_now": state}, **more}


def driven(state: str) -> dict[str, Any]:
    return {**BY, "displacement": {"forced": True, "crossed_into": state}}


def seen(state: str) -> dict[str, Any]:
    return {**BY, "suspects": [{"id": "P-001", "last_seen": {"country": state}}]}


@pytest.mark.parametrize(("facts", "flags", "routes", "code", "first", "second"), [
    (living("LT"), (), (), "lives_lt", "Lithuania", "International Criminal Court, if the person was driven out"),
    (living("PL"), (), (), "lives_pl", "Poland, with the number of the file", "International Criminal Court"),
    (living("CZ"), (), (), "lives_eu", "Germany or the State of residence", "International Criminal Court"),
    (seen("FR"), (), (), "suspect_seen", "that State, at once", "the State of residence"),
    (seen("CH"), (), (), "suspect_seen", "that State, at once", "the State of residence"),
    (driven("LT"), (), PARTY, "expelled", "the International Criminal Court", "Lithuania or Poland"),
    (driven("UA"), (), PARTY, "expelled_ukraine", "open situation is Lithuania/Belarus", "the State of residence"),
    (BY, ("DETAINED",), (), "detained", "Special Rapporteur on torture", "other procedures of the United Nations"),
    (BY, ("REFOULEMENT",), (), "removal", "article 22 of the Convention against Torture", ""),
    ({**BY, "flags": ["REFOULEMENT"]}, (), (), "removal", "interim measure", ""),
])  # fmt: skip
def test_each_row_applies_to_its_situation(facts, flags, routes, code, first, second):
    rows = {row.code: row for row in usual(facts, flags, routes)}
    assert set(rows) == {code}
    assert first in str(rows[code].first)
    assert second in str(rows[code].second)


@pytest.mark.parametrize("facts", [
    {}, BY, living("US"), living("LT", acts=[{"country": "RU"}]), driven("RU"),
    {**BY, "displacement": {"forced": False, "crossed_into": "LT"}}, {**BY, "displacement": {"forced": True}},
    living("CZ", suspects=[{"id": "P-001"}]), seen("RU"),
])  # fmt: skip
def test_nothing_is_said_where_no_row_applies(facts):
    assert usual(facts, ("FAMILY",), ()) == []


def test_what_cannot_wait_stands_first():
    facts = {**living("LT"), **seen("FR"), "displacement": {"forced": True, "crossed_into": "LT"}}
    codes = [row.code for row in usual(facts, ("REFOULEMENT",), PARTY)]
    assert codes == ["removal", "suspect_seen", "expelled", "lives_lt"]
    assert len({row.code for _, row in ROWS}) == len(ROWS) == 8
