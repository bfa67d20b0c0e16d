"""An invented case full of what identifies people, in three languages, and the spellings that a search must try."""

import re
import unicodedata
from itertools import chain
from typing import Any

from cases.dossier import annex_inputs as annex
from cases.dossier.inputs import (
    AccountSection,
    Answer,
    Cleared,
    Complainant,
    CustodyEvent,
    DossierInput,
    ElementRow,
    ExhibitInput,
    FactSentence,
    FactSource,
)
from cases.dossier.pseudonym.table import Identity, Term
from tests.factories.dossier import FACTS, ROUTE, account, agreed, exhibit, make_input, photograph, scan

CODE = "C-7QK4MT"
TERMS = (
    Term("name", "Сыракваш", CODE),
    Term("name", "Людвік Тадэвушавіч", CODE),
    Term("name", "Syrakvash Ludvik", CODE),
    Term("name", "Хведар Зязюля", CODE),
    Term("relative", "Вольга", "relation:sister"),
    Term("relative", "Зоя", "relation:mother"),
    Term("witness", "Павел Шэршань", "W-01"),
    Term("witness", "Крываносава Ірэна", "W-02"),
    Term("other_name", "Лысюк", ""),
    Term("birth_place", "Глыбокае"),
    Term("birth_place", "Глубокое"),
    Term("address", "вул. Ясянёвая, 17, кв. 40, Шаўляй"),
    Term("employer", "ААТ «Крышталік»"),
    Term("school", "гімназія № 37"),
    Term("contact", "+370 612 34567"),
    Term("contact", "@ludvik_syr"),
    Term("contact", "ludvik.syrakvash@example.org"),
    Term("document", "пашпарт MP 7654321, 3110387A015PB9"),
    Term("profession", "арганіст", "class:culture"),
    Term("word", "Чмель"),
)
WHO = Identity(CODE, TERMS, "1987-03-11")

# What may be nowhere in the package, by the rule that replaces it. Other forms of them are made by `spellings`.
VALUES: dict[str, tuple[str, ...]] = {
    "names": (
        "Сыракваш", "Сыракваша", "Сыраквашу", "Сыраквашам", "Сыраквашом", "Людвік", "Людвіка", "Людвиком",
        "Тадэвушавіч",
        "Syrakvash", "Ludvik", "Хведар", "Зязюля", "Зязюлі", "Вольга", "Вользе", "Ольгой", "Зоя", "Зою", "Павел",
        "Паўла",
        "Шэршань", "Шершня", "Крываносава", "Кривоносовой", "Ірэна", "Лысюк", "Лысюка",
    ),
    "birth date": (
        "11.03.1987", "1987-03-11", "11 сакавіка 1987", "11 марта 1987",
        "11 March 1987", "March 11, 1987", "сакавік 1987", "март 1987", "March 1987",
    ),
    "days": ("23 чэрвеня 2021", "23 июня 2021", "23 June 2021", "2021-06-23"),
    "birth place": ("Глыбокае", "Глыбокага", "Глубокое", "Глубоком", "Hlybokaje"),
    "addresses": ("Ясянёвая", "Ясянёвай", "Ясеневой", "Шаўляй", "Шаўляях"),
    "employer": ("Крышталік", "Крышталіку", "Кришталик"),
    "school": ("гімназія № 37", "гімназіі №37"),
    "words": ("Чмель", "Чмеля", "Чмелю"),
    "contacts": ("+370 612 34567", "61234567", "ludvik_syr", "ludvik.syrakvash@example.org"),
    "documents": ("MP 7654321", "МР7654321", "3110387A015PB9"),
    "cells": ("камера № 16", "16-й камеры", "cell 16"),
    "professions": ("арганіст", "арганістам", "органистом"),
}  # fmt: skip
BREAK = r"(?:\s|\u00ad|-\s)*"  # a hyphen at the end of a line
OFFICIALS = re.compile(
    "|".join(
        BREAK.join(given) + "а?" + r"\s+" + BREAK.join(family)
        for given, family in (("Людвік", "Бяздоннік"), ("Liudvik", "Biazdonnik"))
    )
)
OFFICIAL = "Людвік Бяздоннік"  # accused; shares a given name with the survivor and stays

