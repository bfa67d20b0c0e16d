"""What holds for every page: titles, headers, weight, no script, no foreign host, no style in the markup."""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.cast import Cast
from tests.factories.walk import TOPIC, Walk, where

pytestmark = pytest.mark.shown

PLACES = (
    "", "leaving/", "safe/", "kept/", "tor/", "person/", "pause/", "help/", "way/1/", "erased/", "closed/", "back/",
    "q/1/", "q/2/", "q/3/", "q/4/", "q/5/", "number/", "sent/", "parts/", where("LNG-04"), where("EPI-02"),
    where("EPI-03"), where("EPI-04"), where("EPI-05"), where("EPI-06"), where("EPI-08"), where("EPI-07"),
    where("CNS-02"), where("CNS-03"), "files/", "files/advice/", "check/", "thanks/", "page/",
    "page/letter/", "page/opened/",
)  # fmt: skip
NAMES = re.compile(
    r"<[^>]+>|English|Tor Browser|Tor\b|Tab\b|Shift\b|torproject\.org|irct\.org|findahelpline\.com|[A-Z]{3,4}\b|a\.png"
)
PAGE_LIMIT, FIRST_LIMIT, SHEET_LIMIT = 14 * 1024, 32 * 1024, 12 * 1024
SHEET = Path(settings.BASE_DIR) / "static" / "intake.css"
LEAVING = Path(settings.BASE_DIR) / "static" / "intake.js"
LEAVING_LIMIT = 3584  # bytes; the way out shares the 6 kB of W1
SCRIPTS = {"/static/intake.js", "/static/intake-work.js"}


def every_page(language: str) -> dict[str, Any]:
    """Each page as a survivor sees it, with two answers, a facility to choose and a file."""
    walk = Walk(language)
    pages = {}
    for place in PLACES[: PLACES.index("number/")]:
        pages[place] = walk.client.get(walk.path(place), secure=True)
    walk.answer_all()
    pages["number/"] = walk.get("number/")
    walk.send()
    walk.fill(where("EPI-04"), {"EPI-04-value": ["prison"]})
    png = SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n0")
    walk.post("files/", {"EVD-02-file": png, "EVD-02-name": "", "do": "add"})
    for place in PLACES[PLACES.index("sent/") :]:
        pages[place] = walk.get(place)
    pages["problem"] = walk.fill("back/", {"code": "1"})
    pages["notice opened"] = walk.client.get(walk.path(walk.open_words()), secure=True)
    return pages


SEEN: dict[str, dict[str, Any]] = {}  # by language; the tests only read


@pytest.fixture(params=settings.SURVIVOR_LANGUAGES)
def pages(request: pytest.FixtureRequest, cast: Cast) -> dict[str, Any]:
    if request.param not in SEEN:
        SEEN[request.param] = every_page(request.param)
    return SEEN[request.param]


def test_every_page_answers(pages: dict[str, Any]) -> None:
    wrong = {place: answer.status_code for place, answer in pages.items() if answer.status_code != 200}
    assert wrong == {"problem": 400}


def test_x8_titles_are_neutral_and_error_titles_begin_with_the_word(pages: dict[str, Any]) -> None:
    titles = {place: re.findall("<title>(.*?)</title>", answer.content.decode()) for place, answer in pages.items()}
    assert not [title for found in titles.values() for title in found if TOPIC.search(title)]
    assert all(len(found) == 1 and " - " in found[0] for found in titles.values())
    assert re.match("(Error|Ошибка|Памылка|خطأ): ", titles["problem"][0])


def test_w1_w5_every_page_is_small_and_padded(pages: dict[str, Any]) -> None:
    sizes = {place: len(answer.content) for place, answer in pages.items()}
    assert not {place: size for place, size in sizes.items() if size > PAGE_LIMIT or size % 2048}
    assert not [place for place, answer in pages.items() if answer.has_header("Content-Encoding")]


def test_w1_the_first_page_with_its_sheet_is_within_the_budget(pages: dict[str, Any]) -> None:
    sheet = SHEET.read_bytes()
    assert len(gzip.compress(sheet)) <= SHEET_LIMIT
    script = gzip.compress(LEAVING.read_bytes())
    assert len(LEAVING.read_bytes()) <= LEAVING_LIMIT
    assert len(pages[""].content) + len(gzip.compress(sheet)) + len(script) <= FIRST_LIMIT


def test_n1_n6_no_inline_script_no_style_no_foreign_host(pages: dict[str, Any]) -> None:
    for place, answer in pages.items():
        html = answer.content.decode()
        scripts = re.findall('<script src="([^"]*)" defer></script>', html)
        assert "/static/intake.js" in scripts, place
        assert set(scripts) <= SCRIPTS, place
        assert html.count("<script") == len(scripts), place
        assert not re.search(r"<style|<img|<iframe|<svg|\sstyle=|\son\w+=|javascript:", html), place
        links = re.findall(r'(?:href|src|action|formaction)="([^"]*)"', html)
        assert not [link for link in links if not re.match(r"(/|#|tel:\+?\d+$)", link)], place


def test_n5_n10_headers_of_every_page(pages: dict[str, Any]) -> None:
    for place, answer in pages.items():
        policy = answer["Content-Security-Policy"]
        for part in ("default-src 'none'", "style-src 'self'", "form-action 'self'", "frame-ancestors 'none'"):
            assert part in policy, place
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer["X-Robots-Tag"]


def test_n7_one_cookie_that_ends_with_the_browser(cast: Cast) -> None:
    cookie = Walk("be").get("q/1/").cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Strict")
    assert (cookie["max-age"], cookie["expires"]) == ("", "")


def test_l4_the_language_of_the_page_is_named(pages: dict[str, Any]) -> None:
    named = {re.findall('<html lang="(..)" dir="(...)">', answer.content.decode())[0] for answer in pages.values()}
    assert named in [{("be", "ltr")}, {("ru", "ltr")}, {("en", "ltr")}, {("ar", "rtl")}]


def test_l7_no_english_is_left_on_a_translated_page(cast: Cast) -> None:
    for language in ("be", "ru"):
        for place, answer in every_page(language).items():
            main = "<main" + answer.content.decode().split("<main")[1]
            text = NAMES.sub(" ", main)
            left = re.findall(r"\b[A-Za-z]{4,}\b", text)
            assert set(left) <= {"Signal", "Telegram", "WhatsApp"}, (language, place, left)


def test_a1_a_problem_is_told_on_top_with_links_to_the_fields(cast: Cast) -> None:
    page = Walk("be").fill("q/5/", {}).content.decode()
    summary = page[page.index('class="problem"') : page.index("</ul></div>")]
    assert "autofocus" in summary
    assert 'role="alert"' in summary
    assert "Ёсць праблема" in summary
    for target in re.findall('href="#([^"]+)"', summary):
        assert f'id="{target}"' in page


def test_o1_one_heading_for_each_page(pages: dict[str, Any]) -> None:
    assert {place: answer.content.decode().count("<h1") for place, answer in pages.items()} == dict.fromkeys(pages, 1)
