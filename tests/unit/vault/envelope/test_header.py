import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.envelope.errors import Corrupt, EnvelopeError, UnknownVersion
from vault.envelope.header import Kind, read_header, write_header

KINDS = st.sampled_from(Kind)


@pytest.mark.parametrize(
    ("kind", "header"),
    [(Kind.VALUE, "8e4c494e01010001"), (Kind.STREAM, "8e4c494e02010001"), (Kind.HPKE, "8e4c494e0301647a")],
)
def test_the_bytes_of_each_kind_are_fixed(kind, header):
    assert write_header(kind).hex() == header


@given(KINDS, st.binary())
def test_a_header_is_read_back_whatever_follows(kind, rest):
    read_header(write_header(kind) + rest, kind)


@given(KINDS, st.integers(0, 7), st.integers(1, 255))
def test_no_byte_of_a_header_may_differ(kind, at, change):
    header = bytearray(write_header(kind))
    header[at] ^= change
    expected = UnknownVersion if at == 5 else Corrupt
    with pytest.raises(expected):
        read_header(header, kind)


@given(KINDS, KINDS, st.integers(0, 7))
def test_a_cut_header_and_another_kind_are_corrupt(kind, other, length):
    with pytest.raises(Corrupt):
        read_header(write_header(kind)[:length], kind)
    if other != kind:
        with pytest.raises(Corrupt):
            read_header(write_header(other), kind)


def test_a_newer_version_is_unknown_even_with_a_newer_suite():
    with pytest.raises(UnknownVersion):
        read_header(bytes.fromhex("8e4c494e01020099"), Kind.VALUE)


@given(st.binary(max_size=20), KINDS)
def test_noise_is_never_a_header(noise, kind):
    if not noise.startswith(write_header(kind)):
        with pytest.raises(EnvelopeError):
            read_header(noise, kind)