BE = (
    "Мяне завуць Людвік Сыракваш, я нарадзіўся 11 сакавіка 1987 года ў Глыбокім. Глыбокае я пакінуў малым. "
    "Сыракваша ведалі ўсе, Сыраквашу не верылі, з СЫРАКВАШАМ не віталіся.\n\n"
    "Сястры Вользе я сказаў: мама Зоя не павінна ведаць. Зою шкада. За мной прыйшлі. Хведар Зязюля — так мяне клікалі, "
    "Зязюлі не было дома. Павел Шэршань бачыў, Паўла Шэршня таксама забралі. Крываносава Ірэна крычала. Лысюк "
    "маўчаў, Лысюка білі.\n\n"
    "Людвік Бяздоннік, маёр, загадаў. Тады Людвіка Бяздонніка слухалі ўсе. Сыра\nкваш, Сыра-кваш, С ы р а к в а ш, "
    "Сы\u200bракваш, "
    "Л.Т. Сыракваш, Сыракваш Л. Т. і Людвік Тадэвушавіч — гэта я.\n\n"
    "Я працаваў арганістам на заводзе «Крышталік», Крышталіку аддаў дзесяць гадоў. Гімназія № 37 мяне памятае. "
    "Жыву ў Шаўляях на Ясянёвай, 17-40. Сабаку завуць Чмель, Чмелю холадна. 23 чэрвеня 2021 года быў суд, а 13 "
    "жніўня 2020 года мяне білі. "
    "У 16-й камеры было цесна, камера № 16 на другім паверсе. Мой нумар +370 612 34567, "
    "ludvik.syrakvash@example.org, @ludvik_syr. "
    "Пашпарт МР7654321, асабісты 3110387A015PB9."
)  # fmt: skip
RU = (
    "Меня зовут Людвик Сыракваш, родился 11.03.1987 в Глубоком. С Людвиком Сыраквашом сидел Павел, Павла Шершня "
    "увели 23 июня 2021 года. "
    "С сестрой Ольгой и с Кривоносовой говорили. Работал органистом. В камере 16 нас держали. Кpышталик — завод. "
    "Ясеневой улицы нет."
)
EN = (
    "I am Ludvik SYRAKVASH, born 11 March 1987, March 11, 1987, in Hlybokaje. Pavel Shershan and Volha know. Held in "
    "cell 16. "
    "On 23 June 2021 I left. Write to ludvik_syr or call 8-370 612-34-567. Ludviksyrakvash, #LudvikSyrakvash."
)
DECOMPOSED = unicodedata.normalize("NFD", "Людвік Сыракваш, Ірэна Крываносава, Глыбокае, 11 сакавіка 1987, арганіст.")


def own(question_id: str, words: str, lang: str) -> Answer:
    """An answer in own words."""
    return Answer(question_id, "Раскажыце", "Tell", words, None, lang, True, ("T1", "H5"))


def rich_account() -> tuple[AccountSection, ...]:
    """The account in three languages, with short answers and a date with words beside it."""
    answers = (
        *account("x")[0].answers[:2], own("EPI-08", BE, "be"), own("EPI-20", RU, "ru"), own("EPI-24", DECOMPOSED, "be"),
        Answer("EPI-06", "Дзе?", "Where?", "Глыбокае\n\nкамера № 16, побач Ясянёвая 17", None, "be", False),
        Answer("EPI-18", "Хто?", "Who?", "доктар Лысюк, 23.06.2021", None, "be", False),
        Answer("EVD-07", "Links", "Links", "https://social.example/ludvik/1", None, "be", False),
        Answer("IDN-10", "Work", "Work", "арганіст, ААТ «Крышталік»", None, "be", False),
        Answer("EPI-02", "Калі?", "When?", "12 жніўня 2020; у дзень народзінаў Зоі",
        "12 August 2020; the day of Зоя", "be", False),
    )  # fmt: skip
    more = (own("EXL-05", EN, "en"),)
    return (
        AccountSection("episode-1", "Што адбылося", 1, "2026-11-18", "be", answers, "told by the sister, Вольга"),
        AccountSection("leaving", "Leaving", 2, "2026-11-19", "en", more),
    )


def rich_exhibits() -> tuple[ExhibitInput, ...]:
    """Exhibits whose names and custody say whose they are."""
    custody = (
        CustodyEvent("received", "2026-11-18", "Вольга"),
        CustodyEvent("hashed, sha-256", "2026-11-18", "portal"),
    )
    first, second = (
        exhibit(1, "Сыракваш_Людвік.jpg", "image/jpeg", photograph()),
        exhibit(2, "Даведка для Ludvik Syrakvash 1987-03-11.pdf", "application/pdf", scan()),
    )
    return (ExhibitInput(**{**vars(first), "custody": custody}), second)


