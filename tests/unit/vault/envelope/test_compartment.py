import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.envelope.compartment import compartment_key
from vault.envelope.errors import BadKey

KEYS = st.binary(min_size=32, max_size=32)
ALL = st.tuples(KEYS, KEYS, st.binary(max_size=50))


@given(ALL, ALL)
def test_the_key_changes_with_the_secret_the_share_and_the_place(one, other):
    assert compartment_key(*one) == compartment_key(*one)
    assert len(compartment_key(*one)) == 32
    assert (compartment_key(*one) == compartment_key(*other)) == (one == other)


def test_secret_and_share_cannot_take_each_others_place():
    assert compartment_key(bytes(32), b"\1" * 32, b"") != compartment_key(b"\1" * 32, bytes(32), b"")


@pytest.mark.parametrize(("secret", "share"), [(31, 32), (33, 32), (32, 0), (32, 31), (0, 0)])
def test_other_lengths_are_refused(secret, share):
    with pytest.raises(BadKey):
        compartment_key(bytes(secret), bytes(share), b"")
