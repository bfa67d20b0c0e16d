"""The survivor's only credential: 30 digits, of which 29 are random (96 bits) and the last is a check digit."""

import secrets
from dataclasses import dataclass
from typing import NamedTuple, NoReturn
from unicodedata import category, decimal

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from vault.envelope.errors import BadCode, BadKey

DIGITS = 30
GROUP = 5
MOST_TYPED = 300  # characters; a code with a separator and a direction mark after each digit is far shorter
MEMORY_KIB = 8 * 1024
SMALLEST_SALT = 16

# A totally anti-symmetric quasigroup of order 10: finds each single wrong digit and each swap of neighbours.
# Source: Damm, "Total anti-symmetrische Quasigruppen", dissertation, Marburg 2004, page 111.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
_DASHES = "\u2043\u2212\u02d7\u00ad"  # hyphen bullet, minus, modifier minus, soft hyphen: dashes outside category Pd


@dataclass(frozen=True, repr=False)
class ReceiptCode:
    """A complete, checked code. It does not show itself in text and cannot be pickled; .digits says it.

    Raises BadCode, see parse().
    """

    digits: str

    def __post_init__(self) -> None:
        if not (self.digits.isascii() and self.digits.isdigit()):
            raise BadCode("sign" if self.digits else "length")
        if len(self.digits) != DIGITS:
            raise BadCode("length")
        if check_digit(self.digits) != "0":
            raise BadCode("check")

    @property
    def groups(self) -> tuple[str, ...]:
        """Six groups of five digits."""
        return tuple(self.digits[start : start + GROUP] for start in range(0, DIGITS, GROUP))

    def __repr__(self) -> str:
        return "ReceiptCode(hidden)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a receipt code is not stored")


class ReceiptKeys(NamedTuple):
    """What the server makes of a code. tag: bytes, length 32, finds the case. seed: bytes, length 32, see seeds."""

    tag: bytes
    seed: bytes

    def __repr__(self) -> str:
        return "ReceiptKeys(hidden)"


def new_code() -> ReceiptCode:
    """A fresh code: 29 uniformly random digits and their check digit."""
    digits = f"{secrets.randbelow(10 ** (DIGITS - 1)):0{DIGITS - 1}d}"
    return ReceiptCode(digits + check_digit(digits))


def parse(text: str) -> ReceiptCode:
    """The code that was typed: digits of any script, spaces, dashes of all kinds and direction marks between them.

    Raises BadCode whose reason is "sign", "length" or "check", looked at in this order; text of more than 300
    characters is a "length".
    """
    if len(text) > MOST_TYPED:
        raise BadCode("length")
    return ReceiptCode("".join(_digit(sign) for sign in text if not _separates(sign)))


def derive(code: ReceiptCode, salt: bytes) -> ReceiptKeys:
    """The lookup tag and the seed of a code on this deployment.

    salt: the deployment's, bytes, length 16 or more. About 4 ms.
    Source: Argon2id (RFC 9106) with 8 MiB, one iteration, one lane over the 30 ASCII digits, 32 bytes; then HKDF-Expand
    (RFC 5869) with the labels "lookup" and "seed". Raises BadKey if the salt is shorter.
    """
    if len(salt) < SMALLEST_SALT:
        raise BadKey(f"salt: {SMALLEST_SALT} bytes wanted, {len(salt)} given")
    kdf = Argon2id(salt=salt, length=32, iterations=1, lanes=1, memory_cost=MEMORY_KIB)
    root = kdf.derive(code.digits.encode())
    return ReceiptKeys(_expand(root, b"lookup"), _expand(root, b"seed"))


def check_digit(digits: str) -> str:
    """The Damm check digit of ASCII digits; "0" if the last of them already is the right one."""
    interim = 0
    for digit in digits:
        interim = int(_DAMM[interim][int(digit)])
    return str(interim)


def _expand(root: bytes, label: bytes) -> bytes:
    return HKDFExpand(SHA256(), 32, label).derive(root)


def _digit(sign: str) -> str:
    value = decimal(sign, None)
    if value is None:
        raise BadCode("sign")
    return str(value)


def _separates(sign: str) -> bool:
    return sign.isspace() or category(sign) in {"Pd", "Zs", "Cf"} or sign in _DASHES
