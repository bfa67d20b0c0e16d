"""Translations: what is missing or breaks a rule is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.ops import catalogues, po
from portal.ops.catalogues import DESK, SURVIVORS, Collection
from portal.ops.po import Message
from portal.ops.texts import Text

PO = """# Comment
msgid ""
msgstr ""
"Language: be\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Error"
msgstr "Памылка"

#, fuzzy
msgid "Doubtful"
msgstr "Сумніўна"

msgctxt "title"
msgid ""
"Two "
"lines \\"quoted\\""
msgstr ""
"Два "
"радкі"

msgid "%(n)d file"
msgid_plural "%(n)d files"
msgstr[0] "адзін"
msgstr[1] ""

#~ msgid "Obsolete"
#~ msgstr "Старое"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "django.po"
    path.write_text(PO, encoding="utf-8")
    return path


def test_a_catalogue_is_read_with_contexts_plurals_and_doubts(file: Path) -> None:
    found = po.read(file)
    assert set(found) == {("", "Error"), ("", "Doubtful"), ("title", 'Two lines "quoted"'), ("", "%(n)d file")}
    assert found["title", 'Two lines "quoted"'].translations == {"msgstr": "Два радкі"}
    assert [message.is_translated for message in found.values()] == [True, False, True, False]


def test_what_is_missing_fuzzy_or_left_over_is_said(file: Path) -> None:
    wanted = {("", "Error"), ("", "Doubtful"), ("", "New"), ("", "%(n)d file")}
    assert list(catalogues.compare("be", file, wanted)) == [
        "be: no translation, or a fuzzy one: '%(n)d file'",
        "be: no translation, or a fuzzy one: 'Doubtful'",
        "be: not in the catalogue (make messages): 'New'",
        "be: no longer in the sources (make messages): 'Two lines \"quoted\"'",
    ]


def test_a_language_without_a_catalogue_is_said(tmp_path: Path) -> None:
    assert list(catalogues.compare("be", tmp_path / "none", set())) == ["be: there is no catalogue"]


