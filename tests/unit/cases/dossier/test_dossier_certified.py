"""A certificate speaks of the very texts that the translator saw, and of nothing else."""

from dataclasses import replace

import pytest

from cases.dossier import annex_inputs as annex
from cases.dossier import certified
from cases.dossier.build import build
from cases.dossier.inputs import PSEUDONYMISED, DossierInput
from tests.factories.annexed import annexed, certificate
from tests.factories.dossier import account, make_input


def labels(data: DossierInput) -> list[str]:
    return [words.label for part in build(data).translation for each in part.passages for words in each.words]


def test_a_translation_with_its_certificate_is_certified():
    data = annexed()
    assert certified.translations_without_certificate(data) == ()
    assert certified.untranslated(data) == ()
    said = {pair.label: pair.text for block in build(data).certificates for pair in block.pairs}
    assert said["Translator"] == "T-7"
    assert said["Qualification"] == "sworn translator no. 00-00"
    assert said["SHA-256 of the source text"].replace(" ", "") == certified.source_digest(data.account, 1)
    assert said["Remarks"] == "no illegible or unclear parts"
    assert said["Place, date"] == "Vilnius, 21 November 2026"


@pytest.mark.parametrize("change", [
    {"is_complete": False}, {"language": "fr"}, {"version": 2}, {"source": "0" * 64}, {"translation": "0" * 64},
])  # fmt: skip
def test_another_certificate_does_not_hold(change):
    data = annexed()
    other = replace(data, certificates=(certificate(data, **change),))
    assert certified.translations_without_certificate(other) == (1,)
    assert "No certificate" in build(other).certificates[0].line


def test_a_changed_word_takes_the_certificate_away():
    data = annexed()
    first, *rest = data.translation
    worded = replace(data, translation=(replace(first, text=first.text + "!"), *rest))
    told = replace(data, account=account("Іншыя словы."))
    assert certified.translations_without_certificate(worded) == (1,)
    assert certified.translations_without_certificate(told) == (1,)


def test_what_is_not_translated_is_named():
    assert certified.untranslated(make_input()) == ("EPI-06 (1)", "EPI-08 (1)")
    data = annexed()
    assert certified.untranslated(replace(data, translation=data.translation[1:])) == ("EPI-06 (1)",)
    assert certified.translations_without_certificate(make_input()) == ()


def test_paragraphs_carry_the_numbers_of_the_original():
    data = annexed()
    count = len(data.translation[1].text.split("\n\n"))
    assert labels(data) == ["", *[f"¶ {number}" for number in range(1, count + 1)]]
    fewer = replace(data, translation=(replace(data.translation[1], text="One.\n\nTwo."),))
    assert labels(fewer) == [f"¶ 1 to {count}", ""]


def test_a_passage_of_a_section_that_is_not_there_is_not_printed():
    lost = annex.Translated("gone-1", 1, "EPI-08", "en", "words")
    assert build(annexed(translation=(lost,))).translation == ()


def test_a_remark_is_quoted():
    data = annexed()
    noted = replace(data, certificates=(certificate(data, remarks="one word is illegible", paper=""),))
    block = build(noted).certificates[0]
    assert "“one word is illegible”" in {pair.text for pair in block.pairs}
    assert block.signature == "translator"


def test_a_pseudonymised_copy_rests_on_the_certificate_of_the_full_one():
    full = annexed()
    replaced = replace(
        full, rendering=PSEUDONYMISED, certificates=(), identity=None, witness_contacts=(), whereabouts=(), papers=(),
        translation=tuple(replace(each, text=each.text.replace("Translation", "W-01")) for each in full.translation),
    )  # fmt: skip
    assert certified.certified_versions(full) == (1,)
    assert certified.translations_without_certificate(replaced) == (1,)
    assert "nobody has certified this redacted text" in build(replaced).certificates[0].line
    known = replace(replaced, certified=certified.certified_versions(full))
    assert certified.translations_without_certificate(known) == ()
    assert "The full translation has a translator’s certificate" in build(known).certificates[0].line


def test_a_full_copy_does_not_rest_on_what_was_certified_once():
    data = annexed()
    changed = replace(data, certified=(1,), certificates=())
    assert certified.translations_without_certificate(changed) == (1,)
