"""Vector cases of what people hold: seeds, signatures, receipt codes, passwords; and of the keys made from them."""

from tests.vectors import straight, straight_mldsa
from tests.vectors.cases_records import KEY, OTHER_KEY, SALT, flip

DIGITS = "407182536907123456789012345670"  # ends in its check digit
DEPLOYMENT_SALT = bytes(range(32))
ARABIC, PERSIAN, FULL_WIDTH, DEVANAGARI = 0x0660, 0x06F0, 0xFF10, 0x0966


def keys():
    halves = straight.kem_public(KEY), straight.sign_public(KEY), straight.fingerprint(KEY)
    yield "seed_ok", "public_of", "ok", {"seed": KEY}, b"".join(halves)
    yield "seed_short", "public_of", "bad_key", {"seed": KEY[:31]}, None
    inputs = {"secret": KEY, "erase_share": SALT, "context": b"place"}
    key = straight.compartment_key(KEY, SALT, b"place")
    yield "compartment_ok", "compartment_key", "ok", inputs, key
    yield "compartment_short_secret", "compartment_key", "bad_key", {**inputs, "secret": KEY[:31]}, None
    yield "compartment_short_share", "compartment_key", "bad_key", {**inputs, "erase_share": b""}, None
    yield (
        "compartment_erased_share",
        "compartment_key",
        "ok",
        {**inputs, "erase_share": bytes(32)},
        (straight.compartment_key(KEY, bytes(32), b"place")),
    )


def signatures():
    public, message = straight.sign_public(KEY), b"an approval"
    signature = straight.sign(KEY, "release", message)

    def case(name, expect, **changed):
        inputs = {"sign_public": public, "domain": b"release", "message": message, "signature": signature, **changed}
        return f"signature_{name}", "verify", expect, inputs, b"" if expect == "ok" else None

    yield case("ok", "ok")
    yield case("ok_empty_message", "ok", message=b"", signature=straight.sign(KEY, "release", b""))
    yield case("missing", "bad_signature", signature=b"")
    yield case("zero", "bad_signature", signature=bytes(64))
    yield case("cut", "bad_signature", signature=signature[:-1])
    yield case("one_bit", "bad_signature", signature=flip(signature, 0))
    yield case("wrong_domain", "bad_signature", domain=b"note")
    yield case("domain_runs_into_message", "bad_signature", domain=b"releasea", message=message[1:])
    yield case("other_message", "bad_signature", message=b"an approvak")
    yield case("no_domain", "bad_signature", signature=straight.signer(KEY).sign(message))
    yield case("wrong_key", "bad_signature", sign_public=straight.sign_public(OTHER_KEY))
    yield case("short_key", "bad_key", sign_public=public[:31])


def pq_signatures():
    xi, message = straight.expand(KEY, b"ml-dsa-65", 32), b"a head"
    packed = straight.pack("signature", "head", message)
    public, signature = straight_mldsa.keys(xi)[0], straight_mldsa.sign(xi, packed)
    other = straight_mldsa.keys(straight.expand(OTHER_KEY, b"ml-dsa-65", 32))[0]

    def case(name, expect, **changed):
        inputs = {"public": public, "domain": b"head", "message": message, "signature": signature, **changed}
        return f"pq_signature_{name}", "pq_verify", expect, inputs, b"" if expect == "ok" else None

    yield "pq_seed_ok", "pq_public", "ok", {"seed": KEY}, public
    yield "pq_seed_short", "pq_public", "bad_key", {"seed": KEY[:31]}, None
    yield case("ok", "ok")
    yield case("ok_with_randomness", "ok", signature=straight_mldsa.sign(xi, packed, SALT))
    yield case("missing", "bad_signature", signature=b"")
    yield case("zero", "bad_signature", signature=bytes(3309))
    yield case("cut", "bad_signature", signature=signature[:-1])
    yield case("one_bit", "bad_signature", signature=flip(signature, 100))
    yield case("one_bit_of_hint", "bad_signature", signature=flip(signature, 3308))
    yield case("wrong_domain", "bad_signature", domain=b"note")
    yield case("other_message", "bad_signature", message=b"a heed")
    yield case("no_domain", "bad_signature", signature=straight_mldsa.sign(xi, message))
    yield case("wrong_key", "bad_signature", public=other)
    yield case("short_key", "bad_key", public=public[:-1])


def in_script(first):
    return "".join(chr(first + int(digit)) for digit in DIGITS)


def grouped(separator, digits=DIGITS):
    return separator.join(digits[start : start + 5] for start in range(0, len(digits), 5))


