"""Passwords, hashes, sealed seeds and codes."""

from uuid import uuid4

import pytest
from django.contrib.auth.hashers import check_password, identify_hasher, make_password
from hypothesis import given
from hypothesis import strategies as st

from people import keys
from people.hashers import StrongArgon2
from people.passwords import WORDS, is_generated, new_password, normalised, word_list
from vault.directory import new_pair
from vault.envelope.errors import WrongKey
from vault.envelope.seeds import new_seed


def test_a_generated_password_has_six_words_and_77_bits() -> None:
    assert WORDS == 6
    assert len(set(word_list())) ** WORDS > 2**77
    words = new_password().split("-")
    assert len(words) == WORDS
    assert set(words) <= set(word_list())
    assert new_password() != new_password()


def test_no_word_looks_like_two() -> None:
    assert all(word.isascii() and word.isalpha() and word.islower() for word in word_list())


@pytest.mark.parametrize("text", ["", "abacus", "-".join(["abacus"] * 5), "-".join(["abacus"] * 5 + ["xyzzy"])])
def test_a_password_of_ones_own_is_not_taken_for_a_generated_one(text: str) -> None:
    assert is_generated(new_password())
    assert not is_generated(text)


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


def test_composed_and_decomposed_letters_are_one_password() -> None:
    assert normalised(" \u0439 ") == normalised("\u0438\u0306")


def test_hashes_use_the_costs_of_the_settings(settings: object) -> None:
    settings.ARGON2 = {"memory_kib": 128, "iterations": 2, "lanes": 1}
    encoded = make_password("six words of one")
    assert isinstance(identify_hasher(encoded), StrongArgon2)
    assert encoded.startswith("argon2$argon2id$v=19$m=128,t=2,p=1$")
    assert check_password("six words of one", encoded)
    assert not check_password("six words", encoded)
    settings.ARGON2 = {"memory_kib": 256, "iterations": 2, "lanes": 1}
    assert StrongArgon2().must_update(encoded)


@pytest.mark.django_db
def test_a_seed_opens_with_its_password_and_its_pair_only() -> None:
    seed = new_seed()
    pair, other = new_pair(seed, "person"), new_pair(new_seed(), "person")
    pair.password_seed = other.password_seed = keys.seal_seed(seed, pair, "six words of one")
    assert keys.open_seed(pair, "six words of one") == seed
    with pytest.raises(WrongKey):
        keys.open_seed(pair, "six words")
    with pytest.raises(WrongKey):
        keys.open_seed(other, "six words of one")


def test_a_code_secret_is_bound_to_seed_and_person() -> None:
    seed, person = new_seed(), uuid4()
    sealed = keys.seal_totp(seed, b"s" * 20, person)
    assert keys.open_totp(seed, sealed, person) == b"s" * 20
    for wrong in ((new_seed(), person), (seed, uuid4())):
        with pytest.raises(WrongKey):
            keys.open_totp(wrong[0], sealed, wrong[1])
