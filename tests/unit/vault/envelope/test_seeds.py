import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.envelope.errors import BadKey
from vault.envelope.seeds import Halves, Public, fingerprint, kem_public, new_seed, public_of, sign_public
from vault.envelope.signature import SigningKey, sign
from vault.envelope.suite import Opener, seal_to

SEEDS = st.binary(min_size=32, max_size=32)


def test_fresh_seeds_have_32_bytes_and_differ():
    assert len({new_seed() for _ in range(100)}) == 100
    assert len(new_seed()) == 32


@given(SEEDS)
def test_a_seed_always_gives_the_same_public_halves(seed):
    public = public_of(seed)
    assert public == public_of(bytearray(seed)) == Public(kem_public(seed), sign_public(seed))
    assert (len(public.kem), len(public.sign), len(public.fingerprint)) == (1216, 32, 32)


@given(SEEDS)
def test_everything_that_was_derived_once_is_the_same(seed):
    halves = Halves(seed)
    assert halves.public == public_of(seed)
    assert Opener(halves).open(seal_to(halves.public.kem, b"key", b"info"), b"info") == b"key"
    assert SigningKey(halves).sign("note", b"message") == sign(seed, "note", b"message")
    assert SigningKey(halves).public == sign_public(seed)
    assert seed.hex() not in repr(halves)


@given(SEEDS, SEEDS)
def test_other_seeds_have_other_keys_and_fingerprints(seed, other):
    if seed != other:
        one, two = public_of(seed), public_of(other)
        assert one.kem[:1184] != two.kem[:1184]
        assert one.kem[1184:] != two.kem[1184:]
        assert one.sign != two.sign
        assert one.fingerprint != two.fingerprint


def test_the_two_curves_use_different_halves_of_the_seed():
    public = public_of(bytes(32))
    assert public.kem[1184:] != public.sign


def test_both_halves_are_in_the_fingerprint():
    one, two = public_of(bytes(32)), public_of(bytes(31) + b"\1")
    assert len({fingerprint(a.kem, b.sign) for a in (one, two) for b in (one, two)}) == 4


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_seed_of_another_length_is_refused(length):
    for derived in (kem_public, sign_public, public_of):
        with pytest.raises(BadKey):
            derived(bytes(length))


@pytest.mark.parametrize(("kem", "sign"), [(0, 32), (1215, 32), (1216, 31), (1184, 64)])
def test_public_halves_of_another_length_are_refused(kem, sign):
    with pytest.raises(BadKey):
        Public(bytes(kem), bytes(sign))


def test_public_halves_do_not_change():
    with pytest.raises(AttributeError):
        public_of(bytes(32)).kem = b""
