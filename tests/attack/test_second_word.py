"""The number of a survivor and a copy of everything, without the second word; and the word without the number."""

from __future__ import annotations

import pytest
from django.conf import settings

from cases.actions.second_word import remove_word, set_word, word_of
from cases.models import Case
from tests.attack.closure import Copy
from tests.factories.cast import STORY, Survivor, first_contact, tell
from tests.factories.walk import Walk
from vault.envelope.second import second_seed
from vault.models import KeyPair

pytestmark = pytest.mark.django_db

WORD = "зялёны сад ля ракі"


@pytest.fixture
def worded(amina: Survivor) -> Survivor:
    set_word(case=amina.fresh(), receipt=amina.ring, word=WORD)
    tell(amina)
    return amina


def kinds(copied: Copy, *seeds: bytes) -> set[str]:
    """Of which compartments something opens."""
    return {value.epoch.compartment.kind for value in copied.read(copied.opened_with(*seeds))}


def guess(survivor: Survivor, word: str, receipt: bytes | None = None) -> bytes:
    """The seed that a word gives, as a thief computes it who knows salt and cost from the opened letters."""
    found = word_of(survivor.fresh(), survivor.ring)
    assert found is not None
    return second_seed(receipt or survivor.keys.seed, word, found.salt, found.cost)


def test_the_number_and_the_database_open_letters_and_nothing_that_was_told(worded: Survivor) -> None:
    copied = Copy.now(settings.DEPLOYMENT)
    assert kinds(copied, worded.keys.seed) == {"messages"}
    assert kinds(copied, worded.keys.seed, guess(worded, "іншыя словы зусім")) == {"messages"}


def test_with_the_word_the_account_opens_and_neither_names_nor_the_sealed_part(worded: Survivor) -> None:
    copied = Copy.now(settings.DEPLOYMENT)
    assert kinds(copied, worded.keys.seed, guess(worded, WORD)) == {"messages", "account"}


def test_the_word_without_the_number_opens_nothing(worded: Survivor) -> None:
    copied = Copy.now(settings.DEPLOYMENT)
    for seed in (bytes(32), first_contact().keys.seed):
        assert kinds(copied, guess(worded, WORD, seed)) == set()


def test_a_word_that_is_set_afterwards_opens_nothing_of_before(amina: Survivor) -> None:
    """Somebody with the number sets a word: what was told stays closed, and the page says since when there is one."""
    tell(amina)
    set_word(case=amina.fresh(), receipt=amina.ring, word=WORD)
    copied = Copy.now(settings.DEPLOYMENT)
    assert kinds(copied, amina.keys.seed, guess(amina, WORD)) == {"messages"}
    walk = Walk("be")
    walk.fill("back/", {"code": amina.code.digits})
    assert walk.get("page/word/").context["since"]


def test_removing_it_leaves_nothing_for_the_word(worded: Survivor) -> None:
    seed = guess(worded, WORD)
    remove_word(case=worded.fresh(), receipt=worded.ring)
    assert kinds(Copy.now(settings.DEPLOYMENT), worded.keys.seed, seed) == {"messages"}
    assert not KeyPair.objects.filter(use=KeyPair.Use.SECOND).exists()


def test_a_finder_at_the_pages_sees_nothing_and_may_try_twenty_words_a_day(worded: Survivor) -> None:
    walk = Walk("be")
    walk.fill("back/", {"code": worded.code.digits})
    codes = [walk.post("page/own/", {"word": f"слова нумар {number}"}).status_code for number in range(22)]
    assert codes == [400] * 20 + [429] * 2
    assert STORY[:20] not in walk.read("page/own/1/story/")
    assert Case.objects.get(id=worded.case.id).versions.count() == 2
