"""manage.py assess_routes for invented survivors, over the real reference data: what issue 5 says it must show."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

FACTS = Path(__file__).parent / "facts"
pytestmark = pytest.mark.django_db


def assessed(name: str, tmp_path: Path, *, language: str = "en", **changes: Any) -> list[dict[str, Any]]:
    """What the command prints for a facts file of this folder, with keys changed or (None) taken out."""
    facts = json.loads((FACTS / f"{name}.json").read_text(encoding="utf-8")) | changes
    path = tmp_path / "facts.json"
    path.write_text(json.dumps({key: value for key, value in facts.items() if value is not None}), encoding="utf-8")
    out = StringIO()
    command = ["assess_routes", "--facts", str(path), "--on", "2026-11-22", "--language", language, "--json"]
    call_command(*command, stdout=out)
    found: list[dict[str, Any]] = json.loads(out.getvalue())
    return found


def place(routes: list[dict[str, Any]], forum: str) -> int:
    """Where the best route of a forum stands."""
    return next(index for index, route in enumerate(routes) if route["forum"] == forum)


def test_in_vilnius_the_lithuanian_torture_route_is_first_and_open_with_precedent_and_source(loaded, tmp_path):
    first = assessed("vilnius", tmp_path)[0]
    assert (first["forum"], first["crime"], first["verdict"]) == ("LT", "torture", "open")
    (precedent,) = [it for it in first["reasons"] if it["code"] == "practice_open_file"]
    assert (precedent["effect"], precedent["source"]) == (
        "+",
        "https://www.prokuraturos.lt/lt/pre-trial-investigation-launched-into-possible-torture-of-a-person-in-a-foreign-"
        "state/7240",
    )
    assert "Belarus has been open since 2020" in precedent["text"]
    assert [step["code"] for step in first["next_steps"]][:4] == ["join", "who", "authority", "language"]
    assert first["order_reason"].startswith("Above Poland (torture) because")


def test_without_consent_or_crime_the_same_route_is_not_open(loaded, tmp_path):
    assert assessed("vilnius", tmp_path, consents=None)[0]["verdict"] == "conditional"
    untold = {route["verdict"] for route in assessed("vilnius", tmp_path, acts=None)}
    assert untold <= {"unknown", "blocked"}


def test_in_zurich_with_a_suspect_seen_there_the_swiss_route_rises_with_an_urgent_flag(loaded, tmp_path):
    without, seen = assessed("zurich", tmp_path, suspects=None), assessed("zurich", tmp_path)
    assert place(without, "CH") > 0
    assert not any(route["flags"] for route in without)
    assert (seen[0]["forum"], seen[0]["crime"], seen[0]["verdict"]) == ("CH", "crimes_against_humanity", "conditional")
    assert seen[0]["flags"] == ["SUSPECT_ABROAD"]
    (urgent,) = [it for it in seen[0]["cautions"] if it["code"] == "SUSPECT_ABROAD"]
    assert urgent["text"].startswith("Urgent: P-001 was seen in Switzerland (15 November 2026).")
    assert {route["forum"] for route in seen if route["flags"]} == {"CH"}


def test_in_zurich_an_old_report_rises_too_and_never_above_an_open_route(loaded, tmp_path):
    seen = {"country": "CH", "date": "2026-05-01", "certainty": "reported"}
    suspects = [{"id": "P-001", "office": "other", "nationality": "BY", "last_seen": seen}]
    without, found = assessed("zurich", tmp_path, suspects=None), assessed("zurich", tmp_path, suspects=suspects)
    assert place(found, "CH") < place(without, "CH")
    assert found[place(found, "CH")]["flags"] == ["SUSPECT_ABROAD"]


def test_forced_into_lithuania_the_court_is_open_and_forced_into_russia_it_is_not(loaded, tmp_path):
    def court(name: str, **changes: Any) -> dict[str, Any]:
        routes = assessed(name, tmp_path, **changes)
        return routes[place(routes, "ICC")]

    opened, closed = court("forced_into_lithuania"), court("forced_into_russia")
    assert (opened["verdict"], opened["crime"]) == ("open", "deportation_persecution")
    assert {"icc_forced", "icc_in_period", "icc_border"} <= {reason["code"] for reason in opened["reasons"]}
    assert (closed["verdict"], closed["reasons"][0]["code"]) == ("blocked", "icc_border_no_party")
    by_choice = {"forced": False, "crossed_into": "LT", "date": "2021-02-03"}
    assert court("forced_into_lithuania", displacement=by_choice)["verdict"] == "blocked"


@pytest.mark.parametrize(("language", "said"), [("ru", "открыто с 2020 года"), ("be", "адкрыта з 2020 года")])
def test_reasons_are_said_in_the_language_that_is_asked_for(loaded, tmp_path, language, said):
    first = assessed("vilnius", tmp_path, language=language)[0]
    assert said in next(it["text"] for it in first["reasons"] if it["code"] == "practice_open_file")
