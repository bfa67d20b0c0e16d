"""Reading a reference folder: strict, whole, and clear about what is wrong. No database here."""

import csv
import json
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jurisdictions.load import REFERENCE, BadFile, parse
from jurisdictions.load.conditions import reading
from jurisdictions.load.lines import line_of
from jurisdictions.load.problems import Problem, shorten


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the real folder to spoil."""
    return Path(shutil.copytree(REFERENCE, tmp_path / "reference"))


def problems(folder: Path) -> list[Problem]:
    """What parse says against the folder."""
    with pytest.raises(BadFile) as caught:
        parse(folder)
    return caught.value.problems


def edit(path: Path, change: Callable[[Any], None]) -> None:
    """Change a JSON file."""
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(json.dumps(content), encoding="utf-8")


def replace_in(path: Path, old: str, new: str) -> None:
    """Change a text file once."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_real_folder_is_read_whole():
    tables = parse()
    counts = {name: len(rows) for name, rows in tables.rows.items()}
    assert counts["State"] == 199
    assert counts["TreatyStatus"] == 199 * 5
    assert counts["NationalLaw"] == 48
    assert counts["JurisdictionBasis"] == 146
    assert counts["Declaration"] == 174 * 3


def test_the_totals_of_treaties_md_come_out_of_the_rows():
    rows = parse().of("TreatyStatus")
    totals = Counter((row["treaty"], row["status"]) for row in rows)
    assert (totals["CAT", "party"], totals["CAT", "signatory"]) == (174, 4)
    assert (totals["ROME", "party"], totals["ROME", "withdrawn"], totals["ROME", "signatory"]) == (125, 2, 29)
    assert (totals["OPCAT", "party"], totals["OPCAT", "signatory"]) == (96, 11)
    assert (totals["ICCPR_OP1", "party"], totals["ICCPR_OP1", "denounced"]) == (116, 3)
    assert totals["GENEVA", "party"] == 196
    declared = Counter((row["article"], row["value"]) for row in parse().of("Declaration"))
    assert (declared[22, "yes"], declared[20, "yes"]) == (70, 14)


def test_a_treaty_binds_thirty_days_after_the_deposit_and_not_before_it_exists():
    rows = {(row["state_id"], row["treaty"]): row for row in parse().of("TreatyStatus")}
    assert rows["BY", "CAT"]["in_force_on"] == date(1987, 6, 26)
    assert rows["LT", "CAT"]["in_force_on"] == date(1996, 3, 2)
    assert rows["PH", "ROME"]["withdrawn_on"] == date(2019, 3, 17)
    assert rows["IN", "CAT"] | {"status": "signatory", "in_force_on": None} == rows["IN", "CAT"]


def test_doubts_of_the_notes_stand_at_the_field_they_are_about():
    rows = {(row["state_id"], row["treaty"]): row for row in parse().of("TreatyStatus")}
    assert rows["HU", "ROME"]["unverified"] == ["status"]
    assert rows["HU", "CAT"]["unverified"] == []
    assert (rows["HU", "CAT"]["confidence"], rows["HU", "ROME"]["confidence"]) == ("high", "low")
    assert rows["BF", "ROME"]["unverified"] == ["withdrawn_on"]
    assert rows["XK", "GENEVA"]["unverified"] == ["status"]
    art22 = {row["state_id"]: row for row in parse().of("Declaration") if row["article"] == 22}
    assert art22["LT"]["unverified"] == ["value"]


def test_a_bare_year_is_read_as_its_first_and_last_day():
    assert reading("2024") == (date(2024, 1, 1), date(2024, 12, 31))
    assert reading("2013-01-01") == (date(2013, 1, 1), date(2013, 1, 1))
    assert reading(None) == (None, None)


def base(content: list[dict[str, Any]]) -> dict[str, Any]:
    """The first base of Germany."""
    return next(row for row in content if row["iso2"] == "DE")


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (lambda row: row.update(crime="tortures"), "crime"),
        (lambda row: row.update(in_force_from="2002-06-31"), "in_force_from"),
        (lambda row: row.update(applies_to_earlier_acts="maybe"), "applies_to_earlier_acts"),
        (lambda row: row.update(double_criminality=1), "double_criminality"),
        (lambda row: row.update(base=True), "base"),
        (lambda row: row.update(notes="x"), "notes"),
        (lambda row: row.pop("why"), "why"),
        (lambda row: row["suspect_link"].update(open="somewhere"), "suspect_link.open"),
        (lambda row: row["suspect_link"].pop("try"), "suspect_link.try"),
        (lambda row: row["extra"].append("unheard_of"), "extra[3]"),
        (lambda row: row["unverified"].append("safety"), "unverified"),
        (lambda row: row["limitation"].update(kind="years"), "limitation.years"),
        (lambda row: row["practice_belarus"].update(year=None), "practice_belarus.year"),
        (lambda row: row["victim_link"].update(when="acts"), "victim_link.when"),
        (lambda row: row.update(provision="Another"), "provision"),
        (lambda row: row.update(sources=["ftp://x"]), "sources[0]"),
        (lambda row: row.update(base=9), "base"),
        (lambda row: row.update(victim_link=None), "victim_link"),
    ],
)
def test_a_wrong_condition_names_file_key_and_value(folder, change, key):
    edit(folder / "conditions.json", lambda content: change(base(content)))
    found = problems(folder)
    assert {problem.file for problem in found} == {"conditions.json"}
    assert any(key in problem.key for problem in found)
    assert all(problem.what for problem in found)


