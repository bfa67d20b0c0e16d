"""The map of tiles says the same as the table and as the files."""

import csv
import re
from html import unescape

import pytest
from django.urls import reverse

from jurisdictions.load import REFERENCE
from jurisdictions.models import State
from jurisdictions.pages.tiles import EMPTY, layout
from tests.integration.jurisdictions.showing import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.shown]
TILE = re.compile(r'<a href="/desk/states/(..)/" class="tile (\w+)" aria-label="([^"]*)"')
ROW = re.compile(r'<th scope="row"><a href="/desk/states/(..)/">.*?</tr>', re.S)
STATUS = {"party": "party", "signatory": "signed only", "none": "not a party", "withdrawn": "withdrawn"}


def tiles(show: str) -> dict[str, tuple[str, str]]:
    """Shape and words of each tile, by code."""
    found = TILE.findall(page(f"{reverse('jurisdictions:map')}?show={show}"))
    assert len(found) == len({code for code, _, _ in found}) == 199
    return {code: (shape, unescape(label).rpartition(": ")[2]) for code, shape, label in found}


def test_every_state_has_one_place() -> None:
    placed = [code for _, rows in layout() for row in rows for code in row if code != EMPTY]
    with (REFERENCE / "treaties.csv").open(encoding="utf-8", newline="") as file:
        assert sorted(placed) == sorted(row["iso2"] for row in csv.DictReader(file))
    assert max(len(row) for _, rows in layout() for row in rows) <= 10


def test_tiles_of_treaties_are_those_of_the_file(loaded):
    cat, rome = tiles("cat"), tiles("rome")
    with (REFERENCE / "treaties.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            said = "party" if row["cat_action"] != "none" else "signed only" if row["cat_signed"] else "not a party"
            assert cat[row["iso2"]][1].removesuffix(", unverified") == said, row["iso2"]
            assert rome[row["iso2"]][1].removesuffix(", unverified") == STATUS[row["rome_status"]], row["iso2"]
    assert rome["HU"][1] == "party, unverified"


def test_the_tiles_of_the_law_are_those_of_the_table(loaded):
    drawn = tiles("law")
    rows = {match[1]: match[0] for match in ROW.finditer(page(reverse("jurisdictions:states")))}
    assert len(rows) == 199
    for code, row in rows.items():
        verdict = re.search(r'class="verdict (\w+)"', row)
        said = verdict[1] if verdict else "no national law described"
        assert drawn[code][1].removesuffix(", unverified") == said, code
        doubted = re.search(r'data-label="Acts abroad".*?</td>', row, re.S)
        assert doubted
        assert ("tag-unverified" in doubted[0]) == drawn[code][1].endswith(", unverified"), code


@pytest.mark.parametrize("show", ["law", "cat", "opcat", "rome"])
def test_each_value_has_a_shape_of_its_own_and_the_list_in_words_says_the_same(loaded, show):
    text = page(f"{reverse('jurisdictions:map')}?show={show}")
    found = {label.rpartition(": ")[2].removesuffix(", unverified"): shape for _, shape, label in TILE.findall(text)}
    assert len(set(found.values())) == len(found) > 1
    below = text[text.index("The same in words") :]
    assert below.count('<a href="/desk/states/') == 199
    for value in found:
        number = sum(said.removesuffix(", unverified") == value for _, said in tiles(show).values())
        assert f"{value[:1].upper()}{value[1:]}: {number}" in words(below)


def test_what_nobody_knows_is_the_first_map(loaded):
    assert tiles("x" * 500) == tiles("law")


def test_each_tile_leads_to_its_state(loaded):
    for code in tiles("cat"):
        assert State.objects.filter(iso2=code).exists()


def test_an_empty_database_has_an_empty_map(db):
    assert TILE.findall(page(reverse("jurisdictions:map"))) == []
