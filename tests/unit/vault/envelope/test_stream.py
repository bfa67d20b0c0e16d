import io
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.envelope.errors import BadKey, Corrupt, EnvelopeError, WrongKey
from vault.envelope.padding import padded_size
from vault.envelope.stream import CHUNK, RECORD, Sealed, StreamOpener, StreamSealer, stored_size_of

KEY, PLACE = bytes(range(32)), b"file 1"
PREAMBLE = 72
EDGES = [0, 1, 1015, 1016, 1017, CHUNK - 9, CHUNK - 8, CHUNK - 7, CHUNK, CHUNK + 1, 2 * CHUNK - 8, 4 * CHUNK, 300_000]
LARGE = 3 * CHUNK + 17


def content(size: int) -> bytes:
    return (bytes(range(251)) * (size // 251 + 1))[:size]


def seal(data: bytes, piece: int = CHUNK) -> tuple[bytes, Sealed]:
    target = io.BytesIO()
    sealer = StreamSealer(KEY, PLACE, target.write)
    for start in range(0, len(data), piece):
        sealer.update(data[start : start + piece])
    sealed = sealer.finish()
    return target.getvalue(), sealed


def opener(stored: bytes, size: int, key: bytes = KEY, place: bytes = PLACE) -> StreamOpener:
    return StreamOpener(key, place, io.BytesIO(stored), len(stored), size)


class Counted(io.BytesIO):
    """Counts the bytes that were read."""

    taken = 0

    def read(self, size=-1):
        piece = super().read(size)
        self.taken += len(piece)
        return piece


class Dribbling(io.BytesIO):
    """Gives at most 1000 bytes at a time, as a network may."""

    def read(self, size=-1):
        return super().read(min(size, 1000))


@pytest.mark.parametrize("size", EDGES)
def test_a_file_of_any_size_opens_again(size):
    stored, sealed = seal(content(size))
    assert sealed == Sealed(size, len(stored), sha256(stored[:PREAMBLE]).digest())
    assert b"".join(opener(stored, size).chunks()) == content(size)


@given(st.lists(st.integers(0, 2 * CHUNK), max_size=4), st.sampled_from([bytes, bytearray, memoryview]))
def test_it_does_not_matter_in_which_pieces_a_file_arrives(sizes, kind):
    target, data = io.BytesIO(), content(sum(sizes))
    sealer, start = StreamSealer(KEY, PLACE, target.write), 0
    for size in sizes:
        sealer.update(kind(data[start : start + size]))
        start += size
    sealed = sealer.finish()
    assert sealed.size == len(data)
    assert b"".join(opener(target.getvalue(), len(data)).chunks()) == data


def test_many_tiny_pieces_are_one_file():
    stored, _ = seal(content(5000), piece=7)
    assert b"".join(opener(stored, 5000).chunks()) == content(5000)


@given(st.integers(0, 2**40))
def test_the_stored_size_says_only_the_padded_size(size):
    padded = padded_size(size)
    assert stored_size_of(size) == PREAMBLE + padded + 16 * -(-padded // CHUNK)


def test_the_same_file_sealed_twice_gives_unrelated_bytes():
    one, two = seal(content(500))[0][8:], seal(content(500))[0][8:]
    assert not {one[at : at + 8] for at in range(len(one) - 7)} & {two[at : at + 8] for at in range(len(two) - 7)}


def test_equal_chunks_of_one_file_are_sealed_differently():
    stored, _ = seal(bytes(3 * CHUNK))
    assert stored[PREAMBLE : PREAMBLE + RECORD] != stored[PREAMBLE + RECORD : PREAMBLE + 2 * RECORD]


@given(st.data())
def test_a_range_gives_the_same_bytes_as_the_whole(data):
    size = data.draw(st.sampled_from(EDGES))
    start = data.draw(st.integers(0, size))
    stop = data.draw(st.integers(start, size))
    assert b"".join(opener(seal(content(size))[0], size).read_range(start, stop)) == content(size)[start:stop]


def test_a_range_opens_only_its_own_chunks():
    source = Counted(seal(content(LARGE))[0])
    opened = StreamOpener(KEY, PLACE, source, len(source.getvalue()), LARGE)
    source.taken = 0
    assert b"".join(opened.read_range(CHUNK + 5, CHUNK + 9)) == content(LARGE)[CHUNK + 5 : CHUNK + 9]
    assert source.taken == RECORD
    assert list(opened.read_range(7, 7)) == []
    assert source.taken == RECORD


@pytest.mark.parametrize(("start", "stop"), [(-1, 5), (5, 4), (0, 101), (101, 101)])
def test_a_range_outside_the_file_is_refused_at_once(start, stop):
    opened = opener(seal(content(100))[0], 100)
    with pytest.raises(ValueError, match="range outside"):
        opened.read_range(start, stop)


def test_closing_closes_the_source():
    opened = opener(seal(content(100))[0], 100)
    opened.close()
    with pytest.raises(ValueError, match="closed"):
        list(opened.chunks())


def test_two_readers_of_one_file_do_not_disturb_each_other():
    opened = opener(seal(content(LARGE))[0], LARGE)
    pairs = list(zip(opened.chunks(), opened.read_range(0, LARGE), strict=True))
    assert all(one == two for one, two in pairs)
    assert b"".join(one for one, _ in pairs) == content(LARGE)


def test_a_source_may_give_less_than_was_asked():
    stored, _ = seal(content(LARGE))
    opened = StreamOpener(KEY, PLACE, Dribbling(stored), len(stored), LARGE)
    assert b"".join(opened.chunks()) == content(LARGE)


@given(st.integers(min_value=0), st.integers(1, 255))
def test_no_byte_of_a_stored_file_may_change(at, change):
    changed = bytearray(seal(content(LARGE))[0])
    at %= len(changed)
    changed[at] ^= change
    given_out = []
    with pytest.raises(EnvelopeError) as caught:
        given_out.extend(opener(bytes(changed), LARGE).chunks())
    assert at < 8 or caught.type is (WrongKey if at < PREAMBLE else Corrupt)
    assert content(LARGE).startswith(b"".join(given_out))
    assert len(given_out) <= max(at - PREAMBLE, 0) // RECORD


def test_what_is_wrong_at_the_end_shows_before_the_first_byte():
    stored, sealed = seal(content(LARGE))
    for changed in (
        stored[:-1] + bytes([stored[-1] ^ 1]),
        stored[:-1],
        stored + b"\0",
        stored[: PREAMBLE + 3 * RECORD],
    ):
        with pytest.raises(Corrupt):
            StreamOpener(KEY, PLACE, io.BytesIO(changed), sealed.stored_size, LARGE)
        with pytest.raises(Corrupt):
            opener(changed, LARGE)


@pytest.mark.parametrize("size", [-1, -(2**70), 2**32, 2**70])
def test_a_size_that_cannot_be_is_corrupt(size):
    with pytest.raises(Corrupt):
        opener(seal(content(100))[0], size)


def test_zeros_of_the_padding_are_verified_in_chunks_without_data():
    size = 4 * 2**20 + 1  # padded to 4 MiB and 128 KiB: the last two chunks hold no data
    stored, _ = seal(content(size), piece=2**20)
    at = len(stored) - RECORD - 100
    opened = opener(stored[:at] + bytes([stored[at] ^ 1]) + stored[at + 1 :], size)
    with pytest.raises(Corrupt):
        list(opened.chunks())


def test_another_key_or_place_is_the_wrong_key():
    stored, _ = seal(content(100))
    for key, place in ((bytes(32), PLACE), (KEY, b"file 2"), (KEY, b"")):
        with pytest.raises(WrongKey):
            opener(stored, 100, key, place)


def test_a_key_of_another_length_is_refused():
    with pytest.raises(BadKey):
        StreamSealer(KEY[:16], PLACE, io.BytesIO().write)


def test_a_target_that_takes_little_at_a_time_gets_everything():
    target = io.BytesIO()
    sealer = StreamSealer(KEY, PLACE, lambda piece: target.write(piece[:1000]))
    sealer.update(content(LARGE))
    sealer.finish()
    assert b"".join(opener(target.getvalue(), LARGE).chunks()) == content(LARGE)


def test_a_target_that_says_nothing_has_taken_everything():
    pieces = []
    sealer = StreamSealer(KEY, PLACE, lambda piece: pieces.append(bytes(piece)))
    sealer.update(content(LARGE))
    sealer.finish()
    assert b"".join(opener(b"".join(pieces), LARGE).chunks()) == content(LARGE)


def test_a_full_disk_passes_through():
    def write(piece):
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        StreamSealer(KEY, PLACE, write)


def test_a_target_that_takes_nothing_is_an_error_and_no_endless_loop():
    with pytest.raises(OSError, match="nothing was written"):
        StreamSealer(KEY, PLACE, lambda piece: 0)


def test_a_piece_is_only_valid_during_the_call():
    kept = []
    sealer = StreamSealer(KEY, PLACE, kept.append)
    sealer.update(content(LARGE))
    sealer.finish()
    with pytest.raises(ValueError, match="released"):
        bytes(kept[-1])


def test_nothing_follows_the_end():
    sealer = StreamSealer(KEY, PLACE, io.BytesIO().write)
    sealer.finish()
    for late in (sealer.finish, lambda: sealer.update(b"late")):
        with pytest.raises(ValueError, match="finished"):
            late()


def test_no_plaintext_is_in_the_stored_file():
    stored, _ = seal(b"marker word " * 20_000)
    assert b"marker" not in stored
