"""The pages about us, as somebody reads them before the first question."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings

from intake import about
from tests.factories.cast import Cast
from tests.factories.walk import Walk, text_of

pytestmark = pytest.mark.shown

TOPIC = re.compile(
    "tortur|violen|abuse|complain|lawyer|пытк|насил|жалоб|адвокат|катаван|гвалт|скарг|адвакат|تعذيب|عنف|شكوى|محام", re.I
)
SLUGS = [each.slug for each in about.contents().pages]
PLACES = ["about/", *(f"about/{slug}/" for slug in SLUGS)]
PAGE_LIMIT = 14 * 1024


@pytest.fixture(params=["be", "ru", "en", "ar"])
def walk(request: pytest.FixtureRequest, cast: Cast) -> Walk:
    return Walk(request.param)


def content_of(html: str) -> str:
    """What stands between the top line and the footer."""
    return html[html.index("<h1") : html.index("</main>")]


@pytest.mark.parametrize("place", PLACES)
def test_every_page_in_every_language_is_small_whole_and_asks_no_other_host(walk: Walk, place: str) -> None:
    answer = walk.get(place)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert re.search(f'<html lang="{walk.language}" dir="{"rtl" if walk.language == "ar" else "ltr"}"', html)
    assert html.count("<h1") == 1
    assert not re.search(r"[{}]", html)
    assert len(answer.content) <= PAGE_LIMIT
    own = re.sub(r'<script src="/static/intake\.js" defer></script>', "", html)  # the way out, the same on every page
    assert not re.search(r"<script|<style|<img|<iframe|<svg|<form|\sstyle=|\son\w+=|javascript:", own)
    assert not [link for link in re.findall(r'(?:href|src)="([^"]*)"', html) if not link.startswith(("/", "#"))]
    assert f'class="exit" href="/exit/?l={walk.language}"' in html


@pytest.mark.parametrize("place", PLACES)
def test_x8_titles_and_addresses_say_nothing_about_the_subject(walk: Walk, place: str) -> None:
    titles = re.findall("<title>(.*?)</title>", walk.read(place))
    assert len(titles) == 1
    assert not TOPIC.search(titles[0])
    assert not TOPIC.search(place)


def test_titles_tell_the_pages_apart(walk: Walk) -> None:
    assert len({re.findall("<title>(.*?)</title>", walk.read(place))[0] for place in PLACES}) == len(PLACES)


@pytest.mark.parametrize("place", PLACES)
def test_n10_they_are_public_and_still_no_browser_keeps_a_copy(walk: Walk, place: str) -> None:
    answer = walk.get(place)
    assert not answer.has_header("X-Robots-Tag")
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies


def test_every_other_page_is_still_hidden_from_search_engines(walk: Walk) -> None:
    for answer in (walk.get(""), walk.get("safe/"), walk.get("about/complaint/"), walk.post("about/", {})):
        assert "noindex" in answer["X-Robots-Tag"]


def test_the_start_page_leads_to_the_list_and_the_list_to_each_page(walk: Walk) -> None:
    assert f'href="{walk.path("about/")}"' in content_of(walk.read(""))
    listed = content_of(walk.read("about/"))
    for slug in SLUGS:
        assert f'href="{walk.path(f"about/{slug}/")}"' in listed
        assert f'<p><a href="{walk.path("about/")}"' in content_of(walk.read(f"about/{slug}/"))


def test_the_same_page_is_one_click_away_in_each_other_language(walk: Walk) -> None:
    html = walk.read("about/risks/")
    others = [code for code in settings.SURVIVOR_LANGUAGES if code != walk.language]
    assert [code for code in others if f'href="/{code}/about/risks/"' not in html] == []


def test_who_is_responsible_comes_from_the_settings_and_is_escaped(walk: Walk, settings: Any) -> None:
    settings.CONTROLLER = {"organisation": "Right & <b>", "address": "2 Far Street", "dpo": "ask@right.example"}
    for place in ("about/who/", "about/privacy/"):
        html = walk.read(place)
        assert "<bdi>Right &amp; &lt;b&gt;</bdi>" in html
        assert "<bdi>2 Far Street</bdi>" in html
    assert html.count("<bdi>ask@right.example</bdi>") == 2


def test_the_text_to_pass_on_leads_to_the_start_page_in_the_same_language(walk: Walk, settings: Any) -> None:
    settings.SITE_URL = "https://form.example"
    told = re.findall('<p class="voice">(.*?)</p>', walk.read("about/pass-on/"))
    assert len(told) == 1
    assert told[0].endswith(f"<bdi>https://form.example/{walk.language}/</bdi>")
    assert not TOPIC.search(text_of(told[0]))


@pytest.mark.parametrize("slug", ["complaint", "x", "who-"])
def test_an_address_without_a_page_is_absent(walk: Walk, slug: str) -> None:
    assert walk.get(f"about/{slug}/").status_code == 404


def test_nothing_can_be_sent_to_them(walk: Walk) -> None:
    assert {walk.post(place, {"do": "go"}).status_code for place in PLACES} == {405}


def test_whoever_came_from_a_question_finds_the_way_back_to_it(walk: Walk) -> None:
    walk.get("q/2/")
    assert f'class="button" href="{walk.path("q/2/")}"' in walk.read("about/privacy/")
    assert f'class="button" href="{walk.path("")}"' in Walk(walk.language).read("about/privacy/")
