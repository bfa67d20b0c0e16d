"""Which answers let an e-mail go out that says only that there is something new, and which stop it."""

from __future__ import annotations

from typing import Any

import pytest

from cases import notices

WILLING = {"CTC-01": "email", "CTC-02": " a@post.example ", "CTC-08": "yes", "ELG-02": "LT"}


def why_not(**changed: Any) -> str:
    answers = WILLING | {key.replace("_", "-"): value for key, value in changed.items()}
    return notices.why_not({key: {"value": value, "lang": "be"} for key, value in answers.items()})


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({}, notices.OK),
        ({"CTC_03": ["any", "evening"], "SAF_02": "safe_abroad", "CTC_05": ["phone"]}, notices.OK),
        ({"CTC_08": "no"}, notices.NOT_AGREED),
        ({"CTC_08": None}, notices.NOT_AGREED),
        ({"CTC_01": "signal"}, notices.NOT_AGREED),
        ({"CTC_01": "email_pgp"}, notices.NOT_AGREED),
        ({"CTC_05": ["phone", "email"]}, notices.NOT_AGREED),
        ({"ELG_02": "RU"}, notices.PLACE),
        ({"ELG_02": "BY"}, notices.PLACE),
        ({"ELG_02": None}, notices.PLACE),
        ({"ELG_02": "prefer_not"}, notices.PLACE),
        ({"SAF_02": "russia"}, notices.PLACE),
        ({"SAF_02": "belarus"}, notices.PLACE),
        ({"CTC_02": None}, notices.NO_ADDRESS),
        ({"CTC_02": "call me"}, notices.NO_ADDRESS),
        ({"CTC_02": "пошта@прыклад.бел"}, notices.NO_ADDRESS),
        ({"CTC_02": "a@post.example, b@post.example"}, notices.NO_ADDRESS),
        ({"CTC_02": "a@post.example\nBcc: b@post.example"}, notices.NO_ADDRESS),
        ({"CTC_02": "a@mail.ru"}, notices.SERVICE),
        ({"CTC_02": "a@yandex.com"}, notices.SERVICE),
        ({"CTC_03": ["evening", "weekend"]}, notices.BY_TIME),
    ],
)  # fmt: skip
def test_what_stands_in_the_way(changed: dict[str, Any], code: str) -> None:
    assert why_not(**changed) == code


def test_nobody_who_said_nothing_gets_one() -> None:
    assert notices.why_not({}) == notices.NOT_AGREED


@pytest.mark.parametrize("language", ["be", "ru", "en", "ar"])
def test_the_words_say_nothing_more(language: str) -> None:
    subject, body = notices.words_in(language)
    assert "\n" not in subject
    assert not any(sign in subject + body for sign in ("http", "{", "%", "@", "www", "0", "1"))
