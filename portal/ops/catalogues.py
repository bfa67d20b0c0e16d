"""Translations: find what is missing or breaks a rule, refresh the catalogues from the sources.

There are two collections. What survivors read must be whole in each language; what staff and lawyers read falls back to
English, text by text, and is counted. A text of both is translated once, with the survivors' words.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from portal.environment import BASE_DIR
from portal.ops import texts
from portal.ops.po import Message, blocks, form_faults, parse, read
from portal.ops.texts import Text

Key = tuple[str, str]


@dataclass(frozen=True)
class Collection:
    """Catalogues for one kind of reader: where they are, and in which sources their texts stand."""

    name: str
    folder: str
    languages: tuple[str, ...]
    sources: tuple[str, ...]
    left_out: tuple[str, ...] = ()  # of the sources
    but: tuple[str, ...] = ()  # of what is left out

    def catalogue(self, language: str) -> Path:
        """Name the file of a language."""
        return file_of(language, BASE_DIR / self.folder)

    @property
    def alike(self) -> Path:
        """Name the list of texts that may be the same in several languages."""
        return BASE_DIR / self.folder / "alike.csv"


SURVIVORS = Collection(
    "survivors",
    "locale",
    ("be", "ru", "ar"),
    ("portal", "intake", "cases/filetypes.py", "templates", "manage.py"),
    ("intake/recording", "intake/register", "templates/desk", "templates/errors/desk.html"),
    ("intake/recording/script.py",),  # read out to survivors
)
DESK = Collection(
    "desk",
    "locale/desk",
    ("be", "ru"),
    (
        "people", "cases", "jurisdictions", "vault", "intake/recording", "intake/register", "templates/desk",
        "templates/errors/desk.html",
    ),
    ("intake/recording/script.py",),
)  # fmt: skip


def file_of(language: str, folder: Path) -> Path:
    """Name the file of a language in a folder of catalogues."""
    return folder / language / "LC_MESSAGES" / "django.po"


def faults() -> Iterator[str]:
    """Say what is missing, doubtful or left over for survivors in each language, and which text breaks a rule."""
    yield from differences()
    survivors, desk = present(SURVIVORS), present(DESK)
    for collection in (SURVIVORS, DESK):
        yield from forms(collection)
    interface, own = list(side_by_side(survivors)), list(side_by_side(desk))
    yield from texts.own_faults([*interface, *own])
    yield from texts.faults()
    yield from texts.same_words([*interface, *texts.data_texts(), *texts.list_texts()], texts.read_alike())
    yield from texts.same_words(own, texts.read_alike(DESK.alike))


def present(collection: Collection) -> dict[str, dict[Key, Message]]:
    """The committed catalogues by language, as far as there are files."""
    files = {language: collection.catalogue(language) for language in collection.languages}
    return {language: read(path) for language, path in files.items() if path.exists()}


def forms(collection: Collection) -> Iterator[str]:
    """Say which entry of the committed catalogues has other placeholders or forms than it should."""
    for language, messages in present(collection).items():
        content = collection.catalogue(language).read_text(encoding="utf-8")
        yield from (f"{collection.name} {fault}" for fault in form_faults(language, content, messages))


def differences() -> Iterator[str]:
    """Compare the survivors' catalogues with the texts that the sources hold now."""
    wanted = in_sources(SURVIVORS)
    for language in SURVIVORS.languages:
        yield from compare(language, SURVIVORS.catalogue(language), wanted)
    for language in DESK.languages:
        if not DESK.catalogue(language).exists():
            yield f"desk {language}: there is no catalogue"


def in_sources(collection: Collection) -> set[Key]:
    """What the sources of a collection say now; the desk's without what survivors read too."""
    with tempfile.TemporaryDirectory(prefix="portal-messages-") as folder:
        root = Path(folder)
        copy_sources(collection, root)
        extract(root, collection.languages)
        return set(read(file_of(collection.languages[0], root / "locale"))) - shared(collection)


def shared(collection: Collection) -> set[Key]:
    """The texts that the desk's catalogues leave to those of the survivors."""
    return set(read(SURVIVORS.catalogue("be"))) if collection is DESK else set()


