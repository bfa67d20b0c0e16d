import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.envelope.encoding import exactly, pack
from vault.envelope.errors import BadKey

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
PARTS = st.lists(st.one_of(st.none(), st.binary(), TEXT, st.integers()), max_size=5)


def test_the_bytes_of_each_type_are_fixed():
    assert pack(None) == b"n\0\0\0\0"
    assert pack(b"ab") == b"b\0\0\0\2ab"
    assert pack("é") == b"s\0\0\0\2\xc3\xa9"
    assert pack(1, "") == b"i\0\0\0\1\1s\0\0\0\0"
    assert pack() == b""


@pytest.mark.parametrize(
    ("number", "body"),
    [
        (0, "00"),
        (127, "7f"),
        (128, "0080"),
        (-1, "ff"),
        (-128, "80"),
        (-129, "ff7f"),
        (2**31, "0080000000"),
        (-(2**63), "8000000000000000"),
    ],
)
def test_integers_take_the_fewest_bytes(number, body):
    assert pack(number) == b"i" + (len(body) // 2).to_bytes(4, "big") + bytes.fromhex(body)


def test_bytes_of_every_kind_are_the_same_part():
    assert pack(bytearray(b"ab")) == pack(memoryview(b"ab")) == pack(b"ab")


@given(PARTS, PARTS)
def test_different_parts_never_give_the_same_bytes(some, others):
    same = [(type(part), part) for part in some] == [(type(part), part) for part in others]
    assert (pack(*some) == pack(*others)) == same


@given(PARTS)
def test_a_packed_string_can_only_be_read_one_way(parts):
    packed, read = pack(*parts), []
    while packed:
        end = 5 + int.from_bytes(packed[1:5], "big")
        body = packed[5:end]
        readers = {"n": lambda body: None, "b": bytes, "s": bytes.decode}
        readers["i"] = lambda body: int.from_bytes(body, "big", signed=True)
        read.append(readers[chr(packed[0])](body))
        packed = packed[end:]
    assert read == parts


@pytest.mark.parametrize("part", [True, False, 1.0, ["a"], ("a",), object()])
def test_other_types_are_refused(part):
    with pytest.raises(TypeError):
        pack(part)


def test_a_lone_surrogate_is_refused_without_saying_the_text():
    with pytest.raises(ValueError, match=r"^text holds a lone surrogate$") as caught:
        pack("secret\ud800")
    assert caught.value.__context__ is None


def test_a_wrong_length_names_the_field_and_the_lengths_only():
    assert exactly(3, "seed", bytearray(b"abc")) == b"abc"
    with pytest.raises(BadKey, match=r"^seed: 3 bytes wanted, 6 given$"):
        exactly(3, "seed", b"secret")
