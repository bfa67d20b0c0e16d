"""The page on which the person reads the text that would be filed, and answers."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from cases.models import Case, Text
from cases.texts import shown
from tests.factories import cast as made
from tests.factories import typed
from tests.factories.cast import Cast, Survivor
from tests.factories.kept import kept
from tests.factories.texts import WORD, before_person, in_review, with_word
from tests.factories.walk import Walk, text_of

pytestmark = pytest.mark.shown


@pytest.fixture
def reviewed(cast: Cast, amina: Survivor) -> Survivor:
    """The draft is with the second reader."""

    def make() -> None:
        made.assigned(amina, cast.ben)
        made.tell(amina)
        made.confirmed(amina, cast.ben)
        in_review(amina, cast)

    kept("text in review", make)
    return amina


@pytest.fixture
def text(cast: Cast, reviewed: Survivor) -> Text:
    """Before Amina, who has a second word."""

    def show() -> Text:
        with_word(reviewed)
        return before_person(reviewed, cast)

    return kept("text shown", show)


def entered(survivor: Survivor, language: str = "be") -> Walk:
    walk = Walk(language)
    walk.fill("back/", {"code": survivor.code.digits})
    return walk


def place(text: Text) -> str:
    return f"page/text/{text.id}/"


@pytest.fixture
def opened(text: Text, reviewed: Survivor) -> Walk:
    """A browser that has opened the text with the word."""
    walk = entered(reviewed)
    assert walk.post(place(text), {"word": WORD, "do": "open"})["Location"] == walk.path(place(text))
    return walk


def test_it_stands_on_the_own_page_and_opens_with_the_word_alone(text: Text, reviewed: Survivor) -> None:
    walk = entered(reviewed)
    own = walk.read("page/")
    assert walk.path(place(text)) in own
    assert own.count("па-англійску") == 2, "two texts for one country are told apart"
    page = walk.read(place(text))
    assert "Па-беларуску" not in page
    assert 'name="answer" value="yes"' not in page, "nobody says yes to what was not opened"
    assert 'name="answer" value="no"' in page
    wrong = walk.post(place(text), {"word": "не тое слова зусім", "do": "open"})
    assert wrong.status_code == 400
    assert 'aria-invalid="true"' in wrong.content.decode()
    assert walk.get(f"{place(text)}own/")["Location"] == walk.path(place(text))


def test_it_is_read_in_both_languages_page_by_page(text: Text, opened: Walk) -> None:
    assert opened.path(f"{place(text)}own/") in opened.read(place(text))
    own, filed = (opened.read(f"{place(text)}{which}/") for which in ("own", "filed"))
    assert "Па-беларуску: The complainant was stopped" in own
    assert "Затрыманне і дарога" in own
    assert 'lang="en"' in filed
    pages = filed
    number = 2
    while f"?from={number}" in pages:
        pages = opened.read(f"{place(text)}filed/?from={number}")
        filed += pages
        number += 1
    assert "The complainant was stopped in the evening" in text_of(filed)
    assert opened.get(f"{place(text)}other/").status_code == 404


@pytest.mark.parametrize(
    ("answer", "state", "status"),
    [
        ("yes", Text.State.AGREED, Case.Status.READY_TO_FILE),
        ("changes", Text.State.CHANGES, Case.Status.DRAFTING),
        ("no", Text.State.REFUSED, Case.Status.DRAFTING),
    ],
)
def test_three_equal_answers(text: Text, opened: Walk, answer: str, state: str, status: str) -> None:
    page = opened.read(place(text))
    assert page.count('class="button" name="answer"') == 3, "none of them filled"
    opened.post(place(text), {"answer": answer, "act": "a", "words": "Не дваццаць, а трыццаць."})
    row = Text.objects.select_related("case__receipt").get()
    assert (row.state, row.case.status) == (state, status)


def test_a_yes_says_from_when_and_can_be_taken_back(text: Text, opened: Walk) -> None:
    opened.post(place(text), {"answer": "yes", "act": "a", "words": ""})
    page = text_of(opened.read(place(text)))
    assert "Вы сказалі «так» гэтаму тэксту." in page
    assert page.count("не падаюць раней, чым") == 1
    assert 'value="yes"' not in opened.read(place(text))
    opened.post(place(text), {"answer": "no", "act": "b", "words": ""})
    assert Text.objects.get().state == Text.State.REFUSED
    assert opened.get(place(text))["Location"] == opened.path("page/")


def test_changes_need_words_and_keep_what_was_typed(text: Text, opened: Walk) -> None:
    answer = opened.post(place(text), {"answer": "changes", "act": "a", "words": "  "})
    assert answer.status_code == 400
    assert 'href="#words"' in answer.content.decode()
    long = "вельмі " * 900
    again = opened.post(place(text), {"answer": "changes", "act": "a", "words": long})
    assert again.status_code == 400
    assert "вельмі вельмі" in again.content.decode()
    assert Text.objects.get().state == Text.State.SHOWN


def test_the_same_click_twice_is_one_answer_and_nonsense_is_none(text: Text, opened: Walk, reviewed: Survivor) -> None:
    opened.post(place(text), {"answer": "perhaps", "act": "a"})
    assert Text.objects.get().state == Text.State.SHOWN
    for _ in range(2):
        opened.post(place(text), {"answer": "yes", "act": "b"})
    assert Text.objects.get().state == Text.State.AGREED


def test_a_yes_without_reading_is_not_taken(text: Text, reviewed: Survivor) -> None:
    entered(reviewed).post(place(text), {"answer": "yes", "act": "a"})
    assert Text.objects.get().state == Text.State.SHOWN


def test_what_was_read_aloud_is_answered_without_a_word(cast: Cast, reviewed: Survivor) -> None:
    text = before_person(reviewed, cast, aloud="па тэлефоне, па-беларуску", is_urgent=True)
    walk = entered(reviewed)
    page = walk.read(place(text))
    assert "па тэлефоне, па-беларуску" in page
    assert "Па-беларуску: The" not in page
    walk.post(place(text), {"answer": "yes", "act": "a", "no_wait": "yes"})
    said = shown.read(Text.objects.select_related("case__receipt").get(), reviewed.ring)[1]
    assert said is not None
    assert said.no_wait


def test_another_number_finds_nothing_there(text: Text, cast: Cast) -> None:
    walk = entered(made.first_contact())
    assert walk.get(place(text))["Location"] == walk.path("page/")


@pytest.mark.parametrize("language", ["be", "ru", "en", "ar"])
def test_every_language_has_its_words(text: Text, reviewed: Survivor, language: str) -> None:
    walk = entered(reviewed, language)
    walk.post(place(text), {"word": WORD, "do": "open"})
    page = walk.read(place(text))
    title = page[page.index("<title>") : page.index("</title>")]
    assert not any(word in title.lower() for word in ("complaint", "скарг", "жалоб", "شكوى"))
    said = {"be": "Так, падаць", "ru": "Да, подать", "en": "Yes, file", "ar": "نعم، قدّموا"}[language]
    assert said in page
    assert walk.get(f"{place(text)}own/").status_code == 200


def test_nothing_of_it_is_logged(text: Text, opened: Walk, silence: Any) -> None:
    opened.post(place(text), {"answer": "changes", "act": "a", "words": "Не дваццаць, а трыццаць."})
    assert silence.holds("трыццаць", WORD, "stopped in the evening")


@settings(
    max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)  # fmt: skip
@given(words=typed.WORDS)
def test_whatever_is_typed_is_taken_or_said_and_shown_again(text: Text, opened: Walk, words: bytes) -> None:
    Text.objects.update(state=Text.State.SHOWN)
    pairs: typed.Pairs = [("answer", b"changes"), ("act", token_hex(8).encode()), ("words", words)]
    answer = opened.client.post(
        opened.path(place(text)), typed.urlencoded(pairs), content_type="application/x-www-form-urlencoded",
        secure=True,
    )  # fmt: skip
    taken = Text.objects.get().state == Text.State.CHANGES
    assert answer.status_code == (302 if taken else 400)
    if not taken:
        assert 'href="#words"' in answer.content.decode()
