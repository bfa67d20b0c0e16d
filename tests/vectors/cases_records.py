"""Vector cases of what rests in tables and files: sealed values, sealed files, secrets sealed to a key."""

from pathlib import Path

from tests.vectors import straight

KEY, OTHER_KEY = bytes(range(32)), bytes(range(1, 33))
SALT, OTHER_SALT = bytes(range(100, 132)), bytes(range(101, 133))
LATTICE_SEALED = bytes.fromhex((Path(__file__).parent / "mlkem768_ciphertext.hex").read_text())  # random, made once
EPHEMERAL = bytes([7]) * 32
CHUNK, TAG, PREAMBLE = 65536, 16, 72
RECORD = CHUNK + TAG


def place(deployment="demo", row=1, version=1, epoch=1):
    return straight.pack("value", deployment, "answers", "body", bytes([row]) * 16, version, bytes(16), epoch)


def flip(blob, at):
    changed = bytearray(blob)
    changed[at] ^= 1
    return bytes(changed)


def values():
    plaintext = "Слова, якіх няма ні ў якім журнале.".encode()
    sealed = straight.seal_value(KEY, plaintext, place(), SALT)
    foreign = straight.seal_value(KEY, b"another row", place(row=2), OTHER_SALT)
    short_form = straight.seal_value(KEY, b"another text", place(), OTHER_SALT)
    full, over = b"a" * 1016, b"a" * 1017

    def case(name, expect, blob, key=KEY, context=None, output=None):
        inputs = {"key": key, "context": place() if context is None else context, "blob": blob}
        return f"value_{name}", "open_value", expect, inputs, output

    def padded(body):
        return straight.seal_padded(KEY, body, place(), SALT)

    yield case("ok", "ok", sealed, output=plaintext)
    yield case("ok_empty", "ok", straight.seal_value(KEY, b"", place(), SALT), output=b"")
    yield case("ok_fills_the_kilobyte", "ok", straight.seal_value(KEY, full, place(), SALT), output=full)
    yield case("ok_over_the_kilobyte", "ok", straight.seal_value(KEY, over, place(), SALT), output=over)
    yield case("nothing", "corrupt", b"")
    yield case("cut_in_header", "corrupt", sealed[:7])
    yield case("cut_in_preamble", "corrupt", sealed[:71])
    yield case("cut_after_preamble", "corrupt", sealed[:72])
    yield case("cut_by_one_byte", "corrupt", sealed[:-1])
    yield case("extended", "corrupt", sealed + b"\x00")
    for name, at, expect in (
        ("magic", 0, "corrupt"),
        ("salt", 8, "wrong_key"),
        ("commitment", 71, "wrong_key"),
        ("ciphertext", 72, "corrupt"),
        ("tag", -1, "corrupt"),
    ):
        yield case(f"one_bit_of_{name}", expect, flip(sealed, at))
    yield case("swapped_record", "wrong_key", foreign)
    yield case("body_of_another_record", "corrupt", sealed[:72] + short_form[72:])
    yield case("wrong_context", "wrong_key", sealed, context=place(row=2))
    yield case("wrong_version_in_context", "wrong_key", sealed, context=place(version=2))
    yield case("wrong_epoch_in_context", "wrong_key", sealed, context=place(epoch=2))
    yield case("wrong_deployment_in_context", "wrong_key", sealed, context=place(deployment="demo2"))
    yield case("wrong_key", "wrong_key", sealed, key=OTHER_KEY)
    yield case("short_key", "bad_key", sealed, key=KEY[:31])
    yield case("unknown_version", "unknown_version", straight.header(1, version=2) + sealed[8:])
    yield case("other_kind", "corrupt", straight.header(2) + sealed[8:])
    yield case("other_suite", "corrupt", straight.header(1, suite=2) + sealed[8:])
    yield case("padding_not_zero", "corrupt", padded(straight.pad(b"text", filler=b"\x01")))
    yield case("padded_too_far", "corrupt", padded(straight.pad(b"text", total=1088)))
    yield case("padded_too_little", "corrupt", padded(straight.pad(b"text", total=512)))
    yield case("length_beyond_the_end", "corrupt", padded((2**63).to_bytes(8, "big") + bytes(1016)))
    yield case("length_of_zeros", "corrupt", padded(straight.pad(b"text")[:6] + b"\x08\x00" + bytes(1016)))


