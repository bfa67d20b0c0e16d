import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.envelope.aead import open_value, seal_value
from vault.envelope.errors import BadKey, Corrupt, EnvelopeError, WrongKey
from vault.envelope.padding import padded_size

KEYS = st.binary(min_size=32, max_size=32)
KEY, PLACE = bytes(range(32)), b"answers body 1"
TEXT = "Тэкст, якога няма ў журнале".encode()


@given(KEYS, st.binary(max_size=5000), st.binary(max_size=100))
def test_what_is_sealed_opens_in_its_place(key, plaintext, context):
    blob = seal_value(key, plaintext, context)
    assert open_value(key, blob, context) == plaintext
    assert open_value(bytearray(key), memoryview(blob), context) == plaintext


@given(st.binary(max_size=5000))
def test_the_size_says_only_the_padded_size(plaintext):
    assert len(seal_value(KEY, plaintext, PLACE)) == 72 + padded_size(len(plaintext)) + 16


def test_the_same_context_sealed_twice_gives_unrelated_bytes():
    one, two = seal_value(KEY, TEXT, PLACE)[8:], seal_value(KEY, TEXT, PLACE)[8:]
    assert not {one[at : at + 8] for at in range(len(one) - 7)} & {two[at : at + 8] for at in range(len(two) - 7)}


def test_the_plaintext_is_not_in_the_blob():
    assert TEXT[:8] not in seal_value(KEY, TEXT, PLACE)


@given(KEYS, st.binary(max_size=50))
def test_another_key_or_place_is_told_apart_from_damage(key, context):
    blob = seal_value(KEY, TEXT, PLACE)
    if key != KEY:
        with pytest.raises(WrongKey):
            open_value(key, blob, PLACE)
    if context != PLACE:
        with pytest.raises(WrongKey):
            open_value(KEY, blob, context)


@given(st.integers(min_value=0), st.integers(1, 255))
def test_no_byte_may_change(at, change):
    blob = bytearray(seal_value(KEY, TEXT, PLACE))
    at %= len(blob)
    blob[at] ^= change
    with pytest.raises(EnvelopeError) as caught:
        open_value(KEY, blob, PLACE)
    assert at < 8 or caught.type is (WrongKey if at < 72 else Corrupt)


@given(st.integers(1, 1111))
def test_a_cut_blob_is_corrupt(length):
    with pytest.raises(Corrupt):
        open_value(KEY, seal_value(KEY, TEXT, PLACE)[:length], PLACE)


@given(st.binary(max_size=100))
def test_a_longer_blob_and_noise_do_not_open(noise):
    for blob in (noise, seal_value(KEY, TEXT, PLACE) + noise + b"\0"):
        with pytest.raises(EnvelopeError):
            open_value(KEY, blob, PLACE)


def test_a_key_of_another_length_is_refused():
    for key in (b"", KEY[:16], KEY + b"\0"):
        with pytest.raises(BadKey):
            seal_value(key, TEXT, PLACE)
        with pytest.raises(BadKey):
            open_value(key, seal_value(KEY, TEXT, PLACE), PLACE)


def test_no_error_says_the_content_the_key_or_the_place():
    blob = seal_value(KEY, TEXT, PLACE)
    for key, changed, context in ((bytes(32), blob, PLACE), (KEY, blob[:-1], PLACE), (KEY, blob, b"elsewhere")):
        with pytest.raises(EnvelopeError) as caught:
            open_value(key, changed, context)
        assert str(caught.value) in {"commitment", "value: changed"}
        assert caught.value.__cause__ is None
