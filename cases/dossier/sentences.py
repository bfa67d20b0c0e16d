"""Careful sentences from confirmed facts and from answers that were chosen from a list, in the language of filing.

Nothing here reads free text: what the person typed stays in annex B1. A proposal is for a caseworker or lawyer to read
against its source, keep, change or delete. A question without a wording in the variant makes none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cases.dossier.inputs import AccountSection, Answer, FactSentence
from cases.dossier.paragraphs import number_account, span
from cases.dossier.topics import TOPICS
from cases.dossier.variant import DEFAULT, Variant, find

CHOSEN = {  # question -> topic of its sentence; the wording is `asked` of the variant
    "EPI-04": "time_place", "EPI-05": "time_place", "EPI-07": "arrest", "EPI-09": "treatment", "EPI-12": "treatment",
    "EPI-13": "treatment", "EPI-14": "treatment", "EPI-15": "harm", "EPI-16": "harm", "EPI-17": "harm",
    "EPI-19": "treatment", "EPI-21": "treatment", "EPI-22": "harm", "EPI-23": "treatment", "EPI-24": "treatment",
    "EPI-25": "treatment", "EPI-26": "treatment", "EPI-27": "harm", "EPI-28": "release", "CSQ-01": "harm",
    "CSQ-02": "harm",
}  # fmt: skip


def propose_sentences(
    facts: dict[str, Any], sections: Sequence[AccountSection], variant: Variant | None = None
) -> list[FactSentence]:
    """Sentences with sources from the confirmed facts (shape of the route assessment) and the chosen answers.

    Returns a list in the order of the complaint; empty facts and no chosen answers give an empty list.
    """
    words = variant or find(DEFAULT)
    account = span(number_account(sections))
    made = [*_acts(facts, sections, account, words), *_chosen(sections, words), *_displacement(facts, account, words)]
    order = {topic: place for place, topic in enumerate(TOPICS)}
    return sorted(made, key=lambda fact: order[fact.topic])


def _acts(
    facts: dict[str, Any], sections: Sequence[AccountSection], account: str, words: Variant
) -> Iterator[FactSentence]:
    dated = _first_asked(sections, "EPI-02") or account or "ELG-01"
    for act in facts.get("acts", ()):
        first, last = str(act.get("from") or ""), str(act.get("to") or "")
        place = words.country(str(act["country"]), "in") if act.get("country") else ""
        if place or first or last:
            text = words.sentence("sentences.acts", place=place, when=words.when(first, last))
            yield FactSentence(text, "account", dated, "time_place", first or last, words.say("sentences.confirmed"))
        yield from _crime_facts(act, account or dated, words)


def _crime_facts(act: dict[str, Any], account: str, words: Variant) -> Iterator[FactSentence]:
    known = words.table("crime_facts")
    for code in act.get("crime_facts", ()):
        if code in known:
            topic = "arrest" if code == "custody" else "displacement" if code == "deportation" else "treatment"
            text = words.say("sentences.speaks_of", fact=known[code])
            yield FactSentence(text, "account", account, topic, note=words.say("sentences.confirmed"))


def _chosen(sections: Sequence[AccountSection], words: Variant) -> Iterator[FactSentence]:
    episodes = [section for section in sections if any(answer.question_id in CHOSEN for answer in section.answers)]
    for place, section in enumerate(episodes, start=1):
        number = str(place) if len(episodes) > 1 else ""
        for answer in section.answers:
            if answer.question_id in words.table("asked") and answer.value_en and not answer.own_words:
                yield _answered(answer, number, words)


def _answered(answer: Answer, episode: str, words: Variant) -> FactSentence:
    opening = words.say(f"asked.{answer.question_id}")
    text = words.say("sentences.answered", opening=opening, answer=words.quoted(str(answer.value_en)))
    where = f"episode {episode}, {answer.question_id}" if episode else ""
    note, topic = words.say("sentences.from_list"), CHOSEN[answer.question_id]
    return FactSentence(text, "account", where or answer.question_id, topic, note=note)


def _displacement(facts: dict[str, Any], account: str, words: Variant) -> Iterator[FactSentence]:
    moved, note = facts.get("displacement") or {}, words.say("sentences.confirmed")
    if not moved:
        return
    day, into = str(moved.get("date") or ""), str(moved.get("crossed_into") or "")
    entered = words.say("sentences.entered", into=words.country(into, "into")) if into else ""
    text = words.sentence("sentences.left", entered=entered, when=words.when(day, ""))
    yield FactSentence(text, "account", account or "EXL", "displacement", day, note)
    if moved.get("forced") is True:
        yield FactSentence(words.say("sentences.forced"), "account", account or "EXL", "displacement", note=note)


def _first_asked(sections: Sequence[AccountSection], question_id: str) -> str:
    asked = (answer.question_id for section in sections for answer in section.answers if answer.value.strip())
    return question_id if question_id in set(asked) else ""