def compare(language: str, path: Path, wanted: set[Key]) -> Iterator[str]:
    """Compare one committed catalogue with the texts that the sources hold."""
    if not path.exists():
        yield f"{language}: there is no catalogue"
        return
    found = read(path)
    for key in sorted(wanted):
        if key not in found:
            yield f"{language}: not in the catalogue (make messages): {key[1]!r}"
        elif not found[key].is_translated:
            yield f"{language}: no translation, or a fuzzy one: {key[1]!r}"
    for key in sorted(found.keys() - wanted):
        yield f"{language}: no longer in the sources (make messages): {key[1]!r}"


def desk_state() -> Iterator[str]:
    """Say for each language of the desk how many texts its members still read in English."""
    wanted = in_sources(DESK)
    for language, found in present(DESK).items():
        missing = sum(1 for key in wanted if key not in found or not found[key].is_translated)
        left = len(found.keys() - wanted)
        yield f"desk in {language}: {missing} of {len(wanted)} texts not translated, {left} left over"


def side_by_side(catalogues: Mapping[str, Mapping[Key, Message]]) -> Iterator[Text]:
    """Each message with its English text and its translations; each form of a plural is a text of its own."""
    for key in sorted({key for messages in catalogues.values() for key in messages}):
        found = {language: messages[key] for language, messages in catalogues.items() if key in messages}
        for form in sorted({form for message in found.values() for form in message.translations}):
            english = next(message.plural for message in found.values()) or key[1]
            said = {language: message.translations.get(form, "") for language, message in found.items()}
            words = {language: text for language, text in said.items() if text}
            yield Text(f"django.po {key[1]!r}", {texts.ENGLISH: english, **words})


def copy_sources(collection: Collection, root: Path) -> None:
    """Copy what may hold texts of a collection, and its catalogues to root/locale: looking does not change the tree."""
    for language in collection.languages:
        copy(collection.catalogue(language), file_of(language, root / "locale"))
    for name in collection.sources:
        copy(BASE_DIR / name, root / name)
    for name in collection.left_out:
        remove(root / name)
    for name in collection.but:
        copy(BASE_DIR / name, root / name)


def copy(source: Path, target: Path) -> None:
    """Copy a folder or a file to a place whose folders may be missing."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    elif source.exists():
        shutil.copy(source, target)


def remove(path: Path) -> None:
    """Remove a folder or a file."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def extract(root: Path, languages: tuple[str, ...]) -> None:
    """Run makemessages in a folder; entries of root/locale keep their translations. Raises RuntimeError."""
    locales = [f"--locale={language}" for language in languages]
    options = ["--no-wrap", "--no-obsolete", "--add-location=never"]
    command = [sys.executable, "-m", "django", "makemessages", *locales, *options]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    (root / "locale").mkdir(exist_ok=True)
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"makemessages failed:\n{done.stderr}")


def refresh(collection: Collection) -> None:
    """Take new texts of the sources into the committed catalogues and leave out what is gone."""
    with tempfile.TemporaryDirectory(prefix="portal-messages-") as folder:
        root = Path(folder)
        copy_sources(collection, root)
        extract(root, collection.languages)
        for language in collection.languages:
            made = file_of(language, root / "locale").read_text(encoding="utf-8")
            collection.catalogue(language).write_text(without(made, shared(collection)), encoding="utf-8")


def without(content: str, keys: set[Key]) -> str:
    """A catalogue without the entries that another one has, and without the day of this run: it would part branches."""
    kept = [block for block in blocks(content) if (entry := parse(block)) is None or entry.key not in keys]
    return re.sub(r'^"POT-Creation-Date: .*"\n', "", "\n\n".join(kept), flags=re.MULTILINE) + "\n"


def main() -> int:
    """`make messages`: take new texts into the catalogues, then say what has to be translated."""
    for collection in (SURVIVORS, DESK):
        refresh(collection)
        for language, messages in present(collection).items():
            for message in (each for each in messages.values() if not each.is_translated):
                print(f"{collection.name} {language}: {message.text!r}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