def streams():
    context = straight.pack("file", "demo", bytes(16))
    small, large = b"%PDF-1.7", bytes(at % 251 for at in range(131500))
    one = straight.seal_stream(KEY, straight.pad_end(small), context, SALT)
    three = straight.seal_stream(KEY, straight.pad_end(large), context, SALT)
    foreign = straight.seal_stream(KEY, large[:CHUNK], context, OTHER_SALT, has_last=False)

    def case(name, expect, stored, size=8, key=KEY, place=context, stored_size=None, output=None):
        pieces = stored if isinstance(stored, list) else [stored]
        length = sum(piece["stop"] - piece["start"] if isinstance(piece, dict) else len(piece) for piece in pieces)
        sizes = {"size": size, "stored_size": length if stored_size is None else stored_size}
        return (
            f"stream_{name}",
            "open_stream",
            expect,
            {"key": key, "context": place, "stored": pieces, **sizes},
            output,
        )

    def part(start, stop):
        return {"file": "stream_ok_three_chunks", "start": start, "stop": stop}

    def long(name, stored, expect="corrupt", **more):
        return case(name, expect, stored, **{"size": len(large), **more})

    def made(padded, **more):
        return straight.seal_stream(KEY, padded, context, SALT, **more)

    first, second, end = PREAMBLE + RECORD, PREAMBLE + 2 * RECORD, len(three)
    yield case("ok", "ok", one, output=small)
    yield case("ok_empty", "ok", made(straight.pad_end(b"")), size=0, output=b"")
    yield long("ok_three_chunks", three, "ok", output=large)
    yield long("reordered_chunks", [part(0, PREAMBLE), part(first, second), part(PREAMBLE, first), part(second, end)])
    yield long("repeated_chunk", [part(0, first), part(PREAMBLE, first), part(second, end)])
    yield long("swapped_chunk_of_another_file", [part(0, PREAMBLE), foreign[PREAMBLE:], part(first, end)])
    yield long("dropped_last_chunk", [part(0, second)], stored_size=end)
    yield long("dropped_last_chunk_and_row_changed", [part(0, second)])
    yield long("dropped_last_chunk_and_sizes_changed", [part(0, second)], size=2 * CHUNK - 8)
    yield long("dropped_first_chunk", [part(0, PREAMBLE), part(first, end)])
    yield long("cut_by_one_byte", [part(0, end - 1)], stored_size=end)
    yield long("extended", [part(0, end), b"\x00"], stored_size=end)
    yield long("extended_and_row_changed", [part(0, end), bytes(RECORD)])
    yield long("size_one_less", [part(0, end)], size=len(large) - 1)
    yield long("size_one_more", [part(0, end)], size=len(large) + 1)
    yield case("nothing", "corrupt", b"")
    yield case("cut_in_header", "corrupt", one[:7])
    yield case("cut_in_preamble", "corrupt", one[:71])
    yield case("cut_after_preamble", "corrupt", one[:72])
    for name, at, expect in (("salt", 8, "wrong_key"), ("commitment", 71, "wrong_key"), ("ciphertext", 72, "corrupt")):
        yield case(f"one_bit_of_{name}", expect, flip(one, at))
    yield case("one_bit_of_tag", "corrupt", flip(one, -1))
    yield case("wrong_context", "wrong_key", one, place=straight.pack("file", "demo", bytes(15) + b"\x01"))
    yield case("wrong_key", "wrong_key", one, key=OTHER_KEY)
    yield case("short_key", "bad_key", one, key=KEY[:31])
    yield case("unknown_version", "unknown_version", straight.header(2, version=2) + one[8:])
    yield case("other_kind", "corrupt", straight.header(1) + one[8:])
    yield case("other_suite", "corrupt", straight.header(2, suite=2) + one[8:])
    yield case("padding_not_zero", "corrupt", made(straight.pad_end(small, filler=b"\x01")))
    yield case("padded_too_far", "corrupt", made(straight.pad_end(small, total=1088)))
    yield case("other_length_inside", "corrupt", made(straight.pad_end(small, size=9)))
    yield case("no_last_flag", "corrupt", made(straight.pad_end(small), has_last=False))


def sealed_to_keys():
    info = straight.pack("grant", "demo", bytes(16), 1)
    secret = bytes(range(200, 232))
    sealed = straight.seal_to(KEY, secret, info, LATTICE_SEALED, EPHEMERAL)

    def case(name, expect, blob=sealed, seed=KEY, given=info, output=None):
        return f"hpke_{name}", "open_with", expect, {"seed": seed, "info": given, "sealed": blob}, output

    yield case("ok", "ok", output=secret)
    empty = straight.seal_to(KEY, b"", info, LATTICE_SEALED, EPHEMERAL)
    yield case("ok_empty", "ok", empty, output=b"")
    yield case("wrong_key", "wrong_key", seed=OTHER_KEY)
    yield case("short_seed", "bad_key", seed=KEY[:31])
    yield case("wrong_info", "wrong_key", given=straight.pack("grant", "demo", bytes(16), 2))
    yield case("no_info", "wrong_key", given=b"")
    yield case("nothing", "corrupt", b"")
    yield case("cut_in_header", "corrupt", sealed[:7])
    yield case("cut_below_the_least", "corrupt", sealed[:1143])
    yield case("cut_by_one_byte", "wrong_key", sealed[:-1])
    yield case("extended", "wrong_key", sealed + b"\x00")
    for name, at in (("lattice_part", 8), ("curve_part", 8 + 1088), ("ciphertext", 8 + 1120), ("tag", -1)):
        yield case(f"one_bit_of_{name}", "wrong_key", flip(sealed, at))
    yield case("unknown_version", "unknown_version", straight.header(3, version=2) + sealed[8:])
    yield case("other_kind", "corrupt", straight.header(1) + sealed[8:])
    yield case("other_suite", "corrupt", straight.header(3, suite=0x0020) + sealed[8:])
