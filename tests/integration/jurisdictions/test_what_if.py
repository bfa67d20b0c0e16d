"""What if: the routes for supposed facts, what moves when one changes, and that nothing of it stays."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse

from tests.factories.supposed import BEFORE, IN_VILNIUS, SEEN_IN_ZURICH, sent
from tests.integration.jurisdictions.showing import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.shown]
TILE = re.compile(r'class="tile (\w+)" aria-label="([^:"]*): ')


def supposing(posted: dict[str, Any]) -> str:
    """The answer to a sent form."""
    return page(reverse("jurisdictions:what-if"), posted)


def carried(text: str) -> Any:
    """The facts that the page carries along."""
    found = re.search(r'name="before" value="([^"]*)"', text)
    assert found
    return json.loads(unescape(found[1]))


def moved(text: str) -> dict[str, str]:
    """Lines of what moved, by State; the first of each."""
    table = text[text.index("What moved</h2>") : text.index("The best routes before")]
    found: dict[str, str] = {}
    for row in re.findall(r'<tr><th scope="row">(.*?)</tr>', table, re.S):
        found.setdefault(row.split("<br>")[0], words(row))
    return found


def counts() -> dict[str, int]:
    """How many rows each table has."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_the_form_asks_everything_and_begins_empty(loaded):
    text = page(reverse("jurisdictions:what-if"))
    for part in ("act-0-country", "act-0-crime_facts", "nationality-0-country", "person-residence_now", "person-forced",
                 "person-crossed_into", "suspect-0-seen_country", "complaint-0-country", "agreed-0-country",
                 "consent-icc"):  # fmt: skip
        assert f'name="{part}"' in text
    assert "See what moves" not in text


def test_facts_give_routes_a_map_and_the_way_to_change_one(loaded):
    text = supposing(sent(IN_VILNIUS))
    assert carried(text) == BEFORE
    first = re.search(r'<section class="route">.*?</header>', text, re.S)
    assert first
    assert words(first[0]).startswith("Open Lithuania torture, universal")
    assert {name: shape for shape, name in TILE.findall(text)}["Lithuania"] == "full"
    assert "See what moves" in text
    assert "What moved" not in words(text)


def test_a_suspect_seen_in_switzerland_moves_the_swiss_route_and_says_why(loaded):
    text = supposing(sent(IN_VILNIUS, SEEN_IN_ZURICH, before=BEFORE, do="move"))
    assert "not known → becomes P-001, last seen in Switzerland" in words(text)
    line = moved(text)["Switzerland"]
    assert "Unknown" in line.split("rises")[0]
    assert "Conditional ↑ rises" in line
    came, went = line.split("○ No longer:")[:2]
    assert "suspect" in came.split("rises")[1]
    assert "the survivor must not approach" in came
    assert "where the suspects are is not known" in went
    assert carried(text) == BEFORE
    assert "Lithuania" not in moved(text)


@pytest.mark.parametrize(
    ("language", "words_of_it"), [("ru", "постоянно живёт|подозреваем"), ("be", "падазраван|пацярпел")]
)
def test_reasons_are_given_in_the_language_that_was_chosen(loaded, language, words_of_it):
    text = supposing(sent(IN_VILNIUS) | {"reasons": language})
    assert re.search(words_of_it, words(text))
    assert f'<option value="{language}" lang="{language}" selected>' in text
    assert '<option value="en" lang="en" selected>' in supposing(sent(IN_VILNIUS) | {"reasons": "xx"})


def test_the_same_facts_move_nothing(loaded):
    text = supposing(sent(IN_VILNIUS, before=BEFORE, do="move"))
    assert "The facts are the same as before." in words(text)
    assert "No route moves." in words(text)


def test_beginning_anew_forgets_what_was_before(loaded):
    assert "suspects" in carried(supposing(sent(IN_VILNIUS, SEEN_IN_ZURICH, before=BEFORE)))


def test_rows_that_were_filled_stay_and_one_more_can_be_filled(loaded):
    text = supposing(sent(IN_VILNIUS, SEEN_IN_ZURICH, before=BEFORE, do="move"))
    assert 'name="suspect-0-id" value="P-001"' in text
    assert 'name="suspect-1-id"' in text
    assert 'name="suspect-INITIAL_FORMS" value="1"' in text


def test_nothing_is_stored_and_nothing_stands_in_an_address(loaded, django_assert_max_num_queries):
    before = counts()
    with django_assert_max_num_queries(12):
        text = supposing(sent(IN_VILNIUS, SEEN_IN_ZURICH, before=BEFORE, do="move"))
    assert counts() == before
    assert not [link for link in re.findall(r'(?:href|action)="([^"]*)"', text) if "P-001" in link]


@pytest.mark.parametrize(
    "wrong",
    [
        {"act-0-last": "2020-08-01"},
        {"act-0-country": "QQ"},
        {"suspect-1-id": "P-001", "suspect-0-id": "P-001"},
        {"person-age_now": "-1"},
    ],
)
def test_what_does_not_fit_is_said_and_gives_no_routes(loaded, wrong):
    text = supposing(sent(IN_VILNIUS, wrong, before=BEFORE, do="move"))
    assert "There is a problem" in text
    assert '<section class="route">' not in text
    assert 'value="2020-08-09"' in text


@pytest.mark.parametrize(
    "before", ["{", "[]", "null", '"x"', '{"acts": 1}', '{"acts": [{"country": "QQ"}]}', "{" * 900]
)
def test_facts_carried_along_that_are_none_do_no_harm(loaded, before):
    text = supposing(sent(IN_VILNIUS) | {"do": "move", "before": before})
    assert "There is a problem" in text or "Routes" in text


def test_unknown_stays_unknown(loaded):
    facts = carried(supposing(sent({"act-0-country": "BY"})))
    assert facts == {"acts": [{"country": "BY"}]}
