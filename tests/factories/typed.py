"""What survivors may send: words of every script with broken bytes, at every form, whole and in broken multipart."""

from __future__ import annotations

from urllib.parse import quote_from_bytes

from hypothesis import strategies as st

from cases.statement import catalogue
from cases.statement.catalogue import Question
from intake import wizard
from intake.fields import TextField
from intake.forms import form_for
from tests.factories.walk import where

MARK = "Знічка4711"  # in all words, so that a log can be searched for it
BOUNDARY = "xYzZY"

SURROGATES = st.text(st.characters(), max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass"))
ODD = st.sampled_from(
    [b"\0", b"\xed\xa0\x80", b"\xff\xfe", b"\r\n\r\n", "\u202e\u2066".encode(), "ў\u0308".encode(), b"<b>&amp;", b"\f"]
)
KINDS = {  # what a phone, a hostile page or a broken program may send; each must be kept, or said and shown again
    "emoji": "👩🏽‍⚕️🫂🇱🇹".encode(),
    "right to left": "שלום \u202e\u2067abc\u2069 مرحبا \u200f".encode(),
    "zero width": "а\u200b\u200c\u200d\u2060\ufeff\u00adб".encode(),
    "mixed scripts": "Мінск Minsk Μινσκ მინსკი 明斯克 ㍿ ў\u0308".encode(),
    "null": b"a\0b",
    "lone surrogate": b"a\xed\xa0\xbdb",
    "a megabyte": ("слова " * (2**20 // 11 + 1)).encode(),
}
BYTES = st.lists(st.binary(max_size=30) | SURROGATES | ODD | st.sampled_from([*KINDS.values()][:-1]), max_size=4).map(
    b"".join
)
WORDS = st.builds(lambda bytes_, times: MARK.encode() + bytes_ * times, BYTES, st.sampled_from([1] * 30 + [100, 4000]))
DATES = st.sampled_from(
    ["", "0", "31", "32", "-1", "٣١", "12.8", "1e3", "२", "99999999999999999999", "снежань", "II", "²", "½"]
).map(str.encode)
CODES = st.sampled_from(["BY", "LT", "yes", "exact", "~unknown", "~forgotten", "street", "lt", "none", "", "~"]).map(
    str.encode
)
BUTTONS = st.sampled_from(
    ["go", "save", "back", "pause", "person", "talk", "skip", "both", "theirs", "add", "send", "more", "", "\0"]
).map(str.encode)
LANGUAGES = st.sampled_from([b""] * 8 + [b"ru", b"xx", b"be\0"])

DATED = {"day", "month", "year", "from", "to"}
CHOICES: dict[str, list[str]] = {}  # the codes of each field that has some


def fields(page: tuple[Question, ...]) -> tuple[list[str], list[str], list[str]]:
    """The fields of every question of a page: a person's own words, parts of dates and numbers, codes."""
    spoken: list[str] = []
    dated: list[str] = []
    coded: list[str] = []
    for each in page:
        for part, field in form_for(each, "be").fields.items():
            name = f"{each.id}-{part}"
            if isinstance(field, TextField):
                (dated if part in DATED else spoken).append(name)
            else:
                coded.append(name)
                CHOICES[name] = [code for code, _ in field.choices]
    return spoken, dated, coded


# Place: the fields with a person's own words, the fields of a date, the fields with codes.
FORMS: dict[str, tuple[list[str], list[str], list[str]]] = {
    **{f"q/{number}/": fields(tuple(page)) for number, page in enumerate(wizard.first_pages(), start=1)},
    "number/": ([], ["last"], []),
    "back/": (["code"], [], []),
    "where/": (["lives", "happened"], [], ["lives-code", "happened-code"]),
    **{
        where(page[0].id): fields(page)
        for section in wizard.told_here()
        for page in (*section.pages, *section.card_pages, *section.file_pages)
        if page[0].type != "file"
    },
    "files/": (["EVD-02-name"], [], []),
    "page/letter/": (["letter"], [], []),
    "page/permissions/": ([], [], ["scope"]),
    "page/erase/": ([], [], []),
    "page/extend/": ([], [], []),
    "page/end/": ([], ["number"], []),  # a number is not shown again, nor is a second word
    "page/word/": ([], ["word", "former"], []),
    "page/own/": ([], ["word"], []),
    "after/": fields(tuple(each for page in catalogue.section(wizard.AFTER).pages for each in page)),
    "parts/story-1/remove/": ([], [], []),
    "check/": fields(tuple(each for page in catalogue.section(wizard.END).pages for each in page)),
}
OUTSIDE = [place for place in FORMS if place.startswith(("q/", "number/", "back/", "where/"))]
INSIDE = [place for place in FORMS if place not in OUTSIDE]
Pairs = list[tuple[str, bytes]]


@st.composite
def forms(draw: st.DrawFn, places: list[str]) -> tuple[str, Pairs]:
    """A place, and what is sent there."""
    place = draw(st.sampled_from(places))
    spoken, dates, codes = FORMS[place]
    pairs: Pairs = [("do", draw(BUTTONS)), ("to", draw(LANGUAGES))]
    pairs += [(name, draw(WORDS)) for name in spoken]
    pairs += [(name, draw(DATES | WORDS)) for name in dates]
    pairs += [(name, draw(codes_of(name) | WORDS)) for name in codes for _ in range(draw(st.integers(0, 2)))]
    shown = {name.rpartition("-")[0] for name in spoken + dates + codes if "-" in name}
    return place, pairs + [(f"{question}-shown", b"1") for question in shown if draw(st.booleans())]


def codes_of(name: str) -> st.SearchStrategy[bytes]:
    """What the field offers, or a code of other fields."""
    return st.sampled_from(CHOICES[name]).map(str.encode) | CODES if name in CHOICES else CODES


def urlencoded(pairs: Pairs) -> bytes:
    """The form as a browser would send it, had it these bytes."""
    return b"&".join(f"{name}={quote_from_bytes(value)}".encode() for name, value in pairs)


def multipart(pairs: Pairs, file: bytes) -> bytes:
    """The form with a file, in parts."""
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value for name, value in pairs]
    parts += [
        b'Content-Disposition: form-data; name="EVD-02-file"; filename="' + MARK.encode() + b'.png"\r\n\r\n' + file
    ]
    return b"".join(f"--{BOUNDARY}\r\n".encode() + part + b"\r\n" for part in parts) + f"--{BOUNDARY}--\r\n".encode()


@st.composite
def broken(draw: st.DrawFn, whole: bytes) -> bytes:
    """Bytes that were cut, turned over, repeated, swapped or overwritten in a few places; never the same as before."""
    body = bytearray(whole)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(body) - 1, 0)))
        to = draw(st.integers(at, min(len(body), at + 400)))
        kind = draw(st.sampled_from(["cut", "drop", "set", "twice", "insert", "turn"]))
        if kind == "cut":
            del body[at:]
        elif kind == "drop":
            del body[at:to]
        elif kind == "set":
            body[at:to] = draw(st.binary(min_size=to - at, max_size=to - at))
        elif kind == "twice":
            body[at:at] = body[at:to]
        elif kind == "insert":
            body[at:at] = draw(st.binary(max_size=20) | st.sampled_from([b"\r\n", f"--{BOUNDARY}".encode()]))
        elif body:
            body[at] ^= draw(st.integers(1, 255))
    return bytes(body)
