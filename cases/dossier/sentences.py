"""Careful English sentences from confirmed facts and from answers that were chosen from a list.

Nothing here reads free text: what the person typed stays in annex B1. A proposal is for a caseworker or lawyer to read
against its source, keep, change or delete.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cases.dossier import dates, names, wording
from cases.dossier.context import sentence
from cases.dossier.inputs import AccountSection, Answer, FactSentence
from cases.dossier.paragraphs import number_account, span

# Question id -> topic and the beginning of the sentence; the answer follows in quotation marks.
CHOSEN = {
    "EPI-04": ("time_place", "Asked in what kind of places it happened"),
    "EPI-05": ("time_place", "Asked which facility it was"),
    "EPI-07": ("arrest", "Asked about being taken and moved"),
    "EPI-09": ("treatment", "Asked what was done"),
    "EPI-12": ("treatment", "Asked about threats"),
    "EPI-13": ("treatment", "Asked what was refused"),
    "EPI-14": ("treatment", "Asked how many people were in the cell"),
    "EPI-15": ("harm", "Asked about injuries or pain"),
    "EPI-16": ("harm", "Asked how long the pain or the injuries lasted"),
    "EPI-17": ("harm", "Asked about medical help"),
    "EPI-19": ("treatment", "Asked what was wanted or given as the reason"),
    "EPI-21": ("treatment", "Asked what showed that it was done on purpose"),
    "EPI-22": ("harm", "Asked how bad it was at that time"),
    "EPI-23": ("treatment", "Asked about acts that were forced"),
    "EPI-24": ("treatment", "Asked which officials saw it and did not stop it"),
    "EPI-25": ("treatment", "Asked whether other people were treated in the same way there"),
    "EPI-26": ("treatment", "Asked whether photographs or video were taken"),
    "EPI-27": ("harm", "Asked what was taken or broken"),
    "EPI-28": ("release", "Asked how it ended"),
    "CSQ-01": ("harm", "Asked what is still felt in the body"),
    "CSQ-02": ("harm", "Asked how it has changed feeling, sleep or life"),
}
FROM_LIST = "answer chosen from a list"
CONFIRMED = "confirmed by a caseworker"


def propose_sentences(facts: dict[str, Any], sections: Sequence[AccountSection]) -> list[FactSentence]:
    """Sentences with sources from the confirmed facts (shape of the route assessment) and the chosen answers.

    Returns a list in the order of the complaint; empty facts and no chosen answers give an empty list.
    """
    account = span(number_account(sections))
    made = [*_acts(facts, sections, account), *_chosen(sections), *_displacement(facts, account)]
    order = {topic: place for place, topic in enumerate(wording.TOPICS)}
    return sorted(made, key=lambda fact: order[fact.topic])


def _acts(facts: dict[str, Any], sections: Sequence[AccountSection], account: str) -> Iterator[FactSentence]:
    dated = _first_asked(sections, "EPI-02") or account or "ELG-01"
    for act in facts.get("acts", ()):
        first, last = str(act.get("from") or ""), str(act.get("to") or "")
        where = f"in {names.country(str(act['country']))}" if act.get("country") else ""
        if where or first or last:
            text = sentence("According to the account, the acts took place", where, dates.when(first, last))
            yield FactSentence(text, "account", dated, "time_place", first or last, CONFIRMED)
        yield from _crime_facts(act, account or dated)


def _crime_facts(act: dict[str, Any], account: str) -> Iterator[FactSentence]:
    for code in act.get("crime_facts", ()):
        if code in wording.CRIME_FACTS:
            topic = "arrest" if code == "custody" else "displacement" if code == "deportation" else "treatment"
            text = f"The account speaks of {wording.CRIME_FACTS[code]}."
            yield FactSentence(text, "account", account, topic, note=CONFIRMED)


def _chosen(sections: Sequence[AccountSection]) -> Iterator[FactSentence]:
    episodes = [section for section in sections if any(answer.question_id in CHOSEN for answer in section.answers)]
    for place, section in enumerate(episodes, start=1):
        prefix = f"episode {place}, " if len(episodes) > 1 else ""
        for answer in section.answers:
            if answer.question_id in CHOSEN and answer.value_en and not answer.own_words:
                yield _answered(answer, prefix)


def _answered(answer: Answer, prefix: str) -> FactSentence:
    topic, opening = CHOSEN[answer.question_id]
    text = f"{opening}, the complainant answered: “{answer.value_en}”."
    return FactSentence(text, "account", f"{prefix}{answer.question_id}", topic, note=FROM_LIST)


def _displacement(facts: dict[str, Any], account: str) -> Iterator[FactSentence]:
    moved = facts.get("displacement") or {}
    if not moved:
        return
    day = str(moved.get("date") or "")
    entered = f"and entered {names.country(str(moved['crossed_into']))}" if moved.get("crossed_into") else ""
    text = sentence("According to the account, the complainant left the country", entered, dates.when(day, ""))
    yield FactSentence(text, "account", account or "EXL", "displacement", day, CONFIRMED)
    if moved.get("forced") is True:
        text = "According to the account, the departure was not a free choice."
        yield FactSentence(text, "account", account or "EXL", "displacement", note=CONFIRMED)


def _first_asked(sections: Sequence[AccountSection], question_id: str) -> str:
    asked = (answer.question_id for section in sections for answer in section.answers if answer.value.strip())
    return question_id if question_id in set(asked) else ""
