"""Translations: what is missing is found."""

from pathlib import Path

import pytest

from portal.ops import catalogues

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
