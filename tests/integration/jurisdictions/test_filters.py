"""The filters of the list of States say what the files say, and stand in the address."""

import csv
import json
from typing import Any

import pytest
from django.urls import reverse

from jurisdictions.load import REFERENCE
from jurisdictions.models import NationalLaw, State
from tests.integration.jurisdictions.showing import names, page, words

pytestmark = [pytest.mark.django_db, pytest.mark.shown]


def listed(query: str) -> set[str]:
    """Names in the list for a query."""
    return set(names(page(f"{reverse('jurisdictions:states')}?{query}")))


@pytest.fixture(scope="module")
def treaties() -> list[dict[str, str]]:
    """The rows of the file of treaties."""
    with (REFERENCE / "treaties.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def bases() -> list[dict[str, Any]]:
    """The rows of the file of conditions."""
    found: list[dict[str, Any]] = json.loads((REFERENCE / "conditions.json").read_text(encoding="utf-8"))
    return found


def named(codes: set[str]) -> set[str]:
    """English names of codes, as the database has them."""
    return set(State.objects.filter(iso2__in=codes).values_list("name", flat=True))


@pytest.mark.parametrize(
    ("chosen", "actions"),
    [("party", {"ratification", "accession", "succession"})],
)
def test_parties_of_the_convention_are_those_of_the_file(loaded, treaties, chosen, actions):
    wanted = {row["iso2"] for row in treaties if row["cat_action"] in actions}
    assert len(wanted) == 174
    assert {name.replace("&#x27;", "'") for name in listed(f"cat={chosen}")} == named(wanted)


@pytest.mark.parametrize("status", ["signatory", "withdrawn", "none"])
def test_the_rome_statute_is_filtered_by_the_file(loaded, treaties, status):
    wanted = {row["iso2"] for row in treaties if row["rome_status"] == status}
    assert wanted
    assert {name.replace("&#x27;", "'") for name in listed(f"rome={status}")} == named(wanted)


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("suspect=presence", lambda it: it["suspect_link"]["open"] == "presence"),
        ("crime=war_crimes", lambda it: it["crime"] == "war_crimes"),
        ("kind=passive_personality", lambda it: it["basis"] == "passive_personality"),
        ("practice=open_file", lambda it: it["practice_belarus"]["state"] == "open_file"),
        ("safety=restricted", lambda it: it["safety"]["level"] == "restricted"),
        (
            "crime=torture&suspect=none",
            lambda it: it["crime"] == "torture" and it["suspect_link"]["open"] == "none",
        ),
    ],
)
def test_a_ground_must_fit_every_filter_at_once(loaded, bases, query, fits):
    wanted = {row["iso2"] for row in bases if fits(row)}
    assert 0 < len(wanted) < 48
    assert listed(query) == named(wanted)


def test_states_without_a_national_file_can_be_listed(loaded):
    assert len(listed("crime=any")) == NationalLaw.objects.count() == 48
    assert len(listed("crime=no")) == 199 - 48
    assert listed("crime=no&suspect=none") == set()


def test_confidence_and_review_filter_too(loaded):
    low = listed("confidence=low")
    assert low
    assert low == named(
        set(NationalLaw.objects.filter(confidence="low").values_list("state_id", flat=True))
        | set(State.objects.filter(law=None, confidence="low").values_list("iso2", flat=True))
    )
    assert "Fiji" in listed("review=stale")
    assert "Lithuania" not in listed("review=stale")
    assert "Hungary" in listed("review=unverified")


def test_the_page_says_what_is_filtered_and_keeps_it_in_the_form(loaded):
    text = page(reverse("jurisdictions:states") + "?cat=party&suspect=none&q=l")
    assert "Convention against Torture: party; To open a case a suspect: need not be there." in words(text)
    assert '<option value="party" selected>' in text
    assert 'value="l"' in text


def test_a_choice_that_nobody_knows_is_left_out_and_said(loaded):
    text = page(reverse("jurisdictions:states") + "?cat=perhaps&rome=withdrawn")
    assert "Not understood and left out: Convention against Torture." in words(text)
    assert set(names(text)) == {"Burundi", "Philippines"}


def test_the_counts_are_of_what_is_listed(loaded):
    every = words(page(reverse("jurisdictions:states")))
    assert "174 bound by the Convention against Torture" in every
    assert "125 bound by the Rome Statute" in every
    assert "2 bound by the Convention" in words(page(reverse("jurisdictions:states") + "?rome=withdrawn"))
