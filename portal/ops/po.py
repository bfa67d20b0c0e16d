"""Catalogues of gettext: read a .po file, see which entry is translated and whether its forms fit."""

import ast
import gettext
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from portal.ops.texts import placeholders

MOST = 1000  # numbers with which a rule of plurals is tried
STATE = re.compile(r"^# (Draft, not reviewed by a native speaker|Reviewed on \d{4}-\d\d-\d\d by )", re.MULTILINE)
PLURALS = re.compile(r"nplurals=(\d+); plural=(.*?);$", re.MULTILINE)
LINE = re.compile(r'^(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?) )?(".*")$')


@dataclass
class Message:
    """One entry of a catalogue."""

    context: str = ""
    text: str = ""
    plural: str = ""
    translations: dict[str, str] = field(default_factory=dict)
    is_fuzzy: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What gettext looks it up by."""
        return self.context, self.text

    @property
    def is_translated(self) -> bool:
        """Every form of it has words, and nobody doubts them."""
        return bool(self.translations) and all(self.translations.values()) and not self.is_fuzzy


def read(path: Path) -> dict[tuple[str, str], Message]:
    """Read a .po file without its header and without obsolete entries."""
    messages = (parse(block) for block in blocks(path.read_text(encoding="utf-8")))
    return {message.key: message for message in messages if message is not None and message.text}


def blocks(content: str) -> list[str]:
    """The entries of a file as text, the header first."""
    return re.split(r"\n\s*\n", content.strip())


def parse(block: str) -> Message | None:
    """Read one entry; None for a comment or an obsolete one."""
    message, current = Message(), ""
    for line in block.splitlines():
        if line.startswith("#,"):
            message.is_fuzzy = "fuzzy" in line
        if (match := LINE.match(line.strip())) is None:
            continue
        current = match[1] or current
        add(message, current, ast.literal_eval(match[2]))
    return message if current else None


def add(message: Message, where: str, text: str) -> None:
    """Append a line of text to the part of an entry that it belongs to."""
    if where == "msgctxt":
        message.context += text
    elif where == "msgid":
        message.text += text
    elif where == "msgid_plural":
        message.plural += text
    elif where.startswith("msgstr"):
        message.translations[where] = message.translations.get(where, "") + text


def form_faults(language: str, content: str, messages: Mapping[tuple[str, str], Message]) -> Iterator[str]:
    """Say which entry has the wrong number of forms or other placeholders, and what the header does not tell."""
    if not STATE.search(content):
        yield f"{language}: the header says neither that it is a draft nor who reviewed it"
    if (rule := plural_rule(content)) is None:
        yield f"{language}: the header has no rule for plurals, or one that does not fit its number of forms"
        return
    for message in (each for each in messages.values() if each.is_translated):
        wanted = [f"msgstr[{number}]" for number in range(rule[0])] if message.plural else ["msgstr"]
        if sorted(message.translations) != sorted(wanted):
            yield f"{language}: needs exactly {len(wanted)} forms: {message.text!r}"
        elif not all(has_its_placeholders(message, form, rule[1]) for form in wanted):
            yield f"{language}: other placeholders than in English: {message.text!r}"


def plural_rule(content: str) -> tuple[int, Callable[[int], int]] | None:
    """How many forms a language has and which one goes with a number; None when the header does not say it rightly."""
    header = parse(blocks(content)[0])
    found = PLURALS.search(header.translations.get("msgstr", "")) if header else None
    if found is None:
        return None
    count, form_of = int(found[1]), gettext.c2py(found[2])
    return (count, form_of) if all(form_of(number) < count for number in range(MOST)) else None


def has_its_placeholders(message: Message, form: str, form_of: Callable[[int], int]) -> bool:
    """Does a form have the placeholders of the English text? One that fits a single number may say it in words."""
    wanted, given = placeholders(message.plural or message.text), placeholders(message.translations[form])
    if not message.plural:
        return given == wanted
    numbers = [number for number in range(MOST) if f"msgstr[{form_of(number)}]" == form]
    return given == wanted or (len(numbers) == 1 and not given - wanted)
