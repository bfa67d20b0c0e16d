"""The texts about us: typed, in four languages, held against what the product does."""

from __future__ import annotations

import copy
import json
import re
from typing import Any

import pytest

from cases import retention
from cases.statement import catalogue
from intake import about
from intake.about import BadPages, contents, page, parts, read

CONTENT: dict[str, Any] = json.loads(about.DATA.read_text(encoding="utf-8"))
FILLING = {
    "organisation": "A & B",
    "address": "<1>",
    "dpo": "d@form.example",
    "address_url": "https://form.example/be/",
}
SLUGS = ["who", "free", "what", "steps", "risks", "privacy", "pass-on"]
LETTERS = {"ru": "а-яё", "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя"}
LATIN = {"GDPR", "cookie", "irct", "org", "a", "f", "organisation", "address", "dpo", "address_url"}
GUILTY = re.compile(r"guilt|victim|виновн|жертв|вінава|ахвяр|مذنب|ضحي", re.I)


def texts() -> list[about.Text]:
    """Every text of every page, with titles and tabs."""
    found = [contents().title, contents().lede]
    for each in contents().pages:
        found += [each.title, each.tab, *(text for section in each.sections for text in section.texts)]
    return found


def changed(path: list[Any], value: Any) -> dict[str, Any]:
    """The data file with one thing changed."""
    content: Any = copy.deepcopy(CONTENT)
    place = content
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return dict(content)


def test_the_seven_pages_stand_in_their_order_and_say_what_they_are_as_drafts() -> None:
    assert [each.slug for each in contents().pages] == SLUGS
    assert "not reviewed by a native speaker" in CONTENT["draft"]
    assert page("privacy") is contents().pages[5]
    assert page("complaint") is None


@pytest.mark.parametrize("language", about.TEXTS)
def test_every_text_is_there_once_for_each_language_and_in_none_twice(language: str) -> None:
    for text in texts():
        assert text[language].strip() == text[language]
        assert len(set(text.values())) == len(about.TEXTS), text["en"]


@pytest.mark.parametrize("language", ["ru", "be"])
def test_the_letters_are_those_of_the_language(language: str) -> None:
    for text in texts():
        words = set(re.findall(r"[^\W\d_]+(?:_[a-z]+)?", text[language])) - LATIN
        strange = [word for word in words if not re.fullmatch(f"[{LETTERS[language]}]+", word.lower())]
        assert not strange, text["en"]


def test_nobody_is_called_guilty_or_a_victim() -> None:
    assert not [text["en"] for text in texts() for each in text.values() if GUILTY.search(each)]


@pytest.mark.parametrize("language", about.TEXTS)
@pytest.mark.parametrize("slug", SLUGS)
def test_no_placeholder_is_left_and_what_is_filled_in_is_escaped(slug: str, language: str) -> None:
    found = page(slug)
    assert found is not None
    said = "".join(text for part in parts(found, language, FILLING) for text in (*part.paragraphs, *part.points))
    assert not re.search(r"[{}]|&amp;amp;|<1>", said)
    names = {"who": ["A &amp; B", "&lt;1&gt;"], "privacy": ["A &amp; B", "&lt;1&gt;", "d@form.example"]}
    for name in names.get(slug, []) + ([FILLING["address_url"]] if slug == "pass-on" else []):
        assert f"<bdi>{name}</bdi>" in said


def test_l4_articles_of_the_law_keep_their_direction() -> None:
    found = page("privacy")
    assert found is not None
    said = "".join(text for part in parts(found, "ar", FILLING) for text in (*part.paragraphs, *part.points))
    assert '<bdi dir="ltr">6(1)(a)</bdi>' in said
    assert not re.search(r"(?<![>\d)])\d+\(\w\)", said)


def test_only_the_text_to_pass_on_is_marked_as_one() -> None:
    marked = [(each.slug, part) for each in contents().pages for part in each.sections if part.is_to_copy]
    ((slug, section),) = marked
    assert slug == "pass-on"
    assert "{address_url}" in section.paragraphs[0]["en"]


def english(slug: str) -> str:
    """A page in English on one line."""
    found = page(slug)
    assert found is not None
    return " ".join(text["en"] for section in found.sections for text in section.texts)


def test_the_periods_are_those_of_the_retention_rules() -> None:
    clocks, said = retention.clocks(), english("privacy")
    for name in ("unsent_draft", "first_contact", "answer", "account", "package", "share_copy"):
        clock = clocks[name]
        period = f"{clock.days} days" if clock.days else f"{clock.months} months"
        assert period in said, name
    assert clocks["audit"].months == 60
    assert "five years" in said
    assert clocks["filed"].period == "not set by counsel yet"
    assert "No later end is set yet" in said


def test_what_is_said_about_the_form_is_what_the_form_asks() -> None:
    """The name for papers waits for a country; health, countries, a lawyer and a translator are asked one by one."""
    identity = next(each for each in catalogue.at(catalogue.VERSION).sections if each.id == "identity")
    assert identity.only_if is not None
    assert identity.only_if.asks() == {"CNS-02"}
    assert "only after you choose a country" in english("steps")
    separate = {each.id for each in catalogue.section_of("CNS-02").questions}
    assert {"CNS-13", "CNS-02", "CNS-03", "CNS-15"} <= separate
    assert "separately about health, each country, a lawyer, a translator" in english("privacy")
    assert catalogue.question("SAF-05").only_if is not None
    assert "lets you set a word" in english("who")


@pytest.mark.parametrize(
    ("path", "value", "wrong"),
    [
        (["pages", 0, "slug"], "Who we are", "not a slug"),
        (["pages", 0, "slug"], "free", "same slug"),
        (["pages", 0, "title"], {"en": "Who"}, "who: not a text in every language"),
        (["pages", 0, "title", "ar"], " ", "who: not a text in every language"),
        (["pages", 0, "sections", 0], {"heading": None}, "who: a section says nothing"),
        (["pages", 0, "sections", 0, "paragraphs", 2, "be"], "Назва: {organisation}.", "who: placeholders differ"),
        (["pages", 1, "sections", 0, "paragraphs", 0], dict.fromkeys(about.TEXTS, "{name}"), "free: placeholders"),
        (["pages", 1, "sections", 0, "paragraphs", 0, "en"], "a { brace", "free: a brace too many"),
        (["pages", 2, "tab"], "What", "what: not a text in every language"),
        (["index"], {}, "something is missing"),
        (["pages"], None, "something is missing"),
    ],
)
def test_a_file_that_does_not_say_what_it_must_is_refused(path: list[Any], value: Any, wrong: str) -> None:
    with pytest.raises(BadPages, match=wrong):
        read(changed(path, value))
