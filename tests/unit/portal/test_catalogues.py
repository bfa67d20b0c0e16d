"""Translations: what is missing or breaks a rule is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.ops import catalogues
from portal.ops.catalogues import Message
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
def po(tmp_path: Path) -> Path:
    path = tmp_path / "django.po"
    path.write_text(PO, encoding="utf-8")
    return path


def test_a_catalogue_is_read_with_contexts_plurals_and_doubts(po: Path) -> None:
    found = catalogues.read(po)
    assert set(found) == {("", "Error"), ("", "Doubtful"), ("title", 'Two lines "quoted"'), ("", "%(n)d file")}
    assert found["title", 'Two lines "quoted"'].translations == {"msgstr": "Два радкі"}
    assert [message.is_translated for message in found.values()] == [True, False, True, False]


def test_what_is_missing_fuzzy_or_left_over_is_said(po: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogues, "catalogue", lambda language: po)
    wanted = {
        key: catalogues.Message(*key) for key in [("", "Error"), ("", "Doubtful"), ("", "New"), ("", "%(n)d file")]
    }
    assert list(catalogues.compare("be", wanted)) == [
        "be: no translation, or a fuzzy one: '%(n)d file'",
        "be: no translation, or a fuzzy one: 'Doubtful'",
        "be: not in the catalogue (make messages): 'New'",
        "be: no longer in the sources (make messages): 'Two lines \"quoted\"'",
    ]


def test_a_language_without_a_catalogue_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogues, "catalogue", lambda language: tmp_path / "none")
    assert list(catalogues.compare("be", {})) == ["be: there is no catalogue"]


@pytest.mark.slow
def test_new_texts_are_taken_in_and_old_translations_stay(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text('{% load i18n %}{% translate "Error" %}{% translate "Brand new" %}')
    for language in catalogues.LANGUAGES:
        path = catalogues.catalogue(language, tmp_path)
        path.parent.mkdir(parents=True)
        path.write_text(PO, encoding="utf-8")
    catalogues.extract(tmp_path)
    found = catalogues.read(catalogues.catalogue("be", tmp_path))
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
    return list(catalogues.form_faults("be", header, {message.key: message for message in messages}))


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


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_each_committed_catalogue_knows_its_plurals(language: str) -> None:
    rule = catalogues.plural_rule(catalogues.catalogue(language).read_text(encoding="utf-8"))
    assert rule is not None
    assert (rule[0], len({rule[1](number) for number in range(200)})) == {"ar": (6, 6)}.get(language, (4, 3))
