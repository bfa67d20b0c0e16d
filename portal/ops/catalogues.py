"""Translations: read .po files, find what is missing or breaks a rule, refresh them from the sources."""

import ast
import gettext
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from portal.environment import BASE_DIR
from portal.ops import texts
from portal.ops.texts import Text, placeholders

LANGUAGES = ("be", "ru", "ar")
MOST = 1000  # numbers with which a rule of plurals is tried
STATE = re.compile(r"^# (Draft, not reviewed by a native speaker|Reviewed on \d{4}-\d\d-\d\d by )", re.MULTILINE)
PLURALS = re.compile(r"nplurals=(\d+); plural=(.*?);$", re.MULTILINE)
SOURCES = ("portal", "intake", "cases", "jurisdictions", "people", "vault", "templates", "locale", "manage.py")
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


def catalogue(language: str, root: Path = BASE_DIR) -> Path:
    """Name the file of a language."""
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path) -> dict[tuple[str, str], Message]:
    """Read a .po file without its header and without obsolete entries."""
    messages = (parse(block) for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")))
    return {message.key: message for message in messages if message is not None and message.text}


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


def faults() -> Iterator[str]:
    """Say what is missing, doubtful or left over in each language, and which text breaks a rule."""
    yield from differences()
    present = {language: read(catalogue(language)) for language in LANGUAGES if catalogue(language).exists()}
    for language, messages in present.items():
        yield from form_faults(language, catalogue(language).read_text(encoding="utf-8"), messages)
    interface = list(side_by_side(present))
    yield from texts.own_faults(interface)
    yield from texts.faults()
    yield from texts.same_words([*interface, *texts.data_texts(), *texts.list_texts()], texts.read_alike())


def differences() -> Iterator[str]:
    """Compare each catalogue with the messages that the sources hold now."""
    with tempfile.TemporaryDirectory(prefix="portal-messages-") as folder:
        root = Path(folder)
        copy_sources(root)
        extract(root)
        for language in LANGUAGES:
            yield from compare(language, read(catalogue(language, root)))


def compare(language: str, wanted: dict[tuple[str, str], Message]) -> Iterator[str]:
    """Compare one committed catalogue with the messages that the sources hold."""
    path = catalogue(language)
    if not path.exists():
        yield f"{language}: there is no catalogue"
        return
    present = read(path)
    for key in sorted(wanted):
        if key not in present:
            yield f"{language}: not in the catalogue (make messages): {key[1]!r}"
        elif not present[key].is_translated:
            yield f"{language}: no translation, or a fuzzy one: {key[1]!r}"
    for key in sorted(present.keys() - wanted.keys()):
        yield f"{language}: no longer in the sources (make messages): {key[1]!r}"


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
    header = parse(re.split(r"\n\s*\n", content, maxsplit=1)[0])
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


def side_by_side(catalogues: Mapping[str, Mapping[tuple[str, str], Message]]) -> Iterator[Text]:
    """Each message with its English text and its translations; each form of a plural is a text of its own."""
    for key in sorted({key for messages in catalogues.values() for key in messages}):
        found = {language: messages[key] for language, messages in catalogues.items() if key in messages}
        for form in sorted({form for message in found.values() for form in message.translations}):
            english = next(message.plural for message in found.values()) or key[1]
            said = {language: message.translations.get(form, "") for language, message in found.items()}
            words = {language: text for language, text in said.items() if text}
            yield Text(f"django.po {key[1]!r}", {texts.ENGLISH: english, **words})


def copy_sources(root: Path) -> None:
    """Copy what may hold messages, so that looking does not change the tree."""
    for name in SOURCES:
        source = BASE_DIR / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
        elif source.exists():
            shutil.copy(source, root / name)


def extract(root: Path) -> None:
    """Run makemessages in a folder; entries keep their translations. Raises RuntimeError."""
    languages = [f"--locale={language}" for language in LANGUAGES]
    aside = [f"--ignore={name}" for name in (".venv", "var", "tests", "bench", "docs")]
    options = ["--no-wrap", "--no-obsolete", "--add-location=never"]
    command = [sys.executable, "-m", "django", "makemessages", *languages, *options, *aside]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    (root / "locale").mkdir(exist_ok=True)
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"makemessages failed:\n{done.stderr}")


def main() -> int:
    """`make messages`: take new texts into the catalogues, then say what has to be translated."""
    extract(BASE_DIR)
    missing = [m for language in LANGUAGES for m in read(catalogue(language)).values() if not m.is_translated]
    for message in missing:
        print(f"to translate: {message.text!r}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
