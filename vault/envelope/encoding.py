"""Several fields as one byte string that no other fields can give."""

from struct import Struct

from vault.envelope.errors import BadKey

Bytes = bytes | bytearray | memoryview
Part = Bytes | str | int | None
_BEGIN = Struct(">cI").pack  # tag and length


def pack(*parts: Part) -> bytes:
    """Join parts injectively: tag (1 byte), length (4 bytes, big-endian), body, for each part.

    Tags: b bytes, s text as UTF-8 (not normalised), i signed big-endian integer in the fewest bytes, n nothing.
    Raises TypeError for another type (a bool is none of these), ValueError for text with a lone surrogate.
    """
    packed = list[bytes]()
    for part in parts:
        kind = type(part)
        if kind is bytes:
            tag, body = b"b", part
        elif kind is str and part.isascii():  # type: ignore[union-attr]
            tag, body = b"s", part.encode()  # type: ignore[union-attr]
        else:
            tag, body = _tagged(part)
        packed += (_BEGIN(tag, len(body)), body)  # type: ignore[arg-type]
    return b"".join(packed)


def _tagged(part: Part) -> tuple[bytes, bytes]:
    """The tag and the body of one part; the commonest types first."""
    if isinstance(part, str):
        return b"s", _utf8(part)
    if part is None:
        return b"n", b""
    if isinstance(part, int) and not isinstance(part, bool):
        return b"i", _integer(part)
    if isinstance(part, bytes | bytearray | memoryview):
        return b"b", bytes(part)
    raise TypeError(f"cannot be packed: {type(part).__name__}")


def _utf8(text: str) -> bytes:
    if not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text):  # encode()'s error carries the text
        raise ValueError("text holds a lone surrogate")
    return text.encode()


def _integer(number: int) -> bytes:
    magnitude = number if number >= 0 else ~number
    return number.to_bytes(magnitude.bit_length() // 8 + 1, "big", signed=True)


def exactly(length: int, name: str, body: Bytes) -> bytes:
    """The body as bytes if it has this length in bytes. Raises BadKey, naming the field and the two lengths."""
    if len(body) != length:
        raise BadKey(f"{name}: {length} bytes wanted, {len(body)} given")
    return bytes(body)
