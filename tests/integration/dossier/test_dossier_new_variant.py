"""A new variant is one folder of data: nothing else in the program is touched for it."""

import shutil
from pathlib import Path

import pytest

from cases.dossier import variant
from cases.dossier.assemble import prepare_all
from cases.dossier.build import build
from cases.dossier.document import Document
from cases.dossier.errors import BadInput
from cases.dossier.render import render_complaint
from cases.dossier.sentences import propose_sentences
from cases.dossier.variant import Variant
from tests.factories.dossier import FACTS, account, make_input, originals
from tests.integration.dossier.reading import by_pypdf

PLAN = """
code = "TOY"
language = "eo"
template = "TOY 1"
numbering = "roman"
reasons = "route"
[[sections]]
title = "Petoj"
numbered = false
parts = [{ make = "requests" }]
[[sections]]
title = "Faktoj"
parts = [{ make = "own_words", heading = "Rakonto" }, { make = "topic:time_place" }]
[[sections]]
title = "Juro"
parts = [{ make = "law:toy" }, { make = "topic:context", otherwise = { text = "Nenio.", source = "advokato" } }]
[annexes]
B1 = { title = "Unua rakonto", intro = "" }
"""
LAW = """[[law.toy]]
id = "toy"
text = "Torturo estas malpermesita."
source = "Konvencio, art. 1"

"""
WORDS = {
    '"July", "August"': '"julio", "aŭgusto"',
    'quotes = "“{text}”"': 'quotes = "‹{text}›"',
    'between = "between {first} and {last}"': 'between = "inter {first} kaj {last}"',
    'exhibit = "Exhibit"': 'exhibit = "Pruvaĵo"',
    "[countries]  # code": '[countries]\nBY = ["Belorusio", "en Belorusio", "en Belorusion"]  # code',
}


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Variant:
    """A variant in a folder beside the others: an order of its own, and English where a toy needs no words."""
    folder = tmp_path / "TOY"
    shutil.copytree(variant.FOLDER, tmp_path, dirs_exist_ok=True)
    shutil.copytree(variant.FOLDER / "UJ-EN", folder)
    (folder / "variant.toml").write_text(PLAN, encoding="utf-8")
    law = (folder / "law.toml").read_text(encoding="utf-8")
    (folder / "law.toml").write_text(LAW + law[law.index("[crimes]") :], encoding="utf-8")
    words = (folder / "words.toml").read_text(encoding="utf-8")
    for old, new in WORDS.items():
        assert old in words
        words = words.replace(old, new)
    (folder / "words.toml").write_text(words, encoding="utf-8")
    monkeypatch.setattr(variant, "FOLDER", tmp_path)
    return variant.find("TOY")


def document(toy: Variant, tmpfs: Path) -> tuple[Document, list[bytes]]:
    data = make_input(variant="TOY", facts=tuple(propose_sentences(FACTS, account(), toy)))
    prepared = prepare_all(data, lambda exhibit: [originals()[exhibit.label]], tmpfs=tmpfs)
    return build(data, tuple(each.filed for each in prepared)), [each.body for each in prepared]


def test_a_new_variant_is_a_folder(toy: Variant, tmpfs: Path) -> None:
    made, exhibits = document(toy, tmpfs)
    sections = [(section.number, section.title) for section in made.sections]
    assert sections == [("", "Petoj"), ("I", "Faktoj"), ("II", "Juro")]
    assert [annex.title for annex in made.annexes] == ["Unua rakonto"]
    text = by_pypdf(render_complaint(made, tmpfs=tmpfs).body)
    for words in (
        "Rakonto",
        "en Belorusio inter 12 aŭgusto 2020 kaj",
        "Torturo estas malpermesita.",
        "Nenio.",
        "TOY 1",
    ):
        assert words in text
    assert "Pruvaĵo E-001" in by_pypdf(exhibits[0])


def test_an_unknown_variant_is_refused() -> None:
    with pytest.raises(BadInput, match="variant"):
        variant.find("TOY")
    with pytest.raises(BadInput, match="variant"):
        make_input(variant="../UJ-EN")


def test_a_text_that_is_missing_is_named(toy: Variant) -> None:
    with pytest.raises(KeyError, match="no_such"):
        toy.say("labels.no_such")
