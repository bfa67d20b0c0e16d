"""What an answer or a thing can bear on, element by element. It says where to look, not whether it is enough.

Sources: purpose codes of the question catalogue (statement.md 0.1); the gaps that a dossier names; Istanbul Protocol on
T1; registers and records of detention on H5 and H6; papers of the border and of asylum on D1 and D4.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cases.statement.catalogue import Question
from cases.statement.conditions import codes_of

PAPERS = "papers"  # the section whose answers tell of official papers, not of what was lived through
CONSENT = "GDPR"  # the purpose of questions that ask for a permission; no answer to one is evidence
# Answers that tell of nothing: "No", "None of this", "I do not know".
NOTHING = frozenset({"no", "none", "nobody", "not_sure", "unknown", "prefer_not", "skip", "no_words", "not_told"})
# Where "no" is what speaks for the element: no safe way to stay, no safe way back.
BY_NO: Mapping[str, frozenset[str]] = {
    "EXL-06": frozenset({"no", "hiding"}),
    "EXL-09": frozenset({"no", "risk_arrest"}),
}
# What the person says there is, by the code of the list: the kind of thing, and what it can bear on.
NAMED: Mapping[str, Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "EVD-01": {
        "photo_injury": ("photo", ("T1",)),
        "medical": ("medical", ("T1",)),
        "court_paper": ("paper", ("T5", "H6")),
        "police_paper": ("paper", ("T4", "H5")),
        "release_note": ("paper", ("H5", "H6")),
        "list_extremist": ("paper", ("H7",)),
        "travel": ("paper", ("D1", "D4")),
        "destroyed_passport": ("paper", ("D1",)),
        "leaked": ("paper", ("SUP",)),
    },
    "EPI-17": dict.fromkeys(
        ("on_site", "ambulance", "hospital", "doctor_watched", "after_release", "abroad"), ("medical", ("T1",))
    ),
    "CSQ-04": dict.fromkeys(("general", "forensic_state", "ip"), ("medical", ("T1",))),
    "WIT-00": {
        "cellmate": ("witness", ("H5",)),
        "arrested_together": ("witness", ("H5",)),
        "doctor": ("witness", ("T1",)),
        "insider": ("witness", ("SUP",)),
    },
}
WITNESSES = "WIT-00"
# Who made a thing, where the answer tells that it was neither the person nor somebody close.
APART = frozenset({"doctor", "journalist", "state", "org"})


def speaks(question: Question, answer: Mapping[str, Any]) -> bool:
    """Does an answer tell of something at all? A "no" does only where the element asks for one."""
    if answer.get("other"):
        return True
    value = answer.get("value")
    if not value:
        return False
    if not question.type.startswith("choice"):
        return True
    codes = codes_of(answer)
    return bool(codes & BY_NO[question.id] if question.id in BY_NO else codes - NOTHING)


def named(question: Question, answer: Mapping[str, Any]) -> list[tuple[str, tuple[str, ...]]]:
    """The things that an answer names: kind and elements. A witness also bears on what the catalogue says."""
    known = NAMED.get(question.id, {})
    found = [known[code] for code in sorted(codes_of(answer)) if code in known]
    if question.id == WITNESSES and speaks(question, answer):
        found.append(("witness", question.purpose))
    return found
