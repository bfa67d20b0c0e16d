"""Several fields as one byte string that no other fields can give."""

from vault.envelope.errors import BadKey

Bytes = bytes | bytearray | memoryview
Part = Bytes | str | int | None


def pack(*parts: Part) -> bytes:
    """Join parts injectively: tag (1 byte), length (4 bytes, big-endian), body, for each part.

    Tags: b bytes, s text as UTF-8 (not normalised), i signed big-endian integer in the fewest bytes, n nothing.
    Raises TypeError for another type (a bool is none of these), ValueError for text with a lone surrogate.
    """
    return b"".join(_part(part) for part in parts)


def _part(part: Part) -> bytes:
    tag, body = _tagged(part)
    return tag + len(body).to_bytes(4, "big") + body


def _tagged(part: Part) -> tuple[bytes, bytes]:
    match part:
        case None:
            return b"n", b""
        case bytes() | bytearray() | memoryview():
            return b"b", bytes(part)
        case str():
            return b"s", _utf8(part)
        case int() if not isinstance(part, bool):
            return b"i", _integer(part)
    raise TypeError(f"cannot be packed: {type(part).__name__}")


def _utf8(text: str) -> bytes:
    if any("\ud800" <= sign <= "\udfff" for sign in text):  # the error of encode() would carry the text
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
