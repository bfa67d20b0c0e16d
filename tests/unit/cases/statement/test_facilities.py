"""Places where people were held, by what somebody types of their names."""

from __future__ import annotations

import time

import pytest

from cases.statement import catalogue, facilities, vocab

PLACES = [code for code in vocab.codes("facility") if code not in facilities.KINDS]


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
@pytest.mark.parametrize("code", PLACES)
def test_every_place_is_found_by_its_name(code: str, language: str) -> None:
    assert code in facilities.found(vocab.label("facility", code, language))


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("Окрестина", ["akrestsina_tsip", "akrestsina_ivs"]),
        ("Акрэсціна", ["akrestsina_tsip", "akrestsina_ivs"]),
        ("okrestina", ["akrestsina_tsip", "akrestsina_ivs"]),
        ("Окрестина, ЦИП", ["akrestsina_tsip"]),
        ("Володарка", ["sizo1_valadarka"]),
        ("Valadarka", ["sizo1_valadarka"]),
        ("Жодино", ["zhodzina_prison8", "zhodzina_ivs"]),
        ("турма ў Жодзіна", ["zhodzina_prison8"]),
        ("ИК17", ["ik17_shklou"]),
        ("ПК-17", ["ik17_shklou"]),
        ("Шклоў", ["ik17_shklou"]),
        ("Наваполоцк", ["ik1_navapolatsk"]),
        ("РУВД Московского района", ["ruvd_maskouski"]),
        ("Кастрычніцкае", ["ruvd_kastrychnitski"]),
        ("волчьи норы", ["ik22_ivatsevichy"]),
        ("Vouchyia Nory", ["ik22_ivatsevichy"]),
        ("Амерыканка", ["sizo_kgb"]),
        ("губопик", ["gubopik_minsk"]),
    ],
)
def test_a_place_is_offered(typed: str, codes: list[str]) -> None:
    assert facilities.found(typed) == codes


@pytest.mark.parametrize("typed", ["", " ", "не ведаю", "дзесьці ў лесе", "a", "99", "🙂", "\x00"])
def test_what_names_no_place_gives_nothing(typed: str) -> None:
    assert facilities.found(typed) == []


def test_a_short_list_stays_short() -> None:
    assert 0 < len(facilities.found("Минск")) <= facilities.MOST


def test_a_megabyte_takes_no_time() -> None:
    began = time.process_time()
    assert facilities.found("вясна " * 200_000) == []
    assert time.process_time() - began < 0.5
