"""I live in ..., it happened in ...: what it means, in small careful sentences, and nothing of it is stored."""

from __future__ import annotations

import csv
import re
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from cases.statement import states
from intake import where
from intake.where import BadSentences, sentences
from jurisdictions.load import REFERENCE
from jurisdictions.models import JurisdictionBasis, TreatyStatus
from tests.factories.cast import Cast
from tests.factories.walk import TOPIC, Walk, fields_of, text_of

pytestmark = pytest.mark.shown

LANGUAGES = ["be", "ru", "en", "ar"]
PAGE_LIMIT, STEP = 14 * 1024, 2048


@pytest.fixture(params=LANGUAGES)
def walk(request: pytest.FixtureRequest, loaded: object, cast: Cast) -> Walk:
    return Walk(request.param)


@pytest.fixture
def english(loaded: object, cast: Cast) -> Walk:
    return Walk("en")


def told(walk: Walk, lives: str, happened: str) -> str:
    """What the page says about two countries."""
    answer = walk.post("where/", {"lives": lives, "happened": happened})
    assert answer.status_code == 200
    html: str = answer.content.decode()
    return text_of(html[html.index("<h1") : html.index("</main>")])


def sentence(key: str, **values: Any) -> str:
    return sentences()[key]["en"].format(**values)


def test_the_outward_pages_lead_there_and_it_leads_to_the_beginning(walk: Walk) -> None:
    path = walk.path("where/")
    assert f'href="{path}"' in walk.read("about/")
    assert f'href="{path}"' in walk.read("about/what/")
    html = walk.post("where/", {"lives": "LT", "happened": "BY"}).content.decode()
    assert f'href="{walk.path("")}"' in html
    assert f'href="{walk.path("about/")}"' in html
    assert f'class="exit" href="/exit/?l={walk.language}"' in html


def test_every_state_as_either_country_in_every_language_is_small_and_whole(walk: Walk) -> None:
    with (REFERENCE / "treaties.csv").open(encoding="utf-8", newline="") as file:
        codes = [row["iso2"] for row in csv.DictReader(file)]
    assert len(codes) == 199
    for code in codes:
        answer = walk.post("where/", {"lives": code, "happened": code if code == "BY" else "BY"})
        html = answer.content.decode()
        assert answer.status_code == 200, code
        assert len(answer.content) <= PAGE_LIMIT, code
        assert len(answer.content) % STEP == 0, code
        assert not re.search(r"[{}]|\bNone\b(?! of)", html), code
        assert html.count("<h2>") == 5, code
        assert states.name(code, walk.language) in html.replace("&#x27;", "'").replace("&amp;", "&"), code


def test_x8_title_and_address_say_nothing_and_hold_no_country(walk: Walk) -> None:
    answer = walk.post("where/", {"lives": "LT", "happened": "BY"})
    html = answer.content.decode()
    titles = re.findall("<title>(.*?)</title>", html)
    assert len(titles) == 1
    assert not TOPIC.search(titles[0] + walk.path("where/"))
    assert states.name("BY", walk.language) not in titles[0]
    assert 'method="get"' not in html.lower()
    assert not [link for link in re.findall(r'(?:href|action|formaction)="([^"]*)"', html) if "?" in link[:-5]]


def test_nothing_is_stored_not_even_a_visit(walk: Walk) -> None:
    before = {model._meta.label: model._default_manager.count() for model in apps.get_models()}
    shown = walk.get("where/")
    answer = walk.post("where/", {"lives": "LT", "happened": "BY"})
    assert {model._meta.label: model._default_manager.count() for model in apps.get_models()} == before
    assert not shown.cookies
    assert not answer.cookies
    for each in (shown, answer):
        assert each["Cache-Control"] == "no-store"
        assert each["Referrer-Policy"] == "no-referrer"
    assert not shown.has_header("X-Robots-Tag")
    assert "noindex" in answer["X-Robots-Tag"]


def test_no_script_no_style_and_no_other_host(walk: Walk) -> None:
    html = walk.post("where/", {"lives": "LT", "happened": "BY"}).content.decode()
    assert html.count("<script") == html.count('<script src="/static/intake.js" defer></script>') == 1
    assert not re.search(r"<style|<img|<iframe|<svg|\sstyle=|\son\w+=|javascript:", html)
    assert not [link for link in re.findall(r'(?:href|action)="([^"]*)"', html) if not link.startswith(("/", "#"))]


def test_what_was_typed_goes_along_to_another_language(walk: Walk) -> None:
    html = walk.post("where/", {"lives": "LT", "happened": "BY"}).content.decode()
    others = re.findall(r'<button form="w" formaction="/(\w\w)/where/"', html)
    assert sorted([*others, walk.language]) == sorted(LANGUAGES)
    answer = Client().post(f"/{others[0]}/where/", fields_of(html), secure=True)
    assert answer.status_code == 200
    assert states.name("LT", others[0]) in answer.content.decode()


def test_an_open_file_is_told_only_for_acts_in_the_same_country(english: Walk) -> None:
    said = told(english, "Lithuania", "Belarus")
    assert sentence("can_open") in said
    assert sentence("open_file", year=2020).split(":")[1].strip() in re.sub(r" (?=[,.])", "", said)
    assert sentence("open_file", year=2020)[:20] not in told(english, "Lithuania", "Russia")
    assert sentence("none_found")[:20] not in told(english, "Lithuania", "Russia")


