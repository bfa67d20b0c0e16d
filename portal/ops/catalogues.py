"""Translations: read .po files, find what is missing, refresh them from the sources."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from portal.environment import BASE_DIR

LANGUAGES = ("be", "ru")
SOURCES = ("portal", "intake", "cases", "jurisdictions", "people", "vault", "templates", "locale", "manage.py")
LINE = re.compile(r'^(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?) )?(".*")$')


@dataclass
class Message:
    """One entry of a catalogue."""

    context: str = ""
    text: str = ""
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
    elif where.startswith("msgstr"):
        message.translations[where] = message.translations.get(where, "") + text


def faults() -> Iterator[str]:
    """Say what is missing, doubtful or left over in each language, compared with the sources as they are now."""
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
