"""Rules that every text for survivors keeps, in whichever file it stands. `make check` holds them for all languages."""

import csv
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cases.statement.catalogue import DATA, EVERYWHERE, LANGUAGES, VERSION
from portal.environment import BASE_DIR

ENGLISH, ARABIC = "en", "ar"
ALIKE = BASE_DIR / "locale" / "alike.csv"  # texts that may be the same in several languages, each with a reason
VOCABULARY = DATA / "vocab.csv"
SECTIONS = sorted((DATA / VERSION).glob("*.json"))
OTHERS = (*(BASE_DIR / "intake" / "data").glob("*.json"), BASE_DIR / "cases" / "data" / "letters.json")
PAGES = {path.name: path for path in sorted(OTHERS)}  # not of the catalogue
DESK = BASE_DIR / "cases" / "retention.json"  # of the pages of staff: be, ru, en
FIRST = "first"  # the section that is there in every language
LETTERS = {
    "be": frozenset("абвгдеёжзійклмнопрстуўфхцчшыьэюя’"),
    "ru": frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),
    "ar": frozenset("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"),
}
BLAMING = {"en": r"\bguilty\b", "ru": "виновн", "be": "вінават", "ar": "مذنب"}  # say "person responsible"
NAMES = frozenset({"id"})  # of papers: the identity card of Belarus is called so in its own languages
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
STARS = re.compile(r"\*")
WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`][^\W\d_]+)*")
LATIN_SIGNS = re.compile(r"[;?]|,(?!\d)")  # Arabic has its own


@dataclass(frozen=True)
class Text:
    """One text by language; "en" is what the others say too. where: its file, and its place there."""

    where: str
    words: Mapping[str, str]


def faults() -> Iterator[str]:
    """Say what is wrong in the catalogue of questions, its lists and the other data files."""
    found = [*data_texts(), *list_texts()]
    yield from missing(found)
    yield from own_faults(found)
    yield from other_placeholders(found)


def own_faults(texts: Iterable[Text]) -> Iterator[str]:
    """Say which text breaks a rule of its own language."""
    for text in texts:
        for language, words in text.words.items():
            for fault in [*wrong_letters(language, words, text.words[ENGLISH]), *wrong_words(language, words)]:
                yield f"{text.where}, {language}: {fault}: {words!r}"


def other_placeholders(texts: Iterable[Text]) -> Iterator[str]:
    """Say which text has other placeholders than the English one."""
    for text in texts:
        for language, words in text.words.items():
            if placeholders(words) != placeholders(text.words[ENGLISH]):
                yield f"{text.where}, {language}: other placeholders than in English: {words!r}"


def missing(texts: Iterable[Text]) -> Iterator[str]:
    """Say which text lacks a language: all need those of the catalogue; only the longer account needs no Arabic."""
    in_all = (*(f"vocab.csv {name} " for name in first_lists()), *(f"{name} " for name in (f"{FIRST}.json", *PAGES)))
    for text in texts:
        for language in EVERYWHERE if text.where.startswith(in_all) else LANGUAGES:
            if not text.words.get(language, "").strip():
                yield f"{text.where}: nothing in {language}"


def first_lists() -> list[str]:
    """The lists of choices that the first contact offers."""
    section = json.loads((DATA / VERSION / f"{FIRST}.json").read_text(encoding="utf-8"))
    offered = [each.get("options", []) for each in section["questions"]]
    return [*{name for each in offered for name in ([each] if isinstance(each, str) else each)}, "said"]


def wrong_letters(language: str, words: str, english: str) -> Iterator[str]:
    """Name the words with letters of another language; a Latin name may stand where the English text has it too."""
    names = {word.casefold() for word in WORD.findall(english)} | NAMES
    for word in WORD.findall(PLACEHOLDER.sub(" ", words)):
        if not is_written_in(language, word) and (language == ENGLISH or word.casefold() not in names):
            yield f"letters of another language in {word!r}"


def is_written_in(language: str, word: str) -> bool:
    """Tell whether each letter of a word belongs to a language; English may name people and places of others."""
    if language == ENGLISH:
        return all(unicodedata.name(letter).startswith("LATIN") for letter in word if letter.isalpha())
    return all(letter in LETTERS[language] for letter in word.casefold())


def wrong_words(language: str, words: str) -> Iterator[str]:
    """Name blaming words, and signs that another language uses."""
    if re.search(BLAMING[language], words, re.IGNORECASE):
        yield "blames somebody; say who is responsible"
    if language == ARABIC and LATIN_SIGNS.search(PLACEHOLDER.sub(" ", words)):
        yield "a Latin comma, semicolon or question mark"


def placeholders(words: str) -> Counter[str]:
    """Count the placeholders of a text, and the stars around the words that matter in a line of limits."""
    return Counter([*PLACEHOLDER.findall(words), *STARS.findall(words)])


def same_words(texts: Iterable[Text], listed: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Say which text is the same in two languages and not listed, and what is listed for nothing."""
    used = set()
    for text in texts:
        for words, languages in alike(text).items():
            if languages <= listed.get(words, frozenset()):
                used.add(words)
            else:
                yield f"{text.where}: the same in {', '.join(sorted(languages))} (locale/alike.csv): {words!r}"
    for words in sorted(listed.keys() - used):
        yield f"alike.csv: nowhere the same, or not there: {words!r}"


def alike(text: Text) -> dict[str, frozenset[str]]:
    """What two or more languages say in the same words; a text without letters says nothing."""
    groups: dict[str, set[str]] = {}
    for language, words in text.words.items():
        if WORD.search(PLACEHOLDER.sub(" ", words)):
            groups.setdefault(words, set()).add(language)
    return {words: frozenset(languages) for words, languages in groups.items() if len(languages) > 1}


def read_alike(path: Path = ALIKE) -> dict[str, frozenset[str]]:
    """Read what may be the same: text, languages with spaces between, reason. Raises ValueError without a reason."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if nameless := [row["text"] for row in rows if not (row["reason"] or "").strip()]:
        raise ValueError(f"{path.name}: no reason for {nameless}")
    return {row["text"]: frozenset(row["languages"].split()) for row in rows}


def data_texts() -> Iterator[Text]:
    """The texts of the newest catalogue and of the data files of both sides."""
    for path in [*SECTIONS, *PAGES.values(), DESK]:
        yield from inside(json.loads(path.read_text(encoding="utf-8")), f"{path.name} ")


def inside(value: Any, where: str) -> Iterator[Text]:
    """Every text in a structure: what has an entry "en" that is a text itself."""
    if isinstance(value, dict) and isinstance(value.get(ENGLISH), str):
        yield Text(where, {code: str(value[code]) for code in EVERYWHERE if code in value})
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from inside(part, f"{where}/{key}")
    elif isinstance(value, list):
        for number, part in enumerate(value):
            name = part.get("id", number) if isinstance(part, dict) else number
            yield from inside(part, f"{where}/{name}")


def list_texts() -> Iterator[Text]:
    """The labels of the lists of choices."""
    with VOCABULARY.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            words = {language: row[language] for language in EVERYWHERE if row[language]}
            yield Text(f"vocab.csv {row['category']} {row['code']}", words)
