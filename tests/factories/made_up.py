"""Questions that no catalogue has yet, for compartments that wait for them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cases.statement import catalogue
from cases.statement.catalogue import Catalogue

APART = "Тое, што прызначана толькі для дваіх"  # invented words in Belarusian


def add_question(monkeypatch: Any, question_id: str, compartment: str, section: str = "story", **changes: Any) -> None:
    """Let a section ask one question more, in plain words, whose answers go to a compartment."""
    like = catalogue.question("EPI-08")
    made = replace(
        like, id=question_id, compartment=compartment, text=dict.fromkeys(catalogue.LANGUAGES, "A made-up question"),
        only_if=None, notice=None, own_words=None, **changes,
    )  # fmt: skip
    sections = tuple(
        replace(each, questions=(*each.questions, made)) if each.id == section else each
        for each in catalogue.sections()
    )
    changed = Catalogue(catalogue.VERSION, sections)
    monkeypatch.setattr(catalogue, "at", lambda version: changed)


def answered(question_id: str, words: str = APART) -> dict[str, dict[str, dict[str, Any]]]:
    """Sections of an account in which only that question is answered."""
    return {"story": {question_id: {"value": words, "lang": "be"}}}
