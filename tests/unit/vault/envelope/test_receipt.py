import copy
import pickle
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vault.envelope import receipt
from vault.envelope.errors import BadCode, BadKey
from vault.envelope.receipt import ReceiptCode, check_digit, derive, new_code, parse

SALT = bytes(range(32))
CODES = st.integers(0, 10**29 - 1).map(lambda number: f"{number:029d}").map(lambda body: body + check_digit(body))


def test_the_check_digit_of_the_published_example():
    assert check_digit("572") == "4"
    assert check_digit("5724") == "0"


def test_the_table_is_a_totally_anti_symmetric_quasigroup():
    table, ten = receipt._DAMM, range(10)
    assert {"".join(sorted(line)) for line in table} == {"".join(sorted(column)) for column in zip(*table, strict=True)}
    assert all(table[digit][digit] == "0" for digit in ten)
    for before in ten:
        pairs = {(x, y): table[int(table[before][x])][y] for x in ten for y in ten}
        assert all(pairs[x, y] != pairs[y, x] for x in ten for y in ten if x != y)


def test_a_fresh_code_has_30_digits_in_six_groups_and_is_accepted():
    code = new_code()
    assert len(code.digits) == 30
    assert [len(group) for group in code.groups] == [5] * 6
    assert parse(" ".join(code.groups)) == code


def test_29_digits_are_drawn_uniformly_from_the_operating_system(monkeypatch):
    asked = []
    for drawn, digits in ((0, "0" * 30), (10**29 - 1, "9" * 29 + check_digit("9" * 29)), (7, "0" * 28 + "71")):
        monkeypatch.setattr(receipt.secrets, "randbelow", lambda bound, drawn=drawn: asked.append(bound) or drawn)
        assert new_code().digits == digits[:29] + check_digit(digits[:29])
    assert set(asked) == {10**29}


def test_fresh_codes_differ():
    assert len({new_code() for _ in range(1000)}) == 1000


@given(CODES, st.integers(0, 29), st.integers(1, 9))
def test_each_single_wrong_digit_is_noticed(digits, at, change):
    wrong = digits[:at] + str((int(digits[at]) + change) % 10) + digits[at + 1 :]
    with pytest.raises(BadCode) as caught:
        parse(wrong)
    assert caught.value.reason == "check"


@given(CODES, st.integers(0, 28))
def test_each_swap_of_neighbours_is_noticed(digits, at):
    swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    if swapped != digits:
        with pytest.raises(BadCode) as caught:
            parse(swapped)
        assert caught.value.reason == "check"


SEPARATORS = [
    chr(point)
    for point in range(0x11000)
    if unicodedata.category(chr(point)) in {"Pd", "Zs", "Cf"} or chr(point).isspace()
]


@given(CODES, st.lists(st.sampled_from([*SEPARATORS, "\u2212", "\u2043"]), min_size=30, max_size=30))
def test_every_dash_space_and_direction_mark_may_stand_between_digits(digits, marks):
    typed = "".join(mark + digit for mark, digit in zip(marks, digits, strict=True))
    assert parse(typed).digits == digits


@given(CODES, st.sampled_from([0x0660, 0x06F0, 0xFF10, 0x0966, 0x09E6, 0x1D7CE]))
def test_digits_of_every_script_are_digits(digits, zero):
    assert parse("".join(chr(zero + int(digit)) for digit in digits)).digits == digits


def said(text: str) -> str:
    """What the error says of a text: its reason and nothing else, or nothing."""
    try:
        parse(text)
    except BadCode as error:
        return str(error)
    return ""


@given(st.text(max_size=400))
@example("0" * 30)
def test_whatever_is_typed_gives_a_code_or_a_reason(text):
    assert said(text) in {"sign", "length", "check"} or check_digit(parse(text).digits) == "0"


def test_a_strange_sign_is_named_before_the_length_and_the_length_before_the_check():
    for typed, reason in (("12x", "sign"), ("12", "length"), ("1" * 31, "length"), ("1" + "0" * 29, "check")):
        with pytest.raises(BadCode) as caught:
            parse(typed)
        assert caught.value.reason == reason


def test_a_megabyte_is_refused_without_reading_it():
    with pytest.raises(BadCode) as caught:
        parse("x" * 2**20)
    assert caught.value.reason == "length"


@pytest.mark.parametrize("digits", ["", "1", "1" * 29 + "x", " " + "0" * 29, "٠" * 30, "0" * 31, "1" + "0" * 29])
def test_a_code_cannot_be_made_unchecked(digits):
    with pytest.raises(BadCode):
        ReceiptCode(digits)


def test_a_code_does_not_show_itself():
    code = new_code()
    shown = f"{code} {code!r} {code!s} {[code]} {derive(code, SALT)} {derive(code, SALT)!r}"
    assert not any(group in shown for group in code.groups)
    assert derive(code, SALT).seed.hex() not in shown
    assert repr(derive(code, SALT).seed) not in shown


def test_a_code_cannot_be_stored_or_changed():
    for keep in (pickle.dumps, copy.deepcopy):
        with pytest.raises(TypeError, match="not stored"):
            keep(new_code())
    with pytest.raises(AttributeError):
        new_code().digits = "0" * 30


def test_a_code_always_gives_the_same_keys_on_one_deployment_and_others_elsewhere():
    code, other = new_code(), new_code()
    keys = derive(code, SALT)
    assert keys == derive(parse("-".join(code.groups)), SALT)
    assert (len(keys.tag), len(keys.seed)) == (32, 32)
    assert len({*keys, *derive(code, bytes(32)), *derive(other, SALT)}) == 6


def test_a_short_salt_is_refused():
    with pytest.raises(BadKey):
        derive(new_code(), bytes(15))
