"""Replacing in one text: nothing that identifies survives in any spelling, and everything else stays as it was."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.dossier.pseudonym.days import Needed
from cases.dossier.pseudonym.replace import RULES, Replacer
from cases.dossier.pseudonym.table import CLASS, NAME, RELATIVE, WITNESS, Identity, Term
from cases.dossier.pseudonym.wording import names_of, said, shown, words
from cases.dossier.variant import find
from tests.factories.dossier import FACTS
from tests.factories.pseudonym import BE, CODE, VALUES, WHO, leaks

NEEDED = Needed.of(FACTS)


def replaced(text: str, language: str = "be", who: Identity = WHO, variant: str = "UJ-EN", **more) -> str:
    return Replacer(who, NEEDED, find(variant), **more).replace(text, language)


def one(kind: str, name: str, text: str, code: str = "W-09") -> str:
    """A text with one name replaced."""
    return replaced(text, who=Identity(CODE, (Term(kind, name, code),)))


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Каваль", "Кавалём"), ("Каваль", "Коваля"), ("Павел", "Паўлам"), ("Павел", "Павла"), ("Кравец", "Краўца"),
        ("Лев", "Льва"), ("Зоя", "Зою"), ("Анна", "Анны"), ("Анна", "Ганну"), ("Вольга", "Вользе"), ("Вольга",
        "Ольгой"),
        ("Наталля", "Натальей"), ("Маргарыта", "Маргарыце"), ("Жукоўскі", "Жуковского"), ("Жукоўская", "Жукоўскай"),
        ("Сляпцова", "Слепцовой"), ("Сляпцова", "Слепцов"), ("Іван", "Иване"), ("Юры", "Юрия"),
        ("Аляксандр", "Александром"), ("Ілья", "Ильи"), ("Koval", "Ковалю"), ("Ковальчук", "Kavalchuka"), ("Зоя",
        "Zoya"),
        ("Наташа", "Наташиной"), ("Пётр", "ПЕТРА"), ("Мікалай", "Николаю"),
    ],
)  # fmt: skip
def test_a_name_goes_in_every_form_and_alphabet(name, form):
    assert one(NAME, name, f"Быў {form} тут.") == "Быў [W-09] тут."


@pytest.mark.parametrize(
    "typed",
    [
        "Кава\nль", "Ка-валь", "К а в а л ь", "К. а. в. а. л. ь", "Ка\u00adваль", "Кав\u200bаль", "КАВАЛЬ", "кАвАлЬ",
        "Kaвaль",
        "Каваль\u0301", "Ｋаваль", "_Каваль_", "каваль87", "Κаваль", "И.П. Каваль", "Каваль І. П.", "Каваль-Каваль",
        "Кава-\nль",
    ],
)  # fmt: skip
def test_a_name_goes_however_it_is_typed(typed):
    assert one(NAME, "Каваль", f"Тут {typed}: так.") == "Тут [W-09]: так."


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Людвік", "Liudvikas"), ("Людвік", "Liudviko"), ("Людвік", "Liudvikui"), ("Сыракваш", "Sirakvašą"),
        ("Вольга", "Olgos"),
        ("Вольга", "Olgą"), ("Сыракваш", "Syrakwasza"), ("Сыракваш", "Syrakwaszowi"), ("Людвік", "Ludwikiem"),
        ("Людвік", "Ludviks"),
        ("Жукоўскі", "Żukowskiego"), ("Жукоўскі", "Žukovskis"), ("Павел", "Pavelas"), ("Крываносава", "Krywanosawej"),
    ],
)  # fmt: skip
def test_a_name_goes_with_the_endings_of_a_language_of_filing(name, form):
    assert one(NAME, name, f"tai {form} buvo") == "tai [W-09] buvo"


def test_words_of_the_languages_of_filing_stay():
    who = Identity(
        CODE, (Term(NAME, "Людвік Сыракваш", "C"), Term(RELATIVE, "Вольга", "C"), Term(WITNESS, "Павел", "C"))
    )
    for text in (
        "Nukentėjęs asmuo buvo sulaikytas gatvėje ir nuvežtas į policijos skyrių.",
        "Osoba pokrzywdzona została zatrzymana na ulicy i przewieziona do aresztu.",
        "Die anzeigeerstattende Person wurde auf der Straße festgenommen und geschlagen.",
        "The complainant was stopped in the street and taken to a police department.",
    ):
        assert replaced(text, "lt", who=who) == text


@pytest.mark.parametrize("glued", ["ІванКаваль", "ivankaval", "kaval_ivan", "ivan.kaval1987"])
def test_names_that_are_glued_together_go(glued):
    assert "kaval" not in one(NAME, "Каваль Іван", f"Мой нік {glued} тут.").lower()
    assert "каваль" not in one(NAME, "Каваль Іван", f"Мой нік {glued} тут.").lower()


@pytest.mark.parametrize(
    "text",
    [
        "За мной прыйшлі, за мною і за ёй.", "Левая нага і левай рукой.", "Волга шырокая.", "Я ішоў па вуліцы.",
        "12.30 і 1/2",
        "Камера відэаназірання была.", "Их было 14 человек, 2 окна.", "Ліпень быў цёплы.", "У 2020 годзе",
        "Толькі адзін раз.",
    ],
)  # fmt: skip
def test_ordinary_words_stay(text):
    who = Identity(CODE, (Term(NAME, "Зоя", "C"), Term(NAME, "Юлія", "C"), Term(RELATIVE, "Анна", "C"),
    Term(WITNESS, "Ян", "C")))  # fmt: skip
    assert replaced(text, who=who) == text


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("11.03.1987", "[1987]"), ("11/3/87", "[1987]"), ("1987-03-11", "[1987]"), ("11 сакавіка 1987", "[1987]"),
        ("11-га сакавіка 1987", "[1987]"), ("11 марта", "[…]"), ("March 11th, 1987", "[1987]"),
        ("11th of March 1987", "[1987]"),
        ("у сакавіку 1987", "у [1987]"), ("23 чэрвеня 2021", "[чэрвень 2021]"), ("13 жніўня 2020", "13 жніўня 2020"),
        ("12-14 жніўня 2020", "12-14 жніўня 2020"), ("с 12 по 19 августа 2020", "с [жнівень 2020]"), ("13 жніўня",
        "13 жніўня"),
        ("2\u200b3.06.2021", "[чэрвень 2021]"), ("3 лютага 2021", "3 лютага 2021"), ("11 сакавіка 2022",
        "[сакавік 2022]"),
    ],
)  # fmt: skip
def test_a_birth_date_becomes_its_year_and_a_day_its_month_unless_it_is_needed(typed, left):
    assert replaced(f"Было {typed} так.") == f"Было {left} так."


@pytest.mark.parametrize(
    ("variant", "typed", "left"),
    [
        ("LT", "2021 m. birželio 23 d.", "[2021 m. birželis]"), ("PL", "23 czerwca 2021", "[czerwiec 2021 r.]"),
        ("DE", "23. Juni 2021", "[Juni 2021]"), ("UJ-EN", "23 June 2021", "[June 2021]"),
    ],
)  # fmt: skip
def test_days_are_found_in_the_language_of_filing(variant, typed, left):
    assert replaced(typed, find(variant).language, variant=variant).replace("\u00a0", " ") == left


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("у камеры № 16", "у камеры […]"), ("в 16-й камере", "в […] камере"), ("камера 7а", "камера […]"),
        ("cell no. 9", "cell […]"),
        ("у трэцяй камеры", "у […] камеры"), ("celi nr 4", "celi […]"), ("у камеры нумар шэсць",
        "у камеры нумар шэсць"),
    ],
)  # fmt: skip
def test_the_number_of_a_cell_goes_and_the_cell_stays(typed, left):
    assert replaced(typed) == left


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("MP 7654321", "[…21]"), ("МР7654321", "[…21]"), ("мр-7654321", "[…21]"), ("3110387A015PB9", "[…59]"),
        ("3110387А015РВ9", "[…59]"), ("7654321", "[…21]"), ("7654322", "7654322"),
    ],
)  # fmt: skip
def test_a_number_of_a_paper_keeps_two_digits(typed, left):
    assert replaced(f"Папера {typed}.") == f"Папера {left}."


@pytest.mark.parametrize(
    "typed",
    [
        "+370 612 34567", "8 (612) 34567", "61234567", "+37061234567", "ludvik.syrakvash@example.org", "@ludvik_syr",
        "ludvik_syr",
        "someone@else.example", "https://social.example/a?b=1", "t.me/anybody", "+375 (29) 111-22-33", "@anybody",
    ],
)  # fmt: skip
def test_contacts_go_also_those_that_are_in_no_table(typed):
    assert replaced(f"Мой {typed} тут.") in ("Мой [кантакт] тут.", f"Мой [{CODE}] тут.")


def test_the_full_name_of_the_accused_stays_where_a_word_of_it_is_the_survivors():
    text = "Людвік Бяздоннік біў. Людвіка Бяздонніка баяліся. Людвік маўчаў."
    kept = replaced(text, kept=("Людвік Бяздоннік",))
    assert kept == f"Людвік Бяздоннік біў. Людвіка Бяздонніка баяліся. [{CODE}] маўчаў."


def test_the_survivors_own_full_name_is_kept_for_nobody():
    assert replaced("Людвік Сыракваш", kept=("Людвік Сыракваш",)) == f"[{CODE}]"


def test_relations_and_classes_have_words_in_every_language_of_a_passage():
    for table in ("relations", "classes", "things"):
        for name in names_of(table):
            assert {said(table, name, each) for each in ("en", "ru", "be", "lt", "pl", "de")} > {""} - {""}
            assert set(words()[table][name]) == {"en", "ru", "be", "lt", "pl", "de"}
    assert set(words()["stems"]) == set(words()["classes"])
    assert shown("relation:sister:2", "be") == "[сястра 2]"
    assert shown(f"{CLASS}culture", "ar") == "[works in culture]"


@pytest.mark.parametrize("rule", RULES)
def test_without_its_rule_something_survives(rule):
    """Each rule is needed: without it the search finds what it would have replaced, and with all of them nothing."""
    text = f"{BE} 11 марта 1987, 23 June 2021, камера № 16."
    others = {name: made for name, made in RULES.items() if name != rule}
    assert leaks(replaced(text, kept=("Людвік Бяздоннік",))) == {}
    assert rule in leaks(replaced(text, rules=others, kept=("Людвік Бяздоннік",)))


FILLER = st.sampled_from(
    ["і потым", "мы сидели молча;", "they shouted", "(двое)", "— так —", "дзве гадзіны", "«стой»", "\n\n",
    "пад дажджом,", "ноччу."]
)  # fmt: skip
VALUE = st.sampled_from([(rule, value) for rule, values in VALUES.items() for value in values])


def _upper(text: str) -> str:
    return text.upper() if not re.search(r"[@\d]", text) else text


CHANGES = st.sampled_from(
    [
        str, _upper, str.lower, lambda text: unicodedata.normalize("NFD", text), lambda text: "\u200b".join(text),
        lambda text: text.replace(" ", "\n"), lambda text: text[:2] + "\u00ad" + text[2:], lambda text: f"({text})",
        lambda text: f"«{text}»", lambda text: f"{text}-",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(parts=st.lists(st.tuples(FILLER, VALUE, CHANGES), min_size=1, max_size=5), end=FILLER)
def test_no_value_survives_and_everything_else_is_as_it_was(parts, end):
    text = "".join(f"{filler} {change(value)} " for filler, (_, value), change in parts) + end
    left = replaced(text)
    assert leaks(left) == {}
    place = 0
    for filler in (*(filler for filler, _, _ in parts), end):
        found = left.find(filler.strip("\n"), place)
        assert found >= 0, filler
        place = found + len(filler.strip("\n"))


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(text=st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=300))
def test_any_text_goes_through_and_a_text_without_values_is_unchanged_but_for_brackets(text):
    left = replaced(text)
    kept = re.split(r"\[[^\[\]]*\]", left)
    place = 0
    for piece in kept if left != text else [text]:
        found = text.find(piece, place)
        assert found >= 0
        place = found + len(piece)


def test_a_name_in_a_very_long_word_goes():
    assert "аваль" not in one(NAME, "Каваль", "x" * 500 + "_Каваль_" + "y" * 500)
