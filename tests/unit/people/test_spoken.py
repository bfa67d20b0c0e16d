"""The six words by which two people compare a key."""

import pytest
from shamir_mnemonic.wordlist import WORDLIST

from people import spoken
from vault.directory import new_pair
from vault.envelope.seeds import new_seed
from vault.errors import Unstated
from vault.models import KeyPair

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> KeyPair:
    return new_pair(new_seed(), "person")


def test_six_words_of_the_list_always_the_same(pair: KeyPair) -> None:
    words = spoken.words_of(pair)
    assert len(words) == 6
    assert set(words) <= set(WORDLIST)
    assert spoken.words_of(KeyPair.objects.get(id=pair.id)) == words


def test_the_words_are_the_first_sixty_bits_of_the_digest(pair: KeyPair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spoken, "own_fingerprint", lambda pair: b"abc")  # SHA-256: ba7816bf8f01cfea...
    bits = f"{0xBA7816BF8F01CFEA:064b}"
    assert spoken.words_of(pair) == [WORDLIST[int(bits[at : at + 10], 2)] for at in range(0, 60, 10)]


def test_another_key_has_other_words(pair: KeyPair) -> None:
    assert not spoken.matches(new_pair(new_seed(), "person"), " ".join(spoken.words_of(pair)))


@pytest.mark.parametrize("between", [" ", ", ", "-", "\n", " - "])
def test_words_are_read_however_they_were_written_down(pair: KeyPair, between: str) -> None:
    assert spoken.matches(pair, f" {between.join(spoken.words_of(pair)).upper()} ")


@pytest.mark.parametrize("cut", [0, 1, 5, 7])
def test_not_six_words_are_no_code(pair: KeyPair, cut: int) -> None:
    words = (spoken.words_of(pair) * 2)[:cut]
    with pytest.raises(spoken.NotWords):
        spoken.matches(pair, " ".join(words))


def test_a_slip_of_the_pen_is_named(pair: KeyPair) -> None:
    words = spoken.words_of(pair)
    with pytest.raises(spoken.NotWords) as caught:
        spoken.read(" ".join([*words[:5], "xylophon"]))
    assert caught.value.unknown == ["xylophon"]


def test_one_word_at_another_place_is_wrong(pair: KeyPair) -> None:
    words = spoken.words_of(pair)
    other = next(word for word in WORDLIST if word not in words)
    assert not spoken.matches(pair, " ".join([other, *words[1:]]))
    assert not spoken.matches(pair, " ".join([*words[:5], other]))


def test_a_row_whose_halves_do_not_fit_has_no_words(pair: KeyPair) -> None:
    pair.sign_public = bytes(32)
    with pytest.raises(Unstated):
        spoken.words_of(pair)
