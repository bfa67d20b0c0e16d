"""States by their names: every name of every State in our languages, what people say besides, and what is not sure."""

from __future__ import annotations

import csv
import time

import pytest

from cases.statement import catalogue, states, vocab
from portal.ops import states as written


def codes() -> list[str]:
    with written.STATES.open(encoding="utf-8", newline="") as file:
        return [row["iso2"] for row in csv.DictReader(file)]


def test_the_file_is_what_cldr_says() -> None:
    assert written.TARGET.read_text(encoding="utf-8") == written.text()


@pytest.mark.parametrize("language", catalogue.EVERYWHERE)
def test_every_state_of_the_treaty_table_is_found_by_its_name(language: str) -> None:
    assert len(codes()) == 199
    assert [code for code in codes() if states.named(states.name(code, language)) != [code]] == []
    assert [code for code in codes() if states.named(states.name(code, language).upper()) != [code]] == []


def test_every_state_is_found_by_its_code() -> None:
    assert [code for code in codes() if states.named(code.lower()) != [code]] == []


@pytest.mark.parametrize("language", catalogue.EVERYWHERE)
def test_what_the_short_list_says_is_found_too(language: str) -> None:
    short = [code for code in vocab.codes("country") if states.is_state(code)]
    assert [code for code in short if states.named(vocab.label("country", code, language)) != [code]] == []


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("италия", "IT"), ("Iталія", "IT"), ("  Italia ", "IT"), ("США", "US"), ("зша", "US"), ("U.S.A.", "US"),
        ("Белоруссия", "BY"), ("Нямеччына", "DE"), ("Deutschland", "DE"), ("Летува", "LT"), ("Lietuva", "LT"),
        ("Polska", "PL"), ("საქართველო", "GE"), ("Сакартвелo", "GE"), ("Голландия", "NL"), ("Англия", "GB"),
        ("Кот д'Ивуар", "CI"), ("Кот-д’Івуар", "CI"), ("Ivory Coast", "CI"), ("Турэччына", "TR"), ("Turkiye", "TR"),
        ("Вялікабрытания", "GB"), ("Объединенные Арабские Эмираты", "AE"), ("ОАЭ", "AE"), ("Рэспубліка Польшча", "PL"),
        ("Republic of Lithuania", "LT"), ("Тбилиси, Грузия", "GE"), ("Финлянд", "FI"), ("Судан", "SD"),
        ("Папуа-Новая Гвинея", "PG"), ("Гвинея", "GN"), ("المانيا", "DE"), ("ايطاليا", "IT"), ("إِيطَالِيَا", "IT"),
        ("ألمانيا", "DE"), ("Косава", "XK"), ("Тайвань", "TW"),
    ],
)  # fmt: skip
def test_a_name_is_taken(typed: str, code: str) -> None:
    assert states.named(typed) == [code]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("Корея", {"KP", "KR"}), ("Конга", {"CD", "CG"}), ("كوريا", {"KP", "KR"}), ("Польша и Литва", {"PL", "LT"})],
)
def test_a_shared_name_gives_several(typed: str, found: set[str]) -> None:
    assert set(states.named(typed)) == found


@pytest.mark.parametrize(("typed", "code"), [("Германя", "DE"), ("великабрытания", "GB"), ("Lithuana", "LT")])
def test_a_slip_of_the_finger_is_only_offered(typed: str, code: str) -> None:
    assert states.named(typed) == []
    assert code in states.alike(typed)


@pytest.mark.parametrize("typed", ["", " ", "!?", "не ведаю", "по", "хутар пад Прагай", "\x00", "🙂"])
def test_what_is_no_name_gives_nothing(typed: str) -> None:
    assert states.named(typed) == states.alike(typed) == []


def test_a_megabyte_takes_no_time() -> None:
    began = time.process_time()
    assert states.named("я" * 1_000_000) == states.alike("я" * 1_000_000) == []
    assert time.process_time() - began < 0.5