@pytest.mark.slow
def test_new_texts_are_taken_in_and_old_translations_stay(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text('{% load i18n %}{% translate "Error" %}{% translate "Brand new" %}')
    for language in SURVIVORS.languages:
        path = catalogues.file_of(language, tmp_path / "locale")
        path.parent.mkdir(parents=True)
        path.write_text(PO, encoding="utf-8")
    catalogues.extract(tmp_path, SURVIVORS.languages)
    found = po.read(catalogues.file_of("be", tmp_path / "locale"))
    assert set(found) == {("", "Error"), ("", "Brand new")}
    assert found["", "Error"].translations == {"msgstr": "Памылка"}
    assert not found["", "Brand new"].is_translated


HEADER = """# What survivors read.
# Draft, not reviewed by a native speaker with trauma training.
msgid ""
msgstr ""
"Language: be\\n"
"Plural-Forms: nplurals=3; plural=n==0 ? 0 : n==1 ? 1 : 2;\\n"

"""


def forms(*forms: str, plural: str = "%(n)s files") -> Message:
    """An entry in several forms; in one when there is no plural."""
    names = [f"msgstr[{number}]" for number in range(len(forms))] if plural else ["msgstr"]
    return Message("", "%(n)s file", plural, dict(zip(names, forms, strict=True)))


def form_faults(*messages: Message, header: str = HEADER) -> list[str]:
    """What is wrong with entries under a header."""
    return list(po.form_faults("be", header, {message.key: message for message in messages}))


def test_a_form_for_one_number_may_say_it_in_words() -> None:
    assert form_faults(forms("no file", "a file", "%(n)s files")) == []
    assert form_faults(forms("%(n)s", "a file", "%(n)s files")) == []


def test_the_form_for_many_numbers_keeps_the_placeholder() -> None:
    assert form_faults(forms("no file", "a file", "files")) == ["be: other placeholders than in English: '%(n)s file'"]
    assert form_faults(forms("no %(x)s", "a file", "%(n)s files")) == [
        "be: other placeholders than in English: '%(n)s file'"
    ]


def test_placeholders_of_a_plain_entry_match() -> None:
    assert form_faults(forms("%(n)s", plural="")) == []
    assert form_faults(forms("файл", plural="")) == ["be: other placeholders than in English: '%(n)s file'"]


def test_the_number_of_forms_is_that_of_the_header() -> None:
    assert form_faults(forms("%(n)s", "%(n)s")) == ["be: needs exactly 3 forms: '%(n)s file'"]
    assert form_faults(forms("a", "b", "%(n)s", "%(n)s")) == ["be: needs exactly 3 forms: '%(n)s file'"]
    message = forms("%(n)s", plural="")
    message.plural = "%(n)s files"
    assert form_faults(message) == ["be: needs exactly 3 forms: '%(n)s file'"]


def test_a_rule_of_plurals_that_does_not_fit_is_said() -> None:
    fault = ["be: the header has no rule for plurals, or one that does not fit its number of forms"]
    assert form_faults(header=HEADER.replace("nplurals=3", "nplurals=2")) == fault
    assert form_faults(header=HEADER.replace("Plural-Forms", "Plurals").replace("nplurals", "n")) == fault


def test_the_header_says_draft_or_who_reviewed_it() -> None:
    reviewed = HEADER.replace("# Draft, not reviewed by a native speaker", "# Reviewed on 2026-12-01 by N. N.,")
    assert form_faults(header=reviewed) == []
    silent = HEADER.replace("# Draft, not reviewed by a native speaker with trauma training.\n", "")
    assert form_faults(header=silent) == ["be: the header says neither that it is a draft nor who reviewed it"]


def test_each_form_is_looked_at_beside_the_other_languages() -> None:
    found = {"be": {("", "a"): Message("", "a", "b", {"msgstr[0]": "в", "msgstr[1]": "г"})}, "ru": {}}
    assert list(catalogues.side_by_side(found)) == [
        Text("django.po 'a'", {"en": "b", "be": "в"}),
        Text("django.po 'a'", {"en": "b", "be": "г"}),
    ]


@pytest.mark.parametrize(("kind", "language"), [(kind, each) for kind in (SURVIVORS, DESK) for each in kind.languages])
def test_each_committed_catalogue_knows_its_plurals(kind: Collection, language: str) -> None:
    rule = po.plural_rule(kind.catalogue(language).read_text(encoding="utf-8"))
    assert rule is not None
    assert (rule[0], len({rule[1](number) for number in range(200)})) == {"ar": (6, 6)}.get(language, (4, 3))


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small tree with a text of each side and one of both, and catalogues that hold the survivors' own."""
    monkeypatch.setattr(catalogues, "BASE_DIR", tmp_path)
    for name in [*SURVIVORS.sources, *DESK.sources]:
        (tmp_path / name).mkdir(parents=True, exist_ok=True)
    pages = {"intake/a": "Of survivors", "desk/b": "Of staff", "intake/c": "Error", "desk/c": "Error"}
    for name, words in pages.items():
        page = tmp_path / "templates" / f"{name}.html"
        page.parent.mkdir(exist_ok=True)
        page.write_text(f'{{% load i18n %}}{{% translate "{words}" %}}')
    for collection in (SURVIVORS, DESK):
        for language in collection.languages:
            path = collection.catalogue(language)
            path.parent.mkdir(parents=True)
            path.write_text(PO if collection is SURVIVORS else PO.replace("Памылка", "Хіба"), encoding="utf-8")
    return tmp_path


@pytest.mark.slow
def test_each_side_has_its_own_texts_and_one_of_both_is_the_survivors(sources: Path) -> None:
    assert catalogues.in_sources(SURVIVORS) == {("", "Of survivors"), ("", "Error")}
    assert catalogues.in_sources(DESK) == {("", "Of staff")}
    assert list(catalogues.desk_state()) == [
        "desk in be: 1 of 1 texts not translated, 4 left over",
        "desk in ru: 1 of 1 texts not translated, 4 left over",
    ]
    assert [fault for fault in catalogues.differences() if "Of staff" in fault] == []
    assert sum("not in the catalogue (make messages): 'Of survivors'" in each for each in catalogues.differences()) == 3


@pytest.mark.slow
def test_a_text_of_both_sides_leaves_the_catalogue_of_the_desk(sources: Path) -> None:
    catalogues.refresh(DESK)
    found = po.read(DESK.catalogue("be"))
    assert set(found) == {("", "Of staff")}
    assert DESK.catalogue("be").read_text(encoding="utf-8").startswith("# Comment\nmsgid")
