"""Days and months in words, in the official orthography of each language.

Django's own Belarusian names follow another orthography, so the survivor's pages and readers use these.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

MONTHS: Mapping[str, tuple[str, ...]] = {  # as they stand alone
    "be": (
        "студзень", "люты", "сакавік", "красавік", "май", "чэрвень", "ліпень", "жнівень", "верасень", "кастрычнік",
        "лістапад", "снежань",
    ),
    "ru": (
        "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь",
        "декабрь",
    ),
    "ar": (  # both names, as the United Nations write them: Iraq and Syria say the first, others the second
        "كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس", "نيسان/أبريل", "أيار/مايو", "حزيران/يونيو", "تموز/يوليو",
        "آب/أغسطس", "أيلول/سبتمبر", "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر", "كانون الأول/ديسمبر",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ),
}  # fmt: skip
MONTHS_OF_DAY: Mapping[str, tuple[str, ...]] = {  # after the number of a day
    "be": (
        "студзеня", "лютага", "сакавіка", "красавіка", "мая", "чэрвеня", "ліпеня", "жніўня", "верасня", "кастрычніка",
        "лістапада", "снежня",
    ),
    "ru": (
        "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
        "декабря",
    ),
    "en": MONTHS["en"],
    "ar": MONTHS["ar"],
}  # fmt: skip
WEEKDAYS: Mapping[str, tuple[str, ...]] = {
    "be": ("панядзелак", "аўторак", "серада", "чацвер", "пятніца", "субота", "нядзеля"),
    "ru": ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "ar": ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
}


def day_in_words(day: date, language: str) -> str:
    """A day as it is said: "25 November (Wednesday)"."""
    return f"{day.day} {MONTHS_OF_DAY[language][day.month - 1]} ({WEEKDAYS[language][day.weekday()]})"


def known_parts(value: Mapping[str, Any], language: str) -> str:
    """The parts of a date that are known, such as "9 August 2020", "August 2020" or "2020"; may be empty."""
    day, month, year = (value.get(part) for part in ("day", "month", "year"))
    name = (MONTHS_OF_DAY if day else MONTHS)[language][month - 1] if month else ""
    return " ".join(str(part) for part in (day, name, year) if part)