def receipts():
    def case(name, expect, typed):
        return (
            f"receipt_{name}",
            "parse",
            expect,
            {"typed": typed.encode()},
            DIGITS.encode() if expect == "ok" else None,
        )

    for name, typed in {
        "plain": DIGITS,
        "spaces": f"  {grouped(' ')}\t\r\n",
        "no_break_spaces": grouped("\u00a0") + "\u202f\u2009\u3000",
        "hyphens": grouped("-"),
        "dashes": grouped(" \u2013 ") + "\u2010\u2011\u2012\u2014\u2015\u2212\u2043\ufe58\uff0d\u00ad",
        "arabic_indic": grouped(" ", in_script(ARABIC)),
        "persian": grouped("\u200c", in_script(PERSIAN)),
        "right_to_left_marks": f"\u202b\u200f{grouped(' ', in_script(ARABIC))}\u200e\u202c\u2067\u2069\ufeff",
        "full_width": grouped("\u3000", in_script(FULL_WIDTH)),
        "devanagari": in_script(DEVANAGARI),
        "mixed_scripts": in_script(ARABIC)[:15] + in_script(PERSIAN)[15:20] + DIGITS[20:],
    }.items():
        yield case(f"ok_{name}", "ok", typed)
    for name, typed, reason in (
        ("nothing", "", "length"),
        ("separators_only", " - ", "length"),
        ("one_missing", DIGITS[:-1], "length"),
        ("one_too_many", DIGITS + "0", "length"),
        ("far_too_long", DIGITS + " " * 300, "length"),
        ("letter", DIGITS[:-1] + "O", "sign"),
        ("superscript", DIGITS[:-1] + "²", "sign"),
        ("roman_numeral", DIGITS[:-1] + "Ⅳ", "sign"),
        ("null", DIGITS + "\x00", "sign"),
        ("dot", grouped("."), "sign"),
        ("one_digit_wrong", "1" + DIGITS[1:], "check"),
        ("neighbours_swapped", DIGITS[:11] + DIGITS[12] + DIGITS[11] + DIGITS[13:], "check"),
        ("check_digit_wrong", DIGITS[:-1] + "3", "check"),
        ("arabic_one_digit_wrong", chr(ARABIC + 9) + in_script(ARABIC)[1:], "check"),
    ):
        yield case(f"bad_{name}", f"bad_code:{reason}", typed)
    inputs = {"digits": DIGITS.encode(), "salt": DEPLOYMENT_SALT}
    yield "receipt_keys_ok", "derive", "ok", inputs, b"".join(straight.receipt_keys(DIGITS, DEPLOYMENT_SALT))
    yield "receipt_keys_short_salt", "derive", "bad_key", {**inputs, "salt": bytes(15)}, None


def passwords():
    password, own_salt, context = "шэсць слоў für jeden", bytes(range(50, 66)), b"person 1"
    head = straight.password_header(64, 2, 2, own_salt)
    sealed = straight.seal_seed(KEY, password, head, context, SALT)
    decomposed = "шэсць слоу\u0306 fu\u0308r jeden"

    def case(name, expect, blob=sealed, typed=password, place=context):
        inputs = {"blob": blob, "password": typed.encode(), "context": place}
        return f"password_{name}", "open_seed", expect, inputs, KEY if expect == "ok" else None

    def costly(name, expect, *cost):
        return case(name, expect, straight.password_header(*cost, own_salt) + sealed[26:])

    yield case("ok", "ok")
    yield case("ok_decomposed", "ok", typed=decomposed)
    yield case("wrong_password", "wrong_key", typed=password + " ")
    yield case("empty_password", "wrong_key", typed="")
    yield case("wrong_context", "wrong_key", place=b"person 2")
    yield case("one_bit_of_salt", "wrong_key", flip(sealed, 10))
    yield case("one_bit_of_seed", "corrupt", flip(sealed, 26 + 72 + 8))
    yield case("cut_in_header", "corrupt", sealed[:25])
    yield case("cut_after_header", "corrupt", sealed[:26])
    yield case("cut_by_one_byte", "corrupt", sealed[:-1])
    yield case("nothing", "corrupt", b"")
    yield case("unknown_version", "unknown_version", b"\x02" + sealed[1:])
    yield costly("cheaper", "wrong_key", 64, 1, 2)
    yield costly("too_much_memory", "corrupt", 2**20 + 1, 1, 1)
    yield costly("too_many_iterations", "corrupt", 64, 17, 1)
    yield costly("no_iterations", "corrupt", 64, 0, 1)
    yield costly("no_lanes", "corrupt", 64, 1, 0)
    yield costly("too_many_lanes_for_memory", "corrupt", 64, 1, 9)
