"""The page on which the person answers about a lawyer."""

from __future__ import annotations

import pytest
from django.test import Client

from cases.actions.proposing import take_back
from cases.models import Approval, Case, Proposal
from tests.factories import cast as made
from tests.factories.cast import Cast, Survivor
from tests.factories.lawyers import ask, decide, named, record_of
from tests.factories.walk import Walk

pytestmark = pytest.mark.shown

WHERE = "page/lawyer/"


@pytest.fixture
def shown(cast: Cast, amina: Survivor) -> Proposal:
    """Lena is named to Amina."""
    from tests.factories.kept import kept

    def make() -> Proposal:
        made.assigned(amina, cast.ben)
        made.tell(amina)
        made.confirmed(amina, cast.ben)
        made.given(amina, cast.chloe, cast.dana)
        record_of(cast.lena, cast)
        decide(ask(amina.fresh(), cast.ben, Approval.Kind.ACCEPT), cast.dana)
        return named(amina.fresh(), cast)

    return kept("lawyer named", make)


def entered(survivor: Survivor, language: str = "be") -> Walk:
    walk = Walk(language)
    walk.fill("back/", {"code": survivor.code.digits})
    return walk


@pytest.mark.parametrize("answer", ["yes", "another", "no"])
def test_an_answer_is_signed_noted_and_given_once(shown: Proposal, amina: Survivor, answer: str) -> None:
    walk = entered(amina)
    assert walk.path(WHERE) in walk.read("page/")
    page = walk.read(WHERE)
    assert "Працуе ў Вільні." in page
    assert page.count('class="button" name="answer"') == 3, "three equal answers, none of them filled"
    assert walk.post(WHERE, {"answer": answer, "act": "a"})["Location"] == walk.path(WHERE)
    assert Proposal.objects.get().state == ("agreed" if answer == "yes" else "refused")
    assert Case.objects.get().has_news
    walk.post(WHERE, {"answer": "yes", "act": "b"})
    assert Proposal.objects.get().state == ("agreed" if answer == "yes" else "refused")


def test_nonsense_and_a_name_that_was_taken_back(shown: Proposal, amina: Survivor, cast: Cast) -> None:
    walk = entered(amina)
    walk.post(WHERE, {"answer": "perhaps", "act": "a"})
    assert Proposal.objects.get().state == "shown"
    take_back(proposal=shown, by=cast.ben.person, ring=cast.ben.ring)
    assert walk.post(WHERE, {"answer": "yes", "act": "b"}).status_code == 302
    assert Proposal.objects.get().state == "taken_back"
    assert 'name="answer"' not in walk.read(WHERE)


def test_without_a_number_it_is_not_shown(shown: Proposal) -> None:
    assert "Lena" not in Client().get("/be/page/lawyer/").content.decode()


@pytest.mark.parametrize("language", ["ru", "en", "ar"])
def test_each_language_has_it(shown: Proposal, amina: Survivor, language: str) -> None:
    page = entered(amina, language).read(WHERE)
    assert "Працуе ў Вільні." in page
    assert 'class="voice" lang="be"' in page
