"""The page on which the person answers about a talk with the lawyer."""

from __future__ import annotations

import pytest

from cases.models import Approval, Case, Proposal
from intake.views.talk import days_in
from tests.factories import cast as made
from tests.factories.cast import Cast, Survivor
from tests.factories.lawyers import ask, briefed_road, decide
from tests.factories.plans import copied, passed_on, planned
from tests.factories.walk import Walk

pytestmark = pytest.mark.shown

WHERE = "page/talk/"


@pytest.fixture
def shown(cast: Cast, amina: Survivor) -> Proposal:
    """Lena's plan lies before Amina."""
    from tests.factories.kept import kept

    def make() -> Proposal:
        made.assigned(amina, cast.ben)
        made.tell(amina)
        made.confirmed(amina, cast.ben)
        made.given(amina, cast.chloe, cast.dana)
        decide(ask(amina.fresh(), cast.ben, Approval.Kind.ACCEPT), cast.dana)
        return passed_on(planned(briefed_road(amina.fresh(), amina, cast), cast.lena), cast.ben)

    return kept("talk planned", make)


def entered(survivor: Survivor, language: str = "be") -> Walk:
    walk = Walk(language)
    walk.fill("back/", {"code": survivor.code.digits})
    return walk


@pytest.mark.parametrize("answer", ["yes", "another", "no"])
def test_an_answer_is_signed_noted_and_given_once(shown: Proposal, amina: Survivor, cast: Cast, answer: str) -> None:
    Case.objects.update(has_news=False)
    walk = entered(amina)
    assert walk.path(WHERE) in walk.read("page/")
    page = walk.read(WHERE)
    assert "Размова з адвакаткай." in page
    assert page.count('class="button" name="answer"') == 3, "three equal answers, none of them filled"
    assert walk.post(WHERE, {"answer": answer, "act": "a", "days": "12.08, 24/12"})["Location"] == walk.path(WHERE)
    assert Case.objects.get().has_news
    walk.post(WHERE, {"answer": "yes", "act": "b", "days": ""})
    from cases.lawyers import plans

    [told] = plans.copied(copied(shown, cast.ben), cast.lena.ring)
    assert (told.answer, told.hard) == (answer, ("08-12", "12-24"))
    assert walk.path(WHERE) not in walk.read("page/")


def test_days_that_are_none_are_said_and_stay(shown: Proposal, amina: Survivor) -> None:
    walk = entered(amina)
    page = walk.post(WHERE, {"answer": "yes", "act": "a", "days": "на Каляды"}).content.decode()
    assert "на Каляды" in page
    assert 'href="#days"' in page
    assert 'name="answer"' in page


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", []), ("12.08 1.1.", ["08-12", "01-01"]), ("29.02", ["02-29"]), ("31.02", None), ("x", None),
        ("1.1 " * 30, None),
    ],
)  # fmt: skip
def test_days_as_they_are_typed(typed: str, found: list[str] | None) -> None:
    assert days_in(typed) == found


@pytest.mark.parametrize("language", ["ru", "en", "ar"])
def test_each_language_has_it(shown: Proposal, amina: Survivor, language: str) -> None:
    page = entered(amina, language).read(WHERE)
    assert 'class="voice" lang="be"' in page
    assert "10:00" in page