def test_a_base_that_is_missing_or_stands_twice_is_named(folder):
    edit(folder / "conditions.json", lambda content: content.append(content.pop(0) | {}) or content.append(content[-1]))
    assert [problem.key for problem in problems(folder)] == ["[146] AM/0.base"]
    edit(folder / "conditions.json", lambda content: [content.pop(), content.pop()])
    assert "AM/0" in problems(folder)[0].key


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('"torture": "unknown"', '"torture": "ten"', "limitation.torture"),
        ('"exists": true', '"exists": "yes"', "torture_offence.exists"),
        ('"year": 2020', '"year": "2020"', "practice[0].year"),
        ('"lt"', '"Lithuanian"', "filing_languages[0]"),
        ('"last_reviewed": "2026-11-22"', '"last_reviewed": "soon"', "last_reviewed"),
        ('"confidence": "high"', '"confidence": "very high"', "confidence"),
        ('"iso2": "LT"', '"iso2": "LV"', "iso2"),
        ('"name_en": "Lithuania"', '"name_en": ""', "name_en"),
        ('"city": "Vilnius"', '"city": "Vil\\u0000nius"', "authority.city"),
    ],
)
def test_a_wrong_national_file_names_file_key_and_value(folder, old, new, key):
    replace_in(folder / "national_law" / "LT.json", old, new)
    (found,) = problems(folder)
    assert (found.file, found.key) == ("national_law/LT.json", key)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("{", "", "strict JSON"),
        ('"iso2": "LT",', '"iso2": "LT", "iso2": "LT",', "stands twice"),
        ('"year": 2020', '"year": NaN', "not a number"),
    ],
)
def test_json_that_is_not_strict_is_refused(folder, old, new, what):
    replace_in(folder / "national_law" / "LT.json", old, new)
    assert what in str(problems(folder)[0])


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("iso2,iso3", "iso,iso3", "line 1"),
        ("AD,AND", "ad,AND", "iso2"),
        ("AD,AND,Andorra,2002-08-05", "AD,AND,Andorra,2002-08-99", "cat_signed"),
        ("AD,AND,Andorra,2002-08-05", "AD,AND,Andorra,2012-08-05", "cat_date"),
        ("AD,AND,Andorra,2002-08-05,ratification", "AD,AND,Andorra,2002-08-05,none", "cat_date"),
        ("AE,ARE", "AD,ARE", "iso2"),
        ("AD,AND,Andorra", "QZ,AND,Andorra", "line 2 QZ.iso2"),
        ("AD,AND,Andorra,2002-08-05", "AD,AND,Andorra,2006-09-23", "line 2 AD.cat_date"),
        (",party,2002-07-01,,party", ",withdrawn,2002-07-01,,party", "line 2 AD.rome_withdrawal_effective"),
        ("AD,AND,Andorra", "AD,AND,Andorra,extra", "line 2"),
        ("party,2011-11-01,2019-03-17", "party,2019-03-18,2019-03-17", "rome"),
        ("withdrawn,2011-11-01,2019-03-17", "withdrawn,2011-11-01,", "rome_withdrawal_effective"),
        ("AD,AND,Andorra", 'AD,AND,"Andorra', "line"),
    ],
)
def test_a_wrong_treaty_row_names_line_column_and_value(folder, old, new, key):
    text = (folder / "treaties.csv").read_text(encoding="utf-8")
    if old not in text:
        old, new = old.replace("party", "withdrawn"), new.replace("party", "withdrawn")
    replace_in(folder / "treaties.csv", old, new)
    found = problems(folder)
    assert {problem.file for problem in found} == {"treaties.csv"}
    assert key in found[0].key


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (lambda content: content.update(focus="XX"), "focus"),
        (lambda content: content["situations"][0].update(about="ZZ"), "situations[0].about"),
        (lambda content: content["situations"][0].update(opened_on="2020-01-01"), "situations[0].opened_on"),
        (lambda content: content["situations"][0].update(acts_from=None), "situations[0].acts_from"),
        (lambda content: content["situations"].append(content["situations"][0]), "situations[1].slug"),
        (lambda content: content["crime_treaties"].append(content["crime_treaties"][0]), "crime_treaties[3].crime"),
    ],
)
def test_a_wrong_situation_names_key_and_value(folder, change, key):
    edit(folder / "situations.json", change)
    assert key in {problem.key for problem in problems(folder)}


