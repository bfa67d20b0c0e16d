"""Every marked point blocks until a lawyer clears it by name, and is open again as soon as a word or value changes."""

from dataclasses import replace

import pytest

from cases.dossier.build import build
from cases.dossier.errors import BadInput
from cases.dossier.inputs import Cleared
from cases.dossier.points import all_points, open_in, open_points
from cases.dossier.variant import Variant, find
from tests.factories.dossier import ROUTE, make_input

DAY = "2026-11-28"


def clearing(point, because="Read in the official text of today."):
    return Cleared(point.key, point.digest, "Adv. R. Example", DAY, because)


def paras(document):
    return [para for section in document.sections for group in section.groups for para in group.paras]


@pytest.mark.parametrize("code", ["DE", "ICC", "LT", "PL", "UJ-EN"])
def test_each_verify_note_and_each_weak_datum_is_a_point(code):
    v = find(code)
    keys = [point.key for point in all_points(v, ROUTE)]
    verify = [f"law:{entry['id']}" for entries in v.table("law").values() for entry in entries if entry.get("verify")]
    assert keys[0] == "template"
    assert set(keys) >= {*verify, "reason:presence_none", "field:limitation"}
    assert "reason:practice_open_file" not in keys
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("code", ["DE", "ICC", "LT", "PL"])
def test_law_that_was_not_read_in_a_source_is_marked_in_print(code):
    v, document = find(code), build(make_input(variant=code))
    word = v.say("source.unverified")
    marked = {para.text for para in paras(document) if para.mark == word}
    for entries in v.table("law").values():
        for entry in entries:
            if "when" not in entry and "{" not in entry["text"]:
                assert (entry["text"] in marked) == bool(entry.get("verify")), entry["id"]


@pytest.mark.parametrize("code", ["DE", "ICC", "LT", "PL", "UJ-EN"])
def test_what_is_cleared_prints_without_the_mark_and_with_the_name_in_the_note(code):
    data = make_input(variant=code)
    cleared = replace(data, cleared=tuple(clearing(point) for point in open_in(data)))
    assert open_in(data)
    assert open_in(cleared) == ()
    before, after = build(data), build(cleared)
    assert any(para.mark for para in paras(before))
    assert not any(para.mark for para in paras(after))
    assert find(code).say("colophon.review") in before.colophon
    assert find(code).say("colophon.review") not in after.colophon
    groups = {group.title: group.paras for group in after.note.groups}
    assert not any(title.startswith("Open points") for title in groups)
    said = {para.text for para in groups["Cleared"]}
    assert said == {"Cleared by Adv. R. Example on 28 November 2026, because: Read in the official text of today."}
    assert len(groups["Cleared"]) == len(open_in(data))


def test_one_clearing_clears_one_point():
    data = make_input(variant="LT")
    first, *others = open_in(data)
    assert open_in(replace(data, cleared=(clearing(first),))) == tuple(others)


def test_another_provision_needs_a_new_clearing():
    v = find("UJ-EN")
    done = [clearing(point) for point in all_points(v, ROUTE)]
    assert open_points(v, ROUTE, done) == ()
    changed = {**ROUTE, "provision": "Criminal Code, art. 7(2)"}
    assert {point.key for point in open_points(v, changed, done)} == {"reason:presence_none", "field:limitation"}


@pytest.mark.parametrize(
    ("change", "moved"),
    [
        ({"text": "Else."}, {"reason:presence_none"}),
        ({"source": "https://other.example"}, {"reason:presence_none", "field:limitation"}),
        ({"confidence": "unknown"}, {"reason:presence_none", "field:limitation"}),
    ],
)
def test_another_reason_needs_a_new_clearing(change, moved):
    v = find("UJ-EN")
    done = [clearing(point) for point in all_points(v, ROUTE)]
    reasons = [{**each, **change} if each["code"] == "presence_none" else each for each in ROUTE["reasons"]]
    assert {point.key for point in open_points(v, {**ROUTE, "reasons": reasons}, done)} == moved


def test_a_field_is_open_again_when_the_law_moves_what_the_route_says():
    v = find("UJ-EN")
    done = [clearing(point) for point in all_points(v, ROUTE)]
    gone = [each for each in ROUTE["reasons"] if each["code"] != "trial_presence"]
    assert [point.key for point in open_points(v, {**ROUTE, "reasons": gone}, done)] == ["field:limitation"]
    other = {**ROUTE, "deadline": {"date": None, "kind": "10 years"}}
    assert [point.key for point in open_points(v, other, done)] == ["field:limitation"]


def test_another_text_of_the_variant_needs_a_new_clearing():
    v = find("LT")
    done = [clearing(point) for point in all_points(v, ROUTE)]
    law = {**v.texts["law"], "protection": [{**v.texts["law"]["protection"][0], "text": "Kita."}]}
    changed = Variant({**v.texts, "law": law})
    assert {point.key for point in open_points(changed, ROUTE, done)} == {"template", "law:lt-protection"}


def test_a_clearing_of_one_variant_says_nothing_of_another():
    done = [clearing(point) for point in all_points(find("LT"), ROUTE)]
    assert open_points(find("PL"), ROUTE, done) == all_points(find("PL"), ROUTE)


def test_a_public_finding_that_counsel_has_not_read_is_a_point():
    data = make_input()
    found = [point for point in open_in(data) if point.key.startswith("fact:")]
    assert [point.source for point in found] == ["O-001", "O-002", "O-003"]
    assert {point.why for point in found} == {"counsel to read the original"}


@pytest.mark.parametrize("change", [{"digest": "x"}, {"on": "soon"}, {"by": " "}, {"because": ""}])
def test_a_clearing_without_name_day_reason_or_digest_is_none(change):
    values = {"key": "template", "digest": "0" * 64, "by": "A", "on": DAY, "because": "why", **change}
    with pytest.raises(BadInput, match="cleared"):
        Cleared(**values)