def rich_input(variant: str = "UJ-EN", **changes: Any) -> DossierInput:
    """Everything a dossier is made of, with something that identifies in every field in which somebody can write."""
    base = make_input(variant=variant, account=rich_account())
    facts = (
        FactSentence("On 13 August 2020 Ludvik Syrakvash was beaten; Павел Шэршань saw it.", "account", "¶ 1",
        "treatment", "2020-08-13", "Зоя told"),
        FactSentence("Людвіка Сыракваша asked Людвік Бяздоннік. On 23 June 2021 a court sat.", "exhibit", "E-001/1",
        "facts", "2021-06-23", "", "exhibit",
                     (FactSource("exhibit", "E-001/1"), FactSource("account", "¶ 2"))),
        *(each for each in base.facts if each.source == "public"),
    )  # fmt: skip
    confirmed = {**FACTS, "complaints": [{"country": "BY", "date": "2021-06-23", "result": "Лысюк refused"}]}
    route = {**ROUTE, "cautions": ["Ask Syrakvash first."]}
    values: dict[str, Any] = {
        "facts": facts,
        "elements": (*base.elements, ElementRow("Torture", "pain", "T1", "¶ 1", "E-001", "", "account only",
        "Ask Вольга and Паўла.", "W-01")),
        "exhibits": rich_exhibits(),
        "consent": (*base.consent, agreed("Who is told?", "Зоя Сыракваш")),
        "confirmed": confirmed, "route": route, "complainant": Complainant("Людвік С.", "full"),
        "cleared": (Cleared("template", "a" * 64, "Adv. R. Example", "2026-11-20", "Talked with Людвік"),),
        "persons": (annex.AccusedPerson("P-001", "be", name=OFFICIAL, unit="сусед Вольгі"),),
        "witnesses": (annex.Witness("W-01", "be", "Павел Шэршань бачыў Сыракваша ў 16-й камеры", "In cell 16"),),
        "episodes": (annex.Episode(1, "be", "2020-08-12", "2021-06-23", other_facility="гараж каля Крышталіку",
        town="Глыбокае", country="BY"),),
        "translation": (annex.Translated("episode-1", 1, "EPI-08", "en", EN),),
        "certificates": (annex.Certificate(1, "Ірэна Лысюк", "sworn", "be", "en", "a" * 64, "b" * 64, "Шаўляй",
        "2026-11-20", True),),
        "papers": (annex.PaperInput("L-001", "power", "application/pdf", 10, "c" * 64, "2026-11-20", True),),
        "mandate": annex.Mandate("2026-11-20", "LT"),
        "medical": annex.Medical(care=(annex.Care(1, "be", (), "Доктар Лысюк"),)),
        "needs": (annex.Need("WSH-03", words="Каб Зоя не ведала", lang="be"),),
        "identity": annex.Identity("Сыракваш", "Людвік", "Ludvik Syrakvash", "Хведар Зязюля", "1987-03-11",
        "Глыбокае", document_numbers="MP 7654321"),
        "witness_contacts": (annex.WitnessContact("W-01", "be", "Павел Шэршань", "+370 612 34567"),),
        "whereabouts": (annex.Whereabouts("P-001", "be", "жыве каля Вольгі"),),
        "salt": "d" * 64,
    }  # fmt: skip
    return DossierInput(**{**vars(base), **values, **changes})


def normal(text: str) -> str:
    """A text as a search for leaks reads it: composed, small letters, one space, no invisible signs and no accents."""
    whole = unicodedata.normalize("NFKC", text).casefold()
    shown = "".join(sign for sign in whole if unicodedata.category(sign) not in ("Cf", "Mn"))
    return re.sub(r"\s+", " ", shown)


def squeezed(text: str) -> str:
    """The same with letters and digits alone."""
    return re.sub(r"[\W_]+", "", normal(text))


def spellings(value: str) -> frozenset[str]:
    """A value as `squeezed` has it, with look-alikes, with і for и, and in Latin letters."""
    plain = squeezed(value)
    latin = plain.translate(str.maketrans(ICAO)) if re.search("[а-яіўё]", plain) else plain
    return frozenset({plain, plain.replace("і", "и"), plain.translate(str.maketrans("асеорху", "aceopxy")), latin})


ICAO = {
    "а": "a", "б": "b", "в": "v", "г": "h", "д": "d", "е": "e", "ё": "io", "ж": "zh", "з": "z", "і": "i", "и": "i",
    "й": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "u",
    "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "ы": "y", "ь": "", "э": "e", "ю": "iu", "я": "ia",
}  # fmt: skip


def leaks(text: str, values: dict[str, tuple[str, ...]] | None = None) -> dict[str, list[str]]:
    """By rule the values that stand in a text, whole words or in between; short ones only as words.

    The full name of the accused is not looked at: it stays.
    """
    apart = OFFICIALS.sub("", unicodedata.normalize("NFC", text))
    words, run = normal(apart), squeezed(apart)
    found: dict[str, list[str]] = {}
    for rule, each in (values or VALUES).items():
        there = [value for value in each if _is_in(value, words, run)]
        if there:
            found[rule] = there
    return found


def _is_in(value: str, words: str, run: str) -> bool:
    if re.search(rf"(?<!\w){re.escape(normal(value))}(?!\w)", words):
        return True
    long = [spelling for spelling in spellings(value) if len(spelling) > 5]
    return any(spelling in run for spelling in long)


def all_values() -> list[str]:
    """Every value."""
    return list(chain.from_iterable(VALUES.values()))