def test_missing_and_unreadable_files_are_named(folder):
    (folder / "situations.json").unlink()
    assert problems(folder)[0].file == "situations.json"
    (folder / "treaties.csv").write_bytes(b"\xff\xfe")
    assert "UTF-8" in problems(folder)[0].what
    shutil.rmtree(folder)
    assert problems(folder)[0].file == "treaties.csv"


def test_a_folder_without_national_files_is_refused_instead_of_emptying_the_table(folder):
    shutil.rmtree(folder / "national_law")
    assert problems(folder)[0].file == "national_law"


def test_a_text_that_its_column_cannot_hold_is_refused_on_every_database(folder):
    replace_in(folder / "national_law" / "LT.json", '"city": "Vilnius"', f'"city": "{"V" * 61}"')
    replace_in(folder / "treaties.csv", ",Andorra,", f",{'A' * 81},")
    found = {(problem.file, problem.key) for problem in problems(folder)}
    assert found == {("national_law/LT.json", "LT.authority_city"), ("treaties.csv", "AD.name")}


def test_an_address_with_a_hidden_character_is_refused(folder):
    edit(folder / "conditions.json", lambda content: content[0].update(sources=["https://x.invalid/a\x00b"]))
    assert problems(folder)[0].key == "[0].sources[0]"


def test_every_problem_is_said_at_once(folder):
    edit(folder / "conditions.json", lambda content: [row.update(why="") for row in content[:3]])
    assert len(problems(folder)) == 3


def test_a_long_value_is_cut_in_the_message():
    assert len(shorten("x" * 1000)) == 60
    assert str(Problem("a.json", "", None, "is wrong")) == "a.json: file: None is wrong"


def test_nothing_of_the_files_is_dropped():
    """Each cell and value can be found again in the rows."""
    tables = parse()
    with (REFERENCE / "treaties.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert rebuilt(row["iso2"], tables.rows) == row
    for path in (REFERENCE / "national_law").glob("*.json"):
        law = json.loads(path.read_text(encoding="utf-8"))
        rows = [row for rows in tables.rows.values() for row in rows.values() if law["iso2"] in row.values()]
        kept = {str(leaf) for leaf in leaves(rows)}
        missing = [leaf for leaf in leaves(law) if isinstance(leaf, str) and leaf not in kept]
        assert missing == []


def rebuilt(iso2: str, rows: dict[str, Any]) -> dict[str, str]:
    """The line of treaties.csv, put together again."""
    state, treaty = rows["State"][iso2,], {key[1]: row for key, row in rows["TreatyStatus"].items() if key[0] == iso2}
    declared = {article: rows["Declaration"].get((iso2, article), {"value": ""})["value"] for article in (20, 21, 22)}

    def day(name: str, field: str) -> str:
        return str(treaty[name][field] or "")

    return {
        "iso2": iso2,
        "iso3": state["iso3"],
        "name_en": state["name"],
        "cat_signed": day("CAT", "signed_on"),
        "cat_action": treaty["CAT"]["action"] or "none",
        "cat_date": day("CAT", "deposited_on"),
        "cat_art20_opt_out": declared[20],
        "cat_art21": declared[21],
        "cat_art22": declared[22],
        "opcat": treaty["OPCAT"]["status"],
        "opcat_date": day("OPCAT", "deposited_on"),
        "rome_status": treaty["ROME"]["status"],
        "rome_in_force": day("ROME", "in_force_on"),
        "rome_withdrawal_effective": day("ROME", "withdrawn_on"),
        "iccpr_op1": treaty["ICCPR_OP1"]["status"],
        "geneva_conventions": "yes" if treaty["GENEVA"]["status"] == "party" else "no",
        "sources": ";".join(state["sources"]),
        "as_of": str(state["checked_on"]),
        "confidence": state["confidence"],
        "notes": state["notes"],
    }


def leaves(value: Any) -> list[Any]:
    """All values at the ends of a JSON tree."""
    if isinstance(value, dict):
        return [leaf for inner in value.values() for leaf in leaves(inner)]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in leaves(inner)]
    return [value]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('"private_prosecution": false', '"private_prosecution": "no"', "victim_role.private_prosecution"),
        ('"lt"', '"Lithuanian"', "filing_languages[0]"),
        ('"city": "Vilnius"', '"town": "Vilnius"', "authority.town"),
    ],
)
def test_a_problem_in_json_names_the_line(folder, old, new, key):
    path = folder / "national_law" / "LT.json"
    replace_in(path, old, new)
    line = path.read_text(encoding="utf-8").split(new)[0].count("\n") + 1
    found = next(problem for problem in problems(folder) if problem.key == key)
    assert found.line == line
    assert str(found).startswith(f"national_law/LT.json: line {line} {key}: ")


def test_a_key_that_is_missing_is_said_at_the_line_of_its_parent():
    text = '{"a": [1,\n {"b \\" [": "x,y"},\n {}],\n "c": null}'
    assert [line_of(text, key) for key in ("a[0]", 'a[1].b " [', "a[2].missing", "c", "d")] == [1, 2, 3, 4, 0]
    assert line_of('[\n{},\n{"base": 1}]', "[1] LT/0.base") == 3
