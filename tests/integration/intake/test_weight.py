"""Every page of the longer account, with as much asked on it as can be, is within the budget (W1, W3, W6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cases.actions.drafting import save_section
from cases.statement import catalogue
from tests.factories.chosen import chosen_answers
from tests.factories.places import NOT_TOGETHER, QUESTIONS
from tests.factories.visits import carry_channel
from tests.factories.walk import Walk

if TYPE_CHECKING:
    from tests.factories.cast import Survivor

pytestmark = pytest.mark.shown

PAGE_LIMIT = 14 * 1024


def answered(amina: Survivor, language: str) -> dict[str, Any]:
    """Each page as it is shown to somebody who passed the notices."""
    for key, answers in chosen_answers().items():
        save_section(case=amina.fresh(), receipt=amina.ring, section=key, answers=answers, seen_version=0)
    walk = Walk(language)
    walk.fill("back/", {"code": amina.code.digits})
    for place in QUESTIONS:
        walk.post(place, {"do": "open"})
    walk.get("parts/story/1/")  # the page that somebody under 18 meets once before it
    carry_channel(amina.fresh(), amina.ring)
    return {place: walk.get(place) for place in QUESTIONS}


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_w1_every_page_of_the_account_is_small_and_padded(cast: Any, amina: Survivor, language: str) -> None:
    pages = answered(amina, language)
    assert {place for place, answer in pages.items() if answer.status_code != 200} == NOT_TOGETHER
    sizes = {place: len(answer.content) for place, answer in pages.items() if answer.status_code == 200}
    assert not {place: size for place, size in sizes.items() if size > PAGE_LIMIT or size % 2048}
