from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vault.envelope.errors import Corrupt
from vault.envelope.padding import pad, padded_size, padme, unpad

SIZES = st.integers(2, 2**50)


@pytest.mark.parametrize(
    ("size", "rounded"),
    [(0, 0), (1, 1), (2, 2), (8, 8), (9, 10), (100, 104), (1024, 1024), (1025, 1088), (65_537, 67_584), (2**20, 2**20)],
)
def test_padme_rounds_as_published(size, rounded):
    assert padme(size) == rounded


@given(SIZES)
def test_padme_never_shrinks_and_adds_less_than_an_eighth(size):
    assert size <= padme(size) <= size * 1.12 + 1


@given(SIZES)
def test_a_rounded_size_stays_as_it_is(size):
    assert padme(padme(size)) == padme(size)


@given(SIZES, SIZES)
def test_padme_keeps_the_order(one, other):
    assert padme(min(one, other)) <= padme(max(one, other))


@given(st.integers(0, 2**40))
@example(65_528)
@example(65_529)
def test_a_padded_size_is_at_least_a_kilobyte_and_a_multiple_of_64(size):
    assert padded_size(size) >= 1024
    assert padded_size(size) % 64 == 0


def test_all_short_answers_look_the_same():
    assert {len(pad(b"a" * size)) for size in range(1017)} == {1024}
    assert len(pad(b"a" * 1017)) == 1088


@given(st.binary(max_size=5000))
@example(b"\0" * 1016)
@example(b"\0" * 1017)
def test_padding_is_taken_off_again(body):
    assert unpad(pad(body)) == body


@given(st.binary(max_size=1500), st.integers(min_value=0), st.integers(1, 255))
@example(b"", 6, 1)
def test_no_padded_byte_may_change_unnoticed(body, at, change):
    padded = bytearray(pad(body))
    at %= len(padded)
    padded[at] ^= change
    if at < 8 + len(body):  # another length may fit too, and then gives another body
        with suppress(Corrupt):
            assert unpad(padded) != body
    else:
        with pytest.raises(Corrupt):
            unpad(padded)


@given(st.binary(max_size=1200).map(lambda body: body.ljust(1024, b"\0")))
def test_only_what_pad_gives_is_accepted(padded):
    with suppress(Corrupt):
        assert pad(unpad(padded)) == padded


@given(st.binary(max_size=3000), st.integers(1, 1000))
def test_cut_or_longer_padding_is_corrupt(body, length):
    for changed in (pad(body)[:-length], pad(body) + bytes(length)):
        with pytest.raises(Corrupt):
            unpad(changed)
