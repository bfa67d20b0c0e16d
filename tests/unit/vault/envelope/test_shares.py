import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.envelope.errors import BadKey
from vault.envelope.shares import join, split


@given(st.binary(max_size=100))
def test_two_shares_give_the_secret_in_either_order(secret):
    a, b = split(secret)
    assert join(a, b) == join(b, a) == secret
    assert len(a) == len(b) == len(secret)


def test_shares_of_one_secret_are_fresh_each_time():
    shares = [share for _ in range(50) for share in split(bytes(32))]
    assert len(set(shares)) == 50  # of zeros, both shares are equal
    assert len({share for _ in range(50) for share in split(bytes(range(32)))}) == 100


def test_neither_share_is_the_secret():
    assert bytes(range(32)) not in split(bytes(range(32)))


@given(st.binary(max_size=40), st.binary(max_size=40))
def test_shares_of_different_lengths_are_refused(a, b):
    if len(a) != len(b):
        with pytest.raises(BadKey):
            join(a, b)
