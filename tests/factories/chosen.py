"""Choices that open as many questions as one person can be asked."""

from __future__ import annotations

from typing import Any

from cases.statement import catalogue

CHOSEN = {
    "SAF-03": "self", "ELG-05": "now_under18", "CNS-13": "yes", "CNS-02": "lt", "CNS-06": "yes", "CNS-09": "yes",
    "EPI-00": "write_here", "EPI-04": "police_station", "EPI-10": "here", "EPI-15": "bruises", "EPI-17": "hospital",
    "PRP-00": "yes", "PRP-01": "person", "WIT-00": "friend", "WIT-01": "yes", "OFF-01": "verdict", "CMP-01": "yes",
    "CMP-06": "viasna", "CSQ-02": "dying", "EXL-04": "expelled", "IMM-01": "subsidiary", "REP-01": "yes_here",
}  # fmt: skip


def chosen_answers() -> dict[str, dict[str, dict[str, Any]]]:
    """The same as a draft keeps it, on one card of each section that has cards; a name for the person who did it."""
    kept: dict[str, dict[str, dict[str, Any]]] = {"people-1": {"PRP-02": {"value": "Слова", "lang": "be"}}}
    for question_id, code in CHOSEN.items():
        question, section = catalogue.question(question_id), catalogue.section_of(question_id)
        key = f"{section.id}-1" if question.per else section.id
        value: Any = [code] if question.type == "choiceN" else code
        kept.setdefault(key, {})[question_id] = {"value": value, "lang": "be"}
    return kept
