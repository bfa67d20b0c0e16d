"""Arabic: each page from the start to the letters is there, from right to left, and nothing of it is in English."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cases.models import Case
from cases.statement import catalogue
from intake import about, crisis
from tests.factories.cast import Cast
from tests.factories.walk import Walk, fields_of, text_of

pytestmark = pytest.mark.shown

BEFORE = (
    "", "leaving/", "safe/", "kept/", "tor/", "person/", "pause/", "help/", "way/1/", "erased/", "closed/", "back/",
    "about/", "where/",
    *(f"about/{page.slug}/" for page in about.contents().pages), *(f"q/{number}/" for number in range(1, 6)),
)  # fmt: skip
AFTER = (
    "sent/", "page/", "page/letter/", "page/opened/", "page/permissions/", "page/erase/", "page/end/", "thanks/",
    "person/", "pause/", "help/",
)  # fmt: skip
LONGER = (
    "parts/", "files/", "files/advice/", "check/", "parts/safety/", "parts/story/cards/", "parts/safety/answers/",
    "parts/story-1/remove/", "parts/story-1/1/", "parts/safety/1/",
)  # fmt: skip
OF_ALL = {
    "Tor", "Tab", "Shift", "Signal", "Telegram", "WhatsApp", "torproject.org", "findahelpline.com", "irct.org", "PDF",
    "GDPR", "cookie",
}  # fmt: skip
FOREIGN = re.compile(r"[A-Za-zÀ-žА-Яа-яЁёІіЎў][\w.]*\w")
HEAD = '<html lang="ar" dir="rtl">'
WORDS = "أوقفوني مساءً"


class Reader(HTMLParser):
    """The words of a page, without those that say themselves to be of another language."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._foreign: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the language of an element, and the words that only some readers hear."""
        found = dict(attrs)
        self.said += [found.get(name) or "" for name in ("aria-label", "title", "alt")]
        if tag not in ("meta", "link", "input", "br"):
            is_foreign = found.get("lang", "ar") != "ar" or tag in ("bdi", "textarea")
            self._foreign.append(is_foreign or (bool(self._foreign) and self._foreign[-1]))

    def handle_endtag(self, tag: str) -> None:
        """Back to the language around."""
        if self._foreign:
            self._foreign.pop()

    def handle_data(self, text: str) -> None:
        """Words in the language of the page."""
        if not (self._foreign and self._foreign[-1]):
            self.said.append(text)


def foreign_words(html: str) -> set[str]:
    """The words in other letters than Arabic ones that are no names; a line to call keeps its own name."""
    reader = Reader()
    reader.feed(html)
    lines = {word for line in crisis.resources() for word in FOREIGN.findall(line.name["ar"])}
    return set(FOREIGN.findall(" ".join(reader.said))) - OF_ALL - lines


@pytest.fixture
def walk(cast: Cast) -> Walk:
    """A browser in Arabic."""
    return Walk("ar")


@pytest.fixture
def inside(walk: Walk) -> Walk:
    """The same after the first contact."""
    return walk.begin()


def check(answer: Any, place: str, status: int = 200) -> None:
    page = answer.content.decode()
    assert answer.status_code == status, place
    assert page.count(HEAD) == 1, place
    assert answer["Content-Language"] == "ar"
    assert len(re.findall("[\u0621-\u064a]{2,}", page)) > 10, place
    assert not foreign_words(page), place


@pytest.mark.parametrize("place", BEFORE)
def test_each_page_before_sending_is_in_arabic(walk: Walk, place: str) -> None:
    check(walk.get(place), place)


def test_each_page_after_sending_is_in_arabic(walk: Walk) -> None:
    walk.answer_all()
    check(walk.get("number/"), "number/")
    walk.send()
    for place in AFTER:
        check(walk.get(place), place)


def test_each_problem_is_told_in_arabic(walk: Walk) -> None:
    check(walk.fill("back/", {"code": "1"}), "a slip of the pen", 400)
    check(walk.fill("back/", {"code": "٠" * 30}), "an unknown number", 400)
    check(walk.fill("q/5/", {}), "no consent")
    check(walk.fill("q/4/", {"CTC-01-value": "email"}), "no address")
    check(walk.fill("q/1/", {"ELG-01-value": "nowhere"}), "no such row")
    check(walk.get("nothing/"), "not found", 404)


def test_lost_words_are_shown_again_in_arabic(walk: Walk) -> None:
    answer = walk.post("page/letter/", {"letter": WORDS, "act": "x"})
    check(answer, "signed out", 403)
    assert WORDS in answer.content.decode()


def test_an_error_title_begins_with_the_word_for_it(walk: Walk) -> None:
    assert "<title>خطأ: " in walk.fill("back/", {"code": "1"}).content.decode()


@pytest.mark.django_db
def test_not_open_yet_is_said_in_arabic(fresh_deployment: None) -> None:
    check_page = Client().get("/ar/").content.decode()
    assert HEAD in check_page
    assert not foreign_words(check_page)
    first = Client().get("/").content.decode()
    assert '<section lang="ar" dir="rtl">' in first
    assert '<section lang="be" dir="ltr">' in first


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_the_other_languages_go_from_left_to_right(cast: Cast, language: str) -> None:
    assert f'<html lang="{language}" dir="ltr">' in Walk(language).read("")


