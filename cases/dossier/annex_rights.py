"""Annexes B8 and B9: what medicine has found, and which rights the complainant asks for."""

from __future__ import annotations

from collections.abc import Iterator

from cases.dossier.annex_inputs import Care, Need
from cases.dossier.annex_words import coded, joined, own, pairs, table
from cases.dossier.context import Material
from cases.dossier.document import Block

AID, MONEY, LIMITS = "REP-06", "money", "WSH-03"


def medical(material: Material) -> tuple[Block, ...]:
    """Annex B8: the summary sheet. Without an examination, care or a report it is empty."""
    v, found = material.variant, material.data.medical
    if found is None:
        return ()
    said = {
        "method": coded(found.exam, "medical.exams", v),
        "consistency": coded(found.consistency, "medical.consistency", v),
        "exhibits": joined(found.exhibits, ", "),
    }
    care = table(material, "b8_care", (row for each in found.care if any((row := _care(each, material))[1:])))
    labelled = pairs(v, "b8", said)
    return (*((Block(pairs=labelled),) if labelled else ()), *care)


def _care(care: Care, material: Material) -> tuple[str, ...]:
    v = material.variant
    codes = joined(coded(each, "medical.care", v) for each in care.codes)
    return str(care.episode), codes, own(care.provider, care.lang, v, 600)


def rights(material: Material) -> tuple[Block, ...]:
    """Annex B9: legal aid first, then rights and protection; each request names the answer on which it rests."""
    aid = [each for each in material.data.needs if _is_aid(each)]
    rest = [each for each in material.data.needs if not _is_aid(each)]
    return tuple(
        block
        for key, needs in (("aid", aid), ("rights", rest))
        for block in table(material, "b9", _requests(needs, material), title=material.variant.say(f"rights.{key}"))
    )


def _is_aid(need: Need) -> bool:
    return need.question_id == AID or need.code == MONEY


def _requests(needs: list[Need], material: Material) -> Iterator[tuple[str, ...]]:
    v = material.variant
    for need in needs:
        text = v.say("rights.limits") if need.words.strip() else coded(need.code, f"needs.{need.question_id}", v)
        if text:
            yield text, _rests_on(need, material)


def _rests_on(need: Need, material: Material) -> str:
    """The paragraph of annex B1 where there is one; else the question."""
    found = [each.label for each in material.paragraphs if need.words and each.question_id == need.question_id]
    return material.variant.say("source.annex_at", code="B1", where=found[-1]) if found else need.question_id
