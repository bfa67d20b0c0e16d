"""The lists of choices."""

import re

import pytest

from cases.statement import vocab
from cases.statement.catalogue import LANGUAGES

LISTS = [
    "country", "urgent", "contact_channel", "consent_answer", "understood", "jurisdiction", "place_type", "facility",
    "transport", "date_precision", "said", "day_part",
]  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_label_in_every_language(name: str, language: str) -> None:
    pairs = vocab.choices(name, language)
    assert len(pairs) == len(vocab.codes(name))
    assert all(label.strip() for _, label in pairs)


def test_belarusian_uses_the_typographic_apostrophe_and_its_own_letters() -> None:
    labels = [label for name in LISTS for _, label in vocab.choices(name, "be")]
    assert not [label for label in labels if "'" in label]
    assert not [label for label in labels if re.search("[ищъИЩЪ]", label)]


def test_no_label_calls_anybody_guilty() -> None:
    labels = [label for name in LISTS for language in LANGUAGES for _, label in vocab.choices(name, language)]
    assert not [label for label in labels if re.search("guilty|виновн|вінават", label, re.IGNORECASE)]


def test_an_unknown_list_or_code_is_an_error() -> None:
    with pytest.raises(KeyError):
        vocab.choices("colour", "be")
    with pytest.raises(KeyError):
        vocab.label("country", "QQ", "be")


def test_names_are_sorted_by_the_alphabet_of_the_language() -> None:
    pairs = [
        ("1", "Ялта"),
        ("2", "Іспанія"),
        ("3", "Італія"),
        ("4", "Ўсё"),
        ("5", "Украіна"),
        ("6", "Ёд"),
        ("7", "Еўропа"),
    ]
    assert [code for code, _ in vocab.in_alphabet(pairs, "be")] == ["7", "6", "2", "3", "5", "4", "1"]


def test_arabic_names_are_sorted_without_marks_article_and_forms_of_alef() -> None:
    pairs = [
        ("1", "سويسرا"),
        ("2", "السويد"),
        ("3", "إيطاليا"),
        ("4", "أَرمينيا"),
        ("5", "التشيك"),
        ("6", "تركيـا"),
        ("7", "ايرلندا"),
        ("8", "ألمانيا"),
    ]
    assert [code for code, _ in vocab.in_alphabet(pairs, "ar")] == ["4", "8", "7", "3", "6", "5", "2", "1"]
