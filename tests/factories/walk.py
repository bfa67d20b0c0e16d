"""A survivor's walk through the pages: reads each form as a browser does, fills it, sends it."""

from __future__ import annotations

import copy
import re
from html.parser import HTMLParser
from typing import Any

from django.test import Client

from cases.statement import catalogue
from cases.statement.cards import key_of

ANSWERS: tuple[dict[str, Any], ...] = (
    {"ELG-01-value": "BY"},
    {"ELG-02-value": "LT"},
    {"SAF-04-value": []},
    {"CTC-01-value": "code_only"},
    {"CNS-01-value": "yes"},
)
Fields = dict[str, list[str]]
TOPIC = re.compile(  # stems that no title and no address may hold (X8), in each language
    "tortur|violen|abuse|complain|lawyer|пытк|насил|жалоб|адвокат|катаван|гвалт|скарг|адвакат|تعذيب|عنف|شكوى|محام",
    re.IGNORECASE,
)


class FormReader(HTMLParser):
    """Collects what a browser would send of the fields as they stand."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: Fields = {}
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take inputs with a value, ticked rows, and the names of text areas."""
        found = dict(attrs)
        name = found.get("name") or ""
        if tag == "textarea":
            self._area = name
            self.fields[name] = [""]
        if tag != "input" or not name or found.get("type") == "file":
            return
        if found.get("type") in ("radio", "checkbox") and "checked" not in found:
            return
        self.fields.setdefault(name, []).append(found.get("value") or "")

    def handle_data(self, text: str) -> None:
        """The content of a text area, without the line end that HTML drops."""
        if self._area:
            self.fields[self._area] = [text.removeprefix("\n")]

    def handle_endtag(self, tag: str) -> None:
        """The end of a text area."""
        if tag == "textarea":
            self._area = ""


def fields_of(html: str) -> Fields:
    """The fields of a page with their values."""
    reader = FormReader()
    reader.feed(html)
    return reader.fields


def text_of(html: str) -> str:
    """A page without its tags, on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


class Walk:
    """One browser in one language."""

    def __init__(self, language: str = "be", **options: Any) -> None:
        self.language = language
        self.client = Client(**options)
        self.digits = ""

    def __deepcopy__(self, memo: dict[int, Any]) -> Walk:
        """Another browser with the same cookies."""
        other = Walk(self.language)
        other.digits, other.client.cookies = self.digits, copy.deepcopy(self.client.cookies, memo)
        return other

    def path(self, place: str) -> str:
        """The path of a page in this walk's language."""
        return f"/{self.language}/{place}"

    def get(self, place: str) -> Any:
        """Open a page."""
        return self.client.get(self.path(place), secure=True)

    def read(self, place: str) -> str:
        """Open a page and return its HTML."""
        answer = self.client.get(self.path(place), secure=True, follow=True)
        return str(answer.content.decode())

    def post(self, place: str, fields: Any, *, follow: bool = False) -> Any:
        """Send fields to a page as they are."""
        return self.client.post(self.path(place), fields, secure=True, follow=follow)

    def fill(self, place: str, given: dict[str, Any], *, do: str = "go", follow: bool = False) -> Any:
        """Open a page, change some fields, press a button."""
        fields = fields_of(self.read(place)) | {"do": do} | given
        return self.post(place, fields, follow=follow)

    def answer_all(self, **instead: Any) -> None:
        """Give the five answers; `instead` changes some of them, with _ for - in the names."""
        changed = {name.replace("_", "-"): value for name, value in instead.items()}
        for number, given in enumerate(ANSWERS, start=1):
            wanted = {name: changed.get(name, value) for name, value in given.items()}
            assert self.fill(f"q/{number}/", wanted).status_code == 302

    def send(self, do: str = "send") -> Any:
        """Read the number and send the five answers with it."""
        page = self.read("number/")
        self.digits = "".join(re.findall(r"<bdi>(\d{5})</bdi>", page))
        return self.post("number/", fields_of(page) | {"do": do})

    def begin(self) -> Walk:
        """The whole first contact, up to the list of sections."""
        self.answer_all()
        self.send("more")
        return self

    def open_words(self) -> str:
        """Pass the notice before the own words and return the place of that page."""
        self.post(where("EPI-08"), {"do": "open"})
        return where("EPI-08")


def where(question_id: str, card: int = 1) -> str:
    """The path, without its language, of the page that asks a question; of which card where there are several."""
    section = catalogue.section_of(question_id)
    asked = catalogue.question(question_id)
    pages = {"": section.pages, "card": section.card_pages, "file": section.file_pages}[asked.per]
    pages = tuple(page for page in pages if page[0].type != "file")
    step = next(number for number, page in enumerate(pages, start=1) if asked in page)
    return f"parts/{key_of(section.id, card if asked.per else 0)}/{step}/"
