import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vault.envelope import password as passwords
from vault.envelope.errors import BadKey, Corrupt, EnvelopeError, UnknownVersion, WrongKey
from vault.envelope.password import Cost, open_seed, seal_seed

SEED, PERSON = bytes(range(32)), b"person 1"
CHEAP = Cost(8, 1, 1)
WORDS = "six generated words are offered here"


@given(st.binary(min_size=32, max_size=32), st.text(max_size=50), st.binary(max_size=20))
def test_a_seed_opens_with_its_password_in_its_place(seed, password, context):
    blob = seal_seed(seed, password, CHEAP, context)
    assert open_seed(blob, password, context) == seed
    assert open_seed(memoryview(blob), password, context) == seed


@given(st.text(max_size=50))
def test_another_password_is_the_wrong_key(password):
    if passwords.normalize("NFC", password) != WORDS:
        with pytest.raises(WrongKey):
            open_seed(seal_seed(SEED, WORDS, CHEAP, PERSON), password, PERSON)


def test_another_person_is_the_wrong_key():
    with pytest.raises(WrongKey):
        open_seed(seal_seed(SEED, WORDS, CHEAP, PERSON), WORDS, b"person 2")


def test_composed_and_decomposed_letters_are_the_same_password():
    blob = seal_seed(SEED, "\u045e \u00fc", CHEAP, PERSON)
    assert open_seed(blob, "\u0443\u0306 u\u0308", PERSON) == SEED


def test_a_lone_surrogate_is_no_error_that_would_carry_the_password():
    blob = seal_seed(SEED, "words \ud800", CHEAP, PERSON)
    assert open_seed(blob, "words \ud800", PERSON) == SEED


def test_the_same_seed_sealed_twice_gives_unrelated_bytes():
    one, two = (seal_seed(SEED, WORDS, CHEAP, PERSON) for _ in range(2))
    assert one[10:26] != two[10:26]
    assert not {one[at : at + 8] for at in range(34, len(one) - 7)} & {
        two[at : at + 8] for at in range(34, len(two) - 7)
    }


def test_the_cost_is_beside_the_seed():
    blob = seal_seed(SEED, WORDS, Cost(64, 3, 2), PERSON)
    assert blob[:10].hex() == "01" + "00000040" + "00000003" + "02"
    assert len(blob) == 26 + 72 + 1024 + 16


@settings(max_examples=200)
@given(st.integers(10, 1137), st.integers(1, 255))
def test_no_byte_may_change(at, change):
    blob = bytearray(seal_seed(SEED, WORDS, CHEAP, PERSON))
    blob[at] ^= change
    with pytest.raises(EnvelopeError):
        open_seed(blob, WORDS, PERSON)


@pytest.mark.parametrize("cost", [(16, 1, 1), (8, 2, 1), (16, 1, 2)])
def test_a_changed_cost_does_not_open(cost):
    blob = seal_seed(SEED, WORDS, CHEAP, PERSON)
    other = seal_seed(SEED, WORDS, Cost(*cost), PERSON)
    with pytest.raises(WrongKey):
        open_seed(other[:10] + blob[10:], WORDS, PERSON)


@given(st.integers(0, 1137))
def test_a_cut_blob_is_corrupt(length):
    with pytest.raises(Corrupt):
        open_seed(seal_seed(SEED, WORDS, CHEAP, PERSON)[:length], WORDS, PERSON)


def test_a_newer_version_is_unknown():
    with pytest.raises(UnknownVersion):
        open_seed(b"\2" + seal_seed(SEED, WORDS, CHEAP, PERSON)[1:], WORDS, PERSON)


BAD_COSTS = [(7, 1, 1), (2**20 + 1, 1, 1), (2**32 - 1, 1, 1), (64, 0, 1), (64, 17, 1), (64, 1, 0), (64, 1, 9)]


@pytest.mark.parametrize("cost", BAD_COSTS)
def test_a_cost_out_of_bounds_is_refused_before_anything_is_computed(cost, monkeypatch):
    blob = seal_seed(SEED, WORDS, CHEAP, PERSON)
    monkeypatch.setattr(passwords, "Argon2id", None)
    memory_kib, iterations, lanes = cost
    changed = b"\1" + memory_kib.to_bytes(4, "big") + iterations.to_bytes(4, "big") + bytes([lanes]) + blob[10:]
    with pytest.raises(Corrupt, match="cost out of bounds"):
        open_seed(changed, WORDS, PERSON)
    with pytest.raises(ValueError, match="cost out of bounds"):
        Cost(*cost)


def test_the_dearest_cost_is_allowed():
    assert Cost(2**20, 16, 255)


def test_a_seed_of_another_length_is_refused():
    with pytest.raises(BadKey):
        seal_seed(SEED[:31], WORDS, CHEAP, PERSON)
