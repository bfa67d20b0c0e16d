"""The words of the forms to sign."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from cases.dossier.to_sign import FORMS, LANGUAGES, SOURCE, content

NAMES = {"be": "Літва", "ru": "Литва", "en": "Lithuania"}


def texts(node: Any) -> Iterator[dict[str, str]]:
    if isinstance(node, dict) and "en" in node:
        yield node
    elif isinstance(node, dict | list):
        for each in node.values() if isinstance(node, dict) else node:
            yield from texts(each)


def test_each_text_is_there_in_each_language() -> None:
    found = list(texts(json.loads(SOURCE.read_text(encoding="utf-8"))))
    assert len(found) > 30
    for each in found:
        assert set(LANGUAGES) <= set(each), each["en"]
        assert all(each.values()), each["en"]
        assert len({"{country}" in each[code] for code in LANGUAGES}) == 1, each["en"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("language", "state", "seen"),
    [("be", "LT", ["be", "en", "lt"]), ("ru", "DE", ["ru", "en", "de"]), ("ar", "FR", ["en"])],
)
def test_both_languages_stand_side_by_side(form: str, language: str, state: str, seen: list[str]) -> None:
    found = content(form, language=language, state=state, names=NAMES)
    assert [each["lang"] for each in found["title"]] == seen
    assert all([each["lang"] for each in row] == seen[:2] for row in found["parts"])
    assert "{country}" not in json.dumps(found)