def test_a_country_that_needs_a_suspect_says_so_gently(english: Walk) -> None:
    assert sentence("needs_suspect") in told(english, "Switzerland", "Belarus")
    assert sentence("no_law") in told(english, "Fiji", "Belarus")


def test_whoever_lives_where_it_happened_reads_of_safety_and_of_no_authority_there(english: Walk) -> None:
    for lives, happened in (("Belarus", "Belarus"), ("Russia", "Belarus"), ("Lithuania", "Lithuania")):
        said = told(english, lives, happened)
        assert sentence("risky") in said
        for key in ("can_open", "can_maybe", "needs_suspect", "not_settled", "no_law"):
            assert sentence(key) not in said


def test_a_warning_of_the_data_is_told(english: Walk) -> None:
    assert sentence("safety") in told(english, "Kazakhstan", "Belarus")
    assert sentence("safety") not in told(english, "Lithuania", "Belarus")


def test_a_state_that_is_not_bound_closes_nothing(english: Walk) -> None:
    assert sentence("none") in told(english, "Iran", "Belarus")
    assert sentence("signatory") in told(english, "India", "Belarus")
    assert sentence("there_none") in told(english, "Lithuania", "Iran")


@pytest.mark.parametrize("field", ["suspect_link", "victim_link"])
def test_what_is_unverified_is_never_a_yes(english: Walk, field: str) -> None:
    JurisdictionBasis.objects.filter(state="LT").update(unverified=[field])
    said = told(english, "Lithuania", "Belarus")
    assert sentence("can_open") not in said
    assert sentence("can_maybe") in said


def test_what_is_unknown_is_never_a_yes(english: Walk) -> None:
    JurisdictionBasis.objects.filter(state="LT").update(suspect_open="unknown")
    said = told(english, "Lithuania", "Belarus")
    assert sentence("can_open") not in said
    assert sentence("not_settled") in said


def test_an_unverified_status_is_marked(english: Walk) -> None:
    assert sentence("check") not in told(english, "Fiji", "Belarus")
    TreatyStatus.objects.filter(state="FJ", treaty="CAT").update(unverified=["status"])
    assert sentence("check") in told(english, "Fiji", "Belarus")


def test_nobody_is_ever_told_that_they_are_not_eligible() -> None:
    wrong = re.compile(r"eligib|cannot file|not qualify|не можете подать|не можаце падаць|не имеете права|لا يحق", re.I)
    assert not [text for texts in sentences().values() for text in texts.values() if wrong.search(text)]


def test_sentences_are_short_enough_to_read_under_stress() -> None:
    long = [
        part
        for texts in sentences().values()
        for part in re.split(r"(?<=[.:])\s", texts["en"])
        if len(part.split()) > 20
    ]
    assert long == []


@pytest.mark.parametrize(
    ("lives", "happened", "key"), [("xyzzy", "BY", "not_found"), ("korea", "BY", "which"), ("", "", "nothing")]
)
def test_what_is_not_understood_is_asked_once_more_and_kept(walk: Walk, lives: str, happened: str, key: str) -> None:
    answer = walk.post("where/", {"lives": lives, "happened": happened})
    html = answer.content.decode()
    assert answer.status_code == 400
    assert sentences()[key][walk.language] in html.replace("&#x27;", "'")
    assert f'name="lives" value="{lives}"' in html


def test_a_name_that_means_several_states_is_chosen_from(english: Walk) -> None:
    html = english.post("where/", {"lives": "korea", "happened": "BY"}).content.decode()
    assert 'name="lives-code" value="KR"' in html
    answer = english.post("where/", {"lives": "korea", "lives-code": "KR", "happened": "BY"})
    assert answer.status_code == 200
    assert "South Korea" in answer.content.decode()


@pytest.mark.parametrize("typed", ["<script>x</script>", "\x00LT", "😀" * 500, "x" * 100_000, "‮LT"])
def test_generated_text_does_no_harm(english: Walk, typed: str) -> None:
    answer = english.post("where/", {"lives": typed, "happened": typed, "lives-code": typed})
    assert answer.status_code in (200, 400)
    assert len(answer.content) <= PAGE_LIMIT
    assert "<script>x" not in answer.content.decode()


def test_one_country_is_enough(english: Walk) -> None:
    assert "Where it happened" not in told(english, "Lithuania", "")
    assert "Where you live" not in told(english, "", "Belarus")


def test_another_site_cannot_send_it(english: Walk) -> None:
    client = Client(enforce_csrf_checks=True)
    sent = {"lives": "LT", "happened": "BY"}
    assert client.post("/en/where/", sent, secure=True).status_code == 200
    assert client.post("/en/where/", sent, secure=True, headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_without_reference_data_it_still_answers(cast: Cast) -> None:
    assert sentence("not_described") in told(Walk("en"), "Lithuania", "Belarus")


@pytest.mark.parametrize(
    "content",
    [
        {"texts": {"a": {"en": "x", "ru": "x", "be": "x"}}},
        {"texts": {"a": {"en": "x", "ru": "x", "be": " ", "ar": "x"}}},
        {"texts": {"a": {"en": "{year}", "ru": "x", "be": "{year}", "ar": "{year}"}}},
    ],
)
def test_a_file_that_misses_something_is_refused(content: Any) -> None:
    with pytest.raises(BadSentences, match=r"^a: "):
        where.read(content)