def test_the_number_stays_from_left_to_right(walk: Walk) -> None:
    walk.answer_all()
    page = walk.read("number/")
    box = page[page.index('<div class="code" dir="ltr"') :]
    assert len(re.findall(r"<bdi>\d{5}</bdi>", box[: box.index("</div>")])) == 6
    assert re.search('<input [^>]*name="last"[^>]* dir="ltr"', page)


def test_a_number_in_arabic_digits_opens_the_page(walk: Walk) -> None:
    walk.answer_all()
    walk.send()
    digits = walk.digits.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    fresh = Walk("ar")
    assert fresh.fill("back/", {"code": digits})["Location"] == "/ar/page/"


def test_the_whole_way_is_kept_as_arabic(walk: Walk, cast: Cast) -> None:
    walk.answer_all()
    walk.send()
    case = Case.objects.get()
    assert case.language == "ar"
    assert [version.language for version in case.versions.all()] == ["ar"]
    assert "/ar/page/letter/" in walk.read("page/")
    assert walk.fill("page/letter/", {"letter": WORDS})["Location"] == "/ar/page/"
    assert f'lang="ar" dir="auto"><p>{WORDS}' in walk.read("page/")


@pytest.mark.parametrize("place", LONGER)
def test_the_longer_account_says_calmly_that_it_is_elsewhere(inside: Walk, place: str) -> None:
    answer = inside.get(place)
    check(answer, place)
    page = answer.content.decode()
    for language in catalogue.LANGUAGES:
        assert f'href="/{language}/{place}" lang="{language}"' in page
    assert 'href="/ar/page/letter/"' in page
    assert 'href="/ar/person/"' in page


def test_its_links_lead_to_the_same_page_in_another_language(inside: Walk) -> None:
    inside.get("parts/safety/1/")
    for language in catalogue.LANGUAGES:
        answer = inside.client.get(f"/{language}/parts/safety/1/", secure=True)
        assert answer.status_code == 200
        assert f'<html lang="{language}"' in answer.content.decode()


def test_a_file_or_a_form_sent_to_it_breaks_nothing(inside: Walk) -> None:
    png = SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n0")
    check(inside.post("files/", {"EVD-02-file": png, "do": "add"}), "files/")
    check(inside.post("parts/story-1/1/", {"do": "go"}), "parts/story-1/1/")
    check(inside.post("check/", {"do": "send"}), "check/")
    assert Case.objects.get().versions.count() == 1


def test_the_longer_account_asks_for_the_number_first(walk: Walk) -> None:
    assert walk.get("parts/")["Location"] == "/ar/back/"


def test_words_of_the_longer_account_wait_while_the_language_is_arabic(cast: Cast) -> None:
    walk = Walk("be").begin()
    place = walk.open_words()
    answer = walk.fill(place, {"EPI-08-value": WORDS, "to": "ar"})
    assert answer["Location"] == f"/ar/{place}"
    check(walk.client.get(answer["Location"], secure=True), place)
    assert fields_of(walk.read(place))["EPI-08-value"] == [WORDS]


@pytest.mark.parametrize(("language", "other"), [("ar", "be"), ("ru", "ar"), ("ar", "en")])
def test_switching_keeps_what_is_typed(cast: Cast, language: str, other: str) -> None:
    walk = Walk(language)
    typed = {"ELG-01-value": "ZZ", "ELG-01-other": WORDS}
    assert walk.fill("q/1/", {**typed, "to": other})["Location"] == f"/{other}/q/1/"
    walk.language = other
    kept = fields_of(walk.read("q/1/"))
    assert (kept["ELG-01-value"], kept["ELG-01-other"]) == (["ZZ"], [WORDS])


def test_switching_keeps_an_unfinished_letter(inside: Walk) -> None:
    inside.fill("page/letter/", {"letter": WORDS, "to": "be"})
    inside.language = "be"
    assert fields_of(inside.read("page/letter/"))["letter"] == [WORDS]
    inside.fill("page/letter/", {"letter": WORDS + WORDS, "to": "ar"})
    inside.language = "ar"
    assert fields_of(inside.read("page/letter/"))["letter"] == [WORDS + WORDS]


def test_a_page_names_all_languages_and_their_direction_follows(walk: Walk) -> None:
    first = walk.client.get("/", secure=True).content.decode()
    for code, name in settings.LANGUAGES:
        assert f'href="/{code}/" lang="{code}" hreflang="{code}">{name}<' in first
    assert 'href="/ar/q/1/"' not in walk.read("q/1/")  # a button there: it saves first


def test_lists_within_a_sentence_have_arabic_commas(walk: Walk) -> None:
    walk.answer_all(ELG_02_value="PL")
    page = text_of(walk.read("help/"))
    assert "، " in page
    assert not re.search("[\u0621-\u064a][,;?]", page)


def test_only_the_first_sentence_of_a_question_is_its_heading(walk: Walk) -> None:
    heading = re.findall("<h1>(.*?)</h1>", walk.read("q/3/"))[0]
    first, rest = heading.split(' <span class="aside">')
    assert first.endswith("؟")
    assert rest.endswith(".</span>")


def test_days_are_said_with_both_names_of_the_month(walk: Walk) -> None:
    walk.answer_all()
    walk.send()
    assert re.search(r"\d{1,2} [\u0621-\u064a ]+/[\u0621-\u064a]+ \([\u0621-\u064a]+\)", text_of(walk.read("sent/")))
